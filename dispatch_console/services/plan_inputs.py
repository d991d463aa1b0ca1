"""Order and fleet files → a day to plan, by the same imports as in the window, in a store that is thrown away."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dispatch_console import resources
from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.fleet import Depot, DepotId
from dispatch_console.domain.orders import Order
from dispatch_console.domain.places import Place
from dispatch_console.domain.weights import Policy
from dispatch_console.intake.child import read_in_child
from dispatch_console.intake.drivers import Drivers
from dispatch_console.intake.fields import Field
from dispatch_console.intake.fleet import FleetResult, to_fleet
from dispatch_console.intake.guess import guess
from dispatch_console.intake.mapping import Mapping
from dispatch_console.intake.orders import ImportResult, to_orders
from dispatch_console.intake.table import Table
from dispatch_console.services import days, fleet, fleet_files, importing, policy, travel, zones
from dispatch_console.services.saving import StoreSaver
from dispatch_console.services.session import DaySession
from dispatch_console.store.store import Store, open_store

_WHO = "plan"
_NAMING = (Field.NOT_DRIVERS, Field.KNOWN_BY)  # fields of orders that name drivers


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a plan is made from. `policy`: what it is weighed by, and which goods may not ride together.

    None: found in the files (the day most orders name; the commonest start of the fleet; the time zone of the
    depot's place).
    """

    orders: Sequence[Path]
    fleet: Path
    depot: Place | None = None
    day: dt.date | None = None
    timezone: str | None = None
    roads: str = travel.ESTIMATE
    policy: Policy = Policy()


@dataclass(frozen=True, slots=True)
class _File:
    table: Table
    mapping: Mapping
    result: ImportResult


@dataclass(frozen=True, slots=True)
class Opened:
    """The day, unplanned, and in plain sentences what of the files is not in it."""

    day: Day
    notes: tuple[str, ...]


def open_files(inputs: Inputs, today: dt.date) -> Opened:
    """Read everything. Raises UserError in one sentence for what cannot be read or has nothing to plan."""
    files = [_read(path, today) for path in inputs.orders]
    vehicles = read_in_child(inputs.fleet)
    fleet_mapping = guess(vehicles, today)
    if fleet_mapping.target != "fleet":
        raise UserError(f"{inputs.fleet.name} is a list of orders, not of drivers. Give the fleet file to --fleet.")
    drivers = to_fleet(vehicles, fleet_mapping, today)
    orders = [read.order for file in files for read in file.result.orders]
    date = inputs.day or _commonest_day(orders) or today
    depot = _depot(inputs, drivers, orders)
    with tempfile.TemporaryDirectory(prefix="dispatch-", ignore_cleanup_errors=True) as folder:
        store = open_store(Path(folder) / "plan.db")
        try:
            return _take_in(store, inputs, files, depot, date, today)
        finally:
            store.close()


def _read(path: Path, today: dt.date) -> _File:
    table = read_in_child(path)
    mapping = guess(table, today)
    if mapping.target == "fleet":
        raise UserError(f"{path.name} is a list of drivers, not of orders. Give it to --fleet.")
    return _File(table, mapping, to_orders(table, mapping, today))


def _take_in(
    store: Store, inputs: Inputs, files: Sequence[_File], depot: Depot, date: dt.date, today: dt.date
) -> Opened:
    depot = fleet.save_depot(store, None, depot, _WHO)
    outcome = fleet_files.import_file(store, depot, inputs.fleet, date, _WHO)
    notes = [f"{inputs.fleet.name}, row {note.row}: {note.text}" for note in outcome.notes]
    if outcome.result.rejected:
        rows = {error.row for error in outcome.result.rejected}
        notes.append(
            f"{inputs.fleet.name}: {len(rows)} rows cannot be taken; see “{resources.command()} import --dry-run”."
        )

    def roads(places: Sequence[Place]) -> travel.TravelMatrix:
        return travel.matrix(places, inputs.roads)

    saver = StoreSaver(store, _WHO)
    session = DaySession(days.open_day(store, depot.id, date, roads), saver)
    policy.change(session, inputs.policy, "Prices and goods apart")
    days.use_shifts(session, days.roster(store, depot.id, date))
    known = importing.drivers(store, depot.id)
    for file in (_naming(file, known, today) for file in files):
        seen = importing.judge(store, session.day, file.table, file.mapping, file.result)
        if seen.result.orders:
            prepared = importing.prepare(store, session.day, seen)
            importing.commit(session, prepared, _WHO, dt.datetime.now(dt.UTC))
        notes.extend(_notes(file))
    saver.flush()
    notes.extend(session.day.starts_off_road.values())
    notes.extend(session.day.stops[stop].off_road for stop in session.day.off_road)
    elsewhere = [order for file in files for order in _of_other_days(file, date)]
    if elsewhere:
        notes.append(f"{len(elsewhere)} orders are for other days than {date} and are not planned.")
    return Opened(session.day, tuple(notes))


def _naming(file: _File, known: Drivers, today: dt.date) -> _File:
    """The file again, now that it is known who drives, if its orders name drivers."""
    if not file.mapping.has(*_NAMING):
        return file
    return replace(file, result=to_orders(file.table, file.mapping, today, known))


def _notes(file: _File) -> list[str]:
    rows, doubles = len(file.result.rejected_rows), len(file.result.duplicates)
    left_out = [(rows, "rows cannot be taken"), (doubles, "rows are repetitions")]
    hint = f"see “{resources.command()} import --dry-run”."
    nobody = [n for n in file.result.notices if (use := file.mapping.uses[n.column]) and use.field in _NAMING]
    return [
        *(f"{file.table.name}: {count} {words}; {hint}" for count, words in left_out if count),
        *(f"{file.table.name}, row {n.row}: “{n.text}” {n.message}." for n in nobody),
    ]


def _of_other_days(file: _File, date: dt.date) -> list[Order]:
    return [read.order for read in file.result.orders if read.order.day not in (None, date)]


def _commonest_day(orders: Sequence[Order]) -> dt.date | None:
    named = Counter(order.day for order in orders if order.day is not None)
    return min(named, key=lambda day: (-named[day], day), default=None)


def _depot(inputs: Inputs, drivers: FleetResult, orders: Sequence[Order]) -> Depot:
    starts = Counter(row.start.place for row in drivers.vehicles if row.start is not None and row.start.place)
    place = inputs.depot or max(starts, key=starts.__getitem__, default=None)
    if place is None:
        raise UserError(
            "The fleet file names no start place as coordinates. Say where the depot is: --depot 47.14,9.52"
        )
    named = Counter(order.address.country for order in orders if order.address.country)
    countries = [country for country, _ in named.most_common()]
    money = Counter(order.cod.currency for order in orders if order.cod is not None and order.cod.currency)
    return Depot(
        DepotId(0),
        "Depot",
        place,
        inputs.timezone or zones.nearest(place, countries),
        currency=max(money, key=money.__getitem__, default="EUR"),
        country=countries[0] if countries else "",
    )
