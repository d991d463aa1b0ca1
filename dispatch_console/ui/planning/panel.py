"""The panel at the left edge while a search runs and until its result is taken or dropped."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from dispatch_console.services.planning import Changes, Options, Planner, Scope
from dispatch_console.ui.actions import Action
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.planning import words
from dispatch_console.ui.planning.body import Body
from dispatch_console.ui.planning.footer import Footer
from dispatch_console.ui.planning.side import SearchPanel, Wanted
from dispatch_console.ui.widgets import Segments

_CHANGES = (Changes.FREE, Changes.KEEP_DRIVERS, Changes.KEEP_ORDER)


class PlanPanel(SearchPanel):
    """The plan of a whole day: what the dispatcher changes while it is looked for stays."""

    def __init__(self, desk: Desk, planner: Planner, parent: QWidget | None = None) -> None:
        super().__init__(desk, planner, parent)
        self.choices = Segments((self.tr("All free"), self.tr("Keep drivers"), self.tr("Keep order")))
        self.body = Body()
        self.footer = Footer()
        self._lay_out()
        self._connect()

    # -- what the window asks for --------------------------------------------------------------------

    def optimise(self, wanted: Wanted, seconds: int) -> None:
        """Plan all routes, the selected ones, or the pool. Raises UserError if there is nothing to plan."""
        self.start(replace(self.asked(wanted), seconds=float(seconds)))

    def start(self, options: Options) -> None:
        """Search as `options` say; a search that runs is ended. Raises UserError if there is nothing to plan."""
        run = self.search.start(options)
        self.head.set_title(words.title(options))
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

    # -- the widget ----------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._choice_row = QWidget()
        row = QHBoxLayout(self._choice_row)
        row.setContentsMargins(12, 8, 12, 8)
        row.addWidget(self.choices)
        row.addStretch(1)
        self._stand(self._choice_row, self.body, self.footer, grows=self.body)

    def _connect(self) -> None:
        self.choices.chosen.connect(self._choose)
        self.footer.yes.connect(self._on_yes)
        self.footer.no.connect(self.leave)
        self.footer.again.connect(self._again)
        self.search.polled.connect(self._on_polled)
        self.search.waiting.connect(lambda: self.footer.set_mode("ending"))
        self.search.found.connect(self._on_found)
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
