"""All incidents of a day, in the order in which they are listed."""

from __future__ import annotations

from collections.abc import Iterator

from dispatch_console.domain import saying
from dispatch_console.domain.day import Day, DayState
from dispatch_console.domain.saying import listed
from dispatch_console.services import reschedule
from dispatch_console.services.incidents import forecasts, off_roads, planned, told
from dispatch_console.services.incidents.forecasts import Places
from dispatch_console.services.incidents.values import NAMED, Around, Deed, Incident, Kind


def incidents(day: Day, around: Around | None = None, places: Places | None = None) -> list[Incident]:
    """All incidents: vans and drivers that cannot go on, broken rules (the latest stop before all), what was told
    and not decided, then what needs a person. A closed day has none. `places`: kept by who looks again and again.
    """
    around = around or Around()
    if day.state is DayState.CLOSED:
        return []
    running = day.state not in (DayState.DRAFT, DayState.APPROVED)
    found = [*_told_first(day), *planned.of_plan(day, late=not running)]
    if day.state is not DayState.DRAFT:
        watched = forecasts.forecasts(day, places)
        found += [i for i in watched if running or i.kind is Kind.NOT_OUT]
    found += [*told.twice(day), *told.undone(day, around)]
    found += [*_held(around), *told.cash(day), *_open(day)]
    found += [*planned.of_orders(day), *off_roads.of_roads(day), *planned.of_papers(day)]
    return sorted(found, key=lambda i: (_RANK[i.kind], -i.by if i.kind is Kind.LATE else 0))


def _told_first(day: Day) -> Iterator[Incident]:
    yield from told.stuck(day)


def _held(around: Around) -> Iterator[Incident]:
    for held in around.held:
        order, step = held.order, held.order.next
        ask = f" · {step.note}" if step is not None and step.note else ""
        sentence = f"{order.reference} · held since {saying.date(held.day)}{ask}"
        yield Incident(
            Kind.HELD,
            "Held order is due",
            order.recipient,
            sentence,
            Deed.TAKE_IN,
            False,
            order=order.id,
            brief=order.reference,
            beside=True,
        )


def _open(day: Day) -> Iterator[Incident]:
    """At the end of the day: orders of which nobody has said what becomes of them, those of the pool among them."""
    if day.state not in (DayState.BACK, DayState.DEBRIEFED):
        return
    left = reschedule.open_orders(day)
    if left:
        refs = listed([day.orders[id].reference for id in left], NAMED)
        what = "1 order has no next day" if len(left) == 1 else f"{len(left)} orders have no next day"
        yield Incident(Kind.OPEN, what, "", refs, Deed.CARRY_OVER, False)


_RANK = {kind: rank for rank, kind in enumerate(Kind)}
