"""What a driver under way gets when his route changes. See `factories` for the small day."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from dispatch_console.domain import numbers
from dispatch_console.domain.day import Approval, Day, DayState
from dispatch_console.domain.facts import FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.reasons import Reason
from dispatch_console.manifests import changed_sheet, differences, html
from dispatch_console.manifests.differences import Difference
from dispatch_console.manifests.driver_sheet import ReloadLine
from dispatch_console.manifests.lines import Imprint
from dispatch_console.manifests.paper import Paper
from dispatch_console.services import dispatch, manifests, sheet_versions, statuses
from dispatch_console.services.debrief import sheet as debrief
from dispatch_console.services.debrief import typing
from dispatch_console.services.manifests import Kind
from dispatch_console.services.session import DaySession
from dispatch_console.services.statuses import Said
from tests import factories

ADA, BEN = ShiftId(1), ShiftId(2)
H, M = 3600, 60
AT = dt.datetime(2026, 11, 23, 8, 20, tzinfo=dt.UTC)


def out(day: Day | None = None) -> DaySession:
    """Sheets printed as version 1, both vans out, Ada's stop 1 delivered at 08:15. Ada: 1 2 3; Ben: 4 5."""
    session = DaySession(day or factories.small_day())
    session.set_approval(Approval(DayState.APPROVED, "Kim"))
    approval = sheet_versions.after_printing(session.day, {ADA: 1, BEN: 1})
    assert approval is not None
    session.set_approval(approval)
    for route in (ADA, BEN):
        statuses.on_route(session, route, FactKind.OUT, Said("Kim", 8 * H))
    statuses.status(session, StopId(1), FactKind.DELIVERED, Said("Kim", 8 * H + 15 * M))
    return session


def sheet(day: Day, route: ShiftId) -> changed_sheet.ChangedSheet:
    return changed_sheet.changed_sheet(day, route, Imprint(2, AT, "Kim"))


def marks(made: changed_sheet.ChangedSheet) -> list[tuple[str, str]]:
    return [(one.line.number, one.mark) for one in made.lines]


def test_what_later_tours_load_is_not_on_board_yet():
    # Ada drives 1 2 3, reloads 09:15–09:35, then 4 5; stop 5 goes to the pool.
    session = out(factories.tours_day())
    statuses.status(session, StopId(2), FactKind.FAILED, Said("Kim", 8 * H + 30 * M), reason=Reason.ABSENT)
    dispatch.unassign(session, [StopId(5)])
    made = sheet(session.day, ADA)
    assert marks(made) == [("3", ""), ("4", ""), ("5", "removed")]
    (reload,) = made.between(1)
    assert isinstance(reload, ReloadLine)
    assert (reload.begin, reload.end, reload.stops, reload.deliver.pieces) == ("09:15", "09:35", "stop 4", 1)
    assert made.aboard == (
        "2 pieces on board = 1 to deliver + 1 not delivered so far; 1 more is loaded later, see RELOAD."
    )
    assert "back if on board" in made.lines[2].says, "it was for the second tour: in the depot still"
    assert "RELOAD" in html.changed_sheet(made, Paper.A4)


def test_nothing_changed_needs_no_sheet():
    day = out().day
    assert not manifests.difference(day, ADA)
    assert not manifests.difference(factories.small_day(), ADA)
    assert manifests.to_reprint(day) == []


def test_arrivals_count_from_ten_minutes_on():
    # Stop 3 is printed for 08:40 and comes 10 min after 2 is done; nothing else on the road tells of a change.
    session = out()
    statuses.status(session, StopId(2), FactKind.DELIVERED, Said("Kim", 8 * H + 39 * M + 59))
    assert manifests.to_reprint(session.day) == []
    session = out()
    statuses.status(session, StopId(2), FactKind.DELIVERED, Said("Kim", 8 * H + 40 * M))
    assert manifests.difference(session.day, ADA) == Difference(stops=False, times=1)
    assert manifests.to_reprint(session.day) == [ADA]
    made = sheet(session.day, ADA)
    assert [(one.line.number, one.mark, one.line.was) for one in made.lines] == [("3", "", "08:40")]
    run = manifests.edition(session.day, [ADA], AT, "Kim")
    (paper,) = manifests.build(session.day, Kind.DRIVER_SHEET, [ADA], run)
    assert "Changed sheet" in paper.html and "1 arrival is 10 minutes or more off" in paper.html
    manifests.record_printed(session, run, [Kind.DRIVER_SHEET])
    assert manifests.to_reprint(session.day) == []


def test_the_way_round_midnight_is_short():
    assert differences.has_moved("23:55", "00:05") and not differences.has_moved("23:56", "00:05")
    assert not differences.has_moved("", "00:05")


