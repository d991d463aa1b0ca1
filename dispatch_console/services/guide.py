"""The user guide: chapters in Markdown that ship with the program, read as they are."""

from __future__ import annotations

import re
from typing import NamedTuple

from dispatch_console import resources

#: The chapter that is made from the table of actions, so that it cannot be wrong.
KEYS = "keys"
NEWS = "news"
_NUMBER = re.compile(r"^\d+-")
_TITLE = re.compile(r"^# (.+)$", re.MULTILINE)


class Chapter(NamedTuple):
    """`id` is the name of its file without the number; links between chapters are `id.md#section`."""

    id: str
    title: str
    text: str


def chapters() -> tuple[Chapter, ...]:
    """All chapters in reading order. Reads the disk: some ten small files."""
    found: list[Chapter] = []
    for file in sorted(resources.path("guide").glob("*.md")):
        text = _for_this_program(file.read_text(encoding="utf-8"))
        title = _TITLE.search(text)
        assert title is not None, file.name
        found.append(Chapter(_NUMBER.sub("", file.stem), title[1], text))
    return tuple(found)


def news() -> Chapter:
    """What has changed, newest first, as CHANGELOG.md tells it; what has no version yet is of this one."""
    text = _for_this_program((resources.root() / "CHANGELOG.md").read_text(encoding="utf-8"))
    _, _, told = text.partition("\n## ")
    told = f"## {told}".replace("## [Unreleased]", f"## [{resources.version()}]")
    told = re.sub(r"^## \[([^\]]+)\](?:\([^)]*\))?", r"## Version \1", told, flags=re.MULTILINE)
    title = "What’s new"
    return Chapter(NEWS, title, f"# {title}\n\nWhat a dispatcher notices, newest first.\n\n{told}")


def _for_this_program(text: str) -> str:
    """Commands as they are typed where it is installed."""
    return text.replace("`main.py ", f"`{resources.command()} ")


def slug(heading: str) -> str:
    """What a link calls a heading: `Status by phone` → `status-by-phone`."""
    return re.sub(r"[^a-z0-9]+", "-", heading.casefold()).strip("-")
