"""The hand-over sheet: two vans meet, goods change over piece by piece.

One copy for each driver, the same content.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from dispatch_console.domain import clock
from dispatch_console.domain.day import Day
from dispatch_console.domain.facts import Fact, FactKind
from dispatch_console.domain.fleet import Shift, ShiftId
from dispatch_console.domain.numbers import numbers
from dispatch_console.domain.orders import OrderId, OrderKind, StopId
from dispatch_console.domain.places import Place
from dispatch_console.domain.schedule import Visit, loads_of
from dispatch_console.domain.sizes import Money, Size
from dispatch_console.manifests import codes, figures, flags, lines
from dispatch_console.manifests.figures import Load
from dispatch_console.manifests.flags import Flag
from dispatch_console.manifests.letters import letter
from dispatch_console.manifests.lines import Head, Imprint
from dispatch_console.manifests.meeting_sketch import MeetingSketch, meeting_sketch
from dispatch_console.manifests.ways import STRAIGHT, Ways

#: More pieces than this get "__ of n" in place of a box each.
MOST_BOXES = 12
#: A new time is told beside the old one if it differs by so much, in seconds.
_MOVED_S = 10 * 60

Copy = Literal[1, 2]


class Handing(NamedTuple):
    """Who gives to whom, and the stop of the taker's route at which they meet."""

    giver: ShiftId
    taker: ShiftId
    stop: StopId


class GoodsLine(NamedTuple):
    """The goods of one stop. `number` is the one on the parcels; `was` the time told before, or empty."""

    number: str
    name: str
    address: str
    phone: str
    windows: tuple[str, ...]
    eta: str
    was: str
    references: tuple[str, ...]
    load: Load
    flags: tuple[Flag, ...]
    cod: tuple[Money, ...]

    @property
    def boxes(self) -> int:
        """How many boxes to tick for each driver; 0: too many, a count is written instead."""
        pieces = max(1, self.load.pieces)
        return pieces if pieces <= MOST_BOXES else 0


class Party(NamedTuple):
    """One of the two drivers, as the lines of his box."""

    title: str
    lines: tuple[str, ...]


class Note(NamedTuple):
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class HandOver:
    """Sums are those of the rounded lines. `reported` is empty where nobody told why they meet."""

    head: Head
    copy: Copy
    holder: str
    meet: str
    reported: str
    position: str
    gives: Party
    takes: Party
    notes: tuple[Note, ...]
    map: MeetingSketch | None
    lines: tuple[GoodsLine, ...]
    total: Load
    cod: tuple[Money, ...]
    depot_phone: str
    emergency_phone: str
    sentence: str


def hand_over(day: Day, handing: Handing, copy: Copy, imprint: Imprint, ways: Ways = STRAIGHT) -> HandOver:
    """The sheet as the plan stands. Raises KeyError for a meeting that the day does not have."""
    giver, taker = day.shifts[handing.giver], day.shifts[handing.taker]
    goods = goods_of(day, handing)
    made = tuple(_line(day, handing, visit) for visit in goods)
    total = figures.total(line.load for line in made)
    meeting = _visit(day, handing.taker, handing.stop)
    cash = figures.cash(money for line in made for money in line.cod)
    number = letter(giver.slot)
    phone = lines.phone_text(day.depot.phone, day.depot.country)
    return HandOver(
        head=_head(day, handing, goods, imprint),
        copy=copy,
        holder=f"{giver.driver.name} (gives)" if copy == 1 else f"{taker.driver.name} (takes)",
        meet=_where(day, handing, meeting),
        reported=_reported(day, giver),
        position=_position(day, handing.stop),
        gives=_gives(day, handing, giver),
        takes=_takes(day, handing, taker, imprint),
        notes=tuple(_notes(day, handing, goods, made, cash)),
        map=meeting_sketch(day, handing.giver, handing.taker, handing.stop, ways),
        lines=made,
        total=total,
        cod=cash,
        depot_phone=phone,
        emergency_phone=lines.phone_text(day.depot.emergency_phone, day.depot.country),
        sentence=(
            f"Before driving off, the taking driver phones {phone or 'the depot'} and says"
            f" “{number}, {figures.pieces(total.pieces)}, leaving now”."
        ),
    )


def goods_of(day: Day, handing: Handing) -> tuple[Visit, ...]:
    """The visits whose goods change over at the meeting, in the order in which they are driven."""
    visits = day.schedules[handing.taker].visits
    return tuple(visit for visit in visits if day.stops[visit.stop].pickup == handing.stop)


def number_of(day: Day, handing: Handing, stop: StopId) -> str:
    """The number on the parcels: of the approved plan if the giver was to bring them; else of the taker's route."""
    planned = day.baseline.stops.get(stop) if day.baseline is not None else None
    if planned is not None and planned.route == handing.giver:
        return str(planned.number)
    return str(day.plan.route(handing.taker).stops.index(stop) + 1)


