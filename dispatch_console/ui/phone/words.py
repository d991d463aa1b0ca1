"""What the strip says of an order, a route, a fact. Texts from values; no widgets."""

from __future__ import annotations

from dispatch_console.domain import numbers, reasons, saying
from dispatch_console.domain.day import Day
from dispatch_console.domain.facts import Fact, FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import NextKind, Order, StopId
from dispatch_console.domain.plan import POOL
from dispatch_console.domain.progress import progress
from dispatch_console.services import phone
from dispatch_console.services.lookup import Found, Hit, OrderHit
from dispatch_console.services.phone import Detail, Entry, Letter, Reading
from dispatch_console.services.proposals import Proposal
from dispatch_console.ui import texts
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.models import words
from dispatch_console.ui.phone.who import Chip, Line

_tr = texts.of("Phone")

_DONE = {
    FactKind.ARRIVED: "arrived",
    FactKind.DELIVERED: "delivered",
    FactKind.PARTIAL: "partly delivered",
    FactKind.FAILED: "failed",
    FactKind.SKIPPED: "skipped",
    FactKind.REOPENED: "open again",
    FactKind.OUT: "out",
    FactKind.BACK: "back",
    FactKind.DELAYED: "late",
    FactKind.BROKEN_DOWN: "broken down",
    FactKind.REPAIRED: "goes again",
    FactKind.DEBRIEFED: "debriefed",
    FactKind.CLOSED: "closed",
    FactKind.IN_DEPOT: "not out yet",
}


def lines(desk: Desk, entry: Entry) -> list[Line]:
    """Who it is, in four or five lines."""
    hit = entry.hit
    if isinstance(hit, OrderHit):
        return _order_lines(desk, entry, hit) if hit.order in desk.day.orders else []
    return _route_lines(desk, hit.route) if hit is not None and hit.route in desk.day.shifts else []


def choice(desk: Desk, hit: Hit) -> Line:
    """One of several whom a number can mean, on a line."""
    day = desk.day
    if not isinstance(hit, OrderHit):
        shift = day.shifts[hit.route]
        return Line(shift.vehicle.name, shift.driver.name, chip=Chip(shift.slot, shift.driver.initials))
    order = day.orders[hit.order]
    parts = [words.listed_name(order.recipient), order.address.city, _standing(desk, order)]
    return Line(" · ".join(part for part in parts if part), order.reference, chip=_chip(day, order))


def found_elsewhere(found: list[Found]) -> list[Line]:
    lines = [Line(", ".join(filter(None, (one.recipient, saying.date(one.date)))), one.reference) for one in found]
    return [*lines, Line(_tr("Enter goes to that day."), token="tx3")] if lines else []


def told(desk: Desk, fact: Fact) -> str:
    """`failed, absent, 11:24`."""
    done = _tr(_DONE.get(fact.kind, fact.kind.value.replace("_", " ")))
    if fact.kind is FactKind.PARTIAL:
        done = _tr("{n} pieces delivered").format(n=fact.value)
    why = _tr(reasons.WORDS[fact.reason]) if fact.reason is not None else ""
    if fact.reason is reasons.Reason.PASSED_BY:
        done = ""  # it was never closed
    return ", ".join(part for part in (done, why, desk.hhmm(fact.at)) if part)


def corrects(desk: Desk, was: Fact) -> str:
    """What a later word stands in place of."""
    return _tr("Was {told}. This corrects it; the first entry stays in the history.").format(told=told(desk, was))


def written(
    desk: Desk, entry: Entry, fact: Fact, was: Fact | None, way: Proposal | None, *, short: bool = False
) -> str:
    """What Enter has done; `short` where more is to say behind it."""
    parts = [f"{entry.what}: {told(desk, fact)}."]
    if was is not None and (fact.kind is not FactKind.REOPENED or entry.letter == "S"):
        parts.append(_tr("In place of: {told}.").format(told=told(desk, was)))
    if comes_later(way) or fact.kind is FactKind.REOPENED:
        parts.append(_again_at(desk, fact.stop))
    elif way is not None and way.step is not None:
        parts.append(f"{way.short}." if short and way.short else way.sentence)
    return " ".join(parts)


