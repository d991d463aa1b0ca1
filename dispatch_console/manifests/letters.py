"""Route letters: short names of routes that are neither misread nor misheard."""

from __future__ import annotations

#: No I, O, Q, S, Z, B, G.
LETTERS = "ACDEFHJKLMNPRTUVWXY"


def letter(slot: int) -> str:
    """Slot 1 → `A`, 2 → `C` … 19 → `Y`, then `AA`, `AC` … Raises ValueError below 1."""
    if slot < 1:
        raise ValueError("slots count from 1")
    name = ""
    while slot:
        slot, index = divmod(slot - 1, len(LETTERS))
        name = LETTERS[index] + name
    return name
