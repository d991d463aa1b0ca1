"""The panel at the left edge while a search runs and until its result is taken or dropped."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dispatch_console.domain.plan import POOL
from dispatch_console.services import planning
from dispatch_console.services.planning import Changes, Options, Planner, Result, Run, Scope
from dispatch_console.ui.actions import Action, Reason
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.planning import words
from dispatch_console.ui.planning.body import Body
from dispatch_console.ui.planning.footer import Footer
from dispatch_console.ui.planning.searching import Searching
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import IconButton, PaneHead, Segments

WIDTH = 456
_CHANGES = (Changes.FREE, Changes.KEEP_DRIVERS, Changes.KEEP_ORDER)

Wanted = Literal["all", "selected", "unassigned"]


class PlanPanel(QWidget):
    """Not modal: the dispatcher goes on working, and what he changes meanwhile stays.

    `shown(bool)`: the panel wants to be seen (456 wide, full height), or is done with.
    """

    shown = Signal(bool)

    def __init__(self, desk: Desk, planner: Planner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.search = Searching(desk, planner, self)
        self.head = PaneHead("")
        self._close = IconButton("ph.x", self.tr("Close (Esc)"))
        self.head.add_tool(self._close)
        self.choices = Segments((self.tr("All free"), self.tr("Keep drivers"), self.tr("Keep order")))
        self.body = Body()
        self.footer = Footer()
        self._lay_out()
        self._connect()

    @property
    def run(self) -> Run | None:
        return self.search.run

    @property
    def result(self) -> Result | None:
        return self.search.result

    # -- what the window asks for --------------------------------------------------------------------

    def optimise(self, wanted: Wanted, seconds: int) -> None:
        """Plan all routes, the selected ones, or the pool. Raises UserError if there is nothing to plan."""
        self.start(self._options(wanted, float(seconds)))

    def why_not(self, wanted: Wanted) -> Reason:
        """Why `optimise` cannot do that now, or None."""
        return planning.why_not(self._desk.day, self._options(wanted, 1.0))

    def start(self, options: Options) -> None:
        """Search as `options` say; a search that runs is ended. Raises UserError if there is nothing to plan."""
        run = self.search.start(options)
        self.head.set_title(self.tr(words.title(options)))
        self.choices.choose(_CHANGES.index(options.changes))
        self._choice_row.setVisible(options.scope is not Scope.UNASSIGNED)
        self.footer.set_mode("running")
        self.body.show_run(run)
        self.shown.emit(True)
        self.setFocus()

    # -- the search ----------------------------------------------------------------------------------

    def stop_and_keep(self) -> None:
        if self.search.stop_and_keep():
            self.footer.set_mode("ending")

    def accept(self) -> None:
        """Make the result the newest step of the day. What changed since it was shown is looked at once more."""
        if self.result is None:
            return
        if self._desk.do(self._apply):
            self.leave()
        else:
            self.search.look_again()

    def leave(self) -> None:
        """Cancel the search, or drop its result."""
        self.search.cancel()
        self.shown.emit(False)

    def _apply(self) -> None:
        result = self.search.of_now()
        self._desk.session.apply(result.change, self.search, after=result.after)

    def _again(self) -> None:
        if self.run is not None:
            self._desk.do(self.start, self.run.options)

    def _choose(self, index: int) -> None:
        if self.run is not None and self.run.options.changes is not _CHANGES[index]:
            self._desk.do(self.start, replace(self.run.options, changes=_CHANGES[index]))

    def _on_polled(self) -> None:
        if self.run is not None:
            self.body.show_run(self.run)

    def _on_found(self) -> None:
        if self.run is None:
            return
        self.footer.set_mode("better" if self.result is not None and self.result.change else "nothing")
        self.body.show_result(self.run, self._desk.day, self.result)

    def _options(self, wanted: Wanted, seconds: float) -> Options:
        if wanted == "all":
            return Options(seconds=seconds)
        if wanted == "unassigned":
            return Options(Scope.UNASSIGNED, seconds=seconds)
        where = self._desk.day.plan.where
        routes = {where[stop] for stop in self._desk.selected if stop in where}
        if self._desk.current_route is not None:
            routes.add(self._desk.current_route)
        return Options(Scope.ROUTES, frozenset(routes - {POOL}), seconds=seconds)

    # -- the widget ----------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.setMinimumWidth(360)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._choice_row = QWidget()
        row = QHBoxLayout(self._choice_row)
        row.setContentsMargins(12, 8, 12, 8)
        row.addWidget(self.choices)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 1, 0)  # the rule at the right edge
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self._choice_row)
        column.addWidget(self.body, 1)
        column.addWidget(self.footer)

    def _connect(self) -> None:
        self._close.clicked.connect(self.leave)
        self.choices.chosen.connect(self._choose)
        self.footer.yes.connect(self._on_yes)
        self.footer.no.connect(self.leave)
        self.footer.again.connect(self._again)
        self.search.polled.connect(self._on_polled)
        self.search.waiting.connect(lambda: self.footer.set_mode("ending"))
        self.search.found.connect(self._on_found)
        self.search.gone.connect(lambda: self.shown.emit(False))
        self._desk.theme_changed.connect(self._on_theme)
        group = self.tr("Plan")
        add = self._desk.actions.add
        add(
            Action(
                "plan.accept",
                self.tr("Accept the plan that was found"),
                self.accept,
                "Ctrl+Return",
                "ph.check-bold",
                group=group,
                why_not=lambda: (
                    None if self.footer.mode == "better" and self.run else self.tr("No plan waits to be accepted.")
                ),
            )
        )
        add(
            Action(
                "plan.stop",
                self.tr("Stop the search and keep the best plan"),
                self.stop_and_keep,
                icon="ph.check-circle",
                group=group,
                why_not=lambda: None if self.search.running else self.tr("No search is running."),
            )
        )

    def _on_yes(self) -> None:
        if self.footer.mode == "better":
            self.accept()
        else:
            self.stop_and_keep()

    def _on_theme(self) -> None:
        self.body.curve.restyle()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("pane"))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), look.colour("line"))