def takes_back(entry: Entry, doubt: str) -> str:
    """The doubt about what is written now, and how it is taken back while the driver is still on the phone."""
    return _tr("{doubt} If not so: {what} R2.").format(doubt=doubt, what=entry.what) if doubt else ""


def comes_later(way: Proposal | None) -> bool:
    """Whether what was not done stays on the route, to be done later today."""
    return way is not None and way.step is not None and way.step.kind is NextKind.LATER_TODAY


def _again_at(desk: Desk, stop: StopId) -> str:
    """Where a stop that is to do (again) stands now: what to tell the driver."""
    day = desk.day
    route, index = day.position(stop)
    at = desk.hhmm(day.schedules[route].visits[index].begin)
    all = len(day.plan.route(route).stops)
    return _tr("Now stop {n} of {all}, expected {t}.").format(n=index + 1, all=all, t=at)


def will_write(desk: Desk, entry: Entry, reading: Reading) -> str:
    """What Enter would do, where there is nothing to decide."""
    one = reading.letter
    assert one is not None and reading.at is not None
    word = _tr(one.word)
    if one.detail is Detail.MINUTES:
        word = _tr("Late by {n} min").format(n=reading.minutes)
    return f"{entry.what}: {word}, {desk.hhmm(reading.at)}."


def then(way: Proposal, *, short: bool = False) -> str:
    """The proposal as the end of what is written; `short` where there is little room for it."""
    sentence = f"{way.short}." if short and way.short else way.sentence
    return _tr("Then: {what}").format(what=sentence[:1].lower() + sentence[1:])


def way_keys(way: Proposal, *, narrow: bool) -> tuple[tuple[str, str], ...]:
    writes = _tr("write and accept") if way.step is not None else _tr("write")
    if narrow:
        writes = _tr("accept") if way.step is not None else writes
        return (("Enter", writes), ("Tab", _tr("other")), ("Esc", _tr("later")))
    return (("Enter", writes), ("Tab", _tr("other action")), ("Esc", _tr("keep for later")))


def plain_keys() -> tuple[tuple[str, str], ...]:
    return (("Enter", _tr("write")), ("Esc", _tr("keep for later")))


def more(n: int) -> str:
    """Below the choices."""
    return _tr("and {n} more: one digit more tells them apart").format(n=n) if n > 0 else ""


def nobody(what: str) -> list[Line]:
    """What to type, or that it is not there."""
    if not what:
        return [
            Line(_tr("Who is it? Number or last digits,")),
            Line(_tr("the driver's initials, or a scan.")),
        ]
    return [Line(_tr("is not on this day."), what)]


def letter_word(one: Letter | None) -> str:
    return _tr(one.word) if one is not None else ""


def detail_name(one: Letter | None) -> str:
    """What the third field asks for."""
    names = {Detail.PIECES: _tr("Pieces done"), Detail.MINUTES: _tr("Minutes"), Detail.NONE: ""}
    return names.get(one.detail, _tr("Reason")) if one is not None else _tr("Reason")


def detail_hint(one: Letter | None, typed: str) -> str:
    """What the digits mean."""
    if one is None:
        return ""
    if one.detail is Detail.NONE:
        return "–"
    if one.detail is Detail.REASON:
        reason = phone.keys(one.kind, typed).get(typed)
        if reason is not None:
            return _capital(_tr(reasons.WORDS[reason]))
        return "" if typed or one.needs else _tr("if there is one")
    if one.detail is Detail.MINUTES:
        return _tr("min") if typed else ""
    _, _, digits = typed.partition("/")
    return _capital(_tr(reasons.WORDS[reasons.KEYS[digits]])) if digits in reasons.KEYS else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def time_hint(desk: Desk, entry: Entry) -> str:
    """What the time means: as typed, or now; on a day without a clock when it was due."""
    now = desk.now
    if not entry.time and now is None:
        return _tr("when?") if phone.due(desk.day, entry) is None else _tr("as forecast")
    if not entry.time:
        return _tr("now")
    at = phone.parse_time(entry.time, desk.day, now)
    return desk.hhmm(at) if at is not None and ":" not in entry.time else ""


