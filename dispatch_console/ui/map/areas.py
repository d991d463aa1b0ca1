"""The roads of the day on the map: areas that are closed, avoided or slow, and the outline of one being drawn."""

from __future__ import annotations

import json
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from dispatch_console.domain.day import Day
from dispatch_console.domain.places import Place
from dispatch_console.domain.road_changes import RoadChangeId
from dispatch_console.services import road_changes
from dispatch_console.ui.desk import Desk

#: Who wants an outline; None: it was given up.
Then = Callable[[tuple[Place, ...] | None], object]


class AreaLayer(QObject):
    """`told(JSON)`: for the page, `{"areas": [{id, kind, corners, name}…], "chosen": id, "sketch": [corner…]}`."""

    told = Signal(str)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._chosen = ""
        self._corners: list[Place] = []
        self._then: Then | None = None
        desk.day_changed.connect(self._on_day)

    @property
    def drawing(self) -> bool:
        return self._then is not None

    def choose(self, id: RoadChangeId | None) -> None:
        """Let this one stand out."""
        self._chosen = id or ""
        self.tell()

    def begin(self, then: Then) -> None:
        """From now on corners are taken, until `finish` or `give_up`; what was being drawn is given up."""
        self.give_up()
        self._then = then

    def corner(self, place: Place) -> None:
        self._corners.append(place)
        self.tell()

    def step_back(self) -> bool:
        """Take the last corner away. False: there is none."""
        if not self._corners:
            return False
        self._corners.pop()
        self.tell()
        return True

    def finish(self) -> bool:
        """The outline is complete. False: nothing is being drawn."""
        return self._end(tuple(self._corners))

    def give_up(self) -> bool:
        """Draw nothing any more. False: nothing was being drawn."""
        return self._end(None)

    def tell(self) -> None:
        areas = [
            {"id": one.id, "kind": one.area.kind, "corners": one.area.corners, "name": road_changes.name(one.area)}
            for one in self._desk.day.road_changes
        ]
        told = {"areas": areas, "chosen": self._chosen, "sketch": self._corners}
        self.told.emit(json.dumps(told, ensure_ascii=False, separators=(",", ":")))

    def _end(self, corners: tuple[Place, ...] | None) -> bool:
        then, self._then = self._then, None
        if then is None:
            return False
        self._corners = []
        self.tell()
        then(corners)
        return True

    def _on_day(self, before: Day, after: Day, _initiator: object) -> None:
        if before.road_changes != after.road_changes:
            self.tell()
