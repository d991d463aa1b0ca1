"""Papers on real roads in the real web engine: whose roads they are can be read on each, and is in nobody's way."""

from __future__ import annotations

import pytest

from dispatch_console.domain.day import Day, DayState
from dispatch_console.services import manifests
from dispatch_console.services.manifests import Edition, Kind, Paper
from dispatch_console.ui.printing import pdf
from tests.gui.printing_pages import ENGINE_NOISE, pictures, texts
from tests.unit.changed_day import changed
from tests.unit.hand_over_day import SPARE, handed_over
from tests.unit.manifests_day import PRINTED, K, rich_day
from tests.unit.roads_day import CREDIT, answering, bent, on_roads

pytestmark = pytest.mark.qt_log_ignore(*ENGINE_NOISE, extend=True)

RUN = Edition(PRINTED, "S. Halloran", {K: 2, SPARE: 1})
#: Where the page's own lines stand, in mm from its bottom, and where those at the left end.
_FOOT_MM, _LEFT_MM = (5, 13), (175.5, 177.5)


def pages(day: Day, kind: Kind, paper: Paper = Paper.A4) -> bytes:
    with answering(bent):
        return pdf.render(manifests.build(day, kind, [K, SPARE] if SPARE in day.shifts else [K], RUN, paper))


@pytest.mark.parametrize("paper", [Paper.A4, Paper.LETTER])
def test_sheets_say_it_in_one_line_below_their_sketch(qapp: object, paper: Paper) -> None:
    for day, beside in ((on_roads(rich_day()), "sketch"), (changed(on_roads(rich_day())), "crossed: removed")):
        said = texts(pages(day, Kind.DRIVER_SHEET, paper))
        assert [text.count(CREDIT) for text in said] == [1] + [0] * (len(said) - 1)
        assert beside in said[0]


@pytest.mark.parametrize("paper", [Paper.A4, Paper.LETTER])
def test_the_evening_and_hand_overs_say_it_at_the_foot_of_every_page(qapp: object, paper: Paper) -> None:
    day = handed_over(day=on_roads(rich_day(DayState.DRAFT)))
    dpi = 150
    for kind in (Kind.DAY_SUMMARY, Kind.HAND_OVER):
        made = pages(day, kind, paper)
        assert all(CREDIT in text for text in texts(made))
        for picture in pictures(made, dpi):
            millimetre = dpi / 25.4
            top, bottom = (len(picture) - round(mm * millimetre) for mm in reversed(_FOOT_MM))
            left, right = (round(mm * millimetre) for mm in _LEFT_MM)
            assert picture[top:bottom, :left].min() == 0, "the words of the foot"
            assert picture[top:bottom, left:right].min() == 255, "they end before the page number begins"


def test_what_shows_nothing_of_roads_does_not_say_it(qapp: object) -> None:
    for kind in (Kind.LOADING_LIST, Kind.LABELS):
        assert not any("OpenStreetMap" in text for text in texts(pages(on_roads(rich_day()), kind)))
