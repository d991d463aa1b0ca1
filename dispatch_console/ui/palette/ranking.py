"""Which entries a few letters mean, best first, and which letters of a title matched. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

#: Below this likeness (0 … 100) a typing error is no longer believed; shorter queries must match exactly.
LIKE = 80
SHORTEST_LIKE = 4

#: What a place of the match is worth: at the start of the title, of a word, elsewhere in it, in the rest; and what
#: it is worth more if nothing else stands in the title.
_START, _WORD, _INSIDE, _REST = 400, 300, 200, 100
_WHOLE = 50


class Text(NamedTuple):
    """What is searched of an entry, casefolded: its title, and the rest (reference, address, phone)."""

    title: str
    rest: str = ""


class Match(NamedTuple):
    """Entry `at` matches with `score`; `spans` are the (start, end) of the matched letters in its title."""

    at: int
    score: float
    spans: tuple[tuple[int, int], ...]


def exact(query: str, texts: Sequence[Text], among: Sequence[int] | None = None) -> list[Match]:
    """All entries that hold each word of `query`, best first; equal ones stay in their order. All for an empty one.

    `among`: only these are looked at, which is enough where they are all that hold the beginning of `query`.
    """
    words = query.casefold().split()
    places = range(len(texts)) if among is None else among
    if not words:
        return [Match(i, 0, ()) for i in places]
    found = [match for i in places if (match := _match(words, i, texts[i])) is not None]
    return sorted(found, key=lambda match: -match.score)


def _match(words: Sequence[str], index: int, text: Text) -> Match | None:
    score, spans = 0.0, list[tuple[int, int]]()
    for word in words:
        at = _place(word, text.title)
        if at >= 0:
            spans.append((at, at + len(word)))
            starts_word = at == 0 or not text.title[at - 1].isalnum()
            score += _START if at == 0 else _WORD if starts_word else _INSIDE
        elif word in text.rest:
            score += _REST
        else:
            return None
    whole = _WHOLE if " ".join(words) == text.title else 0
    return Match(index, score / len(words) + whole, tuple(sorted(spans)))


def _place(word: str, title: str) -> int:
    """Where `word` stands in `title`, at the start of a word if it can; −1: nowhere."""
    at = title.find(word)
    first = at
    while at > 0 and title[at - 1].isalnum():
        at = title.find(word, at + 1)
    return at if at >= 0 else first


def alike(query: str, texts: Sequence[Text]) -> list[Match]:
    """The entries that nearly hold `query`, best first; none for a query too short to guess at."""
    from rapidfuzz import fuzz, process  # seldom needed, so loaded beside the window

    if len(query) < SHORTEST_LIKE:
        return []
    query = " ".join(query.casefold().split())
    titles = [text.title for text in texts]
    near = process.extract(query, titles, scorer=fuzz.partial_ratio, score_cutoff=LIKE, limit=50)
    return sorted((Match(i, score, _span(query, title)) for title, score, i in near), key=lambda m: -m.score)


def _span(query: str, title: str) -> tuple[tuple[int, int], ...]:
    from rapidfuzz import fuzz

    where = fuzz.partial_ratio_alignment(query, title)
    return () if where is None else ((where.dest_start, where.dest_end),)
