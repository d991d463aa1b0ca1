"""Search in the guide: all words in one line, headings first, an excerpt that shows why."""

from __future__ import annotations

import re

from dispatch_console import resources
from dispatch_console.services import guide
from dispatch_console.ui.help import paper
from dispatch_console.ui.help.finding import Line, find

LINES = (
    Line("first", 0, "First day", "First day", True),
    Line("first", 1, "Approve the plan, then print the sheets of all drivers.", "First day"),
    Line("printing", 0, "Printing sheets", "Printing sheets", True),
    Line("printing", 1, "Straße und Plan, PLAN", "Printing sheets"),
)


def test_all_words_in_one_line_and_headings_first() -> None:
    assert [hit.line.text for hit in find(LINES, "SHEETS print")] == [LINES[2].text, LINES[1].text]


def test_nothing_typed_and_a_word_too_many_find_nothing() -> None:
    assert find(LINES, "  ") == []
    assert find(LINES, "print tomorrow") == []


def test_every_place_of_a_word_is_known_where_folding_makes_a_text_longer() -> None:
    (hit,) = find(LINES[3:], "plan")
    assert [LINES[3].text[a:b] for a, b in hit.spans] == ["Plan", "PLAN"]


def test_the_excerpt_begins_shortly_before_the_word() -> None:
    (hit,) = find(LINES[1:2], "drivers")
    assert hit.excerpt == "… the sheets of all drivers."
    assert find(LINES[1:2], "approve")[0].excerpt == LINES[1].text


def test_chapters_come_in_order_and_links_name_them() -> None:
    ids = [chapter.id for chapter in guide.chapters()]
    assert ids == [
        "first-day", "importing", "planning", "board", "exceptions", "printing", "debrief", "several-consoles",
        "region-packs", "keys",
    ]  # fmt: skip
    assert guide.slug("What goes on tomorrow?") == "what-goes-on-tomorrow"


def test_what_is_new_comes_from_the_changelog_with_this_version_first() -> None:
    news = guide.news()
    headings = re.findall(r"^## (.+)$", news.text, re.MULTILINE)
    assert headings[0] == f"Version {resources.version()}"
    assert "[Unreleased]" not in news.text
    changes = (resources.root() / "CHANGELOG.md").read_text(encoding="utf-8")
    assert news.text.count("\n- ") == changes.count("\n- ")


def test_keys_are_drawn_and_commands_are_not() -> None:
    for chapter in guide.chapters():
        for key in re.findall(r"`([^`]+)`", chapter.text):
            assert paper.KEYS.fullmatch(key), key
    for typed in ("main.py store erase --older-than 180d", "window.ini", "14F1", "KEY=value"):
        assert not paper.KEYS.fullmatch(typed)
