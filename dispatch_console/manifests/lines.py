"""The stops of a route as lines: what the driver sheet, the loading list and the labels all print from."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

import phonenumbers

from dispatch_console.domain import clock, trips
from dispatch_console.domain.day import Day
from dispatch_console.domain.fleet import Depot, ShiftId
from dispatch_console.domain.numbers import numbers
from dispatch_console.domain.orders import DAY_S, Order, OrderId, OrderKind, StopId, Window
from dispatch_console.domain.schedule import Visit
from dispatch_console.domain.sizes import Money
from dispatch_console.domain.stops import Stop
from dispatch_console.manifests import figures, flags
from dispatch_console.manifests.figures import Load
from dispatch_console.manifests.flags import Flag
from dispatch_console.manifests.letters import letter

#: A name or street longer than this is set in smaller type.
LONG_NAME, LONG_STREET = 45, 70
_ITEMS_SHOWN = 6
#: At a meeting so many of the stops whose goods change over are named.
_TAKEN_SHOWN = 12

#: What happens where no customer is: goods come on board, or leave; in the depot they are loaded.
Meeting = Literal["", "take over", "hand over", "load"]


@dataclass(frozen=True, slots=True)
class Imprint:
    """When a sheet was printed (aware instant), by whom, and as which version; None: a draft, no version."""

    version: int | None
    at: dt.datetime
    by: str = ""

    @property
    def is_draft(self) -> bool:
        return self.version is None


@dataclass(frozen=True, slots=True)
class Head:
    """The masthead of a route's sheet. `area` is where the route goes; `code` is empty on a draft."""

    letter: str
    area: str
    date: dt.date
    depot: str
    driver: str
    plate: str
    imprint: Imprint
    printed: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class StopLine:
    """One stop of a route. Texts are as printed; `deliver` and `collect` are rounded figures.

    `was` is the arrival printed before, if this one differs by 10 minutes or more. `meeting`: no customer's stop,
    but one where goods change vans; `taken` is what comes on board there. `on_the_road`: the goods are not loaded
    in the depot but taken over on the way. `tour`: which of the route's tours it is on, from 1.
    """

    number: str
    stop: StopId
    order: OrderId
    reference: str
    eta: str
    windows: tuple[str, ...]
    name: str
    street: str
    town: str
    note: str
    phones: tuple[str, ...]
    deliver: Load
    collect: Load
    goods: str
    flags: tuple[Flag, ...]
    adr: tuple[str, ...]
    cod: tuple[Money, ...]
    was: str = ""
    meeting: Meeting = ""
    taken: Load = Load()
    on_the_road: bool = False
    tour: int = 1

    @property
    def is_long(self) -> bool:
        return len(self.name) > LONG_NAME or len(self.street) > LONG_STREET

    @property
    def only_collects(self) -> bool:
        return self.collect != Load() and self.deliver == Load()

    @property
    def at_start(self) -> Load:
        """What is loaded for it in the depot, before its tour leaves."""
        return Load() if self.on_the_road else self.deliver

    @property
    def load(self) -> Load:
        if self.meeting and self.taken != Load():
            return self.taken
        return self.collect if self.only_collects else self.deliver

    def has(self, *kinds: flags.Kind) -> bool:
        return any(flag.kind in kinds for flag in self.flags)


def route_lines(day: Day, route: ShiftId) -> tuple[StopLine, ...]:
    """All stops of a route in driving order, under their numbers (see `numbers`)."""
    named = numbers(day, route)
    planned = day.schedules[route]
    made = [_line(day, named[visit.stop], visit) for visit in planned.visits]
    if planned.reloads:
        tours = trips.of_route(planned, day.basis)
        made = [replace(line, tour=trip.number) for trip in tours for line in made[trip.first : trip.end]]
    if any(day.stops[line.stop].tied for line in made):
        here = {line.stop: line for line in made}
        made = [_with_meeting(day, line, here) for line in made]
    return tuple(made)


def span(lines: Sequence[StopLine]) -> str:
    """`stops 14–22`, `stop 14`"""
    first, last = lines[0].number, lines[-1].number
    return f"stop {first}" if len(lines) == 1 else f"stops {first}–{last}"


