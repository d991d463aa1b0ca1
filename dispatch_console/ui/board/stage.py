"""What the parts of the board need of its view."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtWidgets import QWidget

from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import StopId
from dispatch_console.ui.board.geometry import Geometry
from dispatch_console.ui.board.lanes import Lane
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.models.plan_model import PlanModel


class Stage(Protocol):
    """The board's view, as its helpers see it."""

    @property
    def desk(self) -> Desk: ...

    @property
    def model(self) -> PlanModel: ...

    @property
    def lanes(self) -> Sequence[Lane]: ...

    @property
    def geometry_now(self) -> Geometry: ...

    def viewport(self) -> QWidget: ...

    def repaint_lane(self, route: ShiftId) -> None: ...

    def scroll_by(self, x: int, y: int) -> None: ...

    def set_leaving(self, stops: frozenset[StopId]) -> None: ...

    def toggle_fold(self, route: ShiftId) -> None: ...

    def scroll_to(self, stop: StopId) -> None: ...
