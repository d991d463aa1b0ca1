"""The user guide in the real window: opened by F1 where one is, searched by key, true in what it says of keys."""

from __future__ import annotations

import re
from pathlib import Path

import guide_pictures
import pytest
from PIL import Image, ImageChops, ImageStat
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dispatch_console import app, resources
from dispatch_console.services import guide
from dispatch_console.ui.help import HelpPage
from dispatch_console.ui.keys_page.page import FIXED
from dispatch_console.ui.shell.strips import StripRow
from dispatch_console.ui.widgets import Button
from tests import packs
from tests.end2end.windows import Open
from tests.patience import PATIENCE_MS

Key = Qt.Key
ROOT = Path(__file__).resolve().parents[2]

#: Keys that no action has: where they are read.
LOCAL = {
    "Enter": "ui/phone", "Space": "ui/calls", "Del": "ui/places", "Ins": "ui/fleet", "Shift+F8": "ui/importing",
    "Alt+Down": "ui/debrief", "→": "ui/incidents", "O": "ui/incidents", "Z": "ui/incidents",
    "D": "services", "F": "services", "S": "services",
}  # fmt: skip
#: As they are written by hand, and in the source.
_WRITTEN = {"Enter": "Return", "Alt+Down": "Down", "→": "Right"}
_KEY = re.compile(r"`([^`]+)`")
_NAMED = re.compile(r"\*\*([^*]+)\*\* (?:\(|\| )`([^`]+)`")


@pytest.fixture
def program(open_program: Open, qtbot: QtBot) -> app.Program:
    program = open_program()
    qtbot.waitUntil(lambda: "debrief.others" in program.desk.actions, timeout=PATIENCE_MS)
    for name in program.parts.pages:
        program.window.pages.make(name)
    return program


def _page(program: app.Program) -> HelpPage:
    page = program.window.pages.currentWidget()
    assert isinstance(page, HelpPage)
    return page


def test_what_the_guide_says_of_keys(program: app.Program) -> None:
    actions = list(program.desk.actions)
    known = {_normal(action.keys) for action in actions} | {_normal("+".join(caps)) for _, caps, _ in FIXED}
    known |= {_normal(key) for key in LOCAL}
    by_text = {action.text.rstrip("…").partition(":")[0]: action for action in actions}
    for chapter in guide.chapters():
        assert {key for key in _KEY.findall(chapter.text) if _normal(key) not in known} == set(), chapter.id
        for text, key in _NAMED.findall(chapter.text):
            action = by_text.get(text.rstrip("…"))
            assert action is None or _normal(key) in (_normal(action.keys), _normal(action.hint)), (
                chapter.id,
                text,
            )


@pytest.mark.parametrize("key", LOCAL)
def test_keys_of_parts_of_the_window_are_read_there(key: str) -> None:
    found = [
        file
        for file in (ROOT / "dispatch_console" / LOCAL[key]).rglob("*.py")
        if re.search(
            rf"\bKey_{_WRITTEN.get(key, key)}\b|[\"']{re.escape(key)}[\"']", file.read_text(encoding="utf-8")
        )
    ]
    assert found


def test_f1_opens_the_chapter_about_what_is_in_hand(program: app.Program, qtbot: QtBot) -> None:
    window = program.window
    window.run_id("help.open")
    assert _page(program).chapter in ("first-day", "board")
    qtbot.keyClick(_page(program).sheet, Key.Key_Escape)
    assert window.page == "main"
    window.show_page("fleet")
    window.run_id("help.open")
    assert _page(program).chapter == "planning"
    qtbot.keyClick(_page(program).sheet, Key.Key_Escape)
    assert window.page == "fleet"  # the reader is where he was
    window.run_id("guide.debrief")
    assert _page(program).chapter == "debrief"
    window.run_id("help.open")
    QApplication.processEvents()
    assert window.isActiveWindow() is False or _page(program).field.hasFocus()


