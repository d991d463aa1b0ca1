"""Trials under any mix of edits, facts, undo and switching: no stop is lost or doubled, and no fact moves."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from dispatch_console.domain import freeze
from dispatch_console.domain.day import Approval, Day, DayState
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.facts import FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import OrderId, StopId
from dispatch_console.domain.plan import POOL
from dispatch_console.services import dispatch, orders, statuses
from dispatch_console.services.session import DaySession
from dispatch_console.services.statuses import Said
from dispatch_console.services.whatif import WhatIf
from tests import factories

_STOP, _ROUTE = st.integers(1, 6), st.sampled_from([POOL, ShiftId(1), ShiftId(2)])
_KINDS = st.sampled_from([FactKind.ARRIVED, FactKind.DELIVERED, FactKind.FAILED, FactKind.REOPENED])
_DEEDS = st.lists(
    st.one_of(
        st.tuples(st.just("move"), _STOP, _ROUTE, st.integers(0, 3)),
        st.tuples(st.just("move"), _STOP, _ROUTE, st.integers(0, 3)),
        st.tuples(st.just("tell"), _STOP, _KINDS),
        st.tuples(st.sampled_from(["reverse", "swap", "absent", "lock", "remove"]), st.integers(1, 2)),
        st.tuples(st.sampled_from(["undo", "redo", "begin", "copy", "now", "throw", "take"])),
        st.tuples(st.just("look"), st.integers(0, 3)),
    ),
    max_size=18,
)


def _do(session: DaySession, whatif: WhatIf, n: int, what: str, *rest: int) -> None:
    match what:
        case "move":
            stop, route, at = rest
            at = min(at, len(session.day.plan.route(ShiftId(route)).stops))
            dispatch.move(session, [StopId(stop)], ShiftId(route), at)
        case "tell":
            kind = FactKind(rest[1])
            statuses.status(session, StopId(rest[0]), kind, Said("Kim", 9 * 3600 + n * 600))
        case "reverse":
            dispatch.reverse(session, ShiftId(rest[0]))
        case "swap":
            dispatch.swap_routes(session, ShiftId(1), ShiftId(2))
        case "absent":
            dispatch.set_absent(session, ShiftId(rest[0]), n % 2 == 0)
        case "lock":
            dispatch.set_locked(session, ShiftId(rest[0]), n % 2 == 0)
        case "remove":
            orders.remove(session, OrderId(rest[0]))
        case "undo":
            session.undo()
        case "redo":
            session.redo()
        case "begin" | "copy":
            whatif.begin(of=whatif.current if what == "copy" else None)
        case "now":
            whatif.look_at(None)
        case "look":
            whatif.look_at(whatif.trials[rest[0] % len(whatif.trials)] if whatif.trials else None)
        case "throw":
            whatif.throw_away()
        case _:
            whatif.take_over()


def _is_whole(day: Day) -> bool:
    stands = [stop for route in day.plan.routes.values() for stop in route.stops]
    return sorted(stands) == sorted(day.stops) and set(day.schedules) == set(day.shifts)


@settings(max_examples=150, deadline=None)
@given(_DEEDS)
def test_no_stop_is_lost_and_no_fact_moves(deeds: list[tuple]) -> None:
    session = DaySession(factories.small_day())
    session.set_approval(Approval(DayState.APPROVED, "Kim"))
    whatif = WhatIf(session)
    for n, (what, *rest) in enumerate(deeds):
        real = session.real
        tried = session.trying and what in ("move", "reverse", "swap", "absent", "lock", "remove", "undo", "redo")
        try:
            _do(session, whatif, n, what, *rest)
        except (UserError, KeyError):  # said to the dispatcher, or of an order that is gone: nothing was done
            pass
        if tried:
            assert session.real is real, "what is tried is tried on a copy"
        assert (what == "tell") or len(session.real.facts.entries) == len(real.facts.entries)
        assert session.trying is (whatif.current is not None)
        whatif.figures()
        for day in (session.real, session.day, *(trial.day for trial in whatif.trials)):
            assert _is_whole(day)
            assert day.facts.entries == session.real.facts.entries
            for route in day.shifts:
                head = freeze.head(session.real.plan.route(route), day.facts)
                assert freeze.head(day.plan.route(route), day.facts)[: len(head)] == head
