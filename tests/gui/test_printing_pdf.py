"""The papers in the real web engine: layout, page breaks, fonts, codes that scanners read, no network."""

from __future__ import annotations

import io
import socket
from collections.abc import Sequence

import numpy as np
import pytest
import zxingcpp
from pypdf import PdfReader
from PySide6.QtWebEngineCore import QWebEnginePage
from pytestqt.qtbot import QtBot

from dispatch_console.domain.fleet import ShiftId
from dispatch_console.services import manifests
from dispatch_console.services.manifests import Document, Edition, Job, Kind, Paper
from dispatch_console.ui.printing import pdf
from dispatch_console.ui.printing.engine import Engine
from dispatch_console.ui.printing.readable import readable
from tests.gui.printing_pages import ENGINE_NOISE, boxes, codes_on, pictures, texts, wide_day
from tests.unit import manifests_day as days

pytestmark = pytest.mark.qt_log_ignore(*ENGINE_NOISE, extend=True)

RUN = Edition(days.PRINTED, "S. Halloran", {days.K: 1})
#: Those of any day; hand-overs have tests of their own.
PAPERS = [kind for kind in Kind if kind is not Kind.HAND_OVER]


@pytest.fixture(scope="module")
def rich(qapp: object) -> dict[tuple[Kind, Paper], bytes]:
    """All papers of the rich day as PDF."""
    made: dict[tuple[Kind, Paper], bytes] = {}
    for kind in PAPERS:
        for paper in (Paper.A4, Paper.LETTER):
            documents = manifests.build(days.rich_day(), kind, [days.K], RUN, paper)
            made[kind, paper] = pdf.render(documents)
    return made


# -- pages -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "paper", "pages", "size"),
    [
        (Kind.DRIVER_SHEET, Paper.A4, 3, (210, 297)),
        (Kind.DRIVER_SHEET, Paper.LETTER, 3, (215.9, 279.4)),
        (Kind.LOADING_LIST, Paper.A4, 2, (210, 297)),
        (Kind.DAY_SUMMARY, Paper.A4, 1, (210, 297)),
        (Kind.DAY_SUMMARY, Paper.LETTER, 1, (215.9, 279.4)),
        (Kind.LABELS, Paper.A4, 61, (100, 150)),
    ],
)
def test_pages_and_their_size(
    rich: dict[tuple[Kind, Paper], bytes], kind: Kind, paper: Paper, pages: int, size: tuple[float, float]
) -> None:
    found = PdfReader(io.BytesIO(rich[kind, paper])).pages
    assert len(found) == pages
    for page in found:
        millimetres = [float(side) / 72 * 25.4 for side in (page.mediabox.width, page.mediabox.height)]
        assert millimetres == pytest.approx(size, abs=0.3)


def test_a_tour_is_loaded_from_a_page_of_its_own(qapp: object) -> None:
    data = pdf.render(manifests.build(days.toured_day(), Kind.LOADING_LIST, [days.K], RUN))
    first, second = texts(data)
    assert "TOUR 1 of 2" in first and "TOUR 2 of 2" not in first
    assert "TOUR 2 of 2" in second and "Total of tour 1" not in second


def test_every_page_has_its_head_its_number_and_the_key(rich: dict[tuple[Kind, Paper], bytes]) -> None:
    for paper in (Paper.A4, Paper.LETTER):
        said = texts(rich[Kind.DRIVER_SHEET, paper])
        for i, text in enumerate(said, 1):
            assert "VERSION 1" in text
            assert "Route K v1" in text
            assert f"Page {i} of {len(said)}" in text
            assert "1 absent" in text
        assert "NIL DEFECT" in said[0]
        assert "counted £" in said[-1]


def test_joined_documents_keep_their_own_page_numbers(qapp: object) -> None:
    day = days.big_day(3, 7)
    routes = manifests.routes_with_stops(day)
    run = Edition(days.PRINTED, "", dict.fromkeys(routes, 2))
    said = texts(pdf.render(manifests.build(day, Kind.DRIVER_SHEET, routes, run)))
    assert [text.count("Page 1 of 2") + 2 * text.count("Page 2 of 2") for text in said] == [1, 2, 1, 2, 1, 2]


