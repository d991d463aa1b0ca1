"""The hand-over sheet in the real web engine: it fits its page, nothing is shrunk, its code can be read."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtWebEngineCore import QWebEnginePage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from dispatch_console.domain.day import DayState
from dispatch_console.services import manifests
from dispatch_console.services.manifests import Edition, Kind, Paper
from dispatch_console.services.session import DaySession
from dispatch_console.services.wizards import meeting
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.printing import pdf
from dispatch_console.ui.printing.runs import PrintServices
from dispatch_console.ui.wizards.papers import Papers
from tests.gui.printing_pages import ENGINE_NOISE, boxes, codes_on, pictures, texts, wide_day
from tests.unit.hand_over_day import SPARE, handed_over
from tests.unit.manifests_day import PRINTED, K, rich_day

pytestmark = pytest.mark.qt_log_ignore(*ENGINE_NOISE, extend=True)

RUN = Edition(PRINTED, "S. Halloran", {K: 2, SPARE: 1})
_SELECTOR = ".doc, .mast, .parties, .parties > div, .beside, .change, .signatures, .frame"


@pytest.mark.parametrize("paper", [Paper.A4, Paper.LETTER])
@pytest.mark.parametrize("wide", [False, True])
def test_no_box_is_wider_than_its_place(browser: QWebEnginePage, qtbot: QtBot, paper: Paper, wide: bool) -> None:
    base = wide_day() if wide else rich_day(DayState.DRAFT)
    (one, _) = manifests.build(handed_over(0, base), Kind.HAND_OVER, [K, SPARE], RUN, paper)
    found = boxes(browser, qtbot, one.html, _SELECTOR)
    assert len(found) >= 8
    assert [box for box in found if box[1] > box[2]] == []


@pytest.mark.parametrize("paper", [Paper.A4, Paper.LETTER])
def test_six_stops_are_one_page_and_its_code_can_be_read(qapp: object, paper: Paper) -> None:
    documents = manifests.build(handed_over(), Kind.HAND_OVER, [K, SPARE], RUN, paper)
    made = pdf.render(documents)
    assert len(PdfReader(io.BytesIO(made)).pages) == 2, "one page a copy"
    for n, said in enumerate(texts(made), 1):
        assert f"Copy {n}" in said
        assert "Page 1 of 1" in said
        assert "TAKES: counted" in said
    for picture in pictures(made, 300):
        assert codes_on(picture) == ["T00472101"]


def test_signatures_never_stand_alone(qapp: object) -> None:
    documents = []
    for done in range(13):
        documents += manifests.build(handed_over(done), Kind.HAND_OVER, [K, SPARE], RUN)[:1]
    for said in texts(pdf.render(documents)):
        if "TAKES: counted" in said:
            assert "Total," in said
            assert "any time" in said or "–" in said, "a total without a line"


def test_without_a_printer_each_driver_gets_his_copy_as_a_file(qapp: object, qtbot: QtBot, tmp_path: Path) -> None:
    desk = Desk(DaySession(handed_over()))
    desk.files.folder = lambda *_: str(tmp_path)
    window = QWidget()
    qtbot.addWidget(window)
    services = PrintServices(lambda: "S. Halloran", lambda _: "", lambda *_: None, printer_names=list)
    papers = Papers(desk, services, window)
    told: list[str] = []
    desk.message.connect(lambda text, _: told.append(text))
    papers.print(desk.day, meeting.of_day(desk.day))
    qtbot.waitUntil(lambda: bool(told))
    papers.close()
    names = sorted(path.name for path in tmp_path.iterdir())
    assert [name.split(" copy ")[1][0] for name in names] == ["1", "2"]
    assert "2 PDFs saved" in told[0]