def test_a_driver_who_lost_all_his_stops_gets_a_sheet_that_says_so():
    session = out()
    dispatch.move(session, [StopId(4), StopId(5)], ADA, 3)
    assert manifests.to_reprint(session.day) == [ADA, BEN]
    assert manifests.routes_with_stops(session.day) == [ADA, BEN]
    run = manifests.edition(session.day, [BEN], AT, "Kim")
    (paper,) = manifests.build(session.day, Kind.DRIVER_SHEET, [BEN], run)
    assert paper.html.count("Goes to Ada Quill.") == 2


def test_added_stops_get_the_number_before_and_a_letter_and_others_keep_theirs():
    session = out()
    dispatch.move(session, [StopId(6)], ADA, 2)
    made = sheet(session.day, ADA)
    assert marks(made) == [("2", ""), ("2A", "added"), ("3", "")]
    assert [one.line.number for one in made.changes] == ["2A"]
    # 6 is 60 km out: 3 is reached 80 min later than its printed 08:40.
    assert made.lines[2].line.was == "08:40"
    assert numbers.numbers(session.day, ADA) == {1: "1", 2: "2", 6: "2A", 3: "3"}
    assert [(one.number, one.how) for one in made.done] == [("1", "08:15 delivered")]
    assert (made.first, made.last, made.before) == ("2", "1", 1)


def test_the_returned_sheet_is_read_under_its_printed_numbers():
    session = out()
    dispatch.move(session, [StopId(6)], ADA, 2)
    rows = debrief.rows(session.day, ADA)
    assert [row.number for row in rows] == ["1", "2", "2A", "3"]
    assert [typing.find(session.day, rows, text) for text in ("2A", "2a", "3", "03", "4")] == [6, 6, 3, 3, None]


def test_a_removed_stop_leaves_the_sums_and_says_what_becomes_of_its_goods():
    session = out()
    dispatch.move(session, [StopId(3)], BEN, 0)
    made = sheet(session.day, ADA)
    assert marks(made) == [("2", ""), ("3", "removed")]
    assert (
        made.lines[1].says == "Goes to Ben Rook. Do not visit. Keep 1 piece (10.0 kg) on board and bring it back."
    )
    assert (made.old.stops, made.new.stops) == (2, 1)
    assert (made.old.deliver.pieces, made.new.deliver.pieces) == (2, 1)
    # Left of version 1: 2 and 3 and back, 10 + 10 + 30 km; of version 2: 2 and back, 10 + 20.
    assert (made.old.km10, made.new.km10) == (500, 300)
    assert made.aboard == "2 pieces on board = 1 to deliver + 1 to bring back (3)."
    assert [line.mark for line in sheet(session.day, BEN).lines] == ["added", "", ""]


def test_moved_stops_say_behind_which_they_come():
    session = out()
    dispatch.move(session, [StopId(3)], ADA, 1)
    made = sheet(session.day, ADA)
    assert marks(made) in ([("3", "moved"), ("2", "")], [("3", ""), ("2", "moved")])
    moved = next(one for one in made.lines if one.mark)
    assert moved.says in ("Now first.", "Now after stop 3.")


def test_a_second_change_keeps_the_numbers_of_the_first():
    session = out()
    dispatch.move(session, [StopId(6)], ADA, 2)
    approval = sheet_versions.after_printing(session.day, {ADA: 2})
    assert approval is not None
    session.set_approval(approval)
    dispatch.move(session, [StopId(5)], ADA, 2)
    assert numbers.numbers(session.day, ADA) == {1: "1", 2: "2", 5: "2B", 6: "2A", 3: "3"}
    assert marks(sheet(session.day, ADA))[1] == ("2B", "added")


def test_before_the_van_leaves_papers_number_from_one():
    session = DaySession(factories.small_day())
    session.set_approval(Approval(DayState.APPROVED, "Kim"))
    approval = sheet_versions.after_printing(session.day, {ADA: 1})
    assert approval is not None
    session.set_approval(approval)
    dispatch.move(session, [StopId(6)], ADA, 0)
    assert list(numbers.numbers(session.day, ADA).values()) == ["1", "2", "3", "4"]


def test_printing_the_sheet_of_a_driver_under_way_prints_the_changed_one():
    session = out()
    dispatch.move(session, [StopId(6)], ADA, 2)
    run = manifests.edition(session.day, [ADA, BEN], AT, "Kim")
    assert run.versions == {ADA: 2, BEN: 1}
    ada, ben = manifests.build(session.day, Kind.DRIVER_SHEET, [ADA, BEN], run)
    assert "Changed sheet" in ada.html and "Changed sheet" not in ben.html
    assert "replaces version 1" in ada.html


def test_what_a_customer_is_called_stays_text():
    session = out()
    dispatch.move(session, [StopId(6)], ADA, 2)
    order = session.day.orders[next(iter(session.day.orders))]
    hostile = replace(session.day.stops[StopId(6)].order, name="<b>${x}`</b>")
    stops = {**session.day.stops, StopId(6): replace(session.day.stops[StopId(6)], orders=(hostile,))}
    page = html.changed_sheet(sheet(replace(session.day, stops=stops), ADA), Paper.A4)
    assert "<b>${x}" not in page and "&lt;b&gt;${x}" in page
    assert order.reference