def test_search_by_key_over_all_chapters(program: app.Program, qtbot: QtBot) -> None:
    program.window.run_id("guide.first-day")
    page = _page(program)
    qtbot.keyClicks(page.field, "padlock")
    assert page.chapter == "board"
    assert [entry.text for entry in page.contents.entries] == ["The board › What must not change"]
    marked = page.sheet.extraSelections()
    assert [one.cursor.selectedText() for one in marked] == ["padlock"]
    page.field.clear()
    qtbot.keyClicks(page.field, "ctrl+z")
    first = page.contents.at
    qtbot.keyClick(page.field, Key.Key_Return)
    assert (first, page.contents.at) == (0, 1)
    qtbot.keyClick(page.field, Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert page.contents.at == 0
    qtbot.keyClick(page.field, Key.Key_Escape)
    assert page.field.text() == ""
    assert next(entry.text for entry in page.contents.entries if not entry.deep) == "First day in ten minutes"
    qtbot.keyClicks(page.field, "qqqq")
    assert page.contents.count == 0


def test_back_forward_and_links_that_stay_inside(program: app.Program, qtbot: QtBot) -> None:
    program.window.run_id("guide.first-day")
    page = _page(program)
    page.sheet.anchorClicked.emit(QUrl("exceptions.md#the-call-list"))
    assert page.chapter == "exceptions"
    assert page.sheet.verticalScrollBar().value() > 0
    qtbot.keyClick(page.sheet, Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert page.chapter == "first-day"
    qtbot.keyClick(page.sheet, Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert page.chapter == "exceptions"
    for link in ("https://example.com/importing.md", "file:///etc/passwd", "../importing.txt"):
        page.sheet.anchorClicked.emit(QUrl(link))
        assert page.chapter == "exceptions"


def test_the_keys_are_those_of_this_workstation(program: app.Program) -> None:
    action = program.desk.actions["fleet.open"]
    program.window.keys.change(action, "Ctrl+Alt+F")
    program.window.run_id("guide.keys")
    text = _page(program).text()
    assert f"Ctrl+Alt+F {action.text}" in text
    missing = [one.text for one in program.desk.actions if program.window.keys.of(one) and one.text not in text]
    assert missing == []


def test_an_update_is_hinted_at_once_and_leads_to_what_is_new(
    open_program: Open, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def rows(program: app.Program) -> list[StripRow]:
        found = program.window.findChildren(StripRow)
        return [row for row in found if row.isVisible() and "This is version" in row.title.text()]

    assert rows(open_program()) == []  # the first start is no update
    monkeypatch.setattr(resources, "version", lambda: "9.9.9")
    program = open_program()
    (row,) = rows(program)
    (news,) = [button for button in row.findChildren(Button) if button.text() == "What’s new"]
    qtbot.mouseClick(news, Qt.MouseButton.LeftButton)
    assert _page(program).chapter == "news"
    assert "Version 9.9.9" in _page(program).text()
    assert rows(program) == []
    assert rows(open_program()) == []
    assert "help.news" in program.desk.actions


@pytest.mark.parametrize(("name", "scheme"), [("print", "light"), ("debrief", "dark")])
def test_pictures_look_as_the_program_does(
    name: str, scheme: str, town_pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`packaging/guide_pictures.py` makes them anew. Fonts and rounding of machines differ: the look is coarse."""
    packs.lend(town_pack, tmp_path)
    for variable in ("XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(variable, str(tmp_path))
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    with Image.open(guide_pictures.OUT / f"{name}-{scheme}.png") as image:
        kept = image.convert("L")
    with Image.open(guide_pictures.make(name, scheme, tmp_path)) as image:
        now = image.convert("L")
    assert kept.size == now.size
    small = [one.resize((64, 36), Image.Resampling.BOX) for one in (kept, now)]
    assert ImageStat.Stat(ImageChops.difference(*small)).mean[0] < 4


def _normal(keys: str) -> str:
    for drawn, name in (("↑", "Up"), ("↓", "Down"), ("↵", "Return"), ("Enter", "Return")):
        keys = keys.replace(drawn, name)
    return QKeySequence(keys).toString() or keys