def _order_lines(desk: Desk, entry: Entry, hit: OrderHit) -> list[Line]:
    day = desk.day
    order, stop = day.orders[hit.order], day.stops[hit.stop]
    size = stop.size
    goods = [words.count(size.pieces, "pc", "pcs"), f"{words.kilograms(size.grams)} kg"]
    if order.windows:
        goods.append(_tr("window {w}").format(w=", ".join(words.told_window(w) for w in order.windows)))
    if order.cod is not None:
        goods.append(_tr("cash {sum}").format(sum=str(order.cod)))
    name = words.listed_name(order.recipient)
    place = ", ".join(part for part in (order.address.street_line, order.address.city) if part)
    attempt = order.attempts + day.facts.attempts.get(hit.stop, 0)
    tries = _tr("first attempt") if not attempt else _tr("attempted {n}×").format(n=attempt)
    found = [
        Line(_standing(desk, order), name, chip=_chip(day, order)),
        Line(place),
        Line(" · ".join(goods)),
        _state(desk, entry, hit),
        Line(" · ".join(part for part in (tries, order.phone) if part), token="tx3"),
    ]
    if len(stop.orders) > 1:
        all_of = _tr("all {n} orders of the stop: {refs}")
        only = _tr("only {ref}, one of {n} orders of the stop")
        of_one = phone.order_of(day, entry)
        text = (only if of_one else all_of).format(
            n=len(stop.orders), ref=order.reference, refs=", ".join(o.reference for o in stop.orders)
        )
        found.insert(4, Line(text, token="tx"))
    return found


def _state(desk: Desk, entry: Entry, hit: OrderHit) -> Line:
    day = desk.day
    was = phone.correction(day, entry)
    if was is not None:
        text = ", ".join(part for part in (told(desk, was), was.who) if part)
        return Line(_tr("{told}: this corrects it").format(told=text) if entry.letter else text, token="tx")
    at = day.facts.arrived.get(hit.stop)
    if at is not None:
        return Line(_tr("at the door since {t}").format(t=desk.hhmm(at)))
    route = day.plan.where.get(hit.stop, POOL)
    if route == POOL:
        return Line(_tr("no driver yet"), token="amb")
    visit = day.schedules[route].visits[day.position(hit.stop)[1]]
    return Line(_tr("expected {t}, {who}").format(t=desk.hhmm(visit.begin), who=desk.driver(route)))


def _route_lines(desk: Desk, id: ShiftId) -> list[Line]:
    day, facts = desk.day, desk.day.facts
    shift, route, planned = day.shifts[id], day.plan.route(id), day.schedules[id]
    how = progress(route, planned, day.basis)
    vehicle = " · ".join(part for part in (shift.vehicle.name, shift.vehicle.plate, shift.driver.phone) if part)
    found = [
        Line(
            _tr("{done} of {all} stops done").format(done=how.done, all=how.total),
            shift.driver.name,
            chip=Chip(shift.slot, shift.driver.initials),
        ),
        Line(vehicle),
    ]
    fact = facts.states.get(id)
    state = told(desk, fact) if fact is not None else _tr("not out yet, shift from {t}")
    found.append(Line(state.format(t=desk.hhmm(shift.start))))
    stuck = facts.down.get(id) or facts.sick.get(id)
    if stuck is not None:
        found.append(Line(told(desk, stuck), token="red"))
    elif how.passed < how.total:
        visit = planned.visits[how.passed]
        name = words.short_name(day.stops[visit.stop].label)
        at = desk.hhmm(visit.begin)
        found.append(
            Line(
                _tr("next: stop {n}, {name}, {t}").format(n=numbers.of_stop(day, visit.stop), name=name, t=at),
                token="tx3",
            )
        )
    return found


def _standing(desk: Desk, order: Order) -> str:
    day = desk.day
    if day.plan.where.get(order.stop, POOL) == POOL:
        return _tr("unassigned")
    route = day.plan.where[order.stop]
    return _tr("stop {n} of {all}").format(n=numbers.of_stop(day, order.stop), all=len(day.plan.route(route).stops))


def _chip(day: Day, order: Order) -> Chip | None:
    shift = day.shifts.get(day.plan.where.get(order.stop, POOL))
    return Chip(shift.slot, shift.driver.initials) if shift is not None else None
