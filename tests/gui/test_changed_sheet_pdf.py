"""The changed sheet in the real web engine: it fits its page, nothing is shrunk, its code can be read."""

from __future__ import annotations

import pytest
from PySide6.QtWebEngineCore import QWebEnginePage
from pytestqt.qtbot import QtBot

from dispatch_console.domain.day import DayState
from dispatch_console.services import manifests
from dispatch_console.services.manifests import Edition, Kind, Paper
from dispatch_console.ui.printing import pdf
from tests.gui.printing_pages import ENGINE_NOISE, boxes, codes_on, pictures, texts, wide_day
from tests.unit.changed_day import changed
from tests.unit.manifests_day import PRINTED, K, rich_day

pytestmark = pytest.mark.qt_log_ignore(*ENGINE_NOISE, extend=True)

RUN = Edition(PRINTED, "S. Halloran", {K: 2})
_SELECTOR = (
    ".doc, .mast, .warn, .news, .news > div, .todo, .over, .given, .given > div, .stop, .stop .band, .totals"
)


@pytest.mark.parametrize("paper", [Paper.A4, Paper.LETTER])
@pytest.mark.parametrize("wide", [False, True])
def test_no_box_is_wider_than_its_place(browser: QWebEnginePage, qtbot: QtBot, paper: Paper, wide: bool) -> None:
    day = changed(wide_day() if wide else rich_day(DayState.APPROVED))
    (one,) = manifests.build(day, Kind.DRIVER_SHEET, [K], RUN, paper)
    assert "Changed sheet" in one.html
    found = boxes(browser, qtbot, one.html, _SELECTOR)
    assert len(found) >= 12
    assert [box for box in found if box[1] > box[2]] == []


@pytest.mark.parametrize("paper", [Paper.A4, Paper.LETTER])
def test_every_page_says_which_sheet_it_is(qapp: object, paper: Paper) -> None:
    made = pdf.render(manifests.build(changed(), Kind.DRIVER_SHEET, [K], RUN, paper))
    said = texts(made)
    for n, page in enumerate(said, 1):
        assert "Changed sheet" in page and "VERSION 2" in page
        assert f"Page {n} of {len(said)}" in page
    whole = " ".join(said)
    assert "replaces version 1" in whole
    for word in ("ADDED", "REMOVED", "MOVED"):
        assert word in whole
    assert all(len(page.split()) > 60 for page in said), "no page of signatures alone"
    assert any(code.startswith("S") for code in codes_on(pictures(made, 300)[0]))
