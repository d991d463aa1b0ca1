"""How the wizards are opened: by key, palette, menus of lanes and stops, and by the next action of an incident.

Each acts on the driver or the order in talk, as the selection of the window says.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from dispatch_console.domain.errors import UserError
from dispatch_console.domain.facts import FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import OrderId, OrderKind
from dispatch_console.domain.plan import POOL
from dispatch_console.services import fleet
from dispatch_console.services.fleet import Fleet
from dispatch_console.services.orders import Store
from dispatch_console.services.wizards import ids as wizard_ids
from dispatch_console.services.wizards.ids import Ids
from dispatch_console.ui.actions import Action, Reason
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.later import Later
from dispatch_console.ui.wizards.common import tr
from dispatch_console.ui.wizards.keys import KEYS
from dispatch_console.ui.wizards.late import LateCase
from dispatch_console.ui.wizards.match import MatchCase
from dispatch_console.ui.wizards.orders import CancelCase, SplitCase
from dispatch_console.ui.wizards.panel import WizardPanel
from dispatch_console.ui.wizards.stuck import StuckCase
from dispatch_console.ui.wizards.swap import SwapCase
from dispatch_console.ui.wizards.urgent import UrgentCase
from dispatch_console.ui.wizards.view import Case

log = logging.getLogger(__name__)


class Wizards:
    """Opens the panel with the right wizard, once ids and fleet are there."""

    def __init__(self, desk: Desk, store: Store, panel: WizardPanel) -> None:
        self._desk, self._store, self._panel = desk, store, panel
        self._later = Later(panel)
        self._opening = 0
        self._register()

    # -- opening -------------------------------------------------------------------------------------

    def _breakdown(self) -> None:
        route = self._need_route()
        searches = self._panel.thinking.searches
        self._open("breakdown", lambda ids, known: StuckCase(route, ids, known, is_sick=False, searches=searches))

    def _sick(self) -> None:
        route = self._need_route()
        searches = self._panel.thinking.searches
        self._open("sick", lambda ids, known: StuckCase(route, ids, known, is_sick=True, searches=searches))

    def _late(self) -> None:
        route = self._need_route()
        self._open("late", lambda ids, _: LateCase(route, ids, self._desk.day))

    def _swap(self) -> None:
        route = self._need_route()
        self._open("swap", lambda ids, _: SwapCase(route, ids))

    def _match(self) -> None:
        self._open("match", lambda _, known: MatchCase(known))

    def _urgent(self) -> None:
        stop = self._desk.current
        assert stop is not None, "the action says so before"
        self._open("urgent", lambda ids, _: UrgentCase(stop, ids))

    def _cancel(self) -> None:
        orders = self._orders()
        self._open("cancel", lambda ids, _: CancelCase(orders, ids))

    def _split(self) -> None:
        orders = self._orders()
        self._open("split", lambda ids, _: SplitCase(orders, ids))

    def _sheets(self) -> None:
        self._panel.print_of(self._need_route())

    def _open(self, wizard: str, make: Callable[[Ids, Fleet], Case]) -> None:
        """The panel is there at once; the store is asked on its thread, the rest is worked out on another."""
        day = self._desk.day
        self._opening += 1
        opening = self._opening
        self._panel.wait(self._desk.actions[f"wizard.{wizard}"].text)

        def ask() -> Case:
            return make(wizard_ids.reserve(self._store), fleet.load(self._store, day.depot.id))

        def begin(case: Case) -> None:
            if opening == self._opening and self._panel.is_open and self._panel.case is None:
                self._panel.open(case)

        self._later.when(self._store.submit(ask), begin, self._sorry)

    def _sorry(self, error: BaseException) -> None:
        self._panel.leave()
        if isinstance(error, UserError):
            self._desk.message.emit(error.message, "error")
            return
        log.error("a wizard could not begin", exc_info=error)
        self._desk.message.emit(
            tr("That went wrong inside the program; nothing was changed. See the log."), "error"
        )

    # -- on what -------------------------------------------------------------------------------------

    def _route(self) -> ShiftId | None:
        """The driver in talk."""
        desk = self._desk
        route = desk.current_route
        if route is None and desk.current is not None:
            route = desk.day.plan.where.get(desk.current)
        return route if route in desk.day.shifts and route != POOL else None

    def _need_route(self) -> ShiftId:
        route = self._route()
        assert route is not None, "the action says so before"
        return route

    def _orders(self) -> tuple[OrderId, ...]:
        stop = self._desk.current
        assert stop is not None, "the action says so before"
        return tuple(order.id for order in self._desk.day.stops[stop].orders)

    def _no_route(self) -> Reason:
        route = self._route()
        if route is None:
            return tr("Select a driver first: click on the head of a lane, or on one of his stops.")
        if not self._desk.day.plan.route(route).stops:
            return tr("{who} has no stops.").format(who=self._desk.driver(route))
        return None

    def _no_route_at_all(self) -> Reason:
        return self._no_route() if self._route() is None else None

    def _no_plan(self) -> Reason:
        planned = any(route.stops for route in self._desk.day.routes)
        return None if planned else tr("No route has a stop yet. Plan first.")

    def _not_under_way(self) -> Reason:
        reason = self._no_route()
        if reason is None and self._desk.day.facts.state(self._need_route()) not in (
            FactKind.IN_DEPOT,
            FactKind.OUT,
        ):
            return tr("{who} is back already.").format(who=self._desk.driver(self._need_route()))
        return reason

    def _no_order(self) -> Reason:
        stop = self._desk.current
        if stop is None or stop not in self._desk.day.stops:
            return tr("Select an order first.")
        if self._desk.day.stops[stop].order.kind is OrderKind.HANDOVER:
            return tr("This is where two vans meet, no customer's order.")
        return None

    def _not_urgent(self) -> Reason:
        reason = self._no_order()
        current = self._desk.current
        if reason is None and current is not None and self._desk.day.plan.where[current] != POOL:
            return tr("This order has a driver already. Unassign it first.")
        return reason

    def _not_open(self) -> Reason:
        return None if self._panel.is_open and self._panel.isVisible() else tr("No wizard is open.")

    def _no_place(self) -> Reason:
        reason = self._not_open()
        if reason is None and (self._panel.stage != "choose" or not self._panel.body.picks_place):
            return tr("This wizard asks for no place.")
        return reason

    def _not_replanned(self) -> Reason:
        reason = self._not_open()
        if reason is None and (self._panel.stage != "choose" or self._panel.body.replans is None):
            return tr("Nothing is shared out here that the search could go over.")
        return reason

    # -- the registry --------------------------------------------------------------------------------

    def _register(self) -> None:
        def add(
            id: str, text: str, run: Callable[[], object], keys: str, icon: str, why_not: Callable[[], Reason]
        ) -> None:
            def checked() -> None:
                """Menus of a lane choose the driver first: only then it is known whether it can be done."""
                reason = why_not()
                if reason is None:
                    run()
                else:
                    self._desk.message.emit(reason, "error")

            action = Action(f"wizard.{id}", text, checked, keys, icon, group=tr("Wizards"), why_not=why_not)
            self._desk.actions.add(action)

        go_on = tr("Go on in the wizard: preview, accept")
        add("go_on", go_on, self._panel.go_on, "Ctrl+Return", "ph.check-bold", self._not_open)
        sheets = tr("Print the hand-over sheets of a driver")
        add(
            "sheets",
            sheets,
            lambda: self._panel.print_of(self._need_route()),
            "",
            "ph.printer",
            self._no_route_at_all,
        )
        place = tr("Click on the map where the van stands")
        add("place", place, self._panel.ask_place, "Alt+M", "ph.map-pin", self._no_place)
        replan = tr("Let the search plan the routes of those who take over, or not")
        add("replan", replan, self._panel.toggle_replan, "Alt+R", "ph.lightning", self._not_replanned)
        add(
            "breakdown",
            tr("Vehicle broken down"),
            self._breakdown,
            KEYS["breakdown"],
            "ph.wrench",
            self._not_under_way,
        )
        add("sick", tr("Driver sick"), self._sick, KEYS["sick"], "ph.first-aid", self._not_under_way)
        add("late", tr("Running late"), self._late, KEYS["late"], "ph.clock", self._not_under_way)
        add("swap", tr("Swap drivers or vehicles"), self._swap, KEYS["swap"], "ph.swap", self._not_under_way)
        match = tr("Match drivers and vehicles to the routes")
        add("match", match, self._match, KEYS["match"], "ph.users-three", self._no_plan)
        add("urgent", tr("Urgent order"), self._urgent, KEYS["urgent"], "ph.lightning", self._not_urgent)
        add("cancel", tr("Customer cancels"), self._cancel, KEYS["cancel"], "ph.x-circle", self._no_order)
        add("split", tr("Split order"), self._split, KEYS["split"], "ph.scissors", self._no_order)
