"""What the user guide says exists: words of buttons in **bold**, keys in `backticks`, links, pictures."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QImage

from dispatch_console.services import guide
from dispatch_console.services.guide import Chapter
from dispatch_console.ui.shell import guiding
from tests.architecture.sources import PACKAGE, ROOT, python_files

CHAPTERS = guide.chapters()
PICTURES = ROOT / "resources" / "guide" / "pictures"
MOST_BYTES, MOST_BYTES_OF_ALL = 120_000, 1_200_000
IDS = [chapter.id for chapter in CHAPTERS]

_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
_LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)]+)\)")
_PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")
_FIELD = re.compile(r"\\\{[^}]*\\\}")


@pytest.fixture(scope="module")
def words() -> list[re.Pattern[str]]:
    """All texts of the interface; what is put into them may be anything."""
    texts = {
        node.value
        for path in python_files(PACKAGE / "ui", PACKAGE / "services")
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return [re.compile(_FIELD.sub(".+", re.escape(text))) for text in texts if re.search(r"[A-Za-z]{2}", text)]


@pytest.mark.parametrize("chapter", CHAPTERS, ids=IDS)
def test_every_word_in_bold_is_a_text_of_the_program(chapter: Chapter, words: list[re.Pattern[str]]) -> None:
    named = {" ".join(found.split()) for found in _BOLD.findall(chapter.text)}
    assert {name for name in named if not any(word.fullmatch(name) for word in words)} == set()


@pytest.mark.parametrize("chapter", CHAPTERS, ids=IDS)
def test_links_and_pictures_lead_somewhere(chapter: Chapter) -> None:
    sections = {
        one.id: {guide.slug(heading) for heading in re.findall(r"^#+ (.+)$", one.text, re.MULTILINE)}
        for one in CHAPTERS
    }
    for link in _LINK.findall(chapter.text):
        file, _, section = link.partition("#")
        assert file.removesuffix(".md") in sections, link
        assert not section or section in sections[file.removesuffix(".md")], link
    for words, picture in _PICTURE.findall(chapter.text):
        assert words, "a picture is described for who does not see it"
        for scheme in ("light", "dark"):
            assert (PICTURES / f"{picture.removeprefix('pictures/').removesuffix('.png')}-{scheme}.png").exists()


def test_f1_leads_to_chapters_and_sections_that_exist() -> None:
    for folder, (chapter, section) in guiding.ABOUT.items():
        assert (PACKAGE / "ui" / folder).is_dir(), folder
        text = next(one.text for one in CHAPTERS if one.id == chapter)
        headings = {guide.slug(heading) for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}
        assert not section or section in headings, (folder, section)


def test_pictures_are_small_and_all_are_used() -> None:
    used = {found[1] for chapter in CHAPTERS for found in _PICTURE.findall(chapter.text)}
    sizes = {file.name: file.stat().st_size for file in PICTURES.iterdir()}
    assert {name for name, size in sizes.items() if size > MOST_BYTES} == set()
    assert sum(sizes.values()) <= MOST_BYTES_OF_ALL
    assert set(sizes) == set(_files(used))
    assert not any(QImage(str(PICTURES / name)).isNull() for name in sizes)


def _files(pictures: set[str]) -> Iterator[str]:
    for picture in pictures:
        stem = picture.removeprefix("pictures/").removesuffix(".png")
        yield from (f"{stem}-{scheme}.png" for scheme in ("light", "dark"))
