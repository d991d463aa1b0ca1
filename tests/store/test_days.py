"""Days go into the store change by change and come back as they were on the screen."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from dispatch_console.domain import edits
from dispatch_console.domain.day import Approval, Day, DayState, Said
from dispatch_console.domain.edits import Pin
from dispatch_console.domain.errors import StaleChange, UserError
from dispatch_console.domain.facts import Fact, FactKind, Facts
from dispatch_console.domain.fleet import Break, DepotId, Driver, DriverId, ShiftId
from dispatch_console.domain.orders import Item, OrderId, OrderKind, Priority, StopId, Window
from dispatch_console.domain.plan import POOL, PlanChange, Swap
from dispatch_console.domain.sizes import Money
from dispatch_console.services import day as day_service
from dispatch_console.services import orders, sheet_versions
from dispatch_console.services.saving import StoreSaver
from dispatch_console.services.session import DaySession
from dispatch_console.store.base import new_command
from dispatch_console.store.baseline import approved
from dispatch_console.store.store import Store, open_store
from tests import factories
from tests.store.filling import WHO, assert_same, reopened, save_fleet_of, small_store, statements, whole

HOME, DAY = factories.DEPOT.id, factories.DAY
H = 3600


def _save(store: Store, change: PlanChange, revision: int) -> None:
    store.save_change(change, HOME, DAY, revision, WHO, new_command())


def _approve(store: Store, day: Day) -> None:
    store.save_approval(approved(day), HOME, DAY, day.revision, WHO, new_command())


def test_the_small_day_comes_back(store: Store) -> None:
    day = small_store(store)
    assert_same(reopened(store.load_day(HOME, DAY), day), day)


def test_every_value_of_an_order_comes_back(store: Store) -> None:
    day = small_store(store)
    full = factories.order(
        7,
        kind=OrderKind.COLLECTION,
        name="Zoë Müller-O’Brien",
        company="Blüten & Co.",
        phone="+423 555 01 02",
        email="zoe@example.com",
        place=None,
        place_quality=None,
        day=None,
        windows=(Window(8 * H, 10 * H), Window(14 * H, 86400)),
        service_s=None,
        priority=Priority.CRITICAL,
        skills=("Tail-Lift", "two-man"),
        cod=Money(-1050, "CHF"),
        notes="Hinterhof\n2× klingeln “bitte”",
        items=(Item("S-1", "Erde 40 l", 3), Item()),
        attempts=2,
    )
    _save(store, PlanChange("New", orders=(Swap(None, full),)), 1)
    found = {order.id: order for order in store.load_day(HOME, DAY).orders}
    assert found == {**day.orders, full.id: full}


def test_every_value_of_a_shift_comes_back(store: Store) -> None:
    day = small_store(store)
    shift = day.shifts[ShiftId(2)]
    full = replace(
        shift,
        slot=9,
        start=-1800,
        end=26 * H + 1,
        end_place=None,
        pause=Break(1800, Window(11 * H, 13 * H)),
        max_stops=12,
        absent=True,
        driver=replace(shift.driver, skills=frozenset({"adr"}), licence_until=dt.date(2027, 1, 31)),
    )
    _save(store, PlanChange("Shift", shifts=(Swap(shift, full),)), 1)
    assert store.load_day(HOME, DAY).shifts == (day.shifts[ShiftId(1)], full)


@pytest.mark.parametrize("date", [dt.date(2026, 3, 29), dt.date(2026, 10, 25)], ids=["23 hours", "25 hours"])
def test_times_survive_a_change_of_the_clocks(store: Store, date: dt.date) -> None:
    day = factories.small_day()
    save_fleet_of(store, day)
    shifts = [
        factories.shift(1, "Ada Quill", start=2 * H + 1800, end=25 * H),
        factories.shift(2, "Ben Rook", start=H),
    ]
    change = PlanChange("Start", shifts=tuple(Swap(None, shift) for shift in shifts))
    store.save_change(change, HOME, date, 0, WHO, new_command())
    assert list(store.load_day(HOME, date).shifts) == shifts


def test_a_driver_edited_later_does_not_change_the_day(store: Store) -> None:
    day = small_store(store)
    ada = day.shifts[ShiftId(1)].driver
    store.save_fleet(HOME, [Swap(ada, replace(ada, name="Ada Married"))], "Name", WHO, new_command())
    assert store.load_day(HOME, DAY).shifts[0].driver == ada
    assert store.load_fleet(HOME).drivers[0].name == "Ada Married"


def test_locks_and_pins_come_back(store: Store) -> None:
    day = small_store(store)
    change = edits.set_pin(day.plan, [StopId(2)], Pin.POSITION, "Pin")
    _save(store, change, 1)
    day = day.apply(change)
    change = edits.set_locked(day.plan, ShiftId(2), True, "Lock")
    _save(store, change, 2)
    day = day.apply(change)
    assert_same(reopened(store.load_day(HOME, DAY), day), day)


def test_orders_and_shifts_that_go_are_gone_and_come_back_with_their_ids(store: Store) -> None:
    day = small_store(store)
    change = PlanChange("Clear", whole(day).inverse().routes, whole(day).inverse().orders)
    _save(store, change, 1)
    assert store.load_day(HOME, DAY).orders == ()
    assert store.find_orders(HOME, "Customer") == []
    _save(store, change.inverse(), 2)
    assert_same(reopened(store.load_day(HOME, DAY), day), replace(day, revision=3))


def test_a_stale_change_is_refused_and_says_who_was_faster(store: Store) -> None:
    day = small_store(store)
    first = edits.move(day.plan, [StopId(1)], POOL, 0, "Unassign A1")
    store.save_change(first, HOME, DAY, 1, "Ben", new_command())
    second = edits.move(day.plan, [StopId(2)], POOL, 0, "Unassign A2")
    with pytest.raises(StaleChange, match=r"^Ben changed this in the meantime \(“Unassign A1”\)"):
        _save(store, second, 1)
    assert_same(reopened(store.load_day(HOME, DAY), day), day.apply(first))


def test_what_others_changed_elsewhere_on_the_day_does_not_matter(store: Store) -> None:
    day = small_store(store)
    theirs = edits.set_locked(day.plan, ShiftId(2), True, "Lock")
    store.save_change(theirs, HOME, DAY, 1, "Ben", new_command())
    ours = edits.move(day.plan, [StopId(1)], POOL, 0, "Unassign A1")
    _save(store, ours, 1)
    assert_same(reopened(store.load_day(HOME, DAY), day), day.apply(theirs).apply(ours))


def test_the_pool_takes_what_comes_from_two_sides(store: Store) -> None:
    day = small_store(store)
    on_route = [day.plan.route(ShiftId(n)).stops[0] for n in (1, 2)]
    theirs, ours = (edits.move(day.plan, [stop], POOL, 0, "Unassign") for stop in on_route)
    store.save_change(theirs, HOME, DAY, 1, "Ben", new_command())
    _save(store, ours, 1)
    pool = store.load_day(HOME, DAY).plan.pool.stops
    assert {*on_route} <= {*pool} and len({*pool}) == len(pool)
    with pytest.raises(StaleChange, match="changed this"):  # it is unassigned already
        _save(store, ours, 1)


def test_what_was_told_of_a_stop_holds_it_where_it_is(store: Store) -> None:
    day = small_store(store)
    first = day.plan.route(ShiftId(1)).stops[0]
    store.add_facts(HOME, DAY, [Fact(first, ShiftId(1), FactKind.DELIVERED, 8 * H)], "Ben", new_command())
    with pytest.raises(StaleChange, match="Somebody said so in the meantime"):
        _save(store, edits.move(day.plan, [first], ShiftId(2), 0, "Move"), 1)


def test_a_fact_is_refused_once_the_stop_is_another_drivers(store: Store) -> None:
    day = small_store(store)
    first = day.plan.route(ShiftId(1)).stops[0]
    store.save_change(edits.move(day.plan, [first], ShiftId(2), 0, "Move it"), HOME, DAY, 1, "Ben", new_command())
    with pytest.raises(StaleChange, match=r"^Ben changed this in the meantime \(“Move it”\)"):
        store.add_facts(HOME, DAY, [Fact(first, ShiftId(1), FactKind.DELIVERED, 8 * H)], WHO, new_command())
    assert store.load_day(HOME, DAY).facts.entries == ()


def test_the_same_command_twice_is_done_once(store: Store) -> None:
    day = small_store(store)
    change, command = edits.set_locked(day.plan, ShiftId(1), True, "Lock"), new_command()
    store.save_change(change, HOME, DAY, 1, WHO, command)
    store.save_change(change, HOME, DAY, 1, WHO, command)
    assert store.load_day(HOME, DAY).revision == 2


def test_a_change_that_fails_half_way_leaves_nothing(store: Store) -> None:
    day = small_store(store)
    stranger = factories.shift(3, driver=Driver(DriverId(99), "Nobody Known"))
    change = PlanChange("Bad", orders=(Swap(None, factories.order(7)),), shifts=(Swap(None, stranger),))
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        _save(store, change, 1)
    assert_same(reopened(store.load_day(HOME, DAY), day), day)
    assert len(store.audit()) == 3


def test_days_of_depots_do_not_mix(store: Store) -> None:
    small_store(store)
    other = replace(factories.DEPOT, id=DepotId(2), name="Other")
    store.save_depot(Swap(None, other), WHO, new_command())
    assert store.load_day(other.id, DAY).orders == ()
    assert store.load_day(HOME, DAY + dt.timedelta(1)).revision == 0
    assert [depot.name for depot in store.depots()] == ["Testdepot", "Other"]


def test_an_unknown_depot_gets_a_sentence(store: Store) -> None:
    with pytest.raises(UserError, match="not in the store"):
        store.load_day(DepotId(5), DAY)


def test_facts_are_appended_with_ids(store: Store) -> None:
    day = small_store(store)
    facts = (
        Fact(StopId(1), ShiftId(1), FactKind.ARRIVED, 8 * H + 600),
        Fact(StopId(1), ShiftId(1), FactKind.DELIVERED, 8 * H + 900, "neighbour"),
    )
    command = new_command()
    saved = store.add_facts(HOME, DAY, facts, WHO, command)
    assert [replace(fact, id=0, recorded=0, who="") for fact in saved] == list(facts)
    assert store.add_facts(HOME, DAY, facts, WHO, command) == saved
    more = store.add_facts(HOME, DAY, [Fact(StopId(2), ShiftId(1), FactKind.FAILED, 9 * H)], WHO, new_command())
    record = store.load_day(HOME, DAY)
    assert record.facts == Facts((*saved, *more))
    assert len({fact.id for fact in record.facts.entries}) == 3
    assert record.revision == day.revision


def test_approval_freezes_a_baseline_until_it_is_taken_back(store: Store) -> None:
    day = small_store(store)
    at = dt.datetime(2026, 11, 23, 5, 58, 30, 123456, dt.UTC)
    after = replace(day, approval=Approval(DayState.APPROVED, "Ada", at))
    _approve(store, after)
    assert store.load_day(HOME, DAY).approval == after.approval
    frozen = store.load_baseline(HOME, DAY)
    assert frozen is not None
    assert [route["shift"] for route in frozen["routes"]] == [1, 2]
    # 8:00 in Vaduz is 7:00 UTC; 10 minutes to the first stop
    assert frozen["routes"][0]["stops"][0]["arrive"] == "2026-11-23T07:10:00+00:00"
    assert frozen["unassigned"] == [6]
    _approve(store, replace(day, revision=2))
    assert store.load_baseline(HOME, DAY) is None
    assert store.load_day(HOME, DAY).approval == Approval()


def test_sheets_are_printed_after_a_planned_visit_is_gone(store: Store) -> None:
    saver = StoreSaver(store, WHO)
    session = DaySession(small_store(store), saver)
    day_service.approve(session, WHO, dt.datetime(2026, 11, 23, 5, 58, tzinfo=dt.UTC))
    saver.flush()
    frozen = store.load_baseline(HOME, DAY)
    orders.remove(session, session.day.stops[StopId(1)].order.id)
    printed = sheet_versions.after_printing(session.day, {ShiftId(1): 1})
    assert printed is not None
    session.set_approval(printed)
    saver.flush()
    assert_same(reopened(store.load_day(HOME, DAY), session.day), session.day)
    assert store.load_baseline(HOME, DAY) == frozen
    assert StopId(1) not in session.day.stops


def test_approving_an_older_plan_is_stale(store: Store) -> None:
    day = small_store(store)
    _save(store, edits.set_locked(day.plan, ShiftId(1), True, "Lock"), 1)
    with pytest.raises(StaleChange):
        _approve(store, replace(day, approval=Approval(DayState.APPROVED, "Ada")))


def test_printed_sheets_are_remembered_by_number(store: Store) -> None:
    day = small_store(store)
    one = ShiftId(1)
    assert store.next_sheet_version(HOME, DAY, one) == 1
    said = Said("mark", ((StopId(1), "08:10"), (StopId(2), "08:25")))
    day = replace(day, approval=Approval(DayState.APPROVED, "Ada", printed={one: 1}, said={one: said}))
    _approve(store, day)
    assert store.load_day(HOME, DAY).approval.said == {one: said}
    change = edits.move(day.plan, [StopId(1)], POOL, 0, "Unassign")
    _save(store, change, 1)
    day = day.apply(change)
    day = replace(day, approval=replace(day.approval, printed={one: 2}, said={}), revision=3)
    _approve(store, day)
    assert store.next_sheet_version(HOME, DAY, one) == 3
    assert store.next_sheet_version(HOME, DAY, ShiftId(2)) == 1
    assert store.load_day(HOME, DAY).approval.printed == {one: 2}
    assert store.load_day(HOME, DAY).approval.said == {}  # of an older program: nobody knows
    assert store.sheet(HOME, DAY, one, 1) == (1, 2, 3)
    assert store.sheet(HOME, DAY, one, 2) == (2, 3)
    assert store.sheet(HOME, DAY, one, 3) is None


def test_days_are_listed_newest_first(store: Store) -> None:
    day = small_store(store)
    other = PlanChange("Later", orders=(Swap(None, factories.order(8)),))
    store.save_change(other, HOME, DAY + dt.timedelta(1), 0, WHO, new_command())
    _approve(store, replace(day, approval=Approval(DayState.APPROVED, "Ada")))
    days = [(c.date.day, c.orders, c.state, c.revision) for c in store.list_days(HOME)]
    assert days == [(24, 1, DayState.DRAFT, 1), (23, 6, DayState.APPROVED, 2)]


def test_loading_a_day_takes_few_queries(store: Store) -> None:
    small_store(store)
    store.load_day(HOME, DAY)
    with statements(store) as seen:
        store.load_day(HOME, DAY)
    assert len(seen) <= 9


def test_a_drag_takes_few_statements(store: Store) -> None:
    day = small_store(store)
    change = edits.move(day.plan, [StopId(1)], ShiftId(2), 1, "Move A1 to Ben Rook")
    with statements(store) as seen:
        _save(store, change, 1)
    words = [statement.split()[0] for statement in seen]
    assert [word for word in words if word != "SELECT"] == ["UPDATE", "INSERT", "INSERT"]
    assert words.count("SELECT") <= 7


def test_ids_are_never_given_twice(url: str) -> None:
    store = open_store(url)
    first = store.new_ids("stop", 3)
    assert (list(first), list(store.new_ids("order", 2))) == ([1, 2, 3], [1, 2])
    store.close()
    again = open_store(url)
    assert list(again.new_ids("stop", 2)) == [4, 5]
    again.close()


def test_the_audit_names_ids_and_values_but_no_customer(store: Store) -> None:
    day = small_store(store)
    old = day.orders[OrderId(1)]
    new = replace(old, name="Secret Name", phone="+423 777", attempts=1)
    change = edits.move(day.plan, [StopId(6)], ShiftId(1), 0, "Move A6")
    _save(store, replace(change, orders=(Swap(old, new),)), 1)
    entry = store.audit(1)[0]
    assert (entry.who, entry.what, entry.revision) == (WHO, "Move A6", 2)
    none = {"locked": False, "pinned": [], "fixed": []}
    assert entry.before == [
        {"route": 1, "stops": [1, 2, 3], **none},
        {"route": 0, "stops": [6]},
        {"order": {"id": 1, "reference": "A1", "attempts": 0}},
    ]
    assert entry.after == [
        {"route": 1, "stops": [6, 1, 2, 3], **none},
        {"order": {"id": 1, "reference": "A1", "attempts": 1, "personal": ["name", "phone"]}},
    ]


@pytest.mark.logs_warnings
def test_a_plan_damaged_by_hand_opens_and_loses_no_stop(store: Store) -> None:
    from sqlalchemy import text

    day = small_store(store)
    with store.write() as db:
        db.execute(text("DELETE FROM shifts WHERE id = 2"))
        db.execute(text("DELETE FROM orders WHERE id = 1"))
    opened = reopened(store.load_day(HOME, DAY), day)
    assert opened.plan.route(ShiftId(1)).stops == (2, 3)
    assert sorted(opened.plan.pool.stops) == [4, 5, 6]
