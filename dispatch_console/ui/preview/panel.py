"""The panel at the left edge while a plan from now on is looked for, and until it is accepted or dropped."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from dispatch_console.domain.errors import UserError
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.plan import POOL
from dispatch_console.services import preview as service
from dispatch_console.services.planning import Options, Planner, Result
from dispatch_console.ui.actions import Action, Reason
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.models.idle import Job
from dispatch_console.ui.planning import words as plan_words
from dispatch_console.ui.planning.bar import Bar
from dispatch_console.ui.planning.side import SearchPanel, Wanted
from dispatch_console.ui.planning.table import Totals
from dispatch_console.ui.preview import words
from dispatch_console.ui.preview.choice import Choice
from dispatch_console.ui.preview.choices import Choices
from dispatch_console.ui.preview.footer import Footer
from dispatch_console.ui.preview.moves import Moves
from dispatch_console.ui.previewed import Previewed
from dispatch_console.ui.widgets import Text


def _forgets(_choice: Choice) -> None:
    pass


class PreviewPanel(SearchPanel):
    """The day goes on, the preview follows it, and what no longer fits is left out by name.

    `accepted`: a plan was taken over, whole or in part.
    `choice` is what the row of buttons has at first, `keep` remembers another one.
    """

    accepted = Signal()

    def __init__(
        self,
        desk: Desk,
        planner: Planner,
        choice: Choice,
        keep: Callable[[Choice], object] = _forgets,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, planner, parent)
        self._keep = keep
        self._asked = Options()
        self.choices = Choices(choice)
        self.bar = Bar()
        self.totals = Totals()
        self.said = Text("", "data", "tx2")
        self.moves = Moves()
        self.footer = Footer()
        self._lay_out()
        self._connect()

    # -- what the window asks for --------------------------------------------------------------------

    def optimise(self, wanted: Wanted, _seconds: int = 0) -> None:
        """Plan all routes from now on, the selected ones, or only the pool into them.

        Raises UserError if there is nothing to plan.
        """
        self._asked = self.asked(wanted)
        self.choices.set_scope(self._asked.scope)
        self.moves.clear_ticks()
        self._start()
        self.shown.emit(True)
        self.moves.setFocus()

    def accept(self) -> None:
        """Make the whole plan the newest step of the day."""
        self._take_over(None)

    def accept_ticked(self) -> None:
        """Make what concerns the ticked routes the newest step of the day."""
        self._take_over(self.moves.ticks)

    def done(self) -> None:
        self._desk.preview(None)
        super().done()

    def _take_over(self, routes: frozenset[ShiftId] | None) -> None:
        if self.result is not None and self._desk.do(self._apply, routes):
            self.leave()
            self.accepted.emit()
        else:
            self.search.look_again()

    def _apply(self, routes: frozenset[ShiftId] | None) -> None:
        result = self.search.of_now()
        if not result.change:
            raise UserError(plan_words.summary(result))
        if routes is None:
            self._desk.session.apply(result.change, self.search, after=result.after)
            return
        label = self.tr("Re-optimise {n} of {all} routes").format(n=len(routes), all=len(_routes(result)))
        self._desk.session.apply(service.only(result.before, result.after, routes, label), self.search)

    # -- the search ----------------------------------------------------------------------------------

    def _start(self) -> None:
        options = self.choices.choice.options(self._asked)
        now = self._desk.now
        now = self._desk.day.now if now is None else now
        self.search.start(options, now)
        self.head.set_title(words.title(options, self._desk.hhmm(now)))
        self._show_running()

    def _on_choice(self) -> None:
        self._keep(self.choices.choice)
        if self.run is not None:
            self._desk.do(self._start)

    def _show_running(self) -> None:
        """The plan found last stays to be looked at until the new one is there."""
        run = self.run
        if run is None:
            return
        self.bar.set_share(run.elapsed_s / run.options.seconds)
        self.bar.show()
        if self._desk.previewed is None:
            looking = self.tr("Looking for a better plan from now on …")
            self._say(f"{looking} {plan_words.time_left(run)}" if run.begun else plan_words.time_left(run))
        self._show_reasons()

    def _on_found(self) -> None:
        """The result is there: what each move saves is worked out next, in the same slices."""
        self.bar.hide()
        result = self.result
        if result is None or not result.change:
            self._desk.preview(None)
            self.moves.show_lines((), "")
            self.totals.hide()
            self._say(self._why_nothing(result))
            self._show_reasons()
            return
        self.search.idle.add(self._measure(result), at_once=True)
        self._show_reasons()

    def _measure(self, result: Result) -> Job:
        seen = service.preview(result.before, result.after)
        yield
        saved = yield from service.savings(result.before, result.after, seen)
        if self.result is result:
            self._show(Previewed(result.before, result.after, seen, saved))

    def _show(self, previewed: Previewed) -> None:
        run = self.run
        if run is None:
            return
        self._desk.preview(previewed)
        self.totals.show_figures(
            plan_words.changing(len(previewed.seen.rows)), self.tr("After"), words.figures(previewed)
        )
        self.totals.show()
        self._say("\n".join(plan_words.notes(run, self.result)))
        self.moves.show_lines(words.lines(previewed), words.caption(previewed))
        self._show_reasons()

    def _why_nothing(self, result: Result | None) -> str:
        run = self.run
        if result is None:
            return run.trouble if run is not None else ""
        notes = plan_words.notes(run, result) if run is not None else []
        return "\n".join([plan_words.summary(result), *notes])

    def _say(self, text: str) -> None:
        self.said.setText(text)
        self.said.setVisible(bool(text))

    # -- what can be done now --------------------------------------------------------------------------

    def why_not_accept(self) -> Reason:
        if self.run is None:
            return self.tr("No plan waits to be accepted.")
        if not self.run.over or self._desk.previewed is None or self.search.idle.busy:
            running = not self.run.over or self.search.idle.busy
            return self.tr("The search is not over yet.") if running else self.tr("There is nothing to accept.")
        return None

    def why_not_ticked(self) -> Reason:
        reason = self.why_not_accept()
        if reason is None and not self.moves.ticks:
            return self.tr("No route is ticked.")
        return reason

    def _show_reasons(self) -> None:
        self.footer.show_reasons(self.why_not_accept(), self.why_not_ticked())

    # -- the widget ----------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.setFocusProxy(self.moves)
        self.said.setWordWrap(True)
        self.said.setContentsMargins(12, 8, 12, 8)
        self.bar.hide()
        self.totals.hide()
        self._stand(self.choices, self.bar, self.totals, self.said, self.moves, self.footer, grows=self.moves)

    def _connect(self) -> None:
        self.choices.changed.connect(self._on_choice)
        self.footer.all.connect(self.accept)
        self.footer.ticked.connect(self.accept_ticked)
        self.footer.no.connect(self.leave)
        self.moves.ticked.connect(self._show_reasons)
        self.moves.chosen.connect(self._on_chosen)
        self.search.polled.connect(self._show_running)
        self.search.waiting.connect(self._show_reasons)
        self.search.found.connect(self._on_found)
        self._desk.theme_changed.connect(self.update)
        self._add_actions()

    def _add_actions(self) -> None:
        def add(
            id: str, text: str, run: Callable[[], object], keys: str, icon: str, why: Callable[[], Reason]
        ) -> None:
            action = Action(f"preview.{id}", text, run, keys, icon, group=self.tr("Preview"), why_not=why)
            self._desk.actions.add(action)

        here, row = self._why_not_here, self.choices
        whole, part = self.why_not_accept, self.why_not_ticked
        add("accept", self.tr("Accept the previewed plan"), self.accept, "Ctrl+Return", "ph.check-bold", whole)
        ticked = self.tr("Accept the ticked routes")
        add("ticked", ticked, self.accept_ticked, "Ctrl+Shift+Return", "ph.check-square", part)
        for id, text, by, keys in (
            ("next", self.tr("Next stop that moves"), 1, "F8"),
            ("previous", self.tr("Stop that moves, before"), -1, "Shift+F8"),
        ):
            add(id, text, lambda by=by: self.moves.step(by), keys, "ph.git-diff", self._why_not_step)
        add("what", self.tr("What re-optimising may change"), row.what.open_menu, "Alt+C", "ph.lock-open", here)
        add("least", self.tr("What a move must save"), row.least.open_menu, "Alt+G", "ph.clock", here)
        add("freeze", self.tr("How many next stops stay"), row.freeze.open_menu, "Alt+Z", "ph.snowflake-bold", here)
        add("hand_over", self.tr("Allow hand-overs or not"), row.hand_over.click, "Alt+H", "ph.swap", here)
        add("discard", self.tr("Drop the previewed plan"), self.leave, "", "ph.x", here)

    def _why_not_here(self) -> Reason:
        return None if self.run is not None else self.tr("Re-optimise from now on first: Shift+F5.")

    def _why_not_step(self) -> Reason:
        return None if self._desk.previewed is not None else self.tr("No plan is previewed.")

    def _on_chosen(self, stop: int, route: int) -> None:
        """Show a line's stop, or its route, in the other panes."""
        if stop and StopId(stop) in self._desk.day.stops:
            self._desk.select([StopId(stop)], StopId(stop), self, ShiftId(route) if route else None)
            self._desk.reveal.emit(stop)
        elif route:
            self._desk.select((), None, self, ShiftId(route))


def _routes(result: Result) -> frozenset[ShiftId]:
    return frozenset(result.change.touched) - {POOL}
