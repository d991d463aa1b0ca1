"""What the program itself writes into notes, and reads there again. It names no customer: an erasure keeps it."""

from __future__ import annotations

from dispatch_console.domain.facts import FactKind

#: What a decision on an order says whose goods are on the road: they come back with the vehicle of that name.
ON_BOARD = "on board of "
#: The note of what nobody told: it is taken to have been as the schedule said.
AS_FORECAST = "time as forecast"
#: Between the currency and the explanation in the note of CASH_COUNTED.
CUT = ": "


def of_fact(kind: str, note: str) -> str:
    """The part of a fact's note that is the program's."""
    if kind == FactKind.CASH_COUNTED:
        currency, cut, _ = note.partition(CUT)
        return f"{currency}{cut}" if cut else ""
    return note if note == AS_FORECAST else ""
