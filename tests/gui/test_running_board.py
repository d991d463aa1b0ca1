"""The board while the day runs: done, failed, presumed, late, broken, back. The small day: see factories."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from dispatch_console.domain import numbers
from dispatch_console.domain.day import Day, open_day
from dispatch_console.domain.facts import FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import StopId, Window
from dispatch_console.domain.plan import Plan, Route
from dispatch_console.domain.reasons import Reason
from dispatch_console.services import day as days
from dispatch_console.services import dispatch
from dispatch_console.services.debrief import sheet
from dispatch_console.services.incidents import values as incidents
from dispatch_console.services.session import DaySession
from dispatch_console.services.statuses import Said, on_route, status
from dispatch_console.ui.board import BoardPane
from dispatch_console.ui.board.lanes import Badge, Lane
from dispatch_console.ui.board.paint_head import fitting
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.map import payload
from dispatch_console.ui.models import running as tips
from dispatch_console.ui.models import tooltips
from dispatch_console.ui.models.order_rows import Standings
from dispatch_console.ui.models.standing import Outcome
from dispatch_console.ui.phone import words as phone_words
from dispatch_console.ui.theme import apply
from dispatch_console.ui.timeline import rowdata
from tests.factories import DAY, DEPOT, line_matrix, order, shift, small_day
from tests.unit.test_changed_sheet import out as printed_and_out

ADA, BEN = ShiftId(1), ShiftId(2)
S = [StopId(k) for k in range(11)]
EIGHT = 8 * 3600


@pytest.fixture(scope="module", autouse=True)
def _fonts(qapp: object) -> None:
    apply.load_fonts()


def running(day: Day | None = None) -> DaySession:
    """Approved, and both vans left at 08:00 as planned."""
    session = DaySession(day or small_day())
    days.approve(session, "Mara", dt.datetime(2026, 11, 23, 6, 52, tzinfo=dt.UTC))
    days.set_out(session, session.day.shifts, Said("Mara", EIGHT))
    return session


def tell(session: DaySession, stop: int, at: int, kind: FactKind = FactKind.DELIVERED, **more: object) -> None:
    status(session, S[stop], kind, Said("Mara", EIGHT + at), **more)


def lane_of(session: DaySession, route: ShiftId = ADA, *, unfolded: bool = False) -> Lane:
    return Lane(session.day, session.day.shifts[route], unfolded=unfolded)


def statuses(lane: Lane) -> list[Outcome]:
    return [lane.card(at).status for at in range(len(lane.stops))]


def ten_at_one_door() -> Day:
    orders = [order(1, id=k, stop=S[k], reference=f"A{k}") for k in range(1, 11)]
    plan = Plan({ADA: Route(ADA, tuple(S[1:]))})
    return open_day(DEPOT, DAY, orders, [shift(1, "Ada Quill")], line_matrix(), plan)


def test_the_sum_line_says_how_far_and_when_he_is_back() -> None:
    # Planned: stop 1 08:10–08:15, 2 08:25–08:30, 3 08:40–08:45, home 09:15. Stop 1 takes 20 min longer.
    session = running()
    assert lane_of(session).sum_text == "0/3 done"
    tell(session, 1, 2100)
    lane = lane_of(session)
    assert (lane.sum_text, lane.km_text, lane.end_text) == ("1/3 done", "60 km", "09:35")
    assert lane.badges == (Badge("+20 min", False, brief="+20"),)
    assert "will be back 09:35, planned back 09:15 (+20 min)" in tooltips.of_route(session.day, ADA)


def test_early_has_its_sign_too() -> None:
    session = running()
    tell(session, 1, 600)
    assert Badge("−5 min", False, brief="−5") in lane_of(session).badges


def test_a_failed_stop_says_why_and_who_told() -> None:
    session = running()
    tell(session, 1, 900)
    tell(session, 2, 1800, FactKind.FAILED, reason=Reason.ABSENT)
    tell(session, 3, 2600, FactKind.ARRIVED)
    lane = lane_of(session)
    assert statuses(lane) == [Outcome.DONE, Outcome.FAILED, Outcome.AT_DOOR]
    assert lane.sum_text == "2/3 done"
    assert (lane.card(1).told, lane.card(0).told) == ("absent", "")
    assert (lane.card(1).over, lane.card(2).over) == (True, False)
    day = session.day
    assert "failed, absent at 08:30, told by Mara 08:30" in tooltips.of_stop(day, S[2], None)
    assert "at the door since 08:43" in tooltips.of_stop(day, S[3], None)


def test_nobody_phoned_is_said_by_a_sign_and_in_words() -> None:
    session = running()
    tell(session, 3, 2700, FactKind.FAILED)
    lane = lane_of(session)
    assert statuses(lane) == [Outcome.PRESUMED, Outcome.PRESUMED, Outcome.FAILED]
    assert [lane.card(at).eta for at in range(3)] == ["~08:10", "~08:25", "08:40"]
    assert "presumed done about 08:15: nobody phoned" in tooltips.of_stop(session.day, S[1], None)
    assert "2 presumed, nobody phoned" in tooltips.of_route(session.day, ADA)


def test_the_clock_alone_lets_a_silent_driver_go_on() -> None:
    session = running()
    before = lane_of(session)
    session.tick(EIGHT + 1000)
    day = session.day
    assert not before.shows(day, day.shifts[ADA], unfolded=False)
    assert statuses(lane_of(session)) == [Outcome.PRESUMED, Outcome.OPEN, Outcome.OPEN]
    session.tick(EIGHT + 1060)
    same = Lane(day, day.shifts[ADA], unfolded=False)
    assert same.shows(session.day, session.day.shifts[ADA], unfolded=False), "a minute in which nothing changes"


def test_done_stops_fold_with_what_failed_and_what_is_presumed() -> None:
    session = running(ten_at_one_door())
    tell(session, 2, 900, FactKind.FAILED)
    tell(session, 9, 4000)
    lane = lane_of(session)
    # Nine are over: all but the last five fold.
    assert lane.folded == (4, 1, 3)
    assert [row.kind for row in lane.rows] == ["fold", *["card"] * 6]
    assert "4 stops done, 1 of them failed, 3 presumed" in tips.folded(*lane.folded)


def test_only_what_can_still_be_helped_counts_as_late() -> None:
    windows = [(Window(EIGHT, EIGHT + 300),), (Window(EIGHT, EIGHT + 1200),), ()]
    orders = [order(k, windows=w) for k, w in enumerate(windows, 1)]
    plan = Plan({ADA: Route(ADA, (S[1], S[2], S[3]))})
    session = running(open_day(DEPOT, DAY, orders, [shift(1, "Ada Quill")], line_matrix(), plan))
    assert lane_of(session).late == 2
    tell(session, 1, 900)
    lane = lane_of(session)
    assert (lane.late, lane.badges[0]) == (1, Badge("1 late", True))
    since = tooltips.of_stop(session.day, S[2], None, since=EIGHT + 900)
    assert "Will be 5 min late, known since 08:15." in since
    assert "Was 5 min late." in tooltips.of_stop(session.day, S[1], None)


def test_a_broken_van_and_a_sick_driver_come_first() -> None:
    session = running()
    on_route(session, ADA, FactKind.BROKEN_DOWN, Said("Mara", EIGHT + 600))
    on_route(session, BEN, FactKind.SICK, Said("Mara", EIGHT + 600))
    assert lane_of(session).badges[0] == Badge("broken", True, "ph.wrench-fill")
    assert "will be back" not in tooltips.of_route(session.day, ADA)
    assert lane_of(session, BEN).badges[0] == Badge("sick", True, "ph.user")


def test_every_screen_says_the_printed_number() -> None:
    # Ada's sheet says 1 2 3, Ben's 1 2; 6 comes behind her 2, and her 2 goes behind his: she drives 1, 1A, 3.
    session = printed_and_out()
    dispatch.move(session, [StopId(6)], ADA, 2)
    assert [lane_of(session).card(at).seq for at in range(4)] == ["1", "2", "2A", "3"]
    dispatch.move(session, [StopId(2)], BEN, 2)
    day, desk, stops = session.day, Desk(session), [StopId(1), StopId(6), StopId(3)]
    named = ["1", "1A", "3"]
    assert [numbers.of_stop(day, stop) for stop in (*stops, StopId(2))] == [*named, "2A"]
    assert [lane_of(session).card(at).seq for at in range(3)] == named
    assert [row[4] for row in payload._stops(day, ADA)] == named
    assert rowdata.of_route(day, ADA).numbers == tuple(named)
    standings = Standings()
    standings.take(day)
    assert [(standings.of[stop].position, standings.of[stop].number) for stop in stops] == list(
        zip((1, 2, 3), named, strict=True)
    )
    assert [incidents.spot(day, stop) for stop in stops] == ["AQ 1", "AQ 1A", "AQ 3"]
    assert phone_words._standing(desk, day.stops[StopId(6)].order) == "stop 1A of 3"
    assert "stop 1A: " in tooltips.of_stop(day, StopId(6), None)
    assert [row.number for row in sheet.rows(day, ADA)] == named
    session.undo()  # what comes back has its number again
    assert [lane_of(session).card(at).seq for at in range(4)] == ["1", "2", "2A", "3"]


def test_a_badge_says_who_has_not_left_and_who_is_back() -> None:
    session = DaySession(small_day())
    days.approve(session, "Mara", dt.datetime(2026, 11, 23, 6, 52, tzinfo=dt.UTC))
    assert lane_of(session).badges == (), "before the first van leaves, none is missing"
    days.set_out(session, [ADA], Said("Mara", EIGHT))
    assert lane_of(session, BEN).badges == (Badge("not out", False),)
    days.set_back(session, [ADA], Said("Mara", EIGHT + 4800))
    lane = lane_of(session)
    assert (lane.badges, lane.end_text) == ((Badge("back", False), Badge("+5 min", False, brief="+5")), "09:20")


@pytest.fixture
def pane(qtbot: QtBot) -> Iterator[BoardPane]:
    pane = BoardPane(Desk(running(ten_at_one_door())))
    qtbot.addWidget(pane)
    pane.resize(500, 708)
    with qtbot.waitExposed(pane):
        pane.show()
    yield pane


def test_a_fact_remakes_only_its_own_lane(qtbot: QtBot) -> None:
    view = BoardPane(Desk(running())).view
    qtbot.addWidget(view)
    before = list(view.lanes)
    tell(view.desk.session, 1, 900)
    assert view.lanes[0] is not before[0]
    assert view.lanes[1] is before[1]


def test_a_click_unfolds(pane: BoardPane, qtbot: QtBot) -> None:
    view = pane.view
    tell(view.desk.session, 9, 4000)
    assert view.lanes[0].rows[0].kind == "fold"
    view.toggle_fold(ADA)
    assert len(view.lanes[0].rows) == 11
    view.grab()  # paints presumed cards and the fold row


def test_the_minute_moves_the_forecast(qtbot: QtBot) -> None:
    session = running()
    tell(session, 1, 900)
    desk = Desk(session)
    # 08:55 in the depot: the driver tells of every stop, so he has not been at the second yet.
    desk.clock = lambda: dt.datetime(2026, 11, 23, 7, 55, tzinfo=dt.UTC)
    with qtbot.waitSignal(desk.now_changed):
        desk.tick()
    assert desk.day.schedules[ADA].visits[1].begin == EIGHT + 55 * 60
    assert desk.said() == Said("", EIGHT + 55 * 60)


def test_on_another_day_the_clock_stands_still() -> None:
    session = running()
    desk = Desk(session)
    desk.who = lambda: "Mara"
    desk.clock = lambda: dt.datetime(2026, 11, 25, 7, 55, tzinfo=dt.UTC)
    desk.tick()
    assert desk.day.now == EIGHT
    assert desk.said() == Said("Mara", EIGHT, stands=True)


def test_an_absent_driver_keeps_his_badge() -> None:
    day = small_day()
    absent = replace(day.shifts[BEN], absent=True)
    day = open_day(DEPOT, DAY, day.orders.values(), [day.shifts[ADA], absent], line_matrix(), day.plan)
    assert Lane(day, absent, unfolded=False).badges[0] == Badge("absent", True)


def test_a_vehicle_keeps_its_name_beside_the_badges() -> None:
    session = running()
    on_route(session, ADA, FactKind.BROKEN_DOWN, Said("Mara", EIGHT + 600))
    lane = lane_of(session)
    lane.badges = (*lane.badges[:1], Badge("12 late", True))
    assert [badge.text for badge in fitting(lane, 200)] == ["broken", "12 late"]
    assert [badge.text for badge in fitting(lane, 124)] == ["broken"]
    lane.badges = (Badge("2 late", True), Badge("+55 min", False, brief="+55"))
    assert [badge.text for badge in fitting(lane, 132)] == ["2 late", "+55"]
