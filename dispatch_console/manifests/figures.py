"""Figures as they stand on paper: rounded once, line by line, so that totals add up from what is printed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from markupsafe import Markup

from dispatch_console.domain import saying
from dispatch_console.domain.sizes import Money, Size, symbol

#: Characters that stand for themselves in a CSS string, whatever surrounds it.
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,:;()+-")


class Load(NamedTuple):
    """Goods as printed: pieces, tenths of a kilogram, hundredths of a cubic metre. Adds by component."""

    pieces: int = 0
    kg10: int = 0
    m3c: int = 0

    def plus(self, other: Load) -> Load:
        return Load(self.pieces + other.pieces, self.kg10 + other.kg10, self.m3c + other.m3c)

    def minus(self, other: Load) -> Load:
        return Load(self.pieces - other.pieces, self.kg10 - other.kg10, self.m3c - other.m3c)


def rounded(size: Size) -> Load:
    """A line of goods, halves rounded up."""
    return Load(size.pieces, (size.grams + 50) // 100, (size.litres + 5) // 10)


def total(loads: Iterable[Load]) -> Load:
    result = Load()
    for load in loads:
        result = result.plus(load)
    return result


def tenths_of_km(metres: int) -> int:
    return (metres + 50) // 100


def kg(tenths: int) -> str:
    """`1,240.0`"""
    return f"{tenths / 10:,.1f}"


def m3(hundredths: int) -> str:
    return f"{hundredths / 100:,.2f}"


def km(tenths: int) -> str:
    return f"{tenths / 10:,.1f}"


def pieces(number: int) -> str:
    return f"{number:,} {'piece' if number == 1 else 'pieces'}"


def goods(load: Load) -> Markup:
    """`6 pieces · 48.0 kg`, no figure torn from its unit; what is not known is left out."""
    parts = [_whole(pieces(load.pieces))] if load.pieces else []
    if load.kg10:
        parts.append(_whole(f"{kg(load.kg10)} kg"))
    return Markup(" · ").join(parts) or Markup("size not given")


def amount(money: Money) -> str:
    """`£64.90`, `CHF 1,064.90`"""
    sign = symbol(money.currency)
    minus = "−" if money.cents < 0 else ""
    return f"{minus}{sign}{' ' if len(sign) > 1 else ''}{figure(abs(money.cents))}"


def figure(cents: int) -> str:
    """`1,064.90`"""
    return f"{cents // 100:,}.{cents % 100:02d}"


def amounts(sums: Iterable[Money]) -> Markup:
    """`£64.90 + €20.00`, none of them torn at the end of a line; an en dash for nothing."""
    return Markup(" + ").join(_whole(amount(money)) for money in sums) or Markup("–")


def _whole(text: str) -> Markup:
    return Markup('<span class="whole">{}</span>').format(text)


def cash(money: Iterable[Money]) -> tuple[Money, ...]:
    """Sums by currency; amounts of nothing fall away."""
    sums: dict[str, int] = {}
    for cents, currency in money:
        sums[currency] = sums.get(currency, 0) + cents
    return tuple(Money(cents, currency) for currency, cents in sorted(sums.items()) if cents)


def day_short(day: dt.date) -> str:
    """`Mon 23 Nov 2026`, the same in every system language."""
    return f"{saying.date(day)} {day.year}"


def day_long(day: dt.date) -> str:
    return f"{saying.weekday(day)} {day.day} {saying.month(day)}"


def day_and_month(day: dt.date) -> str:
    return f"{saying.day_month(day)} {day.year}"


def numbers(values: Iterable[str]) -> str:
    """`stop 4` or `stops 4, 9`"""
    listed = list(values)
    return f"{'stop' if len(listed) == 1 else 'stops'} {', '.join(listed)}"


def css_string(text: str) -> Markup:
    """`text` as a quoted CSS string that nothing in it can end: all but plain characters as hex escapes.

    A blank behind an escape belongs to the escape, so one that is meant stands twice.
    """
    pairs = pairwise(f"{text}\0")
    escaped = "".join(c if c in _PLAIN else f"\\{ord(c):06x}{' ' * (after == ' ')}" for c, after in pairs)
    return Markup(f'"{escaped}"')
