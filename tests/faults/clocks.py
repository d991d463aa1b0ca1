"""The nights in which the clocks change, in zones that do it in every way there is; and a workstation whose own
clock is wrong for a while, or stands in another zone.

An order file is read, its windows become seconds of a plan day, routes are scheduled, kept by both stores, written
as `plan.json` and printed: each time must be what the wall's clock says (`wall`), before the store and behind it.
"""

from __future__ import annotations

import datetime as dt
import itertools
import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from dispatch_console.domain.day import Approval, Day, DayState, open_day
from dispatch_console.domain.facts import Fact, FactKind
from dispatch_console.domain.fleet import Depot, DepotId, Shift, ShiftId, ShiftPattern
from dispatch_console.domain.orders import Order, OrderId, StopId
from dispatch_console.domain.plan import POOL, Plan, Route
from dispatch_console.services import days, manifests, planfile
from dispatch_console.services.manifests import Kind
from dispatch_console.services.session import DaySession
from dispatch_console.store.base import new_command
from dispatch_console.store.baseline import approved
from dispatch_console.store.store import Store
from dispatch_console.store.values import Fleet
from tests import factories
from tests.faults.places import in_memory, stores
from tests.faults.table import Figure, Size, broken
from tests.faults.wall import Wall, nights
from tests.store.filling import WHO, assert_same, reopened, save_fleet_of, whole
from tests.unit.intake.tables import orders_of, table_of

#: Half an hour of summer time, a change at midnight, 45 minutes off, and ours.
ZONES = ("Europe/Vaduz", "Australia/Lord_Howe", "America/Havana", "Pacific/Chatham")
#: Besides those: two hours of it, a winter time that is the exception, changes at midnight in either direction, in
#: the south, in the evening before, and none at all.
MORE_ZONES = (
    "Antarctica/Troll",
    "Europe/Dublin",
    "Asia/Beirut",
    "Africa/Cairo",
    "America/Santiago",
    "Pacific/Easter",
    "Atlantic/Azores",
    "America/Nuuk",
    "America/St_Johns",
    "Africa/Casablanca",
    "Europe/Chisinau",
    "Asia/Jerusalem",
    "Pacific/Auckland",
    "Australia/Adelaide",
    "Asia/Kathmandu",
    "Pacific/Kiritimati",
)
#: Where the workstation says it is: nothing may depend on it.
WORKSTATIONS = ("UTC", "Pacific/Kiritimati", "America/St_Johns")
_H = 3600
_ids = itertools.count(1)


@dataclass(frozen=True)
class Case:
    """A plan day beside a change of the clocks; `first` and `last` hour of its windows."""

    zone: str
    date: dt.date
    first: int
    last: int

    def __str__(self) -> str:
        return f"{self.zone} {self.date}"


def cases(zones: Sequence[str]) -> list[Case]:
    """Of each night the evening before, with a shift into the morning, and the day itself."""
    return [
        case
        for zone in zones
        for date in nights(zone)
        for case in (Case(zone, date - dt.timedelta(days=1), 20, 24), Case(zone, date, 0, 5))
    ]


# -- the day ---------------------------------------------------------------------------------------------


def windows_of(case: Case) -> list[tuple[int, int]]:
    """Every half hour a window of three quarters, in seconds of the wall's clock."""
    starts = range(case.first * _H, case.last * _H, 1800)
    return [(start, min(start + 2700, 86400 - 900)) for start in starts]


def order_file(case: Case) -> str:
    def clock(wall: int) -> str:
        return f"{wall // 3600:02d}:{wall // 60 % 60:02d}"

    rows = [
        f"N-{n};Night {n};Mill Lane;{n};4100;Lindmoor;{case.date};{clock(a)}-{clock(b)};{place.lat};{place.lon}"
        for n, (a, b) in enumerate(windows_of(case), 1)
        for place in [factories.PLACES[n % 6 + 1]]
    ]
    head = "Reference;Name;Street;No;Postcode;City;Delivery date;Time window;Latitude;Longitude"
    return "\n".join([head, *rows, ""])


