"""The bar over the panes while there are trials: which plan is shown, how they compare, what can be done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from dispatch_console.ui.plain import plain
from dispatch_console.ui.theme import look
from dispatch_console.ui.whatif.table import Comparison, Row
from dispatch_console.ui.widgets import Button, Text

_WORDS, _WORDS_NARROW = 320, 226


class TrialBar(QWidget):
    """What it shows comes by `show_trials`. The buttons are wired by whoever made it; `keys` are theirs: take over,
    new, throw away, copy."""

    def __init__(self, keys: Sequence[str] = ("",) * 4, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.is_trial = False
        self.title = Text("", "page", "acc")
        self.line = Text("", "data", "tx2")
        self.warning = Text("", "key", "amb")
        self.table = Comparison()
        self.take = Button(self.tr("Take over"), "ph.check-bold", kind="primary", key=keys[0])
        self.new = Button(self.tr("New from now"), "ph.flask", key=keys[1])
        self.drop = Button(self.tr("Throw away"), "ph.trash", key=keys[2])
        self.copy = Button(self.tr("New from this trial"), "ph.copy", key=keys[3])
        self._lay_out()

    def _lay_out(self) -> None:
        self._words = QWidget()
        words = QVBoxLayout(self._words)
        words.setContentsMargins(0, 2, 0, 0)
        words.setSpacing(3)
        for text in (self.title, self.line, self.warning):
            words.addWidget(text)
            text.setWordWrap(text is not self.title)
        words.addStretch(1)
        buttons = QGridLayout()
        buttons.setSpacing(6)
        for at, button in enumerate((self.take, self.new, self.drop, self.copy)):
            buttons.addWidget(button, at // 2, at % 2)
        buttons.setRowStretch(2, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 7)
        row.setSpacing(16)
        row.addWidget(self._words)
        row.addWidget(self.table, 0, Qt.AlignmentFlag.AlignTop)
        row.addStretch(1)
        row.addLayout(buttons)
        self.set_narrow(False)

    def set_narrow(self, narrow: bool) -> None:
        self._words.setFixedWidth(_WORDS_NARROW if narrow else _WORDS)
        self.table.set_narrow(narrow)
        for button in (self.new, self.copy, self.drop):
            button.set_tight(narrow)

    def show_trials(self, title: str, line: str, warning: str, rows: Sequence[Row], *, is_trial: bool) -> None:
        """`warning`: what of the trial had to give way; empty: nothing. `is_trial`: a trial is shown."""
        self.is_trial = is_trial
        self.title.setText(title)
        self.title.set_token("acc" if is_trial else "tx")
        self.line.setText(line)
        self.warning.setText(warning)
        self.warning.setToolTip(plain(warning))
        self.warning.setVisible(bool(warning))
        self.table.show_rows(rows)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("accbg" if self.is_trial else "raise"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, look.colour("line"))
        if self.is_trial:
            painter.fillRect(0, 0, self.width(), 3, look.colour("acc"))
