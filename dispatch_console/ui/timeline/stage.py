"""What the hands of the timeline (mouse, keys, drops) need of its chart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QWidget

from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import StopId
from dispatch_console.ui.timeline.overlay import DropMark
from dispatch_console.ui.timeline.row import Mood, Row
from dispatch_console.ui.timeline.scale import Scale


class Hit(NamedTuple):
    """What lies at a point: a row, and in it a bar's index (None: none), or its label."""

    route: ShiftId
    row: Row
    at: int | None
    label: bool


class Stage(Protocol):
    """See `chart.Chart`."""

    scale_now: Scale
    mood: Mood
    rows: dict[ShiftId, Row]
    mark: DropMark

    @property
    def widget(self) -> QWidget: ...

    def height(self) -> int: ...

    def hit(self, at: QPointF) -> Hit | None: ...

    def row_top(self, id: ShiftId) -> float: ...

    def fit(self) -> None: ...

    def zoom(self, factor: float, x: float | None = None) -> None: ...

    def pan(self, dx: float, dy: float) -> None: ...

    def reveal(self, stop: StopId) -> None: ...

    def set_held(self, stops: Sequence[StopId]) -> None: ...
