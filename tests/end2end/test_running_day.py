"""The running day in the real process, by keyboard: a failed delivery by phone, a breakdown, a returned sheet."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dispatch_console.domain.day import Day, DayState
from dispatch_console.domain.facts import Fact, FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import NextKind, OrderKind
from dispatch_console.domain.reasons import Reason
from dispatch_console.services import sample
from dispatch_console.services.debrief import sheet
from tests.end2end.desktop import Console, Look, card

Start = Callable[..., Console]

#: How long keys have before hands press them again.
_AGAIN_S = 6.0


@pytest.fixture
def look(tmp_path: Path) -> Iterator[Look]:
    look = Look(tmp_path / "home" / "Dispatch Console" / "demo.db", sample.day())
    yield look
    look.close()


def on_the_road(console: Console, look: Look) -> Day:
    """The sample's plan approved and all vans out: two keys."""
    console.wait_for_window()
    look.until(lambda day: bool(day.routes))
    console.key("ctrl+shift+a")
    look.until(lambda day: day.approval.state is DayState.APPROVED)
    console.key("ctrl+shift+o")
    return look.until(lambda day: day.state is DayState.OUT)


def kinds(day: Day, route: ShiftId) -> list[FactKind]:
    return [fact.kind for fact in day.facts.entries if fact.route == route]


def hand_over(console: Console, look: Look, route: ShiftId) -> None:
    """Wizard, preview, accept: three keys. The wizard's key is heard from the first second on, and one step on is
    while its panel is at work; nothing in the store tells that the plan is shown: hands wait before they accept."""
    console.key("ctrl+shift+b", "ctrl+Return")
    pressed = time.monotonic()

    def press_again() -> None:
        nonlocal pressed
        if time.monotonic() - pressed > _AGAIN_S:
            console.key("ctrl+Return")
            pressed = time.monotonic()

    look.until(lambda day: FactKind.BROKEN_DOWN in kinds(day, route), press_again)


def ended(console: Console) -> None:
    assert console.close() == 0
    assert "Traceback" not in console.told()


def test_a_failed_delivery_by_phone_is_eight_keys(start: Start, look: Look) -> None:
    console = start("--demo")
    before = on_the_road(console, look)
    stop = before.routes[1].stops[3]
    order = before.stops[stop].order
    assert len(order.reference) == 4
    keys = ("F3", *order.reference, "f", "1", "Return")
    console.key(*keys)
    day = look.until(lambda day: stop in day.facts.ended and day.orders[order.id].next is not None)
    (told,) = [fact for fact in day.facts.entries if fact.stop == stop]
    assert (told.kind, told.reason, told.route) == (FactKind.FAILED, Reason.ABSENT, before.routes[1].id)
    step = day.orders[order.id].next
    assert step is not None
    assert (step.kind, step.day is not None and step.day > before.date) == (NextKind.AGAIN, True)
    assert len(keys) == 8

    # The strip stays: the next one needs no F3.
    following = before.routes[1].stops[4]
    keys = (*before.stops[following].order.reference, "d", "Return")
    console.key(*keys)
    day = look.until(lambda day: following in day.facts.ended)
    assert [fact.kind for fact in day.facts.entries if fact.stop == following] == [FactKind.DELIVERED]
    assert len(keys) == 6
    ended(console)


def test_a_breakdown_is_handed_over_taken_back_and_phoned(start: Start, look: Look) -> None:
    console = start("--demo")
    before = on_the_road(console, look)
    route = before.routes[0]
    console.click(*card(0, 0))
    hand_over(console, look, route.id)
    day = look.until(lambda day: day.plan != before.plan)
    meetings = [order for order in day.orders.values() if order.kind is OrderKind.HANDOVER]
    takers = {day.plan.where[order.stop] for order in meetings}
    assert takers and route.id not in takers
    assert set(day.plan.route(route.id).stops) < set(route.stops)

    # Whoever is to be phoned is ticked by Space, the first one first.
    console.key("space")
    called = look.until(lambda day: any(fact.kind is FactKind.CALLED for fact in day.facts.entries))
    (call,) = [fact for fact in called.facts.entries if fact.kind is FactKind.CALLED]
    assert (call.route, bool(call.note)) == (route.id, True)

    # One step back: the orders are where they were. That the van stands, and who was phoned, has happened.
    console.key("ctrl+z")
    undone = look.until(lambda day: day.plan == before.plan)
    assert not any(order.kind is OrderKind.HANDOVER for order in undone.orders.values())
    assert {FactKind.BROKEN_DOWN, FactKind.CALLED} <= set(kinds(undone, route.id))
    ended(console)


def test_a_returned_sheet_is_read_and_closed_by_keys(start: Start, look: Look) -> None:
    console = start("--demo")
    before = on_the_road(console, look)
    at, route = next((i, id) for i, id in enumerate(sheet.routes(before), 1) if _is_plain(before, id))
    rows = sheet.rows(before, route)
    failed = next(row for row in rows if row.number == "4")
    console.key("ctrl+shift+d", *["alt+Down"] * at)
    console.key("4", "f", "1", "Return", "b", "F9")
    read = look.until(lambda day: all(row.fact is not None for row in sheet.rows(day, route)))
    assert read.orders[failed.order.id].next is not None
    outcomes = [(row.kind, row.reason) for row in sheet.rows(read, route) if row.is_exception]
    assert outcomes == [(FactKind.FAILED, Reason.ABSENT)]
    console.key("ctrl+Return")
    closed = look.until(lambda day: sheet.is_closed(day, route))
    assert kinds(closed, route)[-3:] == [FactKind.BACK, FactKind.DEBRIEFED, FactKind.CLOSED]
    back = [fact for fact in closed.facts.entries if _is_piece_of(fact, failed)]
    assert len(back) == failed.order.size.pieces
    ended(console)


def _is_piece_of(fact: Fact, row: sheet.Row) -> bool:
    return fact.kind is FactKind.PIECE_BACK and fact.stop == row.stop


def _is_plain(day: Day, route: ShiftId) -> bool:
    """No cash to count, nothing collected."""
    orders = [row.order for row in sheet.rows(day, route)]
    return all(order.cod is None and order.kind is OrderKind.DELIVERY for order in orders)