# --- parts ---


def _head(day: Day, handing: Handing, goods: Sequence[Visit], imprint: Imprint) -> Head:
    giver = day.shifts[handing.giver]
    cities = [day.stops[visit.stop].order.address.city for visit in goods]
    code = codes.hand_over(handing.giver, meeting_number(day, handing.stop))
    return Head(
        letter=letter(giver.slot),
        area=max(cities, key=cities.count, default="") or giver.vehicle.name,
        date=day.date,
        depot=day.depot.name,
        driver=giver.driver.name,
        plate=giver.vehicle.plate,
        imprint=imprint,
        printed=lines.printed(imprint, day.depot),
        code="" if imprint.is_draft else code,
    )


def meeting_number(day: Day, stop: StopId) -> int:
    """Which meeting of the day it is: the number of its reference, M3 is 3."""
    digits = "".join(c for c in day.stops[stop].order.reference if c.isdigit())
    return int(digits[:4] or 1)


def _line(day: Day, handing: Handing, visit: Visit) -> GoodsLine:
    stop = day.stops[visit.stop]
    lead = stop.order
    planned = day.baseline.stops.get(visit.stop) if day.baseline is not None else None
    moved = planned is not None and abs(planned.arrive - visit.arrive) >= _MOVED_S
    address = ", ".join(part for part in (lines.street_of(lead), lines.town_of(lead, day.depot)) if part)
    return GoodsLine(
        number=number_of(day, handing, visit.stop),
        name=lines.name_of(lead),
        address=address,
        phone=next((lines.phone_text(o.phone, day.depot.country) for o in stop.orders if o.phone), ""),
        windows=tuple(lines.window_text(window, day) for window in stop.windows),
        eta=_hhmm(day, visit.arrive),
        was=_hhmm(day, planned.arrive) if moved and planned is not None else "",
        references=tuple(order.reference for order in stop.orders),
        load=figures.rounded(stop.delivery),
        flags=flags.of_goods(stop),
        cod=figures.cash(order.cod for order in stop.orders if order.cod is not None),
    )


def _where(day: Day, handing: Handing, meeting: Visit) -> str:
    order = day.stops[handing.stop].order
    place = order.address.one_line.removesuffix(f", {day.depot.country}") if day.depot.country else ""
    return f"Meet {_hhmm(day, meeting.begin)} · {place or order.address.one_line or 'at the position below'}"


def _reported(day: Day, giver: Shift) -> str:
    down, sick = day.facts.down.get(giver.id), day.facts.sick.get(giver.id)
    fact = down or sick
    if fact is None:
        return ""
    what = f"{giver.vehicle.name} cannot drive, goods can be reached." if down else "the driver cannot go on."
    return f"Reported {_hhmm(day, fact.at)}: {what}{_said(fact)}"


def _said(fact: Fact) -> str:
    note = " ".join(fact.note.split())
    return f" {note}" if note else ""


def _position(day: Day, stop: StopId) -> str:
    place = day.stops[stop].place
    safety = "Hazard lights on, hi-vis, load from the pavement side."
    if place is None:
        return safety
    return f"Position {_degrees(place)}. {safety}"


def _degrees(place: Place) -> str:
    return f"{place.lat:.5f}, {place.lon:.5f}".replace("-", "−")


def _gives(day: Day, handing: Handing, giver: Shift) -> Party:
    planned = day.schedules[giver.id]
    open_stops = [visit for visit in planned.visits if not visit.done and not visit.presumed]
    done = len(planned.visits) - len(open_stops)
    stuck = day.facts.stuck(giver.id)
    after = "Waits with the van." if stuck else f"Drives on: {_stops(len(open_stops))} left after this."
    printed = day.approval.printed.get(giver.id)
    keeps = [figures.amounts(_taken(day, giver.id)).striptags() + " COD taken"] if _taken(day, giver.id) else []
    keeps += [f"sheet version {printed}"] if printed else []
    return Party(
        f"GIVES · route {letter(giver.slot)}, {giver.vehicle.name}",
        tuple(
            line
            for line in (
                _who(day, giver),
                _parts(giver.vehicle.plate, f"{_stops(done)} done"),
                after,
                f"Keeps: {', '.join(keeps)}." if keeps else "",
            )
            if line
        ),
    )


