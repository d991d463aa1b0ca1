"""The line at the bottom: is it saved, what is planned, what is wrong; messages; progress."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Literal

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QWidget

from dispatch_console.ui.plain import plain
from dispatch_console.ui.shell.figures import Figures
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import IconButton, Text, paint

HEIGHT = 26
#: How long an ordinary message stays. An error stays until the next action.
INFO_MS = 6000
_MOST_COUNTS = 9

Saving = Literal["saved", "saving", "failed", "away", "trial", "viewing"]


class StatusBar(QWidget):
    """Left: saved, roads, counts, or the message in their place. Right: drivers, cost, broken rules in red."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self.saving = _Sign("ph.check-bold", "ok")
        self.roads = _Sign("ph.path", "tx2")
        self.colleagues = _Sign("ph.users", "tx2")
        self.colleagues.hide()
        self.message = _Message(self)
        self.progress = Progress()
        self._counts = [Text("", "data", "tx2") for _ in range(_MOST_COUNTS)]
        self._right = [Text("", "data", "tx2"), Text("", "data", "tx2"), Text("", "key", "red")]
        self._words: tuple[Sequence[str], str] = ((), "")
        self.words = [Text("", "data", "tx2"), Text("", "data", "tx2")]
        self.closing = Text("", "data", "tx2")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 1, 12, 0)
        row.setSpacing(16)
        for widget in (self.saving, self.colleagues, self.roads, *self.words, *self._counts):
            row.addWidget(widget)
        row.addWidget(self.message, 1)
        row.addStretch(0)
        row.addWidget(self.progress)
        for widget in (*self._right, self.closing):
            row.addWidget(widget)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.clear_message)
        self._show_counts(True)

    def show_saving(self, state: Saving, text: str) -> None:
        """`saved 06:52`, `saving…`, `not saved`, `3 edits wait`, `trial A, not saved`, `viewing only`."""
        icon, token, ink = {
            "saved": ("ph.check-bold", "ok", "tx2"),
            "saving": ("ph.hourglass", "tx3", "tx2"),
            "trial": ("ph.flask", "acc", "acc"),
            "viewing": ("ph.eye", "acc", "acc"),
            "failed": ("ph.warning-circle-fill", "red", "red"),
            "away": ("ph.cloud-slash-fill", "amb", "amb"),
        }[state]
        self.saving.show_sign(icon, token, text, ink)

    def show_colleagues(self, text: str, where: str) -> None:
        """Who else is at work on the store, and where; empty: nobody is."""
        self.colleagues.show_sign("ph.users", "acc", text, "acc")
        self.colleagues.setToolTip(plain(where))

    def show_figures(self, figures: Figures) -> None:
        self.roads.show_sign("ph.path", "tx2", figures.roads, "tx2")
        for label in self._counts:
            label.setText("")
        for count, label in zip(figures.counts, self._counts, strict=False):
            label.setText(count.text)
            label.set_token(count.token)
        for text, label in zip((figures.drivers, figures.cost, figures.broken), self._right, strict=True):
            label.setText(text)
        self._show_counts(not self.message.shown)

    def show_words(self, left: Sequence[str], right: str) -> None:
        """What a page says in place of the day's counts; nothing: the counts again."""
        self._words = left, right
        self._show_counts(not self.message.shown)

    def show_message(self, text: str, kind: str = "info") -> None:
        """One sentence in place of the counts; an error in red with an icon."""
        self.message.show_text(text, kind)
        self._show_counts(not text)
        if kind == "error" or not text:
            self._timer.stop()
        else:
            self._timer.start(INFO_MS)

    def clear_message(self) -> None:
        if self.message.shown:
            self.show_message("")

    def texts(self) -> Iterator[str]:
        """What it says now, from left to right."""
        labels = (*self.words, *self._counts, self.message.label, *self._right, self.closing)
        for label in (self.saving.label, self.colleagues.label, self.roads.label, *labels):
            if label.text() and not label.isHidden():
                yield label.text()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("pane"))
        painter.fillRect(0, 0, self.width(), 1, look.colour("line"))

    def _show_counts(self, shown: bool) -> None:
        left, right = self._words
        of_page = bool(left or right)
        for label, text in zip(self.words, [*left, "", ""], strict=False):
            label.setText(text)
            label.setVisible(shown and bool(text))
        self.closing.setText(right)
        self.closing.setVisible(bool(right))
        for label in self._counts:
            label.setVisible(shown and not of_page and bool(label.text()))
        for label in self._right:
            label.setVisible(not of_page and bool(label.text()))


class _Sign(QWidget):
    """An icon of 14 and a text."""

    def __init__(self, icon: str, token: str) -> None:
        super().__init__()
        self._icon, self._token = icon, token
        self.label = Text("", "data", "tx2")
        row = QHBoxLayout(self)
        row.setContentsMargins(17, 0, 0, 0)
        row.addWidget(self.label)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)

    def show_sign(self, icon: str, token: str, text: str, ink: str) -> None:
        self._icon, self._token = icon, token
        self.label.setText(text)
        self.label.set_token(ink)
        self.setVisible(bool(text))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        paint.icon_at(QPainter(self), self._icon, self._token, QRect(0, (self.height() - 13) // 2, 13, 13))


class _Message(_Sign):
    """The sentence; a click takes it away."""

    def __init__(self, bar: StatusBar) -> None:
        super().__init__("ph.info", "tx2")
        self._bar = bar
        self.label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setVisible(False)

    @property
    def shown(self) -> bool:
        return bool(self.label.text())

    def show_text(self, text: str, kind: str) -> None:
        error = kind == "error"
        icon = "ph.warning-circle-fill" if error else "ph.info"
        self.show_sign(icon, "red" if error else "tx2", text, "red" if error else "tx")
        self.setToolTip(plain(text))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._bar.clear_message()


class Progress(QWidget):
    """Long work: what, how far, how long still, and a way to stop it. Hidden while there is none."""

    def __init__(self) -> None:
        super().__init__()
        self._cancel: Callable[[], object] | None = None
        self._text = Text("", "data", "tx2")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 1000)
        self._bar.setFixedWidth(120)
        self.stop = IconButton("ph.x", self.tr("Cancel"))
        self.stop.clicked.connect(self._on_cancel)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget in (self._text, self._bar, self.stop):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        self.hide()

    def start(
        self, text: str, fraction: float, remaining_s: float | None, cancel: Callable[[], object] | None
    ) -> None:
        """Show or go on showing. `fraction` 0 … 1, negative: unknown, then there is no bar."""
        left = "" if remaining_s is None else f", {_remaining(remaining_s)} left"
        self._text.setText(text + left)
        self._bar.setVisible(fraction >= 0)
        self._bar.setValue(round(max(0.0, fraction) * 1000))
        self._cancel = cancel
        self.stop.setVisible(cancel is not None)
        self.show()

    @property
    def text(self) -> str:
        """What it says now."""
        return self._text.text()

    def end(self) -> None:
        self._cancel = None
        self.hide()

    def _on_cancel(self) -> None:
        if self._cancel is not None:
            self._cancel()


def _remaining(seconds: float) -> str:
    whole = max(1, round(seconds))
    return f"{whole} s" if whole < 90 else f"{round(whole / 60)} min"
