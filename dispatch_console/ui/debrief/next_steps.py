"""What happens with the exceptions: a line each, decided or proposed; nothing that failed can be forgotten."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from dispatch_console.domain import nextsteps
from dispatch_console.domain.orders import OrderId
from dispatch_console.services.debrief.sheet import Row
from dispatch_console.services.proposals import Proposal
from dispatch_console.ui.debrief import words
from dispatch_console.ui.debrief.state import SheetState
from dispatch_console.ui.models.words import listed_name
from dispatch_console.ui.plain import plain
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import Button, Text, paint

LINE, HEAD = 28, 34
_SHOWN = 6


class NextSteps(QWidget):
    """Hidden while there is no exception. `Enter` on an empty entry does what its button says."""

    def __init__(self, state: SheetState) -> None:
        super().__init__()
        self._state = state
        self._title = Text(self.tr("What happens with the exceptions"), "key")
        self.all = Button("", "ph.checks", key="↵")
        self.all.clicked.connect(state.accept_all)
        self._lines: list[_Line] = []
        head = QHBoxLayout()
        head.setContentsMargins(12, 12, 12, 4)
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self.all)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(12, 2, 12, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidget(inside)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._scroll)
        state.changed.connect(self.refresh)
        self.hide()

    def refresh(self) -> None:
        rows = [row for row in self._state.rows if row.is_exception]
        while len(self._lines) < len(rows):
            line = _Line(self._state)
            self._lines.append(line)
            self._column.insertWidget(self._column.count() - 1, line)
        for i, line in enumerate(self._lines):
            line.setVisible(i < len(rows))
            if i < len(rows):
                line.show_row(rows[i])
        undecided = sum(row.undecided for row in rows)
        self.all.setVisible(undecided > 0)
        text = self.tr("Accept") if undecided == 1 else self.tr("Accept all {n}").format(n=undecided)
        self.all.set_label(text)
        self._scroll.setFixedHeight(2 + LINE * min(_SHOWN, max(1, len(rows))))
        self.setVisible(bool(rows))

    def change(self, order: OrderId | None) -> None:
        """Offer the other ways for an order, at its line."""
        for line in self._lines:
            if line.isVisible() and line.order == order:
                line.offer()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), look.colour("pane"))


class _Line(QWidget):
    def __init__(self, state: SheetState) -> None:
        super().__init__()
        self._state = state
        self._row: Row | None = None
        self._proposal: Proposal | None = None
        self.setFixedHeight(LINE)
        self.accept = Button(self.tr("Accept"))
        self.other = Button(self.tr("Change"), kind="link")
        self.accept.clicked.connect(self._on_accept)
        self.other.clicked.connect(self.offer)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 1)
        row.addStretch(1)
        row.addWidget(self.accept)
        row.addWidget(self.other)

    @property
    def order(self) -> OrderId | None:
        return self._row.order.id if self._row is not None else None

    def show_row(self, row: Row) -> None:
        self._row, self._proposal = row, self._state.proposal(row)
        self.accept.setVisible(row.undecided)
        self.other.setVisible(self._proposal is not None)
        self.setToolTip(plain(self._proposal.sentence if self._proposal is not None and row.undecided else ""))
        self.update()

    def offer(self) -> None:
        """All ways as a menu; the one that holds is ticked."""
        if self._row is None or self._proposal is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for choice in self._proposal.choices:
            action = menu.addAction(choice.sentence.removesuffix("."))
            action.setCheckable(True)
            action.setChecked(choice.step == self._row.next)
            action.triggered.connect(partial(self._state.accept, choice))
        menu.popup(self.other.mapToGlobal(QPoint(0, self.other.height())))

    def _on_accept(self) -> None:
        if self._proposal is not None:
            self._state.accept(self._proposal)

    def paintEvent(self, event: QPaintEvent) -> None:
        row = self._row
        if row is None:
            return
        painter = QPainter(self)
        painter.fillRect(0, LINE - 1, self.width(), 1, look.colour("line2"))
        decided = row.next is not None
        icon, token = ("ph.arrow-bend-up-right", "acc") if decided else ("ph.warning-fill", "amb")
        paint.icon_at(painter, icon, token, QRect(0, 7, 14, 14))
        wide = self.width() > 760
        second, third = (254, 412) if wide else (180, 320)
        columns = ((24, 46, row.order.reference, "tx2"), (70, second - 74, listed_name(row.order.recipient), "tx"))
        for x, width, text, ink in (*columns, (second, third - second - 8, words.told(row), "tx2")):
            paint.text(painter, QRect(x, 0, width, LINE - 1), text, "data", ink)
        room = self.width() - third - 60 - (70 if not decided else 0)
        text, note = self._said(row)
        used = paint.text(painter, QRect(third, 0, room, LINE - 1), text, "key", "tx")
        paint.text(painter, QRect(third + used + 10, 0, room - used - 10, LINE - 1), note, "data", "tx3")

    def _said(self, row: Row) -> tuple[str, str]:
        """(what becomes of it, what more is to say)."""
        if row.next is not None:
            attempts = row.order.attempts + self._state.day.facts.attempts.get(row.stop, 0)
            again = row.next.kind is nextsteps.NextKind.AGAIN and attempts
            note = self.tr("attempt {n}").format(n=attempts + 1) if again else ""
            return nextsteps.short(row.next), note
        if self._proposal is None:
            return self.tr("not decided"), ""
        return self.tr("{what}?").format(what=self._proposal.short), self.tr("proposed")
