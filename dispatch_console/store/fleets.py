"""Depots and their fleets in the store."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch_console.domain.errors import StaleChange
from dispatch_console.domain.fleet import Depot, DepotId, Driver, ShiftPattern, Vehicle
from dispatch_console.domain.plan import Swap
from dispatch_console.domain.weights import Policy
from dispatch_console.store import fleet_rows
from dispatch_console.store.base import Connected, Entry, Row, record, was_done
from dispatch_console.store.schema import DepotRow, DriverRow, PatternRow, VehicleRow
from dispatch_console.store.types import JsonList
from dispatch_console.store.values import Fleet, FleetSwap


class _Kind(NamedTuple):
    """How one kind of thing is kept."""

    model: type[DepotRow] | type[DriverRow] | type[VehicleRow] | type[PatternRow]
    to_row: Callable[[Any], Row]
    of_row: Callable[[Any], object]
    to_json: Callable[[Any], Row]
    word: str


_KINDS: dict[type, _Kind] = {
    Depot: _Kind(DepotRow, fleet_rows.depot_row, fleet_rows.depot_of, fleet_rows.depot_row, "depot"),
    Driver: _Kind(DriverRow, fleet_rows.driver_row, fleet_rows.driver_of, fleet_rows.driver_json, "driver"),
    Vehicle: _Kind(VehicleRow, fleet_rows.vehicle_row, fleet_rows.vehicle_of, fleet_rows.vehicle_json, "vehicle"),
    ShiftPattern: _Kind(
        PatternRow, fleet_rows.pattern_row, fleet_rows.pattern_of, fleet_rows.pattern_row, "pattern"
    ),
}


class Fleets(Connected):
    """What outlasts a day: depots, drivers, vehicles and the weekdays' shift patterns."""

    def depots(self) -> list[Depot]:
        with self.read() as db:
            return [fleet_rows.depot_of(row) for row in db.scalars(select(DepotRow).order_by(DepotRow.id))]

    def load_fleet(self, depot: DepotId) -> Fleet:
        """Without drivers and vehicles that are no longer in use."""
        with self.read() as db:
            return Fleet(
                tuple(map(fleet_rows.driver_of, db.scalars(_in_use(DriverRow, depot)))),
                tuple(map(fleet_rows.vehicle_of, db.scalars(_in_use(VehicleRow, depot)))),
                tuple(
                    map(
                        fleet_rows.pattern_of,
                        db.scalars(select(PatternRow).where(PatternRow.depot_id == depot).order_by(PatternRow.id)),
                    )
                ),
            )

    def save_depot(self, swap: Swap[Depot], who: str, command_id: str) -> None:
        """Write a new depot or a changed one. Raises StaleChange if it is not as `swap.before` says."""
        with self.write() as db:
            if not was_done(db, command_id):
                write_swaps(db, None, [swap], Entry(who, "Depot", command_id))

    def save_fleet(self, depot: DepotId, swaps: Sequence[FleetSwap], what: str, who: str, command_id: str) -> None:
        """Write what comes, changes or goes, all or nothing.

        Drivers and vehicles that go are hidden, since past days name them; patterns are deleted. Raises
        StaleChange if something is not as its `before` says.
        """
        with self.write() as db:
            if not was_done(db, command_id):
                write_swaps(db, depot, swaps, Entry(who, what, command_id))


def _in_use(model: Any, depot: DepotId) -> Any:
    return select(model).where(model.depot_id == depot, model.retired.is_(False)).order_by(model.id)


def write_swaps(db: Session, depot: DepotId | None, swaps: Sequence[Swap[Any]], entry: Entry) -> None:
    """Write them in their order and the audit's `entry`. Raises StaleChange as `save_fleet` does."""
    before: JsonList = []
    after: JsonList = []
    for swap in swaps:
        if isinstance(swap.before, Policy) and isinstance(swap.after, Policy):
            _write_policy(db, depot, swap)
            before += [{"planning": fleet_rows.policy_row(swap.before)}]
            after += [{"planning": fleet_rows.policy_row(swap.after)}]
            continue
        kind = _KINDS[type(swap.after if swap.after is not None else swap.before)]
        _write(db, kind, depot, swap)
        before += [{kind.word: kind.to_json(swap.before)}] if swap.before is not None else []
        after += [{kind.word: kind.to_json(swap.after)}] if swap.after is not None else []
        db.flush()  # a pattern refers to the driver before it
    record(db, entry._replace(before=before, after=after))


def _write_policy(db: Session, depot: DepotId | None, swap: Swap[Policy]) -> None:
    row = db.get(DepotRow, depot, with_for_update=True)
    if row is None or swap.after is None or fleet_rows.policy_of(row) != swap.before:
        raise StaleChange("The settings of planning were changed in the meantime. Look at them and do it again.")
    for name, value in fleet_rows.policy_row(swap.after).items():
        setattr(row, name, value)


def _write(db: Session, kind: _Kind, depot: DepotId | None, swap: Swap[Any]) -> None:
    some: Any = swap.after if swap.after is not None else swap.before
    row = db.get(kind.model, some.id, with_for_update=True)
    hidden = row is None or getattr(row, "retired", False)
    found = None if hidden else kind.of_row(row)
    if found != swap.before:
        word = "shift" if kind.word == "pattern" else kind.word
        raise StaleChange(f"This {word} was changed in the meantime. Look at it and do it again.")
    if swap.after is None:
        if isinstance(row, DriverRow | VehicleRow):
            row.retired = True
        elif row is not None:
            db.delete(row)
        return
    values = {**kind.to_row(swap.after), **({} if depot is None else {"depot_id": depot})}
    if row is None:
        db.add(kind.model(**values))
        return
    for name, value in values.items():
        setattr(row, name, value)
    if isinstance(row, DriverRow | VehicleRow):
        row.retired = False