def customers(lines: Iterable[StopLine]) -> tuple[StopLine, ...]:
    """The lines without those where vans meet."""
    return tuple(line for line in lines if not line.meeting)


def line_of(day: Day, number: str, stop: StopId) -> StopLine:
    """A stop as a line without a time: one that is in no route, or in another one."""
    size = day.stops[stop]
    return _line(day, number, Visit(stop, 0, 0, 0, 0, 0, 0, size.size))


def head(day: Day, route: ShiftId, lines: Sequence[StopLine], imprint: Imprint, code: str) -> Head:
    shift = day.shifts[route]
    return Head(
        letter=letter(shift.slot),
        area=area(day, lines) or shift.vehicle.name,
        date=day.date,
        depot=day.depot.name,
        driver=shift.driver.name,
        plate=shift.vehicle.plate,
        imprint=imprint,
        printed=printed(imprint, day.depot),
        code="" if imprint.is_draft else code,
    )


def printed(imprint: Imprint, depot: Depot) -> str:
    """`23 Nov 2026 06:52`, in the depot's time."""
    at = imprint.at.astimezone(ZoneInfo(depot.timezone))
    return f"{figures.day_and_month(at.date())} {at:%H:%M}"


def area(day: Day, lines: Iterable[StopLine]) -> str:
    """Where a route goes: the town with most of its stops, or the first two if both names fit."""
    cities = (day.stops[line.stop].order.address.city.strip() for line in lines)
    counts = Counter(city for city in cities if city)
    names = [town for town, n in counts.most_common(2) if n * 4 >= counts.total()]
    both = ", ".join(names)
    return both if len(both) <= 20 else next(iter(names), "")


def window_text(window: Window, day: Day) -> str:
    """`08:00–10:00`, `until 10:00`, `from 14:00`."""
    last = clock.wall_to_seconds(DAY_S, day.date, day.depot.timezone)
    start, end = (clock.hhmm(at, day.date, day.depot.timezone) for at in window)
    if window.start <= 0:
        return f"until {end}"
    return f"from {start}" if window.end >= last else f"{start}–{end}"


@lru_cache(4096)  # taking numbers apart is half of the work of a sheet, and a day prints the same ones often
def phone_text(phone: str, country: str) -> str:
    """A number grouped for dialling: as in the depot's own country, or with its country code; else as written."""
    if not phone.startswith("+"):
        return phone
    try:
        number = phonenumbers.parse(phone, None)
    except phonenumbers.NumberParseException:
        return phone
    if not phonenumbers.is_possible_number(number):
        return phone
    home = country and phonenumbers.country_code_for_region(country) == number.country_code
    style = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(number, style.NATIONAL if home else style.INTERNATIONAL)


def name_of(order: Order) -> str:
    """Whom to ask for: the company on the door, then the person."""
    if order.company and order.name and order.company.casefold() != order.name.casefold():
        return f"{order.company} · {order.name}"
    return order.recipient


def street_of(order: Order) -> str:
    """The street, or what there is to go by without one."""
    if order.address.street_line or order.address.town_line:
        return order.address.street_line
    return f"{order.place.lat:.5f}, {order.place.lon:.5f} (no address)" if order.place else "no address given"


def town_of(order: Order, depot: Depot) -> str:
    """Postcode and town, with the country where it is not the depot's."""
    abroad = order.address.country if depot.country and order.address.country != depot.country else ""
    return ", ".join(part for part in (order.address.town_line, abroad) if part)


def _line(day: Day, number: str, visit: Visit) -> StopLine:
    stop = day.stops[visit.stop]
    lead = stop.order
    return StopLine(
        number=number,
        stop=stop.id,
        order=lead.identity,
        reference=lead.reference,
        eta=clock.hhmm(visit.arrive, day.date, day.depot.timezone),
        windows=tuple(window_text(window, day) for window in stop.windows),
        name=name_of(lead),
        street=street_of(lead),
        town=town_of(lead, day.depot),
        note=" · ".join(_each_once(" ".join(order.notes.split()) for order in stop.orders)),
        phones=_each_once(phone_text(order.phone, day.depot.country) for order in stop.orders),
        deliver=figures.rounded(stop.delivery),
        collect=figures.rounded(stop.collection),
        goods=_goods(stop),
        flags=flags.of_visit(stop, visit),
        adr=_adr(stop),
        cod=figures.cash(order.cod for order in stop.orders if order.cod is not None),
    )