@pytest.mark.parametrize("paper", [Paper.A4, Paper.LETTER])
def test_signatures_never_stand_alone_on_a_page(qapp: object, paper: Paper) -> None:
    documents: list[Document] = []
    for stops in range(4, 20):
        day = days.big_day(1, stops)
        run = Edition(days.PRINTED, "", {ShiftId(1): 1})
        documents += manifests.build(day, Kind.DRIVER_SHEET, [ShiftId(1)], run, paper)
        documents += manifests.build(day, Kind.LOADING_LIST, [ShiftId(1)], run, paper)
    for text in texts(pdf.render(documents)):
        if "Depot: cash counted" in text:
            assert "ETA" in text, "totals without a stop"
        if "Loaded by" in text:
            assert "Total," in text, "signatures without the total"
            assert "Ruth Vantongeren" in text, "a total without a line"


def test_inter_is_the_font_in_use(rich: dict[tuple[Kind, Paper], bytes]) -> None:
    for kind in PAPERS:
        fonts: set[tuple[str, str]] = set()
        for page in PdfReader(io.BytesIO(rich[kind, Paper.A4])).pages:
            for font in page["/Resources"]["/Font"].values():
                made = font.get_object()
                fonts.add((str(made["/BaseFont"]).split("+")[-1], str(made["/Subtype"])))
        inter = {name for name, _ in fonts if name.startswith("Inter")}
        assert {"Inter-ExtraBold", "Inter-SemiBold"} <= inter
        assert all(kind_ != "/Type3" for _, kind_ in fonts), "outlines that old printers set coarsely"


# -- layout ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("paper", [Paper.A4, Paper.LETTER])
@pytest.mark.parametrize("kind", [Kind.DRIVER_SHEET, Kind.LOADING_LIST, Kind.DAY_SUMMARY])
def test_no_box_is_wider_than_its_place(browser: QWebEnginePage, qtbot: QtBot, kind: Kind, paper: Paper) -> None:
    """A box wider than the page would make the engine shrink all of it without a word."""
    for day in (days.rich_day(), wide_day()):
        run = Edition(days.PRINTED, "S. Halloran", {days.K: 1})
        (document,) = manifests.build(day, kind, [days.K], run, paper)
        found = boxes(browser, qtbot, document.html, ".doc, .facts, .check, .stop, .mast, .totals, .signatures")
        assert len(found) >= 4
        assert [box for box in found if box[1] > box[2]] == []


@pytest.mark.parametrize("paper", [Paper.A4, Paper.LETTER])
def test_the_page_is_not_shrunk(rich: dict[tuple[Kind, Paper], bytes], paper: Paper) -> None:
    """The rule below the masthead begins and ends at the margins: 189.5 mm wide, to half a millimetre."""
    dpi = 150
    for picture in pictures(rich[Kind.DRIVER_SHEET, paper], dpi):
        dark = picture[:, :, 0] < 128
        head = dark[: round(28 / 25.4 * dpi)]
        longest = max(head, key=lambda row: int(row.sum()))
        columns = np.flatnonzero(longest)
        width = (columns[-1] - columns[0] + 1) / dpi * 25.4
        side = 10 if paper is Paper.A4 else 12.95
        assert width == pytest.approx(189.5, abs=0.5)
        assert columns[0] / dpi * 25.4 == pytest.approx(side, abs=0.5)


def test_only_grey_values_are_printed(rich: dict[tuple[Kind, Paper], bytes]) -> None:
    for kind in PAPERS:
        for picture in pictures(rich[kind, Paper.A4], 60)[:4]:
            spread = picture.max(axis=2).astype(int) - picture.min(axis=2)
            assert spread.max() <= 2
            assert (picture < 100).any()


# -- codes -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("paper", [Paper.A4, Paper.LETTER])
def test_scanners_read_every_code_of_a_sheet(rich: dict[tuple[Kind, Paper], bytes], paper: Paper) -> None:
    read = [code for picture in pictures(rich[Kind.DRIVER_SHEET, paper], 300) for code in codes_on(picture)]
    orders = [f"D{70841200 + i}" for i in range(1, 19)]
    assert sorted(code for code in read if code.startswith("D")) == orders
    assert [code for code in read if code.startswith("S")] == ["S00472101"] * 3
    assert codes_on(pictures(rich[Kind.LOADING_LIST, paper], 300)[0]) == ["L00472101"]


