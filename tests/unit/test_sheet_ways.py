"""Papers on real roads: their sketches follow them, they say whose roads these are, and they always come out."""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence

import pytest

from dispatch_console.domain.day import Day, DayState
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.places import Place
from dispatch_console.domain.region import Leg
from dispatch_console.manifests import changed_sheet, driver_sheet, figures, hand_over, html
from dispatch_console.manifests.lines import Imprint
from dispatch_console.manifests.paper import Paper
from dispatch_console.roads.engine.client import Cancelled
from dispatch_console.roads.providers import Legs
from dispatch_console.services import manifests, sheet_versions, sheet_ways, travel
from dispatch_console.services.manifests import Document, Edition, Kind
from dispatch_console.services.wizards import meeting
from tests.unit import manifests_day as days
from tests.unit.changed_day import changed
from tests.unit.hand_over_day import SPARE, handed_over
from tests.unit.roads_day import CREDIT, answering, bent, on_roads

RUN = Edition(days.PRINTED, "S. Halloran", {days.K: 2, SPARE: 1})
IMPRINT = Imprint(2, days.PRINTED, "S. Halloran")


def papers(day: Day, kind: Kind = Kind.DRIVER_SHEET) -> list[Document]:
    return manifests.build(day, kind, [days.K, SPARE] if SPARE in day.shifts else [days.K], RUN)


def line(page: str) -> list[tuple[float, float]]:
    """The points of the sketch of a sheet."""
    found = re.search(r'<polyline [^>]*points="([^"]*)"', page)
    assert found is not None
    return [(float(x), float(y)) for x, y in (point.split(",") for point in found[1].split())]


def test_on_estimated_roads_all_papers_are_what_their_values_say() -> None:
    """Nothing of roads comes to them: neither a line nor a credit."""
    day, run = on_roads(days.rich_day(), travel.ESTIMATE), changed(on_roads(days.rich_day(), travel.ESTIMATE))
    met = handed_over(day=on_roads(days.rich_day(DayState.DRAFT), travel.ESTIMATE))
    plain = html.driver_sheet(driver_sheet.driver_sheet(day, days.K, IMPRINT), Paper.A4)
    assert [paper.html for paper in papers(day)] == [plain]
    assert len(line(plain)) == 20, "18 stops, from the depot and back"
    again = html.changed_sheet(changed_sheet.changed_sheet(run, days.K, IMPRINT), Paper.A4)
    assert [paper.html for paper in papers(run)] == [again]
    (meets,) = meeting.of_day(met)
    handing = hand_over.Handing(meets.giver, meets.taker, meets.stop)
    handed = html.hand_over(hand_over.hand_over(met, handing, 1, Imprint(1, days.PRINTED, "S. Halloran")), Paper.A4)
    assert papers(met, Kind.HAND_OVER)[0].html == handed
    assert not any(
        "OpenStreetMap" in paper.html for one in (day, run, met) for kind in Kind for paper in papers(one, kind)
    )


def test_sheets_follow_the_roads_of_the_day_and_say_whose_they_are() -> None:
    day = on_roads(days.rich_day())
    with answering(bent):
        (on_road,) = papers(day)
        (straight,) = papers(days.rich_day())
    assert f"<span>{CREDIT}</span>" in on_road.html
    assert CREDIT not in straight.html
    drawn, plain = line(on_road.html), line(straight.html)
    assert len(drawn) > len(plain) + 10, "most legs have a corner that is seen"
    assert all(0 <= x <= 88 and 0 <= y <= 58 for x, y in drawn), "the picture is wide enough for the roads"


def test_the_summary_and_the_hand_over_name_the_roads_in_their_footers_what_shows_none_does_not() -> None:
    with answering(bent):
        (summary,) = papers(on_roads(days.rich_day()), Kind.DAY_SUMMARY)
        met = handed_over(day=on_roads(days.rich_day(DayState.DRAFT)))
        handed, (evening,) = papers(met, Kind.HAND_OVER), papers(met, Kind.DAY_SUMMARY)
        loading, stickers = papers(on_roads(days.rich_day()), Kind.LOADING_LIST), papers(met, Kind.LABELS)
    for page in (summary, evening, *handed):
        (footer,) = re.findall(r"@bottom-left \{.*?content: (\".*?\");", page.html, re.DOTALL)
        assert footer.endswith(figures.css_string(f" · {CREDIT}").removeprefix('"'))
        assert footer.count("\\00000a") == 1, "two lines: a third one would be off what printers reach"
    assert not any("OpenStreetMap" in page.html for page in (*loading, *stickers))


