"""Importing order files: preview, then one step that can be undone whole.

The walk: `read` → `guess` → `preview` (again for each change of the mapping or repair of a row, and cheap) →
`prepare` → `commit`. All but `commit` may take a while or touch the database: not for the window's thread.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.fleet import DepotId
from dispatch_console.domain.orders import ImportId, Order
from dispatch_console.domain.places import Place
from dispatch_console.domain.plan import Route, Swap
from dispatch_console.domain.region import Hit
from dispatch_console.domain.travel import TravelMatrix
from dispatch_console.geocoding import addresses
from dispatch_console.intake import mapping as mappings
from dispatch_console.intake.child import read_in_child
from dispatch_console.intake.drivers import Drivers, by_name
from dispatch_console.intake.guess import guess as guess_mapping
from dispatch_console.intake.mapping import Mapping as Columns
from dispatch_console.intake.mapping import Reapplied
from dispatch_console.intake.orders import Edits, ImportResult, OrderReader
from dispatch_console.intake.table import FIND, FormatChoice, Row, Table, text_of
from dispatch_console.services import finding_places, travel
from dispatch_console.services import importing_matching as matching
from dispatch_console.services.finding_places import NOWHERE, Finder, Found
from dispatch_console.services.importing_matching import Comparison, Match, Standing
from dispatch_console.services.session import DaySession, for_good
from dispatch_console.store.store import Store
from dispatch_console.store.values import ImportPart, ImportRecord, OtherDay, Reject, WideChange


class Guess(NamedTuple):
    """How the columns are taken. `remembered`: as the last file with this header was; then `new` and `missing`
    say where this one differs.
    """

    mapping: Columns
    remembered: bool = False
    new: tuple[int, ...] = ()
    missing: tuple[str, ...] = ()


class Known(NamedTuple):
    """What the store knows of the days and addresses of a file. `days`: all of its days but the open one. `found`:
    what the region's index is certain of, once it was asked."""

    days: Mapping[dt.date, Standing]
    pins: Mapping[str, Place]
    same_file: frozenset[ImportId]
    found: Mapping[str, Hit] = {}


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import into `day` would do; nothing of it has happened."""

    day: Day
    table: Table
    mapping: Columns
    result: ImportResult
    known: Known
    comparison: Comparison


class Prepared(NamedTuple):
    """A preview with all that `commit` needs from the store: ids, and travel times of the new places. `found`: what
    became of addresses that neither the file nor the address book has a place for."""

    preview: Preview
    id: ImportId
    order_ids: range
    stop_ids: range
    based_on: TravelMatrix
    travel: TravelMatrix
    found: Found = Found()


class Made(NamedTuple):
    """All that `commit` has to do, done ahead for `day`: for 10,000 orders too long to keep a window waiting."""

    day: Day
    change: WideChange
    after: Day
    outcome: Outcome


class Outcome(NamedTuple):
    """What an import did. `elsewhere`: date → orders that went to another day than the open one. `found`: what the
    orders that are `without_place` may mean, by `addresses.key`."""

    record: ImportRecord
    elsewhere: Mapping[dt.date, int]
    without_place: int
    gone: tuple[Order, ...]
    found: Found = Found()


def read(path: Path, choice: FormatChoice = FIND) -> Table:
    """The table in a file, read in a process of its own. UserError for whatever is not a table."""
    return read_in_child(path, choice)


def guess(store: Store, table: Table, today: dt.date, country: str = "") -> Guess:
    """How the columns are to be taken: as last time, if a file with this header was imported before."""
    fresh = guess_mapping(table, today, country)
    kept = store.mapping_of(mappings.fingerprint(table.headers))
    last = mappings.from_json(json.dumps(kept)) if kept is not None else None
    if last is None:
        return Guess(fresh)
    again: Reapplied = mappings.reapply(last, fresh)
    return Guess(again.mapping, True, again.new, again.missing)


def preview(
    store: Store,
    day: Day,
    table: Table,
    mapping: Columns,
    today: dt.date,
    edits: Edits | None = None,
    left_out: frozenset[int] = frozenset(),
) -> Preview:
    """What importing this table into `day` would do. To repair rows, keep the `OrderReader`: see `judge`."""
    reader = OrderReader(table, mapping, today, drivers(store, day.depot.id))
    return judge(store, day, table, mapping, reader.result(edits, left_out))


def drivers(store: Store, depot: DepotId) -> Drivers:
    """Whom a name in a file means."""
    return by_name((driver.id, driver.name) for driver in store.load_fleet(depot).drivers)


def judge(store: Store, day: Day, table: Table, mapping: Columns, result: ImportResult) -> Preview:
    """`preview` of a result that is there already."""
    known = _known(store, day, table, result)
    return Preview(day, table, mapping, result, known, _compare(day, mapping, result, known))


def prepare(store: Store, day: Day, seen: Preview, finder: Finder = NOWHERE) -> Prepared:
    """Find places, take ids from the store, remember the mapping, compute travel times. UserError if nothing can be
    taken. Orders without a place get what `finder` is certain of; the rest keeps its candidates (`Prepared.found`).
    """
    return prepare_found(store, day, *with_places(seen, finder))


def with_places(seen: Preview, finder: Finder) -> tuple[Preview, Found]:
    """The preview with what the finder is certain of, and what became of all addresses without a place. Takes
    seconds where the net is asked, and touches no database."""
    lost = (match.after.address for match in seen.comparison.matches if match.after.place is None)
    found = finding_places.find(finder, lost)
    if not found.placed:
        return seen, found
    known = seen.known._replace(found=found.placed)
    return replace(seen, known=known, comparison=_compare(seen.day, seen.mapping, seen.result, known)), found


def prepare_found(store: Store, day: Day, seen: Preview, found: Found) -> Prepared:
    """`prepare`, of what `with_places` found."""
    n = len(seen.result.orders)
    if n == 0:
        raise UserError("No row of this file can be taken as an order. Look at the columns, or repair the rows.")
    kept = json.loads(mappings.to_json(seen.mapping))
    store.remember_mapping(mappings.fingerprint(seen.table.headers), kept)
    places = [m.after.place for m in seen.comparison.matches if m.date == day.date and m.after.place is not None]
    return Prepared(
        seen,
        ImportId(store.new_ids("import", 1)[0]),
        store.new_ids("order", n),
        store.new_ids("stop", n),
        day.travel,
        travel.covering(day.travel, places),
        found,
    )


@for_good
def commit(
    session: DaySession,
    prepared: Prepared,
    who: str,
    at: dt.datetime,
    initiator: object = None,
    made: Made | None = None,
) -> Outcome:
    """Put the orders into their days, as one step: its undo takes all of it back, on other days too.

    What has changed in the open day since the preview counts as it is now. `at` is aware. `made`: what `make` found
    for the open day; of no use, and made anew, if that is another one by now.
    """
    if made is None or made.day is not session.day:
        made = make(session.day, prepared, who, at)
    if made.after is not made.day:  # else it would be a step that undoes nothing
        session.apply(made.change, initiator, after=made.after)
    return made.outcome


def make(day: Day, prepared: Prepared, who: str, at: dt.datetime) -> Made:
    """The day after an import, and the step to it. Nothing of it has happened. Raises FrozenHead."""
    seen = prepared.preview
    compared = seen.comparison if day is seen.day else _compare(day, seen.mapping, seen.result, seen.known)
    orders, new_stops = iter(prepared.order_ids), iter(prepared.stop_ids)
    by_date: dict[dt.date, list[Match]] = {}
    for match in compared.matches:
        by_date.setdefault(match.date, []).append(match)
    made = {
        date: matching.swaps(matches, _standing(day, seen.known, date), orders, new_stops, prepared.id)
        for date, matches in by_date.items()
    }
    here = made.pop(day.date, ())
    record = _record(prepared, compared, who, at)
    part = ImportPart(record, _rejects(seen))
    others = tuple(OtherDay(date, swaps) for date, swaps in made.items() if swaps)
    change = WideChange(f"Import {seen.table.name}", _pool_swap(day, here), here, imported=part, elsewhere=others)
    after = day.apply(change, _travel(day, prepared, here)) if here or others else day
    lost = sum(1 for match in compared.matches if match.after.place is None)
    elsewhere = {other.date: len(other.orders) for other in others}
    return Made(day, change, after, Outcome(record, elsewhere, lost, compared.gone, prepared.found))


def _known(store: Store, day: Day, table: Table, result: ImportResult) -> Known:
    dates = {read.order.day for read in result.orders} - {None, day.date}
    days: dict[dt.date, Standing] = {}
    for date in sorted(date for date in dates if date is not None):
        record = store.load_day(day.depot.id, date)
        days[date] = Standing(record.orders, record.plan, record.facts, record.approval)
    missing = (addresses.key(read.order.address) for read in result.orders if read.order.place is None)
    pins = store.places_of(key for key in missing if key)
    mine = mappings.fingerprint(table.headers)
    earlier = (record.id for record in store.list_imports(day.depot.id) if record.fingerprint == mine)
    return Known(days, pins, frozenset(earlier))


def _compare(day: Day, mapping: Columns, result: ImportResult, known: Known) -> Comparison:
    days = {**known.days, day.date: _standing(day, known, day.date)}
    return matching.compare(result.orders, mapping, day.date, days, known.pins, known.same_file, known.found)


def _standing(day: Day, known: Known, date: dt.date) -> Standing:
    if date == day.date:
        return Standing(tuple(day.orders.values()), day.plan, day.facts, day.approval)
    return known.days.get(date, Standing())


def _pool_swap(day: Day, swaps: Iterable[Swap[Order]]) -> tuple[Swap[Route], ...]:
    """New visits wait at the end of the pool."""
    stops = dict.fromkeys(swap.after.stop for swap in swaps if swap.after is not None)
    pool = day.plan.pool
    loose = tuple(stop for stop in stops if stop not in day.plan.where)
    return (Swap(pool, pool.with_stops((*pool.stops, *loose))),) if loose else ()


def _travel(day: Day, prepared: Prepared, swaps: Iterable[Swap[Order]]) -> TravelMatrix:
    """What was prepared, unless the day has other travel times by now."""
    ready = prepared.travel if prepared.based_on is day.travel else day.travel
    places = [swap.after.place for swap in swaps if swap.after is not None and swap.after.place is not None]
    return travel.covering(ready, places)


def _record(prepared: Prepared, compared: Comparison, who: str, at: dt.datetime) -> ImportRecord:
    seen = prepared.preview
    counts = {
        "orders": len(seen.result.orders),
        "new": len(compared.new),
        "changed": len(compared.changed),
        "unchanged": len(compared.unchanged),
        "gone": len(compared.gone),
        "rejected": len(seen.result.rejected_rows),
        "duplicates": len(seen.result.duplicates),
        "ignored": len(seen.result.ignored),
    }
    kept = json.loads(mappings.to_json(seen.mapping))
    fingerprint = mappings.fingerprint(seen.table.headers)
    return ImportRecord(prepared.id, seen.table.name, fingerprint, kept, counts, at, who)


def _rejects(seen: Preview) -> tuple[Reject, ...]:
    """Every row that did not become an order and is not just a repetition, as it was."""
    rows = {row.number: row for row in seen.table.rows}
    kept: list[Reject] = []
    for error in seen.result.rejected:
        column = seen.table.headers[error.column] if error.column is not None else ""
        reject = Reject(error.row, column, error.problem.value, error.message, error.text, _cells(rows[error.row]))
        kept.append(reject)
        others = (number for number in error.rows if number != error.row)
        kept += [replace(reject, row=n, column="", text="", cells=_cells(rows[n])) for n in others]
    for double in seen.result.duplicates:
        if double.kind == "conflict":
            why = f"the reference is that of row {double.of_row}, with another address"
            kept += [Reject(n, "", "conflict", why, double.reference, _cells(rows[n])) for n in double.rows]
    return tuple(dict.fromkeys(kept))


def _cells(row: Row) -> tuple[str, ...]:
    return tuple(text_of(cell) for cell in row.cells)