def test_scanners_read_labels_as_a_label_printer_sets_them(rich: dict[tuple[Kind, Paper], bytes]) -> None:
    picture = pictures(rich[Kind.LABELS, Paper.A4], 203)[0]
    found = zxingcpp.read_barcodes(picture)
    assert {code.text for code in found} == {"P7084121801"}
    assert sorted(str(code.format).rsplit(".", 1)[-1].casefold().replace(" ", "") for code in found) == [
        "code128", "qrcode",
    ]  # fmt: skip


# -- the engine --------------------------------------------------------------------------------------------


def test_a_page_gets_nothing_from_elsewhere_and_runs_no_script(qapp: object, qtbot: QtBot) -> None:
    engine = Engine()
    answers: list[bytes | None] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        away = f"http://127.0.0.1:{server.getsockname()[1]}"
        markup = f"""<html><head><link rel="stylesheet" href="{away}/style.css"></head><body><p id="x">quiet</p>
            <script>document.getElementById("x").textContent = "loud"</script>
            <img src="{away}/picture.png"><img src="file:///etc/hostname"></body></html>"""
        engine.print(markup, Paper.A4, answers.append)
        qtbot.waitUntil(lambda: bool(answers))
        server.settimeout(0.3)
        with pytest.raises(TimeoutError):
            server.accept()
    refused = engine.refused.copy()
    engine.close()
    assert answers[0] is not None
    assert [text.strip() for text in texts(answers[0])] == ["quiet"]
    assert refused == ["file:///etc/hostname"]  # addresses of the net do not even get so far


def test_a_large_document_is_no_problem(qapp: object) -> None:
    """setHtml would break near 2 MB; sheets go through a file."""
    page = f"<html><body><!--{'x' * 3_000_000}-->end</body></html>"
    (text,) = texts(pdf.render([Document(Kind.DRIVER_SHEET, None, "large", Paper.A4, page)]))
    assert text.strip() == "end"


def test_progress_is_told_and_a_run_can_be_given_up(qapp: object, qtbot: QtBot) -> None:
    day = days.big_day(6, 10)
    run = Edition(days.PRINTED, "", dict.fromkeys(day.shifts, 1))
    jobs = manifests.jobs(day, [Kind.DRIVER_SHEET], list(day.shifts), run)
    renderer = pdf.Renderer()
    steps: list[tuple[int, int]] = []
    ends: list[object] = []
    renderer.progressed.connect(lambda done, total: steps.append((done, total)))
    renderer.finished.connect(ends.append)
    renderer.failed.connect(ends.append)
    renderer.start(jobs)
    qtbot.waitUntil(lambda: len(steps) >= 2)
    renderer.cancel()
    seen = len(steps)
    qtbot.wait(400)
    assert (len(steps), ends) == (seen, [])
    with qtbot.waitSignal(renderer.finished):
        renderer.start(jobs)
    assert steps[-1] == (6, 6)
    (result,) = ends
    assert isinstance(result, pdf.Result)
    assert [document.route for document, _ in result.printed] == [1, 2, 3, 4, 5, 6]
    renderer.close()


@pytest.mark.logs_warnings
def test_a_sheet_that_cannot_be_made_is_said_and_logged(qapp: object, qtbot: QtBot) -> None:
    def broken() -> Document:
        raise KeyError("no such route")

    renderer = pdf.Renderer()
    with qtbot.waitSignal(renderer.failed) as failed:
        renderer.start([Job("broken", broken)])
    assert "could not be made" in failed.args[0]
    assert not renderer.is_running
    renderer.close()


def test_the_words_of_a_pdf_can_be_searched(rich: dict[tuple[Kind, Paper], bytes]) -> None:
    """Tabular figures and slashed zeros are alternates of the font; they must still be figures when copied."""
    for kind in PAPERS:
        everything = " ".join(texts(rich[kind, Paper.A4]))
        assert not [c for c in everything if "\ue000" <= c <= "\uf8ff"]
    everything = " ".join(texts(rich[Kind.DRIVER_SHEET, Paper.A4]))
    for wanted in ("70841201", "08:00–10:00", "£214.40", "465.3", "01632 960100", "S00472101"):
        assert wanted in everything, wanted


def test_a_pdf_built_in_another_way_stays_as_it_is() -> None:
    assert readable(b"%PDF-1.7 something else") == b"%PDF-1.7 something else"


def test_nothing_to_print_is_an_empty_result(qapp: object) -> None:
    documents: Sequence[Document] = []
    assert pdf.render(documents) == b""
