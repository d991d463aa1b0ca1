"""The window's own actions, put into the registry: what the toolbar, the menus, the keys and the palette offer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QCoreApplication

from dispatch_console.domain.day import Day, DayState
from dispatch_console.domain.plan import PlanChange
from dispatch_console.services import day as day_service
from dispatch_console.ui.actions import Action, Reason
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.shell import day_actions
from dispatch_console.ui.shell.area import ORDER
from dispatch_console.ui.shell.hooks import Hooks, Scope
from dispatch_console.ui.shell.memory import Memory, Theme

#: Seconds that the optimiser may search.
SECONDS = (10, 30, 60, 120, 300)
DEFAULT_SECONDS = 30

PLAN_MENU = (
    "plan.selected", "plan.all", "plan.unassigned", "", *(f"plan.seconds_{seconds}" for seconds in SECONDS),
)  # fmt: skip
LAYOUT_MENU = (
    *(f"view.detach_{name}" for name in ORDER), "view.reset", "", "view.theme_system", "view.theme_light",
    "view.theme_dark",
)  # fmt: skip

_TITLES = {"orders": "orders", "board": "routes", "map": "map", "timeline": "timeline", "incidents": "incidents"}


class Frame(Protocol):
    """What the commands need of the window."""

    def show_page(self, name: str) -> object: ...

    def open_palette(self, text: str = "") -> None: ...

    def open_calendar(self) -> None: ...

    def step_focus(self, by: int) -> None: ...

    def show_pane(self, name: str) -> None: ...

    def toggle_detached(self, name: str) -> None: ...

    def reset_layout(self) -> None: ...

    def set_theme(self, theme: Theme) -> None: ...

    def go_back(self) -> None: ...

    def open_state(self) -> None: ...

    def close(self) -> bool: ...


class Commands:
    """Builds the actions. `seconds` is how long the optimiser searches, remembered."""

    def __init__(self, desk: Desk, frame: Frame, hooks: Hooks, memory: Memory) -> None:
        self._desk, self._frame, self._hooks, self._memory = desk, frame, hooks, memory
        self._add_day()
        self._add_work()
        self._add_plan()
        self._add_edit()
        self._add_view()
        self._add_program()

    @property
    def seconds(self) -> int:
        kept = self._memory.text("plan/seconds")
        return int(kept) if kept.isdigit() else DEFAULT_SECONDS

    def is_on(self, id: str) -> bool | None:
        """Whether a menu ticks the action; None: it is not one to be ticked."""
        if id.startswith("plan.seconds_"):
            return id == f"plan.seconds_{self.seconds}"
        if id.startswith("view.theme_"):
            return id == f"view.theme_{self._memory.theme}"
        if id.startswith("view.detach_"):
            return id.removeprefix("view.detach_") in self._memory.names("detached")
        return None

    def step_day(self, by: int) -> None:
        self._hooks.go_to(self._desk.day.date + dt.timedelta(days=by))

    def toggle_approval(self) -> None:
        """The toolbar's one button for both ways."""
        if self._desk.day.approval.state is DayState.DRAFT:
            self.approve()
        else:
            self._hooks.withdraw()

    def approve(self) -> None:
        """Approve the plan; whoever warns looks at the day then."""
        self._hooks.approve()
        if self._desk.day.approval.state is not DayState.DRAFT:
            self._desk.departing.emit(None)

    def why_not_toggle(self) -> Reason:
        draft = self._desk.day.approval.state is DayState.DRAFT
        return self._of_the_plan(day_service.why_not_approve if draft else day_service.why_not_withdraw)()

    def _of_the_plan(self, why_not: Callable[[Day], Reason]) -> Callable[[], Reason]:
        """Approving is of the plan as it is: never of one that is only tried, nor of one that is not shown."""

        def reason() -> Reason:
            if self._desk.session.viewing:
                return self._desk.session.viewing
            if self._desk.session.trying:
                return _tr("A trial is on the screen. Take it over first, or show the plan as it is.")
            return why_not(self._desk.day)

        return reason

    # -- by group ------------------------------------------------------------------------------------

    def _add(
        self,
        id: str,
        text: str,
        run: Callable[[], object],
        keys: str = "",
        icon: str = "",
        hint: str = "",
        why_not: Callable[[], Reason] = lambda: None,
        aka: str = "",
    ) -> None:
        """Add an action of the window, unless a pane has brought its own by this id."""
        if id not in self._desk.actions:
            group = _tr(_GROUPS[id.partition(".")[0]])
            self._desk.actions.add(Action(id, text, run, keys, icon, _tr(hint), group, why_not, aka))

    def _add_day(self) -> None:
        self._add(
            "day.previous", _tr("Go to the day before"), lambda: self.step_day(-1), "Ctrl+PgUp", "ph.caret-left"
        )
        self._add("day.next", _tr("Go to the day after"), lambda: self.step_day(1), "Ctrl+PgDown", "ph.caret-right")
        self._add(
            "day.today",
            _tr("Go to today"),
            lambda: self._hooks.go_to(self.today()),
            "Ctrl+Home",
            "ph.calendar-blank",
        )
        self._add("day.choose", _tr("Choose a day…"), self._frame.open_calendar, "Ctrl+G", "ph.calendar-blank")
        self._add(
            "day.approve",
            _tr("Approve the plan"),
            self.approve,
            "Ctrl+Shift+A",
            "ph.check-circle",
            "freezes today's plan as the baseline",
            self._of_the_plan(day_service.why_not_approve),
        )
        self._add(
            "day.withdraw",
            _tr("Undo the approval"),
            self._hooks.withdraw,
            "",
            "ph.arrow-u-up-left",
            "until the first sheet is printed",
            self._of_the_plan(day_service.why_not_withdraw),
        )

        day_actions.register(self._desk, self._hooks, self._frame.open_state)

    def today(self) -> dt.date:
        return self._desk.today

    def _add_work(self) -> None:
        page = self._frame.show_page
        self._add(
            "print.open",
            _tr("Print sheets…"),
            lambda: page("print"),
            "F9",
            "ph.printer",
            "driver sheets, loading lists",
        )
        self._add(
            "carryover.open",
            _tr("Carry-over list…"),
            lambda: page("carryover"),
            "Ctrl+Shift+N",
            "ph.arrow-bend-up-right",
            "what goes on after this day",
        )
        self._add(
            "fleet.open", _tr("Drivers, vehicles and shifts…"), lambda: page("fleet"), "Ctrl+Shift+F", "ph.truck"
        )

        self._add(
            "debrief.open",
            _tr("Debrief a returned sheet…"),
            lambda: page("debrief"),
            "Ctrl+Shift+D",
            "ph.identification-badge",
            "outcomes, pieces back, cash, proof",
        )

    def _add_plan(self) -> None:
        bolt = "ph.lightning"
        self._add_optimise("selected", _tr("Optimise the selected routes"), "F5", "ph.path")
        self._add_optimise("all", _tr("Optimise all routes"), "Shift+F5", bolt)
        self._add_optimise("unassigned", _tr("Place the unassigned orders"), "", "ph.package")
        for seconds in SECONDS:
            text = _tr("Search for {n} s") if seconds < 120 else _tr("Search for {n} min")
            text = text.format(n=seconds if seconds < 120 else seconds // 60)
            self._add(f"plan.seconds_{seconds}", text, lambda chosen=seconds: self._set_seconds(chosen))

    def _add_optimise(self, scope: Scope, text: str, keys: str, icon: str) -> None:
        self._add(
            f"plan.{scope}",
            text,
            lambda: self._hooks.optimise(scope, self.seconds),
            keys,
            icon,
            _PLAN_HINTS[scope],
            lambda: self._hooks.why_not_optimise(scope),
            aka=_tr("re-optimise from now"),  # as the toolbar calls it while vans are out
        )

    def _set_seconds(self, seconds: int) -> None:
        self._memory.set_text("plan/seconds", str(seconds))

    def _add_edit(self) -> None:
        desk, session = self._desk, self._desk.session

        def undo() -> None:
            desk.with_times(session.places_of_undo, lambda: self._say(_tr("Undone: {step}"), session.undo(self)))

        def redo() -> None:
            desk.with_times(
                session.places_of_redo, lambda: self._say(_tr("Done again: {step}"), session.redo(self))
            )

        self._add(
            "edit.undo",
            _tr("Undo"),
            undo,
            "Ctrl+Z",
            "ph.arrow-u-up-left",
            why_not=lambda: None if session.history.done or desk.timed.waiting else "There is nothing to undo.",
        )
        self._add(
            "edit.redo",
            _tr("Redo"),
            redo,
            "Ctrl+Y",
            "ph.arrow-u-up-right",
            why_not=lambda: None if session.history.undone else "There is nothing to redo.",
        )
        self._add("edit.clear", _tr("Select nothing"), self._frame.go_back, "Esc", "ph.x")

    def _say(self, words: str, step: PlanChange) -> None:
        """Name a step that cannot be seen on the panes: it was made to the fleet."""
        if not step.on_day:
            self._desk.message.emit(words.format(step=step.label), "info")

    def _add_view(self) -> None:
        frame = self._frame
        self._add("view.palette", _tr("Search and commands"), frame.open_palette, "Ctrl+K", "ph.magnifying-glass")
        self._add("view.next_pane", _tr("Go to the next pane"), lambda: frame.step_focus(1), "F6", "ph.caret-right")
        self._add(
            "view.previous_pane",
            _tr("Go to the pane before"),
            lambda: frame.step_focus(-1),
            "Shift+F6",
            "ph.caret-left",
        )
        for at, name in enumerate(ORDER, 1):
            title = _tr(_TITLES[name])
            self._add(
                f"view.show_{name}",
                _tr("Go to the {pane}").format(pane=title),
                lambda to=name: frame.show_pane(to),
                f"Alt+{at}",
                "ph.columns",
            )
            self._add(
                f"view.detach_{name}",
                _tr("Open the {pane} in a window").format(pane=title),
                lambda to=name: frame.toggle_detached(to),
                icon="ph.arrow-square-out",
                hint="for the second screen",
            )
        self._add("view.reset", _tr("Reset the layout"), frame.reset_layout, icon="ph.columns")
        themes: tuple[tuple[Theme, str], ...] = (
            ("system", _tr("Colours as the system")),
            ("light", _tr("Light colours")),
            ("dark", _tr("Dark colours")),
        )
        for theme, text in themes:
            self._add(f"view.theme_{theme}", text, lambda to=theme: frame.set_theme(to), icon="ph.swatches")

    def _add_program(self) -> None:
        page = self._frame.show_page
        self._add("program.keys", _tr("All keys"), lambda: page("keys"), "Shift+F1", "ph.keyboard")
        self._add("program.settings", _tr("Settings…"), lambda: page("settings"), "Ctrl+,", "ph.gear")
        self._add("program.quit", _tr("Close the program"), self._frame.close, "Ctrl+Q", "ph.x")


_GROUPS = {
    "day": "Day",
    "import": "Orders",
    "print": "Print",
    "fleet": "Fleet",
    "carryover": "Day",
    "debrief": "Debrief",
    "plan": "Plan",
    "edit": "Edit",
    "view": "View",
    "program": "Program",
}
_PLAN_HINTS: dict[Scope, str] = {
    "selected": "click the head of a lane first",
    "all": "preview first",
    "unassigned": "routes stay as they are",
}


def _tr(text: str) -> str:
    return QCoreApplication.translate("Commands", text) if text else ""
