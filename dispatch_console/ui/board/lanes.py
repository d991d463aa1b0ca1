"""A lane and its cards as texts, ready to paint. Made once for a route as it is, thrown away when it changes."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal, NamedTuple

from dispatch_console.domain.day import Day
from dispatch_console.domain.facts import FactKind, Facts
from dispatch_console.domain.fleet import Shift, ShiftId
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.plan import Route
from dispatch_console.domain.rules import BrokenRule, Rule, minutes
from dispatch_console.domain.schedule import RouteSchedule, Visit
from dispatch_console.domain.stops import Stop
from dispatch_console.ui import texts
from dispatch_console.ui.models import marks, words
from dispatch_console.ui.models.marks import Mark

_tr = texts.of("Board")

CARD = 40
BREAK = 16
FOLD = 24
LONG_WAIT_S = 480  # shorter waits are not worth a sign
SHOWN_DONE = 5  # so many of the last done stops stay on show when the older ones fold

Status = Literal["open", "done", "failed"]


class Row(NamedTuple):
    """A row of a lane. `at`: the index of its stop in the route; of a break, of the stop after it."""

    kind: Literal["card", "break", "fold"]
    at: int
    top: int
    height: int


class Badge(NamedTuple):
    text: str
    red: bool
    icon: str = ""


class Load(NamedTuple):
    """One of the three bars. `share`: of the capacity, may exceed 1; None: not limited."""

    unit: str
    text: str
    share: float | None


@dataclass(frozen=True, slots=True)
class Card:
    """A stop as its card shows it."""

    stop: StopId
    seq: str
    eta: str
    window: str
    late: str
    waits: bool
    name: str
    town: str
    marks: tuple[Mark, ...]
    status: Status


class Lane:
    """Everything a lane shows. Cards are made when first asked for."""

    def __init__(self, day: Day, shift: Shift, *, unfolded: bool) -> None:
        self.shift = shift
        self._source = day.plan.routes.get(shift.id)
        self.route: Route = self._source or Route(shift.id)
        self.schedule: RouteSchedule = day.schedules[shift.id]
        self.facts: Facts = day.facts
        self.unfolded = unfolded
        self._day = day
        self._ended = _ended(self.schedule, day.facts)
        self.rows = tuple(_rows(self.schedule, len(self._ended), unfolded))
        self._tops = [row.top for row in self.rows]
        self._cards: dict[int, Card] = {}
        self.badges = tuple(_badges(self))
        self.loads = tuple(_loads(self))

    def shows(self, day: Day, shift: Shift, *, unfolded: bool) -> bool:
        """True if this lane is still what `day` says of `shift`."""
        same_plan = self._source is day.plan.routes.get(shift.id)
        same_time = self.schedule is day.schedules[shift.id] and self.facts is day.facts
        return same_plan and same_time and self.shift is shift and self.unfolded == unfolded

    @property
    def id(self) -> ShiftId:
        return self.shift.id

    @property
    def stops(self) -> tuple[StopId, ...]:
        return self.route.stops

    @property
    def height(self) -> int:
        return self.rows[-1].top + self.rows[-1].height if self.rows else 0

    @property
    def done(self) -> int:
        """How many stops are delivered or failed."""
        return len(self._ended)

    @property
    def sum_text(self) -> str:
        if self._ended:
            return _tr("{done}/{all} done").format(done=self.done, all=len(self.stops))
        return words.count(len(self.stops), "stop")

    @property
    def km_text(self) -> str:
        return f"{round(self.schedule.drive_m / 1000)} km"

    @property
    def end_text(self) -> str:
        return self.hhmm(self.schedule.end) if self.stops else "–"

    def hhmm(self, seconds: int) -> str:
        return words.wall(seconds, self._day.date, self._day.depot.timezone)

    def row_at(self, y: int) -> Row | None:
        at = bisect_right(self._tops, y) - 1
        if at < 0 or y >= self.rows[at].top + self.rows[at].height:
            return None
        return self.rows[at]

    def rows_between(self, top: int, bottom: int) -> tuple[Row, ...]:
        first = max(0, bisect_right(self._tops, top) - 1)
        return self.rows[first : bisect_right(self._tops, bottom)]

    def row_of(self, index: int) -> Row | None:
        """The card's row of a stop, or None while it is folded away."""
        return next((row for row in self.rows if row.kind == "card" and row.at == index), None)

    def card(self, index: int) -> Card:
        card = self._cards.get(index)
        if card is None:
            visit = self.schedule.visits[index]
            card = self._cards[index] = self._make(index, visit, self._day.stops[visit.stop])
        return card

    def _make(self, index: int, visit: Visit, stop: Stop) -> Card:
        failed = self._ended.get(stop.id)
        return Card(
            stop=stop.id,
            seq=str(index + 1),
            eta=self.hhmm(visit.begin),
            window=self._window(visit, stop),
            late=f"+{minutes(visit.late_s)}" if visit.late_s else "",
            waits=visit.wait_s > LONG_WAIT_S,
            name=words.short_name(stop.label),
            town=stop.order.address.city,
            marks=marks.of_stop(stop, self.route),
            status="open" if failed is None else "failed" if failed else "done",
        )

    def _window(self, visit: Visit, stop: Stop) -> str:
        """The window that counts: the first that is still open at the visit, else the last."""
        if not stop.windows:
            return ""
        window = next((w for w in stop.windows if visit.begin <= w.end), stop.windows[-1])
        return words.span(self.hhmm(window.start), self.hhmm(window.end))

    def pause_text(self, index: int) -> str:
        pause = next(p for p in self.schedule.pauses if p.before == index)
        return _tr("{begin}–{end} break").format(begin=self.hhmm(pause.begin), end=self.hhmm(pause.end))

    @property
    def folded(self) -> tuple[int, int]:
        """(done, failed) of the stops that fold into one row."""
        n = _folded_count(len(self._ended))
        first = self.stops[:n]
        return n, sum(1 for stop in first if self._ended.get(stop))


