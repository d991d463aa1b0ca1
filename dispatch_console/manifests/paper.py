"""The papers that sheets are printed on, with the measures that depend on them."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Paper(StrEnum):
    """Depot papers stand on A4 or US Letter, both upright; parcel labels on a roll of 100 × 150 mm."""

    A4 = "A4"
    LETTER = "Letter"
    LABEL = "Label"

    @property
    def size_mm(self) -> tuple[float, float]:
        """Width and height."""
        return _SIZES[self]

    @property
    def margins_mm(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom. The bottom one belongs to the page's own lines: key, route, page x of y."""
        side = MEASURES[self].side if self in MEASURES else 0
        return (side, 7, side, 14) if side else (0, 0, 0, 0)


_SIZES = {Paper.A4: (210.0, 297.0), Paper.LETTER: (215.9, 279.4), Paper.LABEL: (100.0, 150.0)}


class Measures(NamedTuple):
    """What a style sheet needs of a paper, in mm; `zoom` scales the body, 1: as drawn.

    `side` is the margin left and right, `body` the width of the body before the zoom, `blank` the height of the
    row to write in, `sign` that of the boxes for signatures.
    """

    css: str
    side: float
    body: float
    zoom: float
    blank: float
    sign: float


MEASURES = {
    Paper.A4: Measures("A4", 10, 189.6, 1, 10.6, 13),
    Paper.LETTER: Measures("Letter", 12.95, 199.5, 0.95, 9.8, 12.6),
}