def _with_meeting(day: Day, line: StopLine, here: Mapping[StopId, StopLine]) -> StopLine:
    """The line of a meeting says what to do there; that of a stop taken over knows that it is not loaded at first.
    Where goods come on board at a customer, his line and that of who gets them say so.

    `here`: all lines of the route. What came on board on an earlier tour has left the van since, and is loaded.
    """
    stop = day.stops[line.stop]
    if stop.order.kind is not OrderKind.HANDOVER:
        pickup = stop.pickup
        taken = pickup in here and here[pickup].tour == line.tour
        note = " · ".join(part for part in (line.note, *_passed_on(day, line, here)) if part)
        return replace(line, note=note, on_the_road=taken and day.stops[pickup].place != day.depot.place)
    goods = [one for one in here.values() if day.stops[one.stop].pickup == line.stop]
    kind: Meeting = "load" if stop.place == day.depot.place else "take over" if goods else "hand over"
    names = [f"{number_of(day, one)} {one.name}" for one in goods]
    more = [f"and {len(names) - _TAKEN_SHOWN} more"] if len(names) > _TAKEN_SHOWN else []
    note = f"{kind.capitalize()}: {', '.join((*names[:_TAKEN_SHOWN], *more))}" if goods else line.note
    return replace(line, meeting=kind, note=note, taken=figures.total(one.deliver for one in goods))


def _passed_on(day: Day, line: StopLine, here: Mapping[StopId, StopLine]) -> Iterator[str]:
    """At a customer's stop: what else comes on board there, and where that came on board which he gets."""
    pickup = day.stops[line.stop].pickup
    if pickup in here and here[pickup].tour == line.tour and day.stops[pickup].order.kind is not OrderKind.HANDOVER:
        yield f"On board from stop {here[pickup].number}"
    for one in here.values():
        if day.stops[one.stop].pickup == line.stop and one.tour == line.tour:
            pieces = figures.pieces(one.deliver.pieces)
            yield f"Take on board {pieces} for stop {one.number}, {one.name}"


def number_of(day: Day, line: StopLine) -> str:
    """The number that stands on its parcels: that of the approved plan, else of the route."""
    planned = day.baseline.stops.get(line.stop) if day.baseline is not None else None
    return str(planned.number) if planned is not None else line.number


def _goods(stop: Stop) -> str:
    """What it is, if not just parcels; which orders, if several."""
    several = [f"orders {', '.join(order.reference for order in stop.orders)}"] if len(stop.orders) > 1 else []
    items = [
        f"{item.quantity} × {item.description or item.sku}" if item.quantity != 1 else item.description or item.sku
        for order in stop.orders
        for item in order.items
        if (item.description or item.sku) and not flags.is_dangerous(item.description)
    ]
    more = [f"and {len(items) - _ITEMS_SHOWN} more"] if len(items) > _ITEMS_SHOWN else []
    listed = ", ".join((*items[:_ITEMS_SHOWN], *more))
    return " · ".join((*several, *([listed] if listed else [])))


def _adr(stop: Stop) -> tuple[str, ...]:
    """The lines of dangerous goods. Goods that need ADR but name no UN number ask for it to be written in."""
    found = [(order, line) for order in stop.orders for line in flags.un_lines(order)]
    if not found:
        needs = any(flags.kind_of(skill) == "adr" for order in stop.orders for skill in order.skills)
        return ("UN number, name, class, packing group, tunnel code: see the transport document",) if needs else ()
    return tuple(_with_weight(order, line) for order, line in found)


def _with_weight(order: Order, line: str) -> str:
    """The weight of the order is that of the goods only if there is nothing else in it."""
    alone = len(order.items) == 1 and order.size.grams
    return f"{line} · {figures.kg(figures.rounded(order.size).kg10)}\N{NO-BREAK SPACE}kg" if alone else line


def _each_once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))
