"""Which papers, which versions, which files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from dispatch_console.domain import edits
from dispatch_console.domain.day import Approval, Day, DayState, open_day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import OrderId, StopId
from dispatch_console.domain.plan import PlanChange, Swap
from dispatch_console.domain.sizes import Size
from dispatch_console.services import dispatch, manifests, sheet_versions
from dispatch_console.services.manifests import Document, Edition, Kind, Paper
from dispatch_console.services.session import DaySession
from tests import factories
from tests.unit import manifests_day as days


def render(documents: Sequence[Document]) -> bytes:
    return "|".join(document.name for document in documents).encode()


def approved(day: Day) -> DaySession:
    return DaySession(replace(day, approval=Approval(DayState.APPROVED)))


def print_all(session: DaySession) -> Edition:
    run = manifests.edition(session.day, [ShiftId(1), ShiftId(2)], days.PRINTED, "S. Halloran")
    manifests.record_printed(session, run, [Kind.DRIVER_SHEET])
    return run


def test_only_papers_that_read_differently_get_a_new_version() -> None:
    session = approved(factories.small_day())
    assert print_all(session).versions == {1: 1, 2: 1}
    assert print_all(session).versions == {1: 1, 2: 1}  # printed again, as they are
    dispatch.move(session, [StopId(6)], ShiftId(2), 2)
    assert sheet_versions.differing(session.day, session.day.approval.said) == [2]
    assert print_all(session).versions == {1: 1, 2: 2}
    assert session.day.approval.printed == {1: 1, 2: 2}
    assert session.day.approval.said[ShiftId(2)].etas == ((4, "08:40"), (5, "08:55"), (6, "09:10"))
    session.undo()
    assert print_all(session).versions == {1: 1, 2: 3}  # version 1 says this too, but the driver has 2


_ONE, _ADA = factories.order(1), factories.shift(1, "Ada Quill")


@pytest.mark.parametrize(
    "change",
    [
        PlanChange("", orders=(Swap(_ONE, replace(_ONE, notes="Ring twice")),)),
        PlanChange("", orders=(Swap(_ONE, replace(_ONE, size=Size(20_000, 100, 1))),)),
        PlanChange("", shifts=(Swap(_ADA, replace(_ADA, start=9 * 3600)),)),
        PlanChange("", shifts=(Swap(_ADA, replace(_ADA, vehicle=replace(_ADA.vehicle, plate="FL 77"))),)),
        edits.unassign(factories.small_day().plan, [StopId(1), StopId(2), StopId(3)], ""),
    ],
)
def test_all_that_is_on_paper_counts(change: PlanChange) -> None:
    session = approved(factories.small_day())
    print_all(session)
    session.apply(change)
    assert sheet_versions.differing(session.day, session.day.approval.said) == [1]


def test_what_is_not_on_paper_does_not_count() -> None:
    session = approved(factories.small_day())
    print_all(session)
    dispatch.set_locked(session, ShiftId(1), True)
    dispatch.set_locked(session, ShiftId(2), True)
    assert sheet_versions.differing(session.day, session.day.approval.said) == []


def test_a_sheet_of_which_nobody_knows_what_it_said_gets_a_new_version() -> None:
    session = DaySession(
        replace(factories.small_day(), approval=Approval(DayState.APPROVED, printed={ShiftId(1): 4}))
    )
    assert print_all(session).versions == {1: 5, 2: 1}


def test_a_version_is_never_given_to_other_papers() -> None:
    session = approved(factories.small_day())
    run = print_all(session)
    manifests.record_printed(session, run, [Kind.DRIVER_SHEET])  # the same papers once more
    dispatch.move(session, [StopId(6)], ShiftId(2), 2)
    with pytest.raises(UserError, match="Print again"):
        manifests.record_printed(session, run, [Kind.DRIVER_SHEET])
    assert session.day.approval.printed == {1: 1, 2: 1}


def test_papers_without_a_version_take_none() -> None:
    session = DaySession(days.rich_day())
    run = manifests.edition(session.day, [days.K], days.PRINTED, "")
    manifests.record_printed(session, run, [Kind.LABELS, Kind.DAY_SUMMARY])
    assert session.day.approval.printed == {}


def test_a_draft_takes_no_version_and_gives_no_labels() -> None:
    session = DaySession(days.rich_day(DayState.DRAFT))
    run = manifests.edition(session.day, [days.K], days.PRINTED, "")
    assert run == Edition(days.PRINTED, "", draft=True)
    manifests.record_printed(session, run, [Kind.DRIVER_SHEET])
    assert session.day.approval.printed == {}
    with pytest.raises(UserError, match="Approve the plan first"):
        manifests.jobs(session.day, [Kind.LABELS], [days.K], run)


def test_documents_come_kind_by_kind_and_empty_routes_are_passed_over() -> None:
    day = factories.small_day()
    empty = factories.shift(3)
    day = open_day(day.depot, day.date, day.orders.values(), [*day.shifts.values(), empty], day.travel, day.plan)
    routes = [ShiftId(1), ShiftId(2), ShiftId(3)]
    run = Edition(days.PRINTED, "", dict.fromkeys(routes, 3))
    made = [job.make() for job in manifests.jobs(day, list(Kind), routes, run)]
    assert [(document.kind, document.route, document.paper) for document in made] == [
        (Kind.DRIVER_SHEET, 1, Paper.A4),
        (Kind.DRIVER_SHEET, 2, Paper.A4),
        (Kind.LOADING_LIST, 1, Paper.A4),
        (Kind.LOADING_LIST, 2, Paper.A4),
        (Kind.DAY_SUMMARY, None, Paper.A4),
        (Kind.LABELS, 1, Paper.LABEL),
        (Kind.LABELS, 2, Paper.LABEL),
    ]
    assert made[0].name == "A Ada Quill driver sheet 2026-11-23 v3"
    assert manifests.routes_with_stops(day) == [1, 2]
    assert manifests.route_letter(day, ShiftId(2)) == "C"


def test_the_summary_says_of_each_order_why_it_is_not_planned(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there are too many to try every place of them, what would be in the way with nothing else to do."""
    monkeypatch.setattr(manifests, "_REASONS_A_DAY", 0)
    day = factories.small_day()
    heavy = replace(day.orders[OrderId(6)], size=Size(200_000, 100, 1))
    run = manifests.edition(day, [], days.PRINTED, "Mara")
    for one, why in (
        (day, "Given up for others: Ada Quill and Ben Rook could take it with nothing else to do."),
        (
            day.apply(PlanChange("Heavy", orders=(Swap(day.orders[OrderId(6)], heavy),))),
            "Needs 200.0 kg; most room left is Van 02 with 80 kg.",
        ),
    ):
        (made,) = manifests.build(one, Kind.DAY_SUMMARY, [], run)
        assert why in made.html


