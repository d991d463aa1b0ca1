"""Sizes and money as integers in base units: grams, cubic decimetres (litres), pieces; cents."""

from __future__ import annotations

from typing import NamedTuple


class Size(NamedTuple):
    """How much goods: grams, cubic decimetres (1 m³ = 1000), pieces. Adds and subtracts by component."""

    grams: int = 0
    litres: int = 0
    pieces: int = 0

    def plus(self, other: Size) -> Size:
        return Size(self.grams + other.grams, self.litres + other.litres, self.pieces + other.pieces)

    def minus(self, other: Size) -> Size:
        return Size(self.grams - other.grams, self.litres - other.litres, self.pieces - other.pieces)

    def at_most(self, limit: Size) -> bool:
        """True if no component exceeds that of `limit`."""
        return self.grams <= limit.grams and self.litres <= limit.litres and self.pieces <= limit.pieces

    def peak(self, other: Size) -> Size:
        """The larger of each component."""
        return Size(max(self.grams, other.grams), max(self.litres, other.litres), max(self.pieces, other.pieces))

    @property
    def kg(self) -> float:
        return self.grams / 1000

    @property
    def m3(self) -> float:
        return self.litres / 1000


#: What stands before an amount.
_SYMBOLS = {"EUR": "€", "USD": "$", "GBP": "£"}


def symbol(currency: str) -> str:
    """`£`; a currency without a sign of its own keeps its code."""
    return _SYMBOLS.get(currency, currency)


class Money(NamedTuple):
    """An amount in integer cents with its ISO 4217 currency code."""

    cents: int
    currency: str

    def __str__(self) -> str:
        sign = "−" if self.cents < 0 else ""
        whole, part = divmod(abs(self.cents), 100)
        return f"{sign}{whole}.{part:02d} {self.currency}".strip()