def _ended(schedule: RouteSchedule, facts: Facts) -> dict[StopId, bool]:
    """The stops of a route that are over → whether they failed."""
    if not facts.entries:
        return {}
    here = {visit.stop for visit in schedule.visits}
    ends = (fact for fact in facts.entries if fact.stop in here and fact.kind is not FactKind.ARRIVED)
    return {fact.stop: fact.kind is FactKind.FAILED for fact in ends}


def _folded_count(done: int) -> int:
    return done - SHOWN_DONE if done > SHOWN_DONE + 1 else 0


def _rows(schedule: RouteSchedule, done: int, unfolded: bool) -> list[Row]:
    rows: list[Row] = []
    top = 0

    def add(kind: Literal["card", "break", "fold"], index: int, height: int) -> None:
        nonlocal top
        rows.append(Row(kind, index, top, height))
        top += height

    folded = _folded_count(done)
    if folded:
        add("fold", 0, FOLD)
    pauses = {pause.before for pause in schedule.pauses}
    for index in range(0 if unfolded else folded, len(schedule.visits)):
        if index in pauses:
            add("break", index, BREAK)
        add("card", index, CARD)
    if len(schedule.visits) in pauses:
        add("break", len(schedule.visits), BREAK)
    return rows


def _loads(lane: Lane) -> list[Load]:
    peak, most = lane.schedule.load_peak, lane.shift.vehicle.capacity
    plain = (f"{round(peak.kg)}", f"{peak.m3:.1f}", f"{peak.pieces}")
    loads: list[Load] = []
    for unit, text, load, limit in zip(("kg", "m³", "pc"), plain, peak, most, strict=True):
        if not limit:
            loads.append(Load(unit, text, None))
            continue
        percent = -(-100 * load // limit) if load > limit else round(100 * load / limit)
        loads.append(Load(unit, f"{percent}%", load / limit))
    return loads


def _badges(lane: Lane) -> list[Badge]:
    """What is wrong with a route, worst first, then its waits."""
    badges: list[Badge] = []
    if lane.shift.absent:
        badges.append(Badge(_tr("absent"), bool(lane.stops)))
    late = lane.schedule.late_stops
    if late:
        badges.append(Badge(_tr("{n} late").format(n=late), True))
    broken = {rule: [b for b in lane.schedule.broken if b.rule is rule] for rule in _BADGES}
    badges += [Badge(_badge_text(found), True) for found in broken.values() if found]
    wait = lane.schedule.wait_s
    if wait > LONG_WAIT_S:
        badges.append(Badge(f"{round(wait / 60)} min", False, "ph.hourglass"))
    return badges


_BADGES = (
    Rule.BREAKDOWN,
    Rule.SICK,
    Rule.CAPACITY_KG,
    Rule.CAPACITY_M3,
    Rule.CAPACITY_PIECES,
    Rule.SKILL,
    Rule.SHIFT,
    Rule.MAX_STOPS,
    Rule.UNREACHABLE,
    Rule.NO_PLACE,
    Rule.BREAK,
)


def _badge_text(found: list[BrokenRule]) -> str:
    first = found[0]
    if first.rule is Rule.SHIFT:
        return _tr("{n} min over").format(n=minutes(first.by))
    if first.stop is not None and first.rule is not Rule.SKILL:
        return f"{len(found)} {words.reason_word(first.rule)}"
    return words.short(first) if len(found) == 1 else f"{len(found)} {words.reason_word(first.rule)}"