def test_many_labels_are_cut_into_several_documents() -> None:
    day = days.rich_day()
    made = manifests.build(day, Kind.LABELS, [days.K], manifests.edition(day, [days.K], days.PRINTED, ""))
    assert [document.html.count('class="label"') for document in made] == [50, 11]
    assert len({document.name for document in made}) == 2


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("K Ada Quill", "K Ada Quill"),
        ('a/b\\c:d*e?f"g<h>i|j', "a-b-c-d-e-f-g-h-i-j"),
        ("  ends with dots ...", "ends with dots"),
        ("CON", "_CON"),
        ("lpt1.txt", "_lpt1.txt"),
        ("tab\tand\nline", "tab-and-line"),
        ("../../etc/passwd", "-..-etc-passwd"),
        ("", "paper"),
        ("x" * 300, "x" * 120),
    ],
)
def test_file_names_are_safe_everywhere(text: str, name: str) -> None:
    assert manifests.safe_name(text) == name


def test_planning_by_command_line_writes_both_papers(tmp_path: Path) -> None:
    day = factories.small_day()
    out = tmp_path / "new" / "out"
    written = manifests.write_pdfs(day, out, render, at=days.PRINTED)
    assert written == [out / "manifests.pdf", out / "loading.pdf"]
    assert written[0].read_text(encoding="utf-8") == (
        "A Ada Quill driver sheet 2026-11-23 v1|C Ben Rook driver sheet 2026-11-23 v1"
    )
    assert "loading list" in written[1].read_text(encoding="utf-8")


def test_a_day_without_routes_still_gives_a_paper(tmp_path: Path) -> None:
    day = factories.small_day()
    day = replace(day, plan=replace(day.plan, routes={}))
    written = manifests.write_pdfs(day, tmp_path, render)
    assert written[0].read_text(encoding="utf-8") == "Day summary 2026-11-23"


def test_a_folder_that_cannot_be_written_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(UserError, match="cannot be written"):
        manifests.write_pdfs(factories.small_day(), tmp_path / "file", render)
