"""Days in the store: loaded whole, saved change by change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dispatch_console.domain.day import DayState
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.facts import Fact
from dispatch_console.domain.fleet import Depot, DepotId, ShiftId
from dispatch_console.domain.orders import Order, StopId
from dispatch_console.domain.plan import PlanChange
from dispatch_console.store import (
    audit_words,
    changes,
    comparing,
    elsewhere,
    errors,
    news,
    reading,
    revisions,
    road_changes,
)
from dispatch_console.store.base import Connected, Entry, new_command, now, record, was_done
from dispatch_console.store.baseline import baseline_of
from dispatch_console.store.fleet_rows import Frame, depot_of, policy_of
from dispatch_console.store.fleets import write_swaps
from dispatch_console.store.import_rows import write_part
from dispatch_console.store.memory import write_pins
from dispatch_console.store.schema import AuditRow, DayRow, DepotRow, FactRow, OrderRow, SheetRow
from dispatch_console.store.types import JsonMap
from dispatch_console.store.values import (
    NO_TIMES,
    Approved,
    DayCount,
    DayRecord,
    Times,
    WideChange,
    in_words,
)


class Days(Connected):
    """A day is known by its depot and date; its row is made when something of it is saved first."""

    def load_day(self, depot: DepotId, date: dt.date) -> DayRecord:
        """Raises UserError if there is no such depot."""
        with self.read() as db, errors.legible():
            row = db.get(DepotRow, depot)
            if row is None:
                raise UserError("This depot is not in the store. Choose another.")
            day = db.scalar(select(DayRow).where(DayRow.depot_id == depot, DayRow.date == date))
            home, policy = depot_of(row), policy_of(row)
            record = DayRecord(home, date) if day is None else _record(db, home, day)
            roads, seen = road_changes.on(db, depot, date), news.newest(db)
            return replace(record, policy=policy, road_changes=roads, seen=seen)

    def load_orders(self, depot: DepotId, date: dt.date) -> tuple[Order, ...]:
        """The orders of a day without the rest of it."""
        with self.read() as db:
            day = db.scalar(select(DayRow.id).where(DayRow.depot_id == depot, DayRow.date == date))
            return () if day is None else reading.orders_of(db, day)

    def list_days(self, depot: DepotId) -> list[DayCount]:
        """All days that anything was saved of, newest first."""
        query = (
            select(DayRow.date, func.count(OrderRow.id), DayRow.state, DayRow.revision)
            .outerjoin(OrderRow, OrderRow.day_id == DayRow.id)
            .where(DayRow.depot_id == depot)
            .group_by(DayRow.id)
            .order_by(DayRow.date.desc())
        )
        with self.read() as db:
            return [DayCount(date, n, DayState(state), revision) for date, n, state, revision in db.execute(query)]

    def save_change(
        self,
        change: PlanChange,
        depot: DepotId,
        date: dt.date,
        revision: int,
        who: str,
        command_id: str,
        at: dt.datetime | None = None,
        times: Times = NO_TIMES,
    ) -> None:
        """Write what `change`, made on `revision`, touches, and count the day's revision up.

        What a `WideChange` brings is written with it: all or nothing. The same `command_id` a second time changes
        nothing. Raises StaleChange if what it touches is not as it says any more (an import asks for the revision
        itself), which then names who was faster. A change of the fleet is stale only if the fleet itself is not as
        it says. `at` (default: now) is when it was made.
        """
        with self.write() as db:
            if isinstance(change, WideChange) and change.fleet:
                if not was_done(db, command_id):
                    write_swaps(db, depot, change.fleet, Entry(who, change.label, command_id, at=at))
                return
            wide = change if isinstance(change, WideChange) else None
            seen = revision if wide is not None and wide.imported is not None else None
            claimed = revisions.claim(db, depot, date, command_id, seen)
            if claimed is None:
                return
            day, frame = claimed.day, revisions.frame(db, depot, date)
            routes = comparing.settled(db, day, frame, change)
            if wide is not None:
                _write_beyond(db, depot, wide, who, at)
            changes.write_shifts(db, day, change.shifts, frame)
            changes.write_orders(db, day, change.orders)
            changes.write_routes(db, day, routes)
            road_changes.write(db, depot, date, change.roads)
            before, after = changes.for_audit(change, times)
            entry = Entry(who, audit_words.label(change), command_id, before, after, at)
            record(db, entry, day, claimed.revision)

    def save_approval(
        self,
        approved: Approved,
        depot: DepotId,
        date: dt.date,
        revision: int,
        who: str,
        command_id: str,
        at: dt.datetime | None = None,
    ) -> None:
        """Write the state of a day and its newly printed sheets. Approving freezes a baseline, going back drops it.

        Counts the day up. Raises StaleChange if it is not at `revision` any more.
        """
        to = approved.approval
        values: dict[str, object] = {"state": to.state.value, "approved_by": to.by, "approved_at": to.at}
        with self.write() as db:
            before = db.scalar(select(DayRow.state).where(DayRow.depot_id == depot, DayRow.date == date))
            before = before or DayState.DRAFT.value
            if to.state is DayState.DRAFT:
                values["baseline"] = None
            elif before == DayState.DRAFT:
                values["baseline"] = dict(approved.frozen or {})
            claimed = revisions.claim(db, depot, date, command_id, revision, **values)
            if claimed is None:
                return
            _add_sheets(db, claimed.day, approved, who, at or now())
            after = {"state": to.state.value, "printed": {str(id): n for id, n in to.printed.items()}}
            entry = Entry(who, "Approval", command_id, [{"state": before}], [after], at)
            record(db, entry, claimed.day, claimed.revision)

    def load_baseline(self, depot: DepotId, date: dt.date) -> JsonMap | None:
        """What `save_approval` froze (see `baseline`); None while the day is a draft."""
        with self.read() as db:
            return db.scalar(select(DayRow.baseline).where(DayRow.depot_id == depot, DayRow.date == date))

    def next_sheet_version(self, depot: DepotId, date: dt.date, route: ShiftId) -> int:
        """The number of the next printed sheet of a route, from 1."""
        query = select(func.max(SheetRow.number)).join(DayRow, DayRow.id == SheetRow.day_id)
        query = query.where(DayRow.depot_id == depot, DayRow.date == date, SheetRow.shift_id == route)
        with self.read() as db:
            return (db.scalar(query) or 0) + 1

    def sheet(self, depot: DepotId, date: dt.date, route: ShiftId, number: int) -> tuple[StopId, ...] | None:
        """The stops that a printed sheet holds, in order; None: there is no such sheet."""
        query = select(SheetRow.stops).join(DayRow, DayRow.id == SheetRow.day_id)
        query = query.where(DayRow.depot_id == depot, DayRow.date == date)
        with self.read() as db:
            stops = db.scalar(query.where(SheetRow.shift_id == route, SheetRow.number == number))
            return None if stops is None else tuple(map(StopId, stops))

    def add_facts(
        self,
        depot: DepotId,
        date: dt.date,
        facts: Sequence[Fact],
        who: str,
        command_id: str,
        change: PlanChange | None = None,
        at: dt.datetime | None = None,
    ) -> tuple[Fact, ...]:
        """Append facts; they come back with their ids. The same command a second time gives what it gave before.

        `change` is what the plan became by them. Raises StaleChange if the routes are not as it says, or if a stop
        has another driver by now than the one of whom it is told.
        """
        with self.write() as db:
            day, frame = revisions.ensure(db, depot, date), revisions.frame(db, depot, date)
            done = db.scalar(select(AuditRow.after).where(AuditRow.command_id == command_id))
            if done is not None:
                return tuple(fact for fact in reading.facts_of(db, day, frame).entries if fact.id in done)
            if change is not None:
                revisions.bump(db, depot, date)
                changes.write_routes(db, day, comparing.settled(db, day, frame, change))
            comparing.told_where_they_are(db, day, facts)
            rows = [_fact_row(fact, day, frame, who, at or now()) for fact in facts]
            db.add_all(rows)
            db.flush()
            saved = tuple(reading.fact_of(row, frame) for row in rows)
            record(db, Entry(who, in_words(facts), command_id, [], [fact.id for fact in saved], at), day)
            return saved


def _write_beyond(db: Session, depot: DepotId, change: WideChange, who: str, at: dt.datetime | None) -> None:
    write_pins(db, change.pins, who)
    if change.imported is not None:
        write_part(db, depot, change.imported)
    for other in change.elsewhere:
        elsewhere.write(db, depot, other, Entry(who, audit_words.label(change), new_command(), at=at))


def _record(db: Session, home: Depot, day: DayRow) -> DayRecord:
    frame = Frame(day.date, home.timezone)
    orders, shifts = reading.orders_of(db, day.id), reading.shifts_of(db, day.id, frame)
    return DayRecord(
        home,
        day.date,
        orders,
        shifts,
        reading.sound_plan(reading.routes_of(db, day.id), orders, shifts),
        reading.facts_of(db, day.id, frame),
        day.revision,
        reading.approval_of(db, day),
        baseline_of(day.baseline, frame),
    )


def _add_sheets(db: Session, row_id: int, approved: Approved, who: str, at: dt.datetime) -> None:
    known, _ = reading.printed_of(db, row_id)
    db.add_all(
        SheetRow(
            day_id=row_id,
            shift_id=route,
            number=number,
            stops=list(approved.stops[route]),
            content=reading.content_of(approved.approval.said.get(route)),
            printed_at=at,
            who=who,
        )
        for route, number in approved.approval.printed.items()
        if number > known.get(route, 0)
    )


def _fact_row(fact: Fact, day: int, frame: Frame, who: str, at: dt.datetime) -> FactRow:
    return FactRow(
        day_id=day,
        stop_id=fact.stop,
        shift_id=fact.route,
        kind=fact.kind.value,
        at=frame.instant(fact.at),
        note=fact.note,
        recorded_at=frame.instant(fact.recorded) if fact.recorded else at,
        who=fact.who or who,
        reason=fact.reason.value if fact.reason else "",
        order_id=fact.order,
        value=fact.value,
        items=list(fact.items) or None,
        lat=fact.place.lat if fact.place else None,
        lon=fact.place.lon if fact.place else None,
    )
