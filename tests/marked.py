"""A depot whose customers leave unmistakable traces: every edit of the program is made with them.

Whatever is written of a customer, or by hand beside one, holds one of `MARKS`. References do not: they are numbers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from dispatch_console.domain import clock
from dispatch_console.domain.day import Day
from dispatch_console.domain.edits import Pin
from dispatch_console.domain.facts import FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import Address, Item, NextKind, NextStep, Order, OrderId, StopId
from dispatch_console.domain.places import Place
from dispatch_console.domain.plan import POOL, PlanChange, Route, Swap
from dispatch_console.domain.proofs import ProofKind
from dispatch_console.domain.reasons import Reason
from dispatch_console.domain.region import Area
from dispatch_console.domain.sizes import Money, Size
from dispatch_console.services import (
    carryover,
    days,
    dispatch,
    importing,
    importing_undo,
    orders,
    placing,
    proofs,
    reschedule,
    road_changes,
    sheet_versions,
    statuses,
)
from dispatch_console.services import day as day_service
from dispatch_console.services.importing import Outcome
from dispatch_console.services.incidents.book import IncidentBook, StoreKeeper
from dispatch_console.services.proofs import File, How, Target
from dispatch_console.services.road_changes import Wanted
from dispatch_console.services.saving import StoreSaver
from dispatch_console.services.session import DaySession
from dispatch_console.services.statuses import Said
from dispatch_console.services.wizards import breakdown, cancel, draft, ids, split, urgent
from dispatch_console.store.base import new_command
from dispatch_console.store.store import Store
from tests import factories
from tests.store.filling import WHO, save_fleet_of

#: Parts of everything that tells of a customer, folded: of names, notes and files; of phone numbers.
MARKS = ("zqx", "7770001")

PICTURE = b"\x89PNG\r\n\x1a\nZqxpicture"
HEAD = "order;name;company;street;number;postcode;town;lat;lon;date;window;kg;phone;email;note\n"
ROW = (
    "{n};Zqxname {n};Zqxfirm;Zqxstreet;{n};4100;Zqxtown;{lat};10.0;{date};{window};5;+423 777 000 199;"
    "zqx{n}@example.org;Zqxnote\n"
)


def customer(number: int, **changes: object) -> Order:
    """Order `number` of the small day, as unmistakable as can be."""
    marked = replace(
        factories.order(number),
        name=f"Zqxname {number}",
        company=f"Zqxfirm {number}",
        phone=f"+423 777 000 1{number}",
        email=f"zqxmail{number}@example.org",
        address=Address(f"Zqxstreet {number}", "7", f"9{number}90", f"Zqxtown {number}", "LI"),
        notes=f"Zqxnote {number}",
        size=Size(10_000, 100, 3),
        items=(Item(f"SKU-{number}", f"Zqxgoods {number}", 2), Item("", "Zqxthing", 1)),
        cod=Money(4_200, "CHF"),
    )
    return replace(marked, **changes)


class Lived:
    """A day of the depot in `store`, on which everything is done that a dispatcher can do. `base`: of its ids."""

    def __init__(self, store: Store, folder: Path, date: dt.date = factories.DAY, base: int = 0) -> None:
        self.store, self.folder, self.date, self.base = store, folder, date, base
        self.saver = StoreSaver(store, WHO, clock=lambda: self.at(6 * 3600))
        self.session = DaySession(self._begun(), self.saver)

    def live(self) -> Lived:
        """From the first file to the evening; all of it is in the store then."""
        for part in (self._planned, self._imported, self._by_hand, self._left, self._ran, self._went_on):
            part()
        self.saver.flush()
        return self

    def order(self, number: int) -> OrderId:
        return OrderId(self.base + number)

    def stop(self, number: int) -> StopId:
        return StopId(self.base + number)

    def shift(self, number: int) -> ShiftId:
        return ShiftId(self.base + number)

    def at(self, seconds: int) -> dt.datetime:
        return clock.to_instant(seconds, self.date, factories.DEPOT.timezone)

    # -- inside --------------------------------------------------------------------------------------

    def _begun(self) -> Day:
        depot = factories.DEPOT
        if not self.store.depots():
            save_fleet_of(self.store, factories.small_day())
        for kind in ("order", "stop", "shift", "driver", "vehicle", "depot"):
            self.store.new_ids(kind, 50)
        orders = [customer(k, id=self.order(k), stop=self.stop(k), day=self.date) for k in range(1, 7)]
        shifts = [
            replace(factories.shift(k, name), id=self.shift(k)) for k, name in ((1, "Ada Quill"), (2, "Ben Rook"))
        ]
        routes = {POOL: (6,), self.shift(1): (1, 2, 3), self.shift(2): (4, 5)}
        change = PlanChange(
            "Start",
            tuple(Swap(None, Route(id, tuple(map(self.stop, stops)))) for id, stops in routes.items()),
            tuple(Swap(None, order) for order in orders),
            tuple(Swap(None, shift) for shift in shifts),
        )
        self.store.save_change(change, depot.id, self.date, 0, WHO, new_command(), self.at(0))
        return days.open_day(self.store, depot.id, self.date)

    def _planned(self) -> None:
        session, one, two = self.session, self.shift(1), self.shift(2)
        dispatch.move(session, [self.stop(2)], two, 0)
        dispatch.move(session, [self.stop(1), self.stop(3)], two, None)
        session.undo()
        session.redo()
        session.undo()
        dispatch.unassign(session, [self.stop(5)])
        dispatch.reverse(session, one)
        dispatch.set_locked(session, one, True)
        dispatch.set_locked(session, one, False)
        dispatch.set_pin(session, [self.stop(1)], Pin.POSITION)
        dispatch.swap_routes(session, one, two)
        dispatch.swap_routes(session, one, two)
        dispatch.set_absent(session, two, True)
        dispatch.set_absent(session, two, False)
        here = Wanted(Area("closed", (Place(51, 11), Place(51, 12), Place(52, 11)), note="Zqxroad"))
        made = road_changes.add(session, here, self.at(0))
        road_changes.change(session, made.id, Wanted(replace(here.area, note="Zqxbridge")), self.at(0))

    def _imported(self) -> None:
        """A file with a good row, one of another day and bad ones; then one that is removed again."""
        self._bring("Zqxfile.csv", 41, 50.35)
        outcome = self._bring("Zqxlist.csv", 45, 50.45)
        removal = importing_undo.find(self.store, self.session.day, outcome.record.id)
        importing_undo.remove(self.session, removal)
        self.saver.flush()

    def _bring(self, name: str, first: int, lat: float) -> Outcome:
        day, next_day = f"{self.date:%d.%m.%Y}", f"{self.date + dt.timedelta(days=1):%d.%m.%Y}"
        rows = [
            ROW.format(n=first, lat=lat, date=day, window="08:00-17:00"),
            ROW.format(n=first + 1, lat=lat, date=next_day, window=""),
            ROW.format(n=first + 2, lat=lat, date=day, window="8h Zqx"),
            ROW.format(n=first + 3, lat="Zqxlat", date="45.13.2026", window=""),
        ]
        path = self.folder / name
        path.write_text(HEAD + "".join(rows), encoding="utf-8")
        table = importing.read(path)
        guess = importing.guess(self.store, table, self.date, "LI")
        seen = importing.preview(self.store, self.session.day, table, guess.mapping, self.date)
        assert len(seen.result.orders) == 2
        assert len(seen.result.rejected_rows) == 2
        outcome = importing.commit(
            self.session, importing.prepare(self.store, self.session.day, seen), WHO, self.at(6 * 3600)
        )
        self.saver.flush()
        return outcome

    def _by_hand(self) -> None:
        session = self.session
        typed = customer(7, reference="P7", place=None, place_quality=None)
        made = orders.add(session, typed, orders.reserve(self.store))
        placing.set_pin(session, made.stop, Place(50.66, 10.01))
        dispatch.move(session, [made.stop], self.shift(2), 0)
        changed = replace(
            session.day.orders[made.id], name="Zqxother", items=(Item("", "Zqxnew"),), notes="Zqxbell"
        )
        orders.edit(session, changed)
        gone = orders.add(session, customer(8, reference="P8", place=Place(50.81, 10)), orders.reserve(self.store))
        orders.remove(session, gone.id)
        self.saver.flush()

    def _left(self) -> None:
        session = self.session
        draft.accept(session, split.by_pieces(session.day, self.order(3), 1, ids.reserve(self.store)))
        day_service.approve(session, WHO, self.at(7 * 3600))
        routes = [self.shift(1), self.shift(2)]
        printed = sheet_versions.after_printing(session.day, sheet_versions.next_versions(session.day, routes))
        assert printed is not None
        session.set_approval(printed)
        day_service.set_out(session, routes, Said(WHO, 8 * 3600))
        session.tick(8 * 3600 + 60)

    def _ran(self) -> None:
        session, said = self.session, Said(WHO, 9 * 3600)
        first, second, *_ = session.day.plan.route(self.shift(1)).stops
        fact = {"note": "Zqxsaid", "reason": Reason.ABSENT}
        statuses.status(session, first, FactKind.FAILED, said, **fact)
        statuses.status(session, second, FactKind.DELIVERED, said, note="Zqxneighbour")
        statuses.on_route(session, self.shift(2), FactKind.DELAYED, said, value=10 * 3600, note="Zqxcustomer talks")
        self._proved(session.day.stops[first].order.id, session.day.stops[second].order.id)
        self._marked()
        draft.accept(session, cancel.plan(session.day, self.order(4), ids.reserve(self.store)))
        wanted = urgent.places(session.day, self.stop(6), ids.reserve(self.store))
        draft.accept(session, urgent.plan(session.day, wanted[0]))
        statuses.on_route(session, self.shift(1), FactKind.BROKEN_DOWN, said, note="Zqxditch")
        down = breakdown.case(session.day, self.shift(1))
        draft.accept(session, breakdown.plan(session.day, down, [self.shift(2)], ids.reserve(self.store)))
        self.saver.flush()

    def _proved(self, failed: OrderId, done: OrderId) -> None:
        store, day, one = self.store, self.session.day, self.shift(1)
        self.saver.flush()
        picture = File("Zqxname.png", "image/png", PICTURE)
        kept = proofs.add(store, day, picture, Target(one, failed, ProofKind.PHOTO, How.HAND), WHO)
        proofs.add(store, day, picture, Target(one, None, ProofKind.SHEET, How.HAND), WHO)
        proofs.add_code(store, day, one, done, "Zqxcode", WHO).result()
        proofs.assign(store, kept.id, one, done, ProofKind.SIGNATURE, WHO).result()
        proofs.add(store, day, picture, Target(one, failed, ProofKind.PHOTO, How.HAND), WHO)
        gone = proofs.add(store, day, picture, Target(one, failed, ProofKind.PHOTO, How.HAND), WHO)
        proofs.remove(store, gone.id, WHO).result()

    def _marked(self) -> None:
        book, now = IncidentBook(StoreKeeper(self.store)), self.at(9 * 3600)
        listed = book.look(self.session.day, now)
        assert listed
        for one in listed:
            book.own(self.session.day, one.incident, WHO, now)
            book.snooze(self.session.day, one.incident, now + dt.timedelta(hours=1), WHO, now)

    def _went_on(self) -> None:
        """What failed goes again tomorrow, what was cancelled is held; the rest of the day is told of."""
        session, tomorrow = self.session, self.date + dt.timedelta(days=1)
        failed = next(f.stop for f in session.day.facts.entries if f.kind is FactKind.FAILED)
        (order,) = (one.id for one in session.day.stops[failed].orders)
        reschedule.decide(session, [order], NextStep(NextKind.HOLD, until=tomorrow, note="Zqxask"))
        reschedule.decide(session, [order], NextStep(NextKind.AGAIN, day=tomorrow, note="Zqxagain"))
        goings = [one for one in carryover.going(session.day) if one.order == order]
        carryover.commit(session, carryover.prepare(self.store, goings))


def leaks(texts: Iterable[str]) -> list[str]:
    """Those of `texts` in which somebody can be recognised."""
    return [text for text in texts if any(mark in text.casefold() for mark in MARKS)]
