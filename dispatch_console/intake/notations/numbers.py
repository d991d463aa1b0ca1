"""Numbers as people write them: 1.249,00 · 1'249.00 · 1 249 · 12,5 · 3- · −2 · 1.2E+3."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dispatch_console.intake.problems import Fault, Problem

_SHAPE = re.compile(r"^([+-]?)\s*((?:\d[\d.,' ]*|[.,]\d+))\s*(-?)$")
_BRACKETS = re.compile(r"^\((.+)\)$")
_SCIENTIFIC = re.compile(r"^[+-]?\d+(?:[.,]\d+)?e[+-]?\d{1,2}$", re.IGNORECASE)
_GROUPED = re.compile(r"^\d{1,3}(?:([.,' ])\d{3})(?:\1\d{3})*$")
_DECIMAL_EVIDENCE = re.compile(r"(?<![\d.,])(\d[\d.' ,]*?)([.,])(\d+)(?![\d.,])")
_THREE = re.compile(r"^[+-]?\d{1,3}([.,])\d{3}(?![\d.,]).*$")
_MINUS = str.maketrans({"−": "-", "–": "-", "—": "-", "’": "'", "\xa0": " ", "\u202f": " "})

_FAR = Fault(Problem.NOT_A_NUMBER, "is not a number that can be meant")

#: What people put into a cell that has nothing to say.
BLANKS = {"", "-", "–", "—", "--", "---", "/", "."}


def number(text: str, decimal: str = ".") -> float | Fault:
    """`decimal` ("," or ".") settles what the text itself leaves open: whether 1.249 is 1249 or 1.249."""
    plain = text.translate(_MINUS).strip()
    if _SCIENTIFIC.match(plain):
        value = float(plain.replace(",", "."))
        return value if abs(value) < 1e15 else _FAR
    bracketed = _BRACKETS.match(plain)
    shape = _SHAPE.match(bracketed[1] if bracketed else plain)
    if not shape or (shape[1] and shape[3]):
        return Fault(Problem.NOT_A_NUMBER, "is not a number", _numbers_inside(plain))
    value = _unsigned(shape[2].strip(), decimal) if len(shape[2]) < 25 else 1e99
    if value is None:
        return Fault(Problem.NOT_A_NUMBER, "has two decimal marks", _readings(shape[2]))
    if value > 1e15:
        return _FAR
    return -value if "-" in (shape[1], shape[3]) or bracketed else value


def _unsigned(body: str, decimal: str) -> float | None:
    marks = [c for c in body if c in ".,"]
    if not marks:
        return _whole(body)
    last = marks[-1]
    if len(set(marks)) == 2:
        head, _, tail = body.rpartition(last)
        whole = None if last in head else _whole(head)
        return None if whole is None or not tail.isdecimal() else float(f"{whole:.0f}.{tail}")
    if len(marks) > 1:
        return _whole(body)
    head, _, tail = body.partition(last)
    is_group = (
        len(tail) == 3
        and (head + tail).isdecimal()
        and head.strip("0")
        and len(head) <= 3
        and head[0] != "0"
        and last != decimal
    )
    if is_group:
        return float(head + tail)
    whole = 0.0 if not head else _whole(head)
    return None if whole is None or not (tail.isdecimal() or not tail) else float(f"{whole:.0f}.{tail or 0}")


def _whole(body: str) -> float | None:
    """Digits, in groups of three or without groups."""
    body = body.strip()
    if body.isdecimal():
        return float(body)
    return float(re.sub(r"\D", "", body)) if _GROUPED.match(body) else None


def _readings(body: str) -> tuple[str, ...]:
    """12,5,0 → 12,50 and 125,0: each mark in turn as the decimal one."""
    parts = re.split(r"[.,]", re.sub(r"[' ]", "", body))
    mark = "," if "," in body else "."
    found = ["".join(parts[:i]) + mark + "".join(parts[i:]) for i in range(1, len(parts))]
    return tuple(dict.fromkeys(text.strip(mark) for text in found))


def _numbers_inside(text: str) -> tuple[str, ...]:
    """`5 oder 6` → 5, 6; `1O` → 10."""
    mistyped = text.translate(str.maketrans("OoIl|", "00111"))
    if any(c.isdecimal() for c in text) and _SHAPE.match(mistyped):
        return (mistyped,)
    return tuple(dict.fromkeys(re.findall(r"\d+(?:[.,]\d+)?", text)))[:3]


def decimal_marks(texts: Iterable[str]) -> tuple[int, int]:
    """How many of these texts show a decimal comma, and how many a decimal point, beyond doubt."""
    commas = points = 0
    for text in texts:
        for head, mark, tail in _DECIMAL_EVIDENCE.findall(text):
            other = "." if mark == "," else ","
            sure = len(tail) != 3 or head[0] == "0" or other in head or len(head) > 3
            if sure and mark not in head:
                commas += mark == ","
                points += mark == "."
    return commas, points


def decimal_mark(texts: Iterable[str], otherwise: str = ".") -> str:
    """The mark of one column. Where every cell has three figures behind the same mark, it is the decimal one: were
    it between thousands, some number would be below a thousand."""
    texts = list(texts)
    commas, points = decimal_marks(texts)
    if commas == points == 0:
        open_marks = {found[1] for text in texts if (found := _THREE.match(text.strip()))}
        figures = sum(any(c.isdecimal() for c in text) for text in texts)
        if len(open_marks) == 1 and figures > 1 and all(_THREE.match(t.strip()) for t in texts if t.strip()):
            return open_marks.pop()
    return otherwise if commas == points else "," if commas > points else "."
