"""The papers as HTML: what they say, that nothing gets out of its place, black on white only."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest
from jinja2 import UndefinedError

from dispatch_console import resources
from dispatch_console.domain.day import Day, DayState, open_day
from dispatch_console.manifests import html as pages
from dispatch_console.manifests.driver_sheet import driver_sheet
from dispatch_console.manifests.paper import Paper
from dispatch_console.services import manifests
from dispatch_console.services.manifests import Document, Edition, Kind
from tests.unit import manifests_day as days

RUN = Edition(days.PRINTED, "S. Halloran", {days.K: 1})
#: Those of any day; hand-overs have tests of their own.
PAPERS = [kind for kind in Kind if kind is not Kind.HAND_OVER]


def make(kind: Kind, paper: Paper = Paper.A4, day: Day | None = None, run: Edition = RUN) -> Document:
    (document,) = manifests.build(day or days.rich_day(), kind, [days.K], run, paper)[:1]
    return document


def text(page: str) -> str:
    """What a reader sees of the body: tags and drawings away, blanks folded."""
    body = page[page.index("<body>") :]
    body = re.sub(r"<svg.*?</svg>", "", body, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def test_the_driver_sheet_says_it_all() -> None:
    said = text(make(Kind.DRIVER_SHEET).html)
    for wanted in (
        "Driver sheet · Eastmere, Saltwick",
        "Mon 23 Nov 2026 · Saltwick Depot",
        "Ilse Marchmont-Boyd · QQ21 VAN",
        "VERSION 1 printed 23 Nov 2026 06:52 by S. Halloran",
        "S00472101",
        "17 deliver, 1 collect",
        "465.3 kg · 3.26 m³",
        "£214.40 COD, 2 stops",
        "01632 960100 depot 01632 960199 emergency",
        "stop 7: 4 pieces · 38.0 kg",
        "NIL DEFECT",
        "ETA 08:15 08:00–10:00",
        "08:00–09:30 or 13:00–14:30",
        "Loading door at the rear, ring twice.",
        "6 pieces · 48.0 kg",
        "COD £64.90",
        "cool boxes 2–8 °C",
        "UN 1263, PAINT, 3, II, (D/E) · 4 packages · 36.0 kg",
        "BREAK 30 min 11:20–11:50",
        "planned 18 57 4 465.3 £214.40 71.4 14:45",
        "cash £",
        days.LONG_NAME,
        days.LONG_STREET,
    ):
        assert wanted in said, wanted


def test_the_loading_list_the_summary_and_the_labels_say_it_all() -> None:
    loading = text(make(Kind.LOADING_LIST).html)
    for wanted in (
        "L00472101",
        "of 1,150 (40 %)",
        "465.3 kg, at the start",
        "m³ of 11.0",
        "ADR: stop 14 in the cage, away from food and medicines (4).",
        "COLD: stop 4 comes out of the cold room last.",
        "Total, 17 stops 57 465.3 465.3 57",
        "COLLECT Ruth Vantongeren 7 : keep 0.27 m³ free, REAR.",
    ):
        assert wanted in loading, wanted
    summary = text(make(Kind.DAY_SUMMARY).html)
    for wanted in (
        "Monday 23 November 2026",
        "PLAN VERSION 1",
        "Orders of the day: 18 planned + 4 not planned = 22 . COD: £214.40 + £35.00 = £249.40",
        "2, 1 late stops 16, 17",
    ):
        assert wanted in summary, wanted
    label = text(make(Kind.LABELS).html)
    assert "piece 1 of 8 shelf FLOOR Eastmere, Saltwick Mon 23 Nov 2026 HEAVY Ruth Vantongeren 18" in label
    assert "P7084121801" in label


def test_reloads_and_tours_stand_on_all_papers() -> None:
    day = days.toured_day()
    sheet, loading, summary, label = (
        text(manifests.build(day, kind, [days.K], RUN)[0].html) for kind in Kind if kind is not Kind.HAND_OVER
    )
    assert "31 pieces, tour 1" in sheet, "the load at the start is that of the first tour"
    assert "RELOAD 12:25–12:50 Back to the depot, then tour 2: stops 12–18." in sheet
    assert "Unload what was collected, 4 pieces · 38.0 kg . Load 26 pieces · 203.9 kg , by the loading" in sheet
    assert sheet.index("RELOAD") < sheet.index("12:50–13:20") < sheet.index("12 ETA 13:35"), (
        "in the order of the day"
    )
    for wanted in (
        "TOUR 1 of 2 stops 1–11 goes in before the van leaves at 08:00",
        "TOUR 2 of 2 stops 12–18 goes in when the van is back, about 12:25. Not before.",
        "Total of tour 1, 10 stops 31 261.4 261.4 31",
        "Total of tour 2, 7 stops 26 203.9 203.9 26",
    ):
        assert wanted in loading, wanted
    assert "18 2 tours" in summary
    assert "TOUR 1" in label and "TOUR" not in text(make(Kind.LABELS).html)


def test_labels_hold_no_phone_no_note_and_no_amount() -> None:
    said = "".join(text(document.html) for document in manifests.build(days.rich_day(), Kind.LABELS, [days.K], RUN))
    assert "COD" in said
    for secret in ("01632 960", "£", "64.90", "Dog.", "Ring twice", "ring twice"):
        assert secret not in said


@pytest.mark.parametrize("kind", PAPERS)
def test_no_word_of_a_customer_becomes_a_tag_or_code(kind: Kind) -> None:
    order = replace(
        days.rich_orders()[0],
        name=days.HOSTILE,
        company=days.HOSTILE,
        notes=days.HOSTILE,
        phone=days.HOSTILE,
        reference=days.HOSTILE,
        skills=(days.HOSTILE,),
        address=days.Address(days.HOSTILE, "", days.HOSTILE, days.HOSTILE, "GB"),
        items=(days.Item("", f"UN 1234 {days.HOSTILE}"),),
    )
    before = days.rich_day()
    depot = replace(before.depot, name=days.HOSTILE, address=days.HOSTILE, phone=days.HOSTILE)
    shift = before.shifts[days.K]
    shift = replace(shift, driver=replace(shift.driver, name=days.HOSTILE, phone=days.HOSTILE))
    shift = replace(shift, vehicle=replace(shift.vehicle, name=days.HOSTILE, plate=days.HOSTILE))
    plan = days.Plan({days.K: days.Route(days.K, (order.stop,))})
    loose = replace(days.open_orders()[0], name=days.HOSTILE, address=days.Address(days.HOSTILE))
    day = open_day(depot, before.date, [order, loose], [shift], before.travel, plan, approval=before.approval)
    page = make(kind, day=day, run=replace(RUN, by=days.HOSTILE)).html
    assert days.HOSTILE.casefold() in text(page).casefold()
    assert "<script" not in page.casefold()
    assert page.count("</style>") == 1
    assert not re.search(r"\son\w+=", page[page.index("<body>") :])


def test_a_draft_says_so_on_every_page_and_has_no_code() -> None:
    day = days.rich_day(DayState.DRAFT)
    run = manifests.edition(day, [days.K], days.PRINTED, "S. Halloran")
    page = make(Kind.DRIVER_SHEET, day=day, run=run).html
    said = text(page)
    assert "DRAFT printed 23 Nov 2026 06:52" in said
    assert "Not approved." in said
    assert "VERSION" not in said
    assert "S0047" not in page
    assert '"Route K draft"' in page  # the corner of every page


def test_pages_ask_for_nothing_but_our_fonts() -> None:
    fonts = resources.path("fonts")
    for kind in PAPERS:
        page = make(kind).html
        for address in re.findall(r"url\((.*?)\)", page):
            plain = re.sub(r"\\([0-9a-f]{6})", lambda found: chr(int(found[1], 16)), address).strip('"')
            assert plain.startswith(fonts.as_uri())
            assert (fonts / plain.rsplit("/", 1)[1]).is_file()
        assert not re.search(r"\b(src|href)=", page)
        assert "http" not in re.sub(r'xmlns="[^"]*"', "", page)


def test_black_on_white_and_nothing_smaller_than_can_be_read() -> None:
    for kind in PAPERS:
        page = make(kind).html
        colours = set(re.findall(r"#[0-9a-fA-F]{3,8}\b", page))
        assert colours <= {"#000", "#fff"}
        sizes = [float(size) for size in re.findall(r"(?:font-size: |font: \d+ )([\d.]+)pt", page)]
        assert min(sizes) >= 7.5
        rules = [float(width) for width in re.findall(r"border[\w-]*: ([\d.]+)mm", page)]
        assert all(width == 0 or width >= 0.15 for width in rules)


def test_paper_sets_the_page() -> None:
    a4, letter = make(Kind.DRIVER_SHEET).html, make(Kind.DRIVER_SHEET, Paper.LETTER).html
    assert "size: A4;" in a4
    assert "body { width: 189.6mm; zoom: 1;" in a4
    assert "size: Letter;" in letter
    assert "body { width: 199.5mm; zoom: 0.95;" in letter


def test_a_missing_value_is_an_error_not_a_gap() -> None:
    sheet = driver_sheet(days.rich_day(), days.K, manifests.Imprint(1, days.PRINTED))
    with pytest.raises((UndefinedError, AttributeError)):
        pages.driver_sheet(replace(sheet, head=None), Paper.A4)
