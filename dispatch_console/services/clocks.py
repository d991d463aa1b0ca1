"""Do this computer and the server of the store agree what time it is?"""

from __future__ import annotations

from dispatch_console.store.store import Store

#: As far apart nobody minds.
MOST_S = 30


def warning(store: Store) -> str:
    """A sentence, if the clocks are too far apart; empty: they agree. Touches the database."""
    return sentence(store.clock_ahead_s())


def sentence(ahead_s: float) -> str:
    """`ahead_s`: how far the server's clock is before this computer's; negative: behind."""
    if abs(ahead_s) <= MOST_S:
        return ""
    way = "behind" if ahead_s > 0 else "ahead of"
    return (
        f"This computer's clock is {abs(ahead_s):.0f} s {way} the server's: times of what happens would be wrong."
        " Set it right, or ask whoever keeps the server, then start the program again."
    )
