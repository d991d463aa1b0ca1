"""Texts that a spreadsheet would run as formulas, in a file it opens or a text that is pasted into it."""

from __future__ import annotations

import re

_BEGINS = re.compile(r"\s*[=@+\-＝＠＋－]")
#: Further inside a sign with a blank behind it is a dash.
_GOES_ON = re.compile(r"\s*(?:[=@＝＠]|[+\-＋－](?!\s|$))")
_FIGURES = re.compile(r"\s*[+\-]?[\d\s().,/'-]*$")
#: What begins a new cell, in one country's spreadsheets or another's: inside quotation marks too, where a file's
#: separator is not the one that the reader goes by.
_CUTS = re.compile(r"([;,\t\r\n|])")


def harmless(text: str) -> str:
    """An apostrophe stands before whatever would run, which makes it text; numbers and phones stay as they are."""
    first, *others = _CUTS.split(text)
    first = "'" if not first and text[:1].isspace() else _marked(first, _BEGINS)
    return first + "".join(part if _CUTS.match(part) else _marked(part, _GOES_ON) for part in others)


def _marked(part: str, runs: re.Pattern[str]) -> str:
    return f"'{part}" if runs.match(part) and not _FIGURES.match(part) else part
