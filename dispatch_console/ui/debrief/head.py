"""The head of the debrief: whose sheet it is, the entry, all others delivered, and the keys."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dispatch_console.domain import reasons
from dispatch_console.services.debrief.typing import Entry
from dispatch_console.ui.debrief import words
from dispatch_console.ui.debrief.state import SheetState
from dispatch_console.ui.widgets import Button, Field, KeyCap, PageHead, RouteChip, Text, paint
from dispatch_console.ui.widgets.marks import text_width


class EntryField(Field):
    """Where a stop's number and its status are typed. It holds no text of its own: it shows the entry.

    `pressed(key)`: a character, `\\n` or `\\b`.
    """

    pressed = Signal(str)

    def __init__(self) -> None:
        super().__init__("", "ph.barcode", size=36)
        self.setAccessibleName(self.tr("Scan a stop or type its number"))
        self.set_narrow(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._count = ""

    def set_narrow(self, narrow: bool) -> None:
        self.setFixedWidth(210 if narrow else 300)
        self.setPlaceholderText(self.tr("Stop or scan") if narrow else self.accessibleName())

    def show_entry(self, entry: Entry, count: str) -> None:
        self._count = count
        self.setText(entry.text)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = key_of(event)
        if key:
            self.pressed.emit(key)
        elif event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        width = text_width(self._count, "data")
        area = QRect(self.width() - width - 14, 0, width + 4, self.height())
        paint.text(painter, area, self._count, "data", "tx2")


def key_of(event: QKeyEvent) -> str:
    """A key as `typing.press` takes it; empty: it is none of an entry."""
    plain = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
    if plain != Qt.KeyboardModifier.NoModifier:
        return ""
    if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        return "\n"
    if event.key() == Qt.Key.Key_Backspace:
        return "\b"
    return event.text() if len(event.text()) == 1 and event.text().isprintable() else ""


class Head(PageHead):
    def __init__(self, state: SheetState) -> None:
        super().__init__("")
        self._state = state
        self.set_title(self.tr("Debrief"))
        self.chip = RouteChip(1, "")
        self.entry = EntryField()
        self.others = Button(self.tr("All others delivered"), "ph.checks", size=36, key="F9")
        self.reopen = Button(self.tr("Open it again"), "ph.lock-open", size=36)
        row = cast(QHBoxLayout, self.layout())
        row.insertWidget(2, self.chip)
        row.insertSpacing(3, 12)
        self.add_note(self.entry, 28)
        self.add_note(self.others, 12)
        self.add_note(self.reopen, 0)
        self.keys = Legend(state)
        self.add_tool(self.keys)
        self.others.clicked.connect(state.deliver_others)
        self.reopen.clicked.connect(state.reopen)
        state.changed.connect(self.refresh)
        self.refresh()

    def set_narrow(self, narrow: bool) -> None:
        """A shorter field, and the keys in two rows."""
        self.entry.set_narrow(narrow)
        self.keys.tight = narrow
        self.keys.refresh()

    def refresh(self) -> None:
        state, shift = self._state, self._state.shift
        self.chip.setVisible(shift is not None)
        told = {row.number for row in state.rows} - {row.number for row in state.rows if row.fact is None}
        count = f"{len(told)} / {len({row.number for row in state.rows})}" if state.rows else ""
        self.entry.show_entry(state.entry, count)
        closed = state.is_closed
        self.entry.setVisible(not closed)
        self.others.setVisible(not closed and shift is not None)
        self.reopen.setVisible(closed)
        self.keys.refresh()
        if shift is None:
            self.set_title(self.tr("Debrief"))
            self.set_note(self.tr("no sheet on the table"))
            return
        self.chip.set_route(shift.slot, shift.driver.initials)
        self.set_title(self.tr("Debrief: {name}").format(name=shift.driver.name))
        version = state.day.approval.printed.get(shift.id)
        parts = [", ".join(part for part in (shift.vehicle.name, shift.vehicle.plate) if part)]
        parts.append(words.tours(state.day, shift.id))
        if version:
            parts.append(self.tr("sheet version {n}").format(n=version))
        parts.append(self.tr("closed") if closed else state.how)
        self.set_note(" · ".join(part for part in parts if part))
        why = None if any(row.fact is None for row in state.rows) else self.tr("Every stop has its outcome.")
        self.others.set_why_not(why)


class Legend(QWidget):
    """The keys at the right; while a reason is wanted, those of the reasons. `tight`: in two rows."""

    def __init__(self, state: SheetState) -> None:
        super().__init__()
        self._state = state
        self._rows = (_KeyRow(), _KeyRow())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        for row in self._rows:
            column.addWidget(row)
        self.tight = False

    def refresh(self) -> None:
        wanted = self._wanted()
        cut = (len(wanted) + 1) // 2 if self.tight else len(wanted)
        for row, keys in zip(self._rows, (wanted[:cut], wanted[cut:]), strict=True):
            row.show_keys(keys)

    @property
    def keys(self) -> list[str]:
        return [key for key, _ in self._wanted()]

    def _wanted(self) -> list[tuple[str, str]]:
        entry = self._state.entry
        if entry.letter in ("F", "S") or (entry.letter == "P" and "/" in entry.detail):
            two = entry.detail.endswith("0")
            found = [(key[-1], words.reason_word(r)) for key, r in reasons.KEYS.items() if (len(key) == 2) is two]
            return found if two else [*found, ("0", self.tr("more"))]
        return [
            ("P", self.tr("partial")),
            ("F", self.tr("failed")),
            ("S", self.tr("skipped")),
            ("1–9", self.tr("reason")),
            (self.tr("Space"), self.tr("delivered")),
            ("T", self.tr("time")),
            ("C", self.tr("cash")),
            ("B", self.tr("pieces back")),
            ("N", self.tr("next step")),
        ]


class _KeyRow(QWidget):
    """Key caps with their words, as many as are wanted."""

    def __init__(self) -> None:
        super().__init__()
        self._pairs: list[tuple[KeyCap, Text]] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(5)
        self._row.addStretch(1)

    def show_keys(self, wanted: list[tuple[str, str]]) -> None:
        while len(self._pairs) < len(wanted):
            pair = KeyCap(""), Text("", "data", "tx2")
            pair[1].setContentsMargins(0, 0, 7, 0)
            self._pairs.append(pair)
            for widget in pair:
                self._row.insertWidget(self._row.count() - 1, widget)
        for i, (cap, text) in enumerate(self._pairs):
            cap.setVisible(i < len(wanted))
            text.setVisible(i < len(wanted))
            if i < len(wanted):
                cap.set_text(wanted[i][0])
                text.setText(wanted[i][1])
        self.setVisible(bool(wanted))
