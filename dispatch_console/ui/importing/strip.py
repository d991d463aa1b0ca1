"""The strip below a bad row: what is wrong in one sentence, ways to repair it as buttons, the keys for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from dispatch_console.services.importing_picture import Problem, Way
from dispatch_console.ui.importing.painting import EDGE
from dispatch_console.ui.plain import plain
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import Button, KeyCap, Text, paint

HEIGHT = 36
_MOST_WAYS = 3


class RepairStrip(QWidget):
    """`taken(way)`: a way was clicked. `left_out`: the row is to be left out."""

    taken = Signal(object)
    left_out = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self.problem: Problem | None = None
        self._buttons: list[Button] = []
        self._sentence = Sentence()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(69, 0, 12, 1)
        self._row.setSpacing(12)
        self._row.addWidget(self._sentence)
        self._ways = QHBoxLayout()
        self._ways.setSpacing(12)
        self._row.addLayout(self._ways)
        self._row.addStretch(1)
        self._row.addLayout(keys((("Enter", self.tr("take")), ("F8", self.tr("next problem")))))

    def show_problem(self, problem: Problem) -> None:
        """The first way is the one that Enter takes."""
        if problem == self.problem:
            return
        self.problem = problem
        self._sentence.show_parts(*sentence_of(problem), _ink(problem))
        self.update()
        for button in self._buttons:
            self._ways.removeWidget(button)
            button.deleteLater()
        self._buttons = [
            self._add(way.label, lambda way=way: self.taken.emit(way)) for way in problem.ways[:_MOST_WAYS]
        ]
        if self._buttons:
            self._buttons[0].setCheckable(True)
            self._buttons[0].setChecked(True)
        self._buttons.append(self._add(self.tr("Leave out this row"), self.left_out.emit))

    @property
    def first(self) -> Way | None:
        """What Enter takes."""
        return self.problem.ways[0] if self.problem and self.problem.ways else None

    @property
    def buttons(self) -> list[Button]:
        return self._buttons

    def _add(self, label: str, run: Callable[[], object]) -> Button:
        button = Button(label, parent=self)
        button.clicked.connect(lambda _=False: run())
        self._ways.addWidget(button)
        return button

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, ink = QPainter(self), _ink(self.problem)
        painter.fillRect(self.rect(), look.colour(f"{ink}bg"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, look.colour("line2"))
        painter.fillRect(0, 0, EDGE, self.height() - 1, look.colour(ink))


def _ink(problem: Problem | None) -> str:
    """Red for a row that is not taken, amber for one that is taken without a cell."""
    return "amb" if problem is not None and problem.taken else "red"


def sentence_of(problem: Problem) -> tuple[str, str, str]:
    """`Row 15, Weight: ` · `12,5,0` · ` has two decimal marks.`, the middle one to be set off."""
    before = f"Row {problem.row}, {problem.field}: " if problem.field else f"Row {problem.row}: "
    message = problem.message.rstrip(".")
    value = " ".join(problem.text.split()) or ("empty" if problem.column is not None else "")
    if not value:
        return before, "", message[:1].upper() + message[1:] + "."
    joint = " " if message.startswith(("is ", "has ", "must ", "cannot ")) else ": "
    return before, value, f"{joint}{message}."


class Sentence(QWidget):
    """A warning sign and a sentence, a part of which is set off; cut at its end where there is no room."""

    def __init__(self) -> None:
        super().__init__()
        self._parts = ("", "", "")
        self._ink = "red"
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Expanding)

    def show_parts(self, before: str, value: str, after: str, ink: str = "red") -> None:
        self._ink = ink
        most = 60
        value = value if len(value) <= most else value[: most - 1] + "…"
        self._parts = (before, value, after)
        self.setToolTip(plain("".join(self._parts)))
        self.setAccessibleName("".join(self._parts))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        size = super().sizeHint()
        size.setWidth(30 + round(sum(width for *_, width in self._runs())))
        return size

    def minimumSizeHint(self) -> QSize:
        size = super().minimumSizeHint()
        size.setWidth(120)
        return size

    def _runs(self) -> Iterator[tuple[str, QFont, float]]:
        for text, role in zip(self._parts, ("data", "key", "data"), strict=True):
            font = look.font(role)
            yield text, font, QFontMetricsF(font).horizontalAdvance(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(look.colour("tx"))
        paint.icon_at(painter, "ph.warning-circle-fill", self._ink, QRect(1, self.height() // 2 - 8, 16, 16))
        x = 29.0
        for text, font, width in self._runs():
            room = self.width() - x
            shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, max(0.0, room + 0.5))
            painter.setFont(font)
            area = QRect(round(x), 0, round(room) + 2, self.height())
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
            x += width


def keys(pairs: tuple[tuple[str, str], ...], gap: int = 8) -> QHBoxLayout:
    """Keys and what they do, in a row: a cap, 4 px, its word, `gap` px, the next."""
    row = QHBoxLayout()
    row.setSpacing(4)
    for at, (key, word) in enumerate(pairs):
        if at:
            row.addSpacing(gap - row.spacing())
        row.addWidget(KeyCap(key))
        text = Text(word, "data", "tx2")
        text.setContentsMargins(0, 0, 0, 2)
        row.addWidget(text)
    return row
