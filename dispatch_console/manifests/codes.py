"""Codes for scanners: their texts, and how they are drawn.

A text is one letter and then digits only, so that a scanner types the same on every keyboard layout. The number of
digits is even, which keeps Code 128 short (two digits a symbol).

    S sheet + version (6 + 2)   L loading list + version   D order (8)   P order + piece (8 + 2)
    T hand-over: route that gives + meeting of the day (6 + 2)

Numbers that do not fit take the next larger frame (8 + 4, 12, 10 + 4); the count of digits tells the frames apart.
"""

from __future__ import annotations

import re
from functools import lru_cache

import segno
from barcode.codex import Code128
from markupsafe import Markup

from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import OrderId

#: Clear space left and right of a Code 128, in modules (ISO/IEC 15417).
QUIET = 10
#: Modules of a version 1 QR code with its quiet zone of 4 on each side.
QR_SIZE = 29
_DARK = re.compile(b"\x01+")


def sheet(route: ShiftId, version: int) -> str:
    return "S" + _pair(route, 6, 2, version)


def loading(route: ShiftId, version: int) -> str:
    return "L" + _pair(route, 6, 2, version)


def hand_over(route: ShiftId, meeting: int) -> str:
    return "T" + _pair(route, 6, 2, meeting)


def order(id: OrderId) -> str:
    return f"D{id:08d}" if id < 10**8 else f"D{id:012d}"


def piece(id: OrderId, number: int) -> str:
    return "P" + _pair(id, 8, 2, number)


def _pair(number: int, wide: int, narrow: int, part: int) -> str:
    if number < 10**wide and part < 10**narrow:
        return f"{number:0{wide}d}{part:0{narrow}d}"
    return f"{number:0{wide + 2}d}{part:0{narrow + 2}d}"


@lru_cache(maxsize=4096)
def qr(text: str) -> Markup:
    """The QR code of `text` as an SVG of 29 × 29 units, level M, version 1, quiet zone included; made once.

    The mask is fixed: trying all eight takes five times as long, and readers take any.
    """
    made = segno.make_qr(text, error="m", version=1, boost_error=False, mask=3)
    path = "".join(
        f"M{4 + run.start()} {4.5 + y}h{run.end() - run.start()}"
        for y, row in enumerate(made.matrix)
        for run in _DARK.finditer(row)
    )
    box = f'viewBox="0 0 {QR_SIZE} {QR_SIZE}" shape-rendering="crispEdges"'
    return Markup(f'<svg {box}><path stroke="#000" d="{path}"/></svg>')


def code128(text: str, module_mm: float, height_mm: float) -> Markup:
    """The Code 128 of `text` as an SVG in mm: bars of whole modules, quiet zones included."""
    modules = Code128(text).build()[0].replace("0", "\0").replace("1", "\1").encode("ascii")
    width = len(modules) + 2 * QUIET
    runs = ((QUIET + run.start(), run.end() - run.start()) for run in _DARK.finditer(modules))
    path = "".join(f"M{x} 0h{n}v1h-{n}z" for x, n in runs)
    size = f'width="{width * module_mm:.2f}mm" height="{height_mm:g}mm" viewBox="0 0 {width} 1"'
    drawn = f'<svg {size} preserveAspectRatio="none" shape-rendering="crispEdges"><path d="{path}"/></svg>'
    return Markup(drawn)
