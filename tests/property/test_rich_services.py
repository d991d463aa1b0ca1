"""Days with all rules of a depot, through all that looks at a day: nothing takes a route for its stops alone."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from dispatch_console.domain import trips
from dispatch_console.domain.day import Approval, Day, DayState, Said
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.progress import progress
from dispatch_console.services import (
    actuals,
    calls,
    carryover,
    departure,
    evening,
    manifests,
    planfile,
    planning_result,
    preview,
    remedies,
    sheet_versions,
)
from dispatch_console.services.debrief import cash, closing, goods, sheet
from dispatch_console.services.incidents import incidents
from dispatch_console.services.manifests import Edition, Kind
from dispatch_console.services.order_history import standing
from dispatch_console.services.wizards import goods as wizard_goods
from dispatch_console.services.wizards import meeting
from dispatch_console.services.wizards.whereabouts import whereabouts
from dispatch_console.ui.board.lanes import BREAK, CARD, RELOAD, Lane
from dispatch_console.ui.map import payload
from dispatch_console.ui.models import tooltips
from dispatch_console.ui.shell import figures
from dispatch_console.ui.timeline import rowdata
from tests.property.rich import rich_days

AT = dt.datetime(2026, 11, 23, 6, 52, tzinfo=dt.UTC)


@st.composite
def printed(draw: st.DrawFn) -> Day:
    """Approved and printed; of some routes the sheet says another order of stops by now."""
    day = draw(rich_days(halts=True))
    said = {id: sheet_versions.said(day, id) for id in day.shifts if day.plan.route(id).stops}
    if draw(st.booleans()):
        said = {id: Said("other", one.etas[::-1], one.numbers) for id, one in said.items()}
    approval = Approval(DayState.APPROVED, printed=dict.fromkeys(said, 1), said=said)
    return replace(day, approval=approval).rescheduled(day.shifts)


@settings(max_examples=60)
@given(printed())
def test_papers_and_services_take_tours_and_breaks_by_driving_time(day: Day) -> None:
    run = Edition(AT, "S. Halloran", dict.fromkeys(day.shifts, 2))
    for kind in (Kind.DRIVER_SHEET, Kind.LOADING_LIST, Kind.LABELS, Kind.DAY_SUMMARY):
        assert all("<body>" in page.html for page in manifests.build(day, kind, list(day.shifts), run))
    for id, timed in day.schedules.items():
        assert len(trips.of_route(timed, day.basis)) == (1 + len(timed.reloads) if timed.visits else 0)
        sheet.rows(day, id)
        goods.returns(day, id)
        cash.purses(day, id)
        closing.why_not_close(day, id)
        actuals.of_route(day, id)
        wizard_goods.aboard(day, id)
        wizard_goods.free_now(day, id)
        for at in (timed.start, *(moment for reload in timed.reloads for moment in reload[:2])):
            where = whereabouts(day, id, at)
            assert where.due >= min(at, where.left)
        progress(day.plan.route(id), timed, day.basis)
    for order in day.orders.values():
        standing.standing(day, order)
    for stop in day.plan.where:
        remedies.better_place(day, stop)
    named = {StopId(k) for one in incidents(day) for k in one.stops}
    assert named <= set(day.stops)
    departure.problems(day)
    calls.call_list(day)
    carryover.going(day)
    evening.of_day(day)
    meeting.of_day(day)
    preview.totals(day)
    found = planning_result.totals_of(day)
    assert found.overtime + found.late <= found.cost
    plan = planfile.document(day, planfile.Searched(1, 1))
    assert sum(len(route.get("reloads", ())) for route in plan["routes"]) == sum(
        len(timed.reloads) for timed in day.schedules.values()
    )


@settings(max_examples=60)
@given(printed())
def test_board_map_and_timeline_show_tours_and_breaks_by_driving_time(qapp: object, day: Day) -> None:
    payload.whole(day)
    figures.figures(day)
    for id, shift in day.shifts.items():
        lane, timed = Lane(day, shift, unfolded=True), day.schedules[id]
        kinds = [row.kind for row in lane.rows]
        assert kinds.count("card") == len(timed.visits)
        assert kinds.count("reload") == len(timed.reloads)
        assert kinds.count("break") == len(timed.pauses)
        folds = lane.rows[0].height if kinds[:1] == ["fold"] else 0
        sums = len(timed.visits) * CARD + len(timed.reloads) * RELOAD + len(timed.pauses) * BREAK
        assert lane.height == sums + folds
        for row in lane.rows:
            if row.kind == "reload":
                assert "reload" in lane.reload_texts(row.nth)[0]
                assert lane.reload_says(row.nth)
        assert tooltips.of_route(day, id)
        data = rowdata.of_route(day, id)
        assert data.reloads == timed.reloads
    for stop in day.plan.where:
        assert tooltips.of_stop(day, stop, None)
