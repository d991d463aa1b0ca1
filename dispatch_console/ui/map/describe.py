"""What the map says of a stop when the pointer rests on it."""

from __future__ import annotations

from dispatch_console.domain import numbers
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.plan import POOL
from dispatch_console.domain.rules import describe as rule_words
from dispatch_console.services import dispatch
from dispatch_console.ui import texts
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.models import standing, words
from dispatch_console.ui.models.standing import Outcome

_tr = texts.of("Map")

#: Trying a stop with more drivers than these takes longer than a window may stand still.
MOST_TRIED = 40


def lines(desk: Desk, id: StopId) -> list[tuple[str, str]]:
    """(text, class): the name, the address, who comes when or how it ended, what is wrong."""
    day = desk.shown
    stop = day.stops[id]
    order = stop.order
    refs = ", ".join(o.reference for o in stop.orders)
    found = [(f"{refs} · {order.recipient}", "title"), (order.address.one_line, "")]
    window = " ".join(words.span(desk.hhmm(w.start), desk.hhmm(w.end)) for w in stop.windows)
    load = f"{words.kilograms(stop.size.grams)} kg · {stop.size.pieces} pc"
    route, at = day.position(id)
    if route == POOL:
        found += [(_tr("Unassigned") + (f" · {window}" if window else ""), "key"), (load, "")]
        return found + _best(desk, id)
    visit = day.schedules[route].visits[at]
    when = f"{desk.hhmm(visit.arrive)}" + (f" ({window})" if window else "")
    outcome = standing.outcomes(day, day.plan.route(route))[at]
    if outcome is not Outcome.OPEN:
        when += f" · {standing.word(day.facts, id, outcome)}"
    found += [
        (
            _tr("{driver}, stop {n} · {when}").format(
                driver=desk.driver(route), n=numbers.of_stop(day, id), when=when
            ),
            "key",
        ),
        (load, ""),
    ]
    found += [(_sentence(rule_words(b)), "red") for b in day.schedules[route].broken if b.stop == id]
    return found


def _best(desk: Desk, id: StopId) -> list[tuple[str, str]]:
    """Who could take an unassigned stop, and what that would break."""
    if len(desk.day.shifts) > MOST_TRIED:
        return []
    lines: list[tuple[str, str]] = []
    for offer in dispatch.offers(desk.day, id)[:3]:
        rules = ", ".join(words.short(b) for b in offer.broken[:2])
        text = (
            f"{desk.driver(offer.route)}, {words.ordinal(offer.at + 1)}: {words.signed_minutes(offer.added_s)} min"
        )
        lines.append((f"{text}, {rules}" if rules else text, "red" if rules else ""))
    return lines


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
