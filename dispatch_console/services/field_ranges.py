"""How much can be meant in a field of a form: a number beyond is a slip, and said in one sentence.

What is kept already, from a file or an earlier version, is not looked at until somebody types something else.
"""

from __future__ import annotations

from collections.abc import Callable

from dispatch_console.intake.problems import Fault, Problem

_HOUR = 3600

#: Cents: of a price, an hour, a kilometre, a minute; and of what is cashed.
MOST_PRICE, MOST_CASH = 10**8, 10**9
#: Grams, litres and pieces of an order or a vehicle: a thousand tonnes.
MOST_GRAMS, MOST_LITRES, MOST_PIECES = 10**9, 10**8, 10**6
#: Seconds: of parking that falls away, loading anew, overtime; at the wheel, a day.
MOST_PARKING, MOST_RELOAD, MOST_OVERTIME, MOST_DRIVING = 4 * _HOUR, 12 * _HOUR, 12 * _HOUR, 24 * _HOUR
LEAST_DRIVING = 900
MOST_METRES = 5_000_000
MOST_TOURS, MOST_STOPS = 20, 10_000


def within[T: (int, int | None)](
    parse: Callable[[str], T | Fault], most: int, said: str, least: int = 0, too_little: str = "0 or more"
) -> Callable[[str], T | Fault]:
    """The same, with a Fault for a number above `most` ("must be at most `said`") or below `least`.

    Nothing typed is never too little. Both words are the end of a sentence: `4 hours`, `1 or more`.
    """

    def read(typed: str) -> T | Fault:
        found = parse(typed)
        if found is None or isinstance(found, Fault):
            return found
        if found < least:
            return Fault(Problem.NEGATIVE if found < 0 else Problem.NOT_A_NUMBER, f"must be {too_little}")
        if found > most:
            return Fault(Problem.NOT_A_NUMBER, f"must be at most {said}")
        return found

    return read