def test_vans_meet_along_roads() -> None:
    day = handed_over(day=on_roads(days.rich_day(DayState.DRAFT)))
    with answering(bent):
        one, _ = papers(day, Kind.HAND_OVER)
    (way,) = re.findall(r'<path d="M([\d. ]+)" fill="none"', one.html)  # of the van that comes; the other is there
    points = [float(part) for part in way.split()]
    assert len(points) == 6, "start, corner, end"
    assert f"translate({points[4]} {points[5]})" in one.html, "the mark of where they meet"


def test_a_changed_sheet_begins_at_the_last_stop_that_is_over() -> None:
    day = changed(on_roads(days.rich_day()))
    with answering(bent):
        (page,) = papers(day)
    x, y = line(page.html)[0]
    assert f'<circle cx="{x}" cy="{y}" r="1.2"/>' in page.html
    assert f"<span>{CREDIT}</span><span>crossed: removed</span>" in page.html
    (straight,) = papers(changed(days.rich_day()))
    assert "sketch, crossed: removed" in straight.html


def test_a_second_tour_is_drawn_through_the_depot() -> None:
    asked: list[tuple[Place, Place]] = []

    def legs(pairs: Sequence[tuple[Place, Place]]) -> list[Leg | None]:
        asked.extend(pairs)
        return bent(pairs)

    with answering(legs):
        (page,) = papers(on_roads(days.toured_day()))
    assert [a for a, _ in asked].count(days.DEPOT_PLACE) == 2
    drawn = line(page.html)
    assert drawn.count(drawn[0]) == 3, "start, reload, end"


def test_roads_do_not_make_another_version_of_a_sheet() -> None:
    day = on_roads(days.rich_day())
    before = sheet_versions.said(day, days.K).mark
    with answering(bent):
        papers(day)
        fresh = on_roads(days.rich_day())
        assert sheet_versions.said(fresh, days.K).mark == before


def _refuse(_: Sequence[tuple[Place, Place]]) -> list[Leg | None]:
    raise UserError("The road engine stopped.")


def _cancelled(_: Sequence[tuple[Place, Place]]) -> list[Leg | None]:
    raise Cancelled


def _nowhere(pairs: Sequence[tuple[Place, Place]]) -> list[Leg | None]:
    return [None] * len(pairs)


@pytest.mark.parametrize("legs", [_refuse, _cancelled, _nowhere, None])
def test_without_an_answer_lines_are_straight_and_the_times_still_have_their_credit(legs: Legs | None) -> None:
    day = on_roads(days.rich_day())
    with answering(legs):
        (page,) = papers(day)
    assert line(page.html) == line(papers(days.rich_day())[0].html)
    assert CREDIT in page.html


def test_roads_that_are_not_here_any_more_are_not_those_in_use() -> None:
    (page,) = papers(on_roads(days.rich_day(), "pack:other-2:van"))
    assert len(line(page.html)) == 20
    assert CREDIT in page.html


@pytest.mark.logs_warnings
def test_a_fault_of_ours_holds_no_sheet_back(caplog: pytest.LogCaptureFixture) -> None:
    def broken(_: Sequence[tuple[Place, Place]]) -> list[Leg | None]:
        raise ValueError("not a line")

    with answering(broken):
        (page,) = papers(on_roads(days.rich_day()))
    assert len(line(page.html)) == 20
    assert [record.levelname for record in caplog.records] == ["ERROR"]


def test_a_run_waits_once_for_roads_that_hang(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_ways, "_LONGEST_S", 0.05)
    asked, go_on = list[int](), threading.Event()

    def hanging(pairs: Sequence[tuple[Place, Place]]) -> list[Leg | None]:
        asked.append(len(pairs))
        go_on.wait()
        return bent(pairs)

    day = on_roads(days.big_day(3, 4))
    run = Edition(days.PRINTED, "S. Halloran", dict.fromkeys(day.shifts, 1))
    with answering(hanging):
        made = manifests.build(day, Kind.DRIVER_SHEET, list(day.shifts), run)
        go_on.set()
    assert [len(line(paper.html)) for paper in made] == [6, 6, 6]
    assert asked == [5]
