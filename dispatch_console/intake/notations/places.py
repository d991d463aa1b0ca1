"""Latitudes and longitudes: 47,14 · 47.1419° N · 47°08'30" · N 47 8.5 · POINT(9.52 47.14) · a map link."""

from __future__ import annotations

import re
from functools import lru_cache

from dispatch_console.intake.notations.numbers import BLANKS
from dispatch_console.intake.notations.text import clean, fold
from dispatch_console.intake.problems import Fault, Problem
from dispatch_console.intake.table import Cell, number_of

_DECIMAL = re.compile(r"^([+-]?\d{1,4})(?:[.,](\d+))?$")
_DEGREES = re.compile(
    r"^(-?\d{1,3})[o\s]\s*(\d{1,2}(?:[.,]\d+)?)(?:['\s]\s*(?:(\d{1,2}(?:[.,]\d+)?)\s*(?:''|\")?)?)?$"
)
_SIDE = re.compile(r"^\s*([nsew])(?=[\s\d+-])|(?<=[\d\s'\"o.])([nsew])\s*$")
_WKT = re.compile(r"point\s*\(?\s*(-?\d+[.,]?\d*)\s+(-?\d+[.,]?\d*)")
_NUMBER = r"[+-]?\d{1,3}\.\d+"
_PAIR_DOT = re.compile(rf"({_NUMBER})\s*o?\s*[,;/\s|]\s*({_NUMBER})")
_PAIR_SIDES = re.compile(r"^(?:(.*\d\D*[ns])[\s,;/|]*(\d.*[ew])|([ns].*\d\D*?)[\s,;/|]*([ew].*\d\D*))$")
_PAIR_COMMA = re.compile(r"^([+-]?\d{1,3},\d+)\s*[,;/\s|]\s*([+-]?\d{1,3},\d+)$")


def latitude(cell: Cell) -> float | Fault | None:
    return _coordinate(cell, 90, "latitude", "ns")


def longitude(cell: Cell) -> float | Fault | None:
    return _coordinate(cell, 180, "longitude", "ew")


def _coordinate(cell: Cell, limit: int, name: str, sides: str) -> float | Fault | None:
    typed = number_of(cell)
    value = typed if typed is not None else _read(clean(cell), sides)
    if isinstance(value, float) and not abs(value) <= limit:
        return _bad(f"a {name} lies between -{limit} and {limit}")
    return value


@lru_cache(maxsize=50_000)
def _read(text: str, sides: str) -> float | Fault | None:
    if text in BLANKS:
        return None
    if found := _DECIMAL.match(text):
        return float(f"{found[1]}.{found[2] or 0}")
    plain = fold(text)
    sign = 1.0
    if side := _SIDE.search(plain):
        letter = side[1] or side[2]
        if letter not in sides:
            return _bad(f"{letter.upper()} belongs to the other coordinate")
        sign = -1.0 if letter in "sw" else 1.0
        plain = _SIDE.sub("", plain).strip()
    plain = plain.strip(" o")
    if found := _DECIMAL.match(plain):
        return sign * float(f"{found[1]}.{found[2] or 0}")
    if found := _DEGREES.match(plain):
        degrees, minutes, seconds = (float((part or "0").replace(",", ".")) for part in found.groups())
        if minutes < 60 and seconds < 60:
            return sign * (abs(degrees) + minutes / 60 + seconds / 3600) * (-1 if plain.startswith("-") else 1)
    return _bad("is not one number", *_mended(plain))


def _mended(text: str) -> tuple[str, ...]:
    """47.141.993 → 47.141993."""
    parts = re.split(r"[.,]", text)
    return (f"{parts[0]}.{''.join(parts[1:])}",) if len(parts) > 2 and all(p.isdecimal() for p in parts) else ()


def pair(cell: Cell) -> tuple[float, float] | Fault | None:
    """Latitude and longitude from one cell."""
    text = fold(clean(cell))
    if text in BLANKS:
        return None
    if found := _WKT.search(text):
        return _checked(found[2], found[1])
    if found := _PAIR_COMMA.match(text) or _PAIR_DOT.search(text):
        return _checked(found[1], found[2])
    if found := _PAIR_SIDES.match(text):  # 48o08'n 11o34'e
        return _checked(found[1] or found[3], found[2] or found[4])
    return _bad("is not a pair of coordinates")


def _checked(lat: str, lon: str) -> tuple[float, float] | Fault:
    a, b = latitude(lat), longitude(lon)
    if isinstance(a, float) and isinstance(b, float):
        return a, b
    return a if isinstance(a, Fault) else b if isinstance(b, Fault) else _bad("is not a pair of coordinates")


def _bad(message: str, *instead: str) -> Fault:
    return Fault(Problem.BAD_COORDINATES, message, instead)