def day_of(case: Case, folder: Path) -> Day:
    """The file's orders on two drivers, turn by turn in the order of their windows."""
    depot = replace(factories.DEPOT, id=DepotId(next(_ids)), timezone=case.zone)
    base = 1000 * depot.id
    read = [row.order for row in orders_of(table_of(folder, order_file(case))).orders]
    orders = [replace(o, id=OrderId(base + n), stop=StopId(base + n)) for n, o in enumerate(read, 1)]
    shifts = _shifts(case, depot, base)
    lanes = {shift.id: Route(shift.id, tuple(o.stop for o in orders[n::2])) for n, shift in enumerate(shifts)}
    plan = Plan({POOL: Route(POOL), **lanes})
    return open_day(depot, case.date, orders, shifts, factories.line_matrix(), plan)


def shift_of(case: Case) -> tuple[int, int]:
    """Start and end on the wall's clock."""
    return (max(0, case.first - 1) * _H, (case.last + 6) * _H)


def _shifts(case: Case, depot: Depot, base: int) -> list[Shift]:
    start, end = shift_of(case)
    like = [factories.shift(n) for n in (1, 2)]
    drivers = tuple(replace(shift.driver, id=base + shift.id) for shift in like)
    vehicles = tuple(replace(shift.vehicle, id=base + shift.id) for shift in like)
    patterns = tuple(
        ShiftPattern(driver.id, vehicle.id, start, end, weekdays=frozenset(range(7)))
        for driver, vehicle in zip(drivers, vehicles, strict=True)
    )
    fleet = Fleet(drivers, vehicles, patterns)
    return days.shifts_for(days.Roster(fleet, (ShiftId(base + 1), ShiftId(base + 2))), depot, case.date)


# -- what is asked of it ---------------------------------------------------------------------------------


class Judge:
    """Compares times with the wall's; counts them and names those that are shifted."""

    def __init__(self) -> None:
        self.looked, self.wrong = 0, list[str]()

    def same(self, case: Case, what: str, found: object, expected: object) -> None:
        self.looked += 1
        if found != expected:
            self.wrong.append(f"{case}: {what} {found}, on the wall {expected}")

    def day(self, case: Case, day: Day, wall: Wall, when: str) -> None:
        """Windows and shifts are where the file and the pattern put them; what is printed and written is where the
        schedule puts it."""
        windows = {order.reference: window for order, window in _with_windows(case, day)}
        for reference, (start, end) in windows.items():
            stop = next(stop for stop in day.stops.values() if stop.order.reference == reference)
            expected = ((wall.elapsed(start), wall.elapsed(end)),)
            self.same(case, f"window of {reference} {when}", stop.windows, expected)
        start, end = shift_of(case)
        for shift in day.shifts.values():
            expected = wall.elapsed(start), wall.elapsed(end)
            self.same(case, f"shift {when}", (shift.start, shift.end), expected)
        self._written(case, day, wall, when)
        self._printed(case, day, wall, when)

    def _written(self, case: Case, day: Day, wall: Wall, when: str) -> None:
        written = planfile.document(day, planfile.Searched(1, 0))
        for route, told in zip((r for r in day.routes if r.stops), written["routes"], strict=True):
            for visit, stop in zip(day.schedules[route.id].visits, told["stops"], strict=True):
                for name in ("arrive", "begin", "depart"):
                    instant, seconds = dt.datetime.fromisoformat(stop[name]), getattr(visit, name)
                    self.same(case, f"plan.json {name} {when}", instant, wall.instant(seconds))
                    self.same(case, f"plan.json {name} {when}", instant.strftime("%H:%M"), wall.shown(seconds))

    def _printed(self, case: Case, day: Day, wall: Wall, when: str) -> None:
        routes = [route.id for route in day.routes if route.stops]
        run = manifests.Edition(wall.begin, WHO, dict.fromkeys(routes, 1))
        for route, sheet in zip(routes, manifests.build(day, Kind.DRIVER_SHEET, routes, run), strict=True):
            for visit in day.schedules[route].visits:
                self.same(case, f"ETA printed {when}", wall.shown(visit.arrive) in sheet.html, True)


def _with_windows(case: Case, day: Day) -> list[tuple[Order, tuple[int, int]]]:
    return list(zip(day.orders.values(), windows_of(case), strict=True))