def _takes(day: Day, handing: Handing, taker: Shift, imprint: Imprint) -> Party:
    route = day.plan.route(taker.id)
    at = route.stops.index(handing.stop)
    visit = day.schedules[taker.id].visits[at]
    minutes = -(-(visit.depart - visit.begin) // 60)
    comes = f"leaves {_hhmm(day, day.schedules[taker.id].start)}" if at == 0 else f"after stop {at}"
    size = _sum(day.stops[v.stop].delivery for v in goods_of(day, handing))
    room = ""
    limit = taker.vehicle.capacity.grams
    if limit is not None:
        before = loads_of(route, day.basis)[at].grams
        room = f" of {max(0, limit - before) // 1000:,} kg room"
    version = f", version {imprint.version}" if not imprint.is_draft else ""
    return Party(
        f"TAKES · {_stops(len(goods_of(day, handing)))} into route {letter(taker.slot)}, {taker.vehicle.name}",
        (
            _who(day, taker),
            _parts(taker.vehicle.plate, f"{comes}, there {_hhmm(day, visit.arrive)}"),
            f"Takes {figures.kg(figures.rounded(size).kg10)} kg{room}. Reload {minutes} min.",
            f"Gets: this sheet and driver sheet {letter(taker.slot)}{version}.",
        ),
    )


def _who(day: Day, shift: Shift) -> str:
    return _parts(shift.driver.name, lines.phone_text(shift.driver.phone, day.depot.country))


def _parts(*texts: str) -> str:
    return " · ".join(text for text in texts if text)


def _notes(
    day: Day, handing: Handing, goods: Sequence[Visit], made: Sequence[GoodsLine], cash: tuple[Money, ...]
) -> Iterable[Note]:
    numbered = dict(zip((line.number for line in made), goods, strict=True))
    late = [text for number, visit in numbered.items() if (text := _risk(day, number, visit))]
    if late:
        yield Note("late risk", "; ".join(late))
    of_kind: Mapping[str, list[str]] = {
        kind: [line.number for line in made if any(flag.kind == kind for flag in line.flags)]
        for kind in ("cold", "adr", "two")
    }
    if of_kind["cold"]:
        yield Note("cold", f"{', '.join(of_kind['cold'])}: out of the cool box last, into it first")
    if of_kind["adr"]:
        yield Note("ADR", f"{', '.join(of_kind['adr'])}: the transport document goes along")
    if of_kind["two"]:
        yield Note("two people", f"{', '.join(of_kind['two'])}: lift together")
    money = [line for line in made if line.cod]
    if money:
        taken = _taken(day, handing.giver)
        stays = f"{figures.amounts(taken).striptags()} stays, " if taken else ""
        where = figures.numbers(line.number for line in money)
        yield Note("cash", f"{stays}{figures.amounts(cash).striptags()} at {where}")
    back = _stay(day, handing.giver)
    if back:
        word = "goods of stop" if len(back) == 1 else "goods of stops"
        yield Note("stays", f"{word} {', '.join(back)} come back with {day.shifts[handing.giver].vehicle.name}")


def _risk(day: Day, number: str, visit: Visit) -> str:
    spare = flags.spare_s(day.stops[visit.stop], visit)
    if spare is None or spare >= flags.SPARE_S:
        return ""
    return f"{number}: {-spare // 60} min late" if spare < 0 else f"{number}: {spare // 60} min spare"


def _stay(day: Day, route: ShiftId) -> list[str]:
    """Stops of the giver whose goods he keeps: what nobody took, and what was collected."""
    failed, kept = day.facts.failed, list[str]()
    named = numbers(day, route)
    for visit in day.schedules[route].visits:
        stop = day.stops[visit.stop]
        over = visit.done or visit.presumed
        brought_back = visit.stop in failed and stop.delivery != Size()
        collected = visit.stop not in failed and stop.collection != Size()
        if over and stop.order.kind is not OrderKind.HANDOVER and (brought_back or collected):
            kept.append(named[visit.stop])
    return kept


def _taken(day: Day, route: ShiftId) -> tuple[Money, ...]:
    """Cash taken so far: as told; else what was due at the stops that were delivered."""
    ids = {order.id: order for stop in day.plan.route(route).stops for order in day.stops[stop].orders}
    told = [f for f in day.facts.entries if f.kind is FactKind.CASH_TAKEN and f.order in ids]
    if told:
        return figures.cash(Money(fact.value, day.depot.currency) for fact in told)
    done = (order for order in ids.values() if order.cod is not None and _is_done(day, order.stop, order.id))
    return figures.cash(order.cod for order in done if order.cod is not None)


def _is_done(day: Day, stop: StopId, order: OrderId) -> bool:
    told = day.facts.outcome(stop, order)
    return told is not None and told.kind is FactKind.DELIVERED


def _sum(sizes: Iterable[Size]) -> Size:
    total = Size()
    for size in sizes:
        total = total.plus(size)
    return total


def _visit(day: Day, route: ShiftId, stop: StopId) -> Visit:
    return day.schedules[route].visits[day.plan.route(route).stops.index(stop)]


def _stops(n: int) -> str:
    return "1 stop" if n == 1 else f"{n} stops"


def _hhmm(day: Day, seconds: int) -> str:
    return clock.hhmm(seconds, day.date, day.depot.timezone)
