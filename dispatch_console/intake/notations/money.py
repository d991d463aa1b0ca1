"""Amounts of money: CHF 1.249,00 · 49.90 € · 12,- · Fr. 12.50."""

from __future__ import annotations

import re

from dispatch_console.intake.notations.numbers import BLANKS, number
from dispatch_console.intake.notations.text import clean, fold
from dispatch_console.intake.problems import Fault
from dispatch_console.intake.table import Cell, number_of
from dispatch_console.intake.words.countries import CURRENCY_SIGNS

_SIGN = re.compile(r"^([^\d\s+\-−(.,']{1,7}\.?)\s*(?=[\d+\-−(.,])|(?<=[\d.,\-)\s])\s*([^\d\s.,)\-]{1,7}\.?)$")
_DASHES = re.compile(r"[.,]\s*[-–—]{1,2}\s*$")
_CODE = re.compile(r"^[A-Z]{3}$")


def money(cell: Cell, decimal: str = ".") -> tuple[int, str] | Fault | None:
    """Cents, and the currency the cell itself names ("" if none)."""
    found = amount(cell, decimal)
    return (round(found[0] * 100), found[1]) if isinstance(found, tuple) and not isinstance(found, Fault) else found


def amount(cell: Cell, decimal: str = ".") -> tuple[float, str] | Fault | None:
    """As `money`, in whole units: a price per kilometre may need more than cents."""
    if (value := number_of(cell)) is not None:
        return value, ""
    text = clean(cell)
    if text in BLANKS:
        return None
    code = ""
    if found := _SIGN.search(text):
        code = currency(found[1] or found[2])
        text = (
            _SIGN.sub("", text, count=1).strip() if code or fold(found[1] or found[2]) in CURRENCY_SIGNS else text
        )
    read = number(_DASHES.sub("", text), decimal)
    return read if isinstance(read, Fault) else (read, code)


def currency(text: str) -> str:
    """A sign, name or code → ISO 4217, or ""."""
    plain = text.strip().casefold()
    known = CURRENCY_SIGNS.get(plain) or CURRENCY_SIGNS.get(fold(text).strip(" ."))
    return known or (
        text.strip().upper() if _CODE.match(text.strip().upper()) and plain.isascii() and len(plain) == 3 else ""
    )