def _told(day: Day) -> list[Fact]:
    """The first two stops of each route are done as planned."""
    done = [(id, visit) for id, planned in day.schedules.items() for visit in planned.visits[:2]]
    return [
        fact
        for id, visit in done
        for fact in (
            Fact(visit.stop, id, FactKind.ARRIVED, visit.arrive, recorded=visit.arrive, who=WHO),
            Fact(visit.stop, id, FactKind.DELIVERED, visit.depart, recorded=visit.depart, who=WHO),
        )
    ]


def kept(store: Store, day: Day, at: dt.datetime) -> tuple[Day, Day]:
    """The day approved and begun, as it is in memory and as it comes back from the store."""
    save_fleet_of(store, day)
    store.save_change(whole(day), day.depot.id, day.date, 0, WHO, new_command())
    session = DaySession(replace(day, revision=1))
    session.set_approval(Approval(DayState.APPROVED, WHO, at))
    store.save_approval(approved(session.day), day.depot.id, day.date, 1, WHO, new_command())
    facts = _told(session.day)
    now = max(fact.at for fact in facts)
    session.record(facts, now)
    store.add_facts(day.depot.id, day.date, facts, WHO, new_command())
    return session.day, reopened(store.load_day(day.depot.id, day.date), session.day)


def tried(case: Case, opened: dict[str, Store], folder: Path, judge: Judge) -> None:
    wall, day = Wall(case.zone, case.date), day_of(case, folder)
    judge.day(case, day, wall, "as read")
    for name, store in opened.items():
        memory, back = kept(store, day, wall.begin - dt.timedelta(hours=5))
        judge.day(case, back, wall, f"from {name}")
        try:
            assert_same(back, memory)
        except AssertionError as error:
            judge.wrong.append(f"{case}: {name} gives another day back: {error}")


@contextmanager
def workstation(zone: str) -> Iterator[None]:
    """This computer stands in another zone; where the system lets it be said to one process."""
    if sys.platform == "win32":
        yield
        return
    before = os.environ.get("TZ")
    os.environ["TZ"] = zone
    time.tzset()
    try:
        yield
    finally:
        os.environ.pop("TZ")
        if before is not None:
            os.environ["TZ"] = before
        time.tzset()


# -- a clock that jumps ----------------------------------------------------------------------------------


def jumped(case: Case, folder: Path, begun: bool) -> list[str]:
    """A minute's tick after the other, with the clock an hour ahead for a while, then an hour behind: once it is
    right again the forecast must be that of a clock that was never wrong."""
    day = day_of(case, folder)
    true, false = DaySession(day), DaySession(day)
    facts = _told(day) if begun else []
    start = max((fact.at for fact in facts), default=day.shifts[next(iter(day.shifts))].start)
    wrong: list[str] = []
    for session in (true, false):
        if facts:
            session.record(facts, start)
    for minute in range(0, 300, 10):
        now = start + minute * 60
        off = {60: _H, 70: _H, 120: -_H, 130: -_H}.get(minute, 0)
        false.tick(now + off)
        true.tick(now)
        if not off and false.day.schedules != true.day.schedules:
            wrong.append(f"{case}: {minute} min after the begin the forecast is not that of a right clock")
    return wrong


def run(size: Size, seed: int) -> list[Figure]:
    zones = {Size.CI: ZONES, Size.FULL: (*ZONES, *MORE_ZONES)}[size]
    chosen, judge = cases(zones), Judge()
    jumps: list[str] = []
    with in_memory() as folder, stores() as opened:
        for number, case in enumerate(chosen):
            with workstation(WORKSTATIONS[number % len(WORKSTATIONS)]):
                tried(case, opened, folder, judge)
                jumps += jumped(case, folder, begun=False) + jumped(case, folder, begun=True)
    where = f"{len(zones)} zones, both nights"
    return [
        broken(
            "a window or ETA shifted by the change of the clocks", f"{where}: {judge.looked:,} times", judge.wrong
        ),
        broken("a forecast shifted by a clock that jumped ± 1 h", f"{where}: {4 * len(chosen)} jumps", jumps),
    ]
