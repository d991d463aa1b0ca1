"""What the two panels of the optimiser have in common: a search at the left edge, until it is taken or dropped."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.plan import POOL
from dispatch_console.services import planning
from dispatch_console.services.planning import Options, Planner, Result, Run, Scope
from dispatch_console.ui.actions import Reason
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.planning.searching import Searching
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import IconButton, PaneHead
from dispatch_console.ui.widgets.arranging import pile

Wanted = Literal["all", "selected", "unassigned"]
_SCOPES: dict[Wanted, Scope] = {"all": Scope.ALL, "selected": Scope.ROUTES, "unassigned": Scope.UNASSIGNED}


class SearchPanel(QWidget):
    """Not modal: the dispatcher goes on working. `shown(bool)`: the panel wants to be seen, or is done with."""

    shown = Signal(bool)

    def __init__(self, desk: Desk, planner: Planner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.search = Searching(desk, planner, self)
        self.head = PaneHead("")
        close = IconButton("ph.x", self.tr("Close (Esc)"))
        close.clicked.connect(self.leave)
        self.head.add_tool(close)
        self.search.gone.connect(self.done)

    @property
    def run(self) -> Run | None:
        return self.search.run

    @property
    def result(self) -> Result | None:
        return self.search.result

    def asked(self, wanted: Wanted) -> Options:
        """All routes, the selected ones, or the pool into the routes as they are."""
        scope = _SCOPES[wanted]
        return Options(scope, self._selected() if scope is Scope.ROUTES else frozenset())

    def why_not(self, wanted: Wanted) -> Reason:
        """Why that cannot be planned now, or None."""
        return planning.why_not(self._desk.day, self.asked(wanted))

    def leave(self) -> None:
        """End the search, or drop what it found."""
        self.search.cancel()
        self.done()

    def done(self) -> None:
        """Nothing is searched or shown any more."""
        self.shown.emit(False)

    def _selected(self) -> frozenset[ShiftId]:
        where = self._desk.day.plan.where
        routes = {where[stop] for stop in self._desk.selected if stop in where}
        if self._desk.current_route is not None:
            routes.add(self._desk.current_route)
        return frozenset(routes - {POOL})

    def _stand(self, *parts: QWidget, grows: QWidget) -> None:
        """The parts below the head, beside the rule at the right edge."""
        self.setMinimumWidth(360)
        pile(self, self.head, *parts, grows=grows)
        self.setContentsMargins(0, 0, 1, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("pane"))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), look.colour("line"))
