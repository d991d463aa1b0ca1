"""Search over all pages of the guide: which lines hold all the words that are typed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

#: So much of a line stands before the first word that was found.
_BEFORE = 24


class Line(NamedTuple):
    """One block of a chapter. `under`: the heading above it; a heading is under itself."""

    chapter: str
    block: int
    text: str
    under: str = ""
    heading: bool = False


class Hit(NamedTuple):
    """`spans`: where the words stand in the line, from the first on."""

    line: Line
    spans: tuple[tuple[int, int], ...]

    @property
    def excerpt(self) -> str:
        """The line from shortly before the first word on."""
        text, start = self.line.text, self.spans[0][0]
        if start <= _BEFORE:
            return text
        cut = text.find(" ", start - _BEFORE, start)
        return f"… {text[cut + 1 if cut >= 0 else start :]}"


def find(lines: Iterable[Line], typed: str) -> list[Hit]:
    """Headings first, then the other lines, each in reading order. Nothing typed finds nothing."""
    words = typed.casefold().split()
    if not words:
        return []
    hits = [Hit(line, spans) for line in lines if (spans := _spans(line.text, words))]
    return sorted(hits, key=lambda hit: not hit.line.heading)


def _spans(text: str, words: list[str]) -> tuple[tuple[int, int], ...]:
    """All places of all words; nothing if one is missing. Folding must not move what stands where."""
    folded = text.casefold()
    if len(folded) != len(text):
        folded = text.lower()
    found: list[tuple[int, int]] = []
    for word in words:
        at = folded.find(word)
        if at < 0:
            return ()
        while at >= 0:
            found.append((at, at + len(word)))
            at = folded.find(word, at + len(word))
    return tuple(sorted(set(found)))
