"""What wizards say beside the plan: what is left to do after it, when vans can be met, near which address."""

from __future__ import annotations

from dispatch_console.domain.day import open_day
from dispatch_console.domain.facts import NO_STOP, FactKind
from dispatch_console.domain.orders import Address, StopId
from dispatch_console.domain.places import Place
from dispatch_console.domain.plan import POOL, Plan, Route
from dispatch_console.services import calls, dispatch, statuses
from dispatch_console.services.incidents import Deed, Incident, Kind, incidents
from dispatch_console.services.session import DaySession
from dispatch_console.services.statuses import Said
from dispatch_console.services.wizards import breakdown, draft, whereabouts
from tests import factories
from tests.wizard_days import ADA, BEN, IDS, at, broken_down, on_the_road


def test_after_the_hand_over_the_incident_asks_for_calls_then_sheets_then_it_is_gone() -> None:
    session = on_the_road(at(8, 20))
    broken_down(session, ADA, at(8, 20))
    assert [one.deed for one in breakdowns(session)] == [Deed.BREAKDOWN]
    made = breakdown.plan(session.day, breakdown.case(session.day, ADA), [BEN], IDS)
    draft.accept(session, made)
    (left,) = breakdowns(session)
    assert left.deed is Deed.SHEETS, "nobody has a sheet yet that says otherwise"
    assert left.sentence == f"meets Ben Rook, {draft.hhmm(session.day, made.meetings[0].at)}"
    calls.note(session, BEN, NO_STOP, "", Said("Mara", at(8, 21)))
    dispatch.move(session, [StopId(5)], BEN, 1)
    (left,) = breakdowns(session)
    assert (left.deed, left.brief) == (Deed.CALLS, "1 to phone")
    statuses.status(session, made.meetings[0].stop, FactKind.DELIVERED, Said("Mara", at(9, 0)))
    assert breakdowns(session) == []


def breakdowns(session: DaySession) -> list[Incident]:
    return [one for one in incidents(session.day) if one.kind is Kind.BREAKDOWN]


def test_a_van_says_between_when_it_can_be_met_and_late_nowhere() -> None:
    day = on_the_road(at(8, 20)).day
    said = breakdown.case(day, ADA)
    (ben,) = breakdown.candidates(day, said)
    met = breakdown.meetable(day, said, [ben], IDS)[BEN]
    assert met is not None
    first, last = met
    assert day.now + ben.away_s <= first <= last
    assert first % 300 == last % 300 == 0
    # Whoever agrees on the last of these times breaks nothing; half an hour later is no promise.
    made = breakdown.plan(day, said, [BEN], IDS)
    assert made.meetings[0].at >= first


def test_a_place_without_an_address_is_near_one() -> None:
    one = factories.order(1, address=Address("Mill Lane", "4", city="Saltby"))
    day = open_day(
        factories.DEPOT, factories.DAY, [one], [], factories.line_matrix(), Plan({POOL: Route(POOL, (StopId(1),))})
    )
    assert one.place is not None
    assert whereabouts.near(day, one.place).street_line == "Mill Lane 4"
    beside = Place(one.place.lat + 0.001, one.place.lon)
    assert whereabouts.near(day, beside).one_line == "near Mill Lane, Saltby"
