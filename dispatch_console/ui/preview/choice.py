"""What a search from now may change, as it is chosen and remembered. Values only, no Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from dispatch_console.services.planning import Changes, Options, Scope

#: What may change, and its word: the last one only takes orders that have no route yet.
FREE, DRIVERS, ORDER, ADD = "free", "drivers", "order", "add"
#: What can be chosen of each; `LEAST_MIN` 0: any gain will do.
LEAST_MIN: Final = (0, 1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30)
FREEZE: Final = (0, 1, 2, 3, 4, 5, 6, 8, 10)
SECONDS: Final = (1, 2, 3, 5, 10, 20, 30, 60)
_CHANGES: dict[str, Changes] = {FREE: Changes.FREE, DRIVERS: Changes.KEEP_DRIVERS, ORDER: Changes.KEEP_ORDER}


@dataclass(frozen=True, slots=True)
class Choice:
    """`least_min`: minutes that a move must save; `freeze`: stops after the one in progress that stay; `seconds`:
    how long is searched, so that a plan stands within the three seconds that somebody waits."""

    what: str = FREE
    least_min: int = 4
    freeze: int = 2
    hand_over: bool = False
    seconds: int = 2

    def options(self, options: Options) -> Options:
        """The same search with these choices."""
        scope = Scope.UNASSIGNED if self.what == ADD else options.scope
        return replace(
            options,
            scope=scope,
            changes=_CHANGES.get(self.what, Changes.KEEP_ORDER),
            seconds=float(self.seconds),
            from_now=True,
            freeze_next=self.freeze,
            hand_over=self.hand_over,
            least_saved_s=self.least_min * 60,
        )

    @property
    def text(self) -> str:
        """As it is remembered: `free 4 2 1 2`."""
        return f"{self.what} {self.least_min} {self.freeze} {int(self.hand_over)} {self.seconds}"


def read(text: str) -> Choice:
    """What was remembered; the usual where that cannot be read."""
    what, *rest = text.split(" ")
    if what not in (FREE, DRIVERS, ORDER, ADD) or len(rest) != 4 or not all(part.isdigit() for part in rest):
        return Choice()
    least, freeze, hand_over, seconds = map(int, rest)
    if least not in LEAST_MIN or freeze not in FREEZE or seconds not in SECONDS:
        return Choice()
    return Choice(what, least, freeze, bool(hand_over), seconds)
