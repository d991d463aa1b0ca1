"""Every paper of a day whose every word is hostile: nothing in it runs, loads, draws or leads out of its folder."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from PySide6.QtCore import QUrl
from PySide6.QtWebEngineCore import QWebEnginePage
from pytestqt.qtbot import QtBot

from dispatch_console.domain.day import Day, open_day
from dispatch_console.domain.fleet import Shift
from dispatch_console.services.manifests import Document, Edition, Kind, build
from dispatch_console.ui.printing import output
from dispatch_console.ui.printing.engine import Engine
from tests import hostile, hostile_day
from tests.gui.printing_pages import ENGINE_NOISE, pictures
from tests.hostile import Ear
from tests.unit import changed_day, hand_over_day
from tests.unit.manifests_day import PRINTED, rich_day

pytestmark = pytest.mark.qt_log_ignore(*ENGINE_NOISE, extend=True)


@pytest.fixture
def ear() -> Iterator[Ear]:
    with hostile.ear() as listening:
        yield listening


@pytest.fixture
def texts(ear: Ear, tmp_path: Path) -> list[str]:
    return hostile.texts(ear.url, hostile.picture(tmp_path))


@pytest.fixture
def engine(qapp: object) -> Iterator[Engine]:
    engine = Engine()
    yield engine
    engine.close()


def renamed(day: Day, texts: list[str]) -> Day:
    """A day of others with our words in it: all of them, one after the other."""
    words = hostile_day.orders(texts)
    orders = [
        replace(
            order,
            name=word.name,
            company=word.company,
            phone=word.phone,
            address=word.address,
            notes=" ".join(texts[n :: len(day.orders)])[:3_000],
            items=word.items,
            reference=word.reference[:60],
        )
        for n, (order, word) in enumerate(zip(day.orders.values(), words, strict=False))
    ]
    shifts = [called(shift, texts[6], texts[7]) for shift in day.shifts.values()]
    depot = replace(day.depot, name=texts[6], address=texts[7], phone=texts[8], emergency_phone=texts[10])
    return open_day(depot, day.date, orders, shifts, day.travel, day.plan, approval=day.approval)


def called(shift: Shift, name: str, van: str = "Van") -> Shift:
    driver = replace(shift.driver, name=name, phone=name)
    return replace(shift, driver=driver, vehicle=replace(shift.vehicle, name=van, plate=van))


def papers(texts: list[str]) -> list[Document]:
    """Of each kind, and of all that a sheet can show."""
    day = hostile_day.day([*texts, *texts[:3]])
    ids = list(day.shifts)
    first = Edition(PRINTED, texts[7], dict.fromkeys(ids, 1))
    made = [one for kind in (Kind.DRIVER_SHEET, Kind.LOADING_LIST) for one in build(day, kind, ids, first)]
    made += build(day, Kind.LABELS, ids[:3], first)
    made += build(day, Kind.DAY_SUMMARY, ids, replace(first, draft=True))
    for later, kind in (
        (changed_day.changed(renamed(rich_day(), texts)), Kind.DRIVER_SHEET),
        (hand_over_day.handed_over(day=renamed(rich_day(), texts)), Kind.HAND_OVER),
    ):
        run = replace(first, versions=dict.fromkeys(later.shifts, 2))
        made += build(later, kind, list(later.shifts), run)
    return made


COLOUR = hostile.COLOUR.getRgb()[:3]
_LOOK = """String([typeof window.hacked, document.querySelectorAll(
    'script, img, iframe, object, embed, link, form, a, base, video, math').length])"""


def printed(engine: Engine, qtbot: QtBot, one: Document) -> bytes:
    pdfs: list[bytes | None] = []
    engine.print(one.html, one.paper, pdfs.append)
    qtbot.waitUntil(lambda: bool(pdfs))
    assert pdfs[0] is not None
    return pdfs[0]


def in_browser(page: QWebEnginePage, qtbot: QtBot, one: Document) -> str:
    """What has run, and how much there is that came out of a text."""
    with qtbot.waitSignal(page.loadFinished):
        page.setHtml(one.html, QUrl("file:///"))
    found: list[str] = []
    page.runJavaScript(_LOOK, found.append)
    qtbot.waitUntil(lambda: bool(found))
    return found[0]


def test_nothing_in_a_paper_is_more_than_text(
    engine: Engine, browser: QWebEnginePage, qtbot: QtBot, ear: Ear, texts: list[str]
) -> None:
    """As it is printed; and once more in a page that would run what there is."""
    made = papers(texts)
    assert {one.kind for one in made} == set(Kind)
    said = ""
    for one in made:
        pdf = printed(engine, qtbot, one)
        said += "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
        assert not any((page == COLOUR).all(axis=2).any() for page in pictures(pdf, 40))
        assert in_browser(browser, qtbot, one) == "undefined,0", one.name
    assert engine.refused == []
    assert not ear.heard
    squeezed = "".join(said.split())
    for text in (
        "<script>window.hacked=1;",
        "${window.hacked=1;",
        "{{7*7}}",
        "=cmd|'/Ccalc'!A0",
        "javascript:window",
    ):
        assert text in squeezed


def test_papers_are_files_of_their_folder(texts: list[str], tmp_path: Path) -> None:
    """Each its own, whatever the drivers are called."""
    blank, pdf = PdfWriter(), io.BytesIO()
    blank.add_blank_page(10, 10)
    blank.write(pdf)
    for at in range(0, len(texts), 8):
        folder = tmp_path / str(at)
        made = papers_of([*texts[at : at + 8], "Ş" * 300][-9:])
        written = output.save_folder([(one, pdf.getvalue()) for one in made], folder)
        drivers = len({one.route for one in made})
        assert len(set(written)) == 2 * drivers  # sheets and lists of a driver are one file, his labels another
        assert sorted(folder.iterdir()) == sorted(written)
        for path in written:
            assert not set(path.name) & set('<>:"/\\|?*\0')
            assert path.stem == path.stem.strip(" .")
            assert len(path.name.encode()) < 255


def papers_of(names: list[str]) -> list[Document]:
    """Sheets, lists and labels of nine drivers, some of whom are called so."""
    day = hostile_day.day(["x"] * 60)
    shifts = list(day.shifts.values())
    shifts[: len(names)] = [called(shift, name) for shift, name in zip(shifts, names, strict=False)]
    day = open_day(day.depot, day.date, day.orders.values(), shifts, day.travel, day.plan)
    run = Edition(PRINTED, "Kim", dict.fromkeys(day.shifts, 1))
    kinds = (Kind.DRIVER_SHEET, Kind.LOADING_LIST, Kind.LABELS)
    return [one for kind in kinds for one in build(day, kind, list(day.shifts), run)]
