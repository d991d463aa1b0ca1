"""The sample depot: a fictional town with a day of orders, drivers and a draft plan, through the usual imports."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from dispatch_console import resources
from dispatch_console.domain import edits
from dispatch_console.domain.fleet import Depot, DepotId
from dispatch_console.domain.places import Place
from dispatch_console.domain.plan import Plan, Route, change_routes
from dispatch_console.services import days, fleet, fleet_files, importing
from dispatch_console.services.saving import StoreSaver
from dispatch_console.services.session import DaySession
from dispatch_console.store.store import Store

WHO = "sample"

#: The clock of the sample's day, when it is opened, shows this: the vans leave in a few minutes.
OPENED_AT = dt.time(6, 52)

#: The town and its neighbours are not farther than this from the sample depot.
_NEAR_DEG = 0.2


def day() -> dt.date:
    """The day of the sample's orders."""
    return dt.date.fromisoformat(_facts()["day"])


def opened_at() -> dt.datetime:
    """The instant at which the sample's day is looked at."""
    return dt.datetime.combine(day(), OPENED_AT, ZoneInfo(_facts()["timezone"]))


def is_in_town(depot: Depot) -> bool:
    """Whether a depot stands in the sample's region: a store of the user's may hold another one."""
    facts = _facts()
    return max(abs(depot.place.lat - facts["lat"]), abs(depot.place.lon - facts["lon"])) < _NEAR_DEG


def ensure(store: Store) -> Depot:
    """The sample depot of this store, made if the store has no depot yet. Touches the database."""
    known = store.depots()
    if known:
        return known[0]
    facts = _facts()
    depot = fleet.save_depot(store, None, _depot(facts), WHO)
    fleet_files.import_file(store, depot, resources.path("sample", "fleet.csv"), day(), WHO)
    plan = json.loads(resources.path("sample", "plan.json").read_text(encoding="utf-8"))
    _inspections(store, depot, plan["inspections"])
    saver = StoreSaver(store, WHO, clock=opened_at)
    session = DaySession(days.open_day(store, depot.id, day()), saver)
    days.use_shifts(session, days.roster(store, depot.id, day()))
    _import(store, session)
    _plan(session, plan)
    saver.flush()
    return depot


def _facts() -> dict[str, Any]:
    return json.loads(resources.path("sample", "depot.json").read_text(encoding="utf-8"))


def _depot(facts: dict[str, Any]) -> Depot:
    return Depot(
        DepotId(0),
        facts["name"],
        Place(facts["lat"], facts["lon"]),
        facts["timezone"],
        facts["address"],
        facts["phone"],
        facts["emergency_phone"],
        facts["currency"],
    )


def _inspections(store: Store, depot: Depot, until: dict[str, str]) -> None:
    for vehicle in fleet.load(store, depot.id).vehicles:
        if vehicle.name in until:
            changed = replace(vehicle, inspection_until=dt.date.fromisoformat(until[vehicle.name]))
            fleet.save_vehicle(store, depot.id, vehicle, changed, WHO)


def _import(store: Store, session: DaySession) -> None:
    table = importing.read(resources.path("sample", "orders.csv"))
    guess = importing.guess(store, table, day())
    seen = importing.preview(store, session.day, table, guess.mapping, day())
    importing.commit(session, importing.prepare(store, session.day, seen), WHO, opened_at())


def _plan(session: DaySession, plan: dict[str, Any]) -> None:
    """The draft plan that ships with the sample: routes by driver's name, stops by order number."""
    now: Plan = session.day.plan
    stops = {order.reference: order.stop for order in session.day.orders.values()}
    shifts = {shift.driver.name: id for id, shift in session.day.shifts.items()}
    sequences = {shifts[name]: tuple(stops[ref] for ref in refs) for name, refs in plan["routes"].items()}
    session.apply(edits.take_over(now, sequences, "Plan the sample"))
    session.apply(change_routes(session.day.plan, "Locks of the sample", _locked(session, plan, shifts, stops)))


def _locked(
    session: DaySession, plan: dict[str, Any], shifts: dict[str, Any], stops: dict[str, Any]
) -> list[Route]:
    pinned = {stops[ref] for ref in plan["pinned"]}
    return [
        replace(
            session.day.plan.route(id),
            locked=name in plan["locked"],
            pinned=pinned & {*session.day.plan.route(id).stops},
        )
        for name, id in shifts.items()
    ]
