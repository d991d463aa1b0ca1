"""Half-typed entries wait as small buttons, over calls, pages, days and restarts."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Sequence
from typing import cast

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from dispatch_console.domain import saying
from dispatch_console.domain.orders import OrderId, StopId
from dispatch_console.services.lookup import OrderHit
from dispatch_console.services.phone import Entry
from dispatch_console.ui.widgets import Button, KeyCap, Text, paint

HEIGHT = 24
#: More than so many are not a memory but a heap: the oldest goes.
MOST = 8
_SHOWN = 3
_TEXTS = ("what", "letter", "detail", "time")


class Queue:
    """The entries, the next one first. `keep`: called with a text from which `kept` brings them back."""

    def __init__(self, keep: Callable[[str], object], kept: str = "") -> None:
        self._keep = keep
        self.entries = _read(kept)

    def __bool__(self) -> bool:
        return bool(self.entries)

    def add(self, entry: Entry, *, last: bool = False) -> None:
        """Put an entry in front, or at the end; the same one does not wait twice."""
        others = [other for other in self.entries if other != entry]
        self.entries = ([*others, entry] if last else [entry, *others])[:MOST]
        self._write()

    def take(self, index: int = 0) -> Entry:
        entry = self.entries.pop(index)
        self._write()
        return entry

    def _write(self) -> None:
        self._keep(json.dumps([_written(entry) for entry in self.entries]) if self.entries else "")


class WaitingRow(QWidget):
    """The buttons. `wanted(index)`: one was clicked."""

    wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: list[Button] = []
        self._shown: list[Entry] = []
        self.setFixedHeight(HEIGHT)
        row = QHBoxLayout(self)
        row.setContentsMargins(22, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Text(self.tr("Half-typed, waiting:"), "secondary", "tx2"))
        self._places = QHBoxLayout()
        self._places.setSpacing(4)
        row.addLayout(self._places)
        self._more = Text("", "secondary", "tx3")
        row.addWidget(self._more)
        row.addWidget(Text(self.tr("comes back with"), "secondary", "tx3"))
        row.addWidget(KeyCap("Ctrl+↑"))
        row.addStretch(1)
        self.hide()

    def show_entries(self, entries: Sequence[Entry], today: dt.date) -> None:
        """`today`: the day on the screen; entries of other days say theirs."""
        self.setVisible(bool(entries))
        if self._shown == list(entries):
            return
        self._shown = list(entries)
        for button in self.buttons:
            self._places.removeWidget(button)
            button.deleteLater()
        self.buttons = []
        for index, entry in enumerate(entries[:_SHOWN]):
            label = entry.label if entry.date == today else f"{entry.label} · {saying.day_month(entry.date)}"
            button = Button(label, role="key", tip=saying.date(entry.date))
            button.clicked.connect(lambda _=False, at=index: self.wanted.emit(at))
            self._places.addWidget(button)
            self.buttons.append(button)
        more = len(entries) - _SHOWN
        self._more.setText(f"+{more}")
        self._more.setVisible(more > 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint.icon_at(QPainter(self), "ph.hourglass", "tx2", QRect(2, (self.height() - 14) // 2, 14, 14))


def _written(entry: Entry) -> dict[str, object]:
    hit = entry.hit
    chosen = [hit.order, hit.stop, hit.piece] if isinstance(hit, OrderHit) else []
    texts = {name: getattr(entry, name) for name in _TEXTS}
    return {"date": entry.date.isoformat(), "hit": chosen, "whole": entry.whole, **texts}


def _read(kept: str) -> list[Entry]:
    """A text that cannot be read counts as none."""
    try:
        return [_entry(cast("dict[str, object]", one)) for one in json.loads(kept or "[]")]
    except (ValueError, TypeError, KeyError, AttributeError):
        return []


def _entry(one: dict[str, object]) -> Entry:
    what, letter, detail, time = (str(one[name]) for name in _TEXTS)
    numbers = [int(n) for n in cast("list[int]", one["hit"])]
    hit = OrderHit(OrderId(numbers[0]), StopId(numbers[1]), numbers[2]) if len(numbers) == 3 else None
    date = dt.date.fromisoformat(str(one["date"]))
    return Entry(date, what, hit, letter, detail, time, bool(one["whole"]))
