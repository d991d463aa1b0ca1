"""A lane and its cards as texts, ready to paint. Made once for a route as it is, thrown away when it changes."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal, NamedTuple

from dispatch_console.domain import numbers, trips
from dispatch_console.domain.baseline import Baseline
from dispatch_console.domain.day import Day, DayState
from dispatch_console.domain.facts import FactKind
from dispatch_console.domain.fleet import Shift, ShiftId
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.plan import Route
from dispatch_console.domain.progress import Progress, progress
from dispatch_console.domain.rules import BrokenRule, Rule, minutes
from dispatch_console.domain.schedule import RouteSchedule, Visit
from dispatch_console.domain.stops import Stop
from dispatch_console.domain.trips import Trip
from dispatch_console.services import actuals
from dispatch_console.ui import texts
from dispatch_console.ui.models import marks, running, standing, touring, words
from dispatch_console.ui.models.marks import Mark
from dispatch_console.ui.models.standing import Outcome

_tr = texts.of("Board")

CARD = 40
BREAK = 16
RELOAD = 34
FOLD = 24
LONG_WAIT_S = 480  # shorter waits are not worth a sign
SHOWN_DONE = 5  # so many of the last done stops stay on show when the older ones fold


Kind = Literal["card", "break", "reload", "fold"]


class Row(NamedTuple):
    """A row of a lane. `at`: the index of its stop in the route; of a break or a reload, of the stop after it, and
    `nth` its own among all of the route."""

    kind: Kind
    at: int
    top: int
    height: int
    nth: int = 0


class Badge(NamedTuple):
    """`brief` stands in for `text` where the vehicle's name would be cut."""

    text: str
    red: bool
    icon: str = ""
    brief: str = ""


class Folded(NamedTuple):
    """The stops that fold into one row; the failed and the presumed ones are among the `done`."""

    done: int
    failed: int
    presumed: int


class Load(NamedTuple):
    """One of the three bars. `share`: of the capacity, may exceed 1; None: not limited."""

    unit: str
    text: str
    share: float | None


@dataclass(frozen=True, slots=True)
class Card:
    """A stop as its card shows it. `priced`: being late costs, and breaks no rule. `told`: the reason of what
    failed, in a word or two. `lost`: nobody can say when its driver comes, and `eta` says why."""

    stop: StopId
    seq: str
    eta: str
    window: str
    late: str
    priced: bool
    waits: bool
    name: str
    town: str
    marks: tuple[Mark, ...]
    status: Outcome
    told: str = ""
    lost: bool = False

    @property
    def over(self) -> bool:
        """Whether it lies behind the driver."""
        return standing.is_over(self.status)


class Lane:
    """Everything a lane shows. Cards are made when first asked for."""

    def __init__(self, day: Day, shift: Shift, *, unfolded: bool) -> None:
        self.shift = shift
        self._source = day.plan.routes.get(shift.id)
        self.route: Route = self._source or Route(shift.id)
        self.schedule: RouteSchedule = day.schedules[shift.id]
        self.baseline: Baseline | None = day.baseline
        self.progress: Progress = progress(self.route, self.schedule, day.basis)
        self.unfolded = unfolded
        self._day = day
        self._running = day.state not in (DayState.DRAFT, DayState.APPROVED)
        self._outcomes = standing.outcomes(day, self.route, self.progress)
        self._over = _leading(self._outcomes)
        self.delay_s = actuals.delay_s(day, shift.id) if self._running else None
        self.rows = tuple(_rows(self.schedule, self._over, unfolded))
        self._tops = [row.top for row in self.rows]
        self.trips: tuple[Trip, ...] = trips.of_route(self.schedule, day.basis)
        self._cards: dict[int, Card] = {}
        self.badges = tuple(_badges(self))
        self.loads = tuple(_loads(self))

    def shows(self, day: Day, shift: Shift, *, unfolded: bool) -> bool:
        """True if this lane is still what `day` says of `shift`.

        A fact on a route gives it another schedule; the clock alone may still let it go on (`progress`).
        """
        same_plan = self._source is day.plan.routes.get(shift.id)
        same_time = self.schedule is day.schedules[shift.id] and self.baseline is day.baseline
        running = self._running == (day.state not in (DayState.DRAFT, DayState.APPROVED))
        if not (same_plan and same_time and running and self.shift is shift and self.unfolded == unfolded):
            return False
        return self.progress == progress(self.route, self.schedule, day.basis)

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
        """How many stops lie behind the driver, the failed ones included."""
        return self.progress.done

    @property
    def sum_text(self) -> str:
        if self.done or (self._running and self.stops):
            return _tr("{done}/{all} done").format(done=self.done, all=len(self.stops))
        return words.count(len(self.stops), "stop")

    @property
    def km_text(self) -> str:
        return f"{round(self.schedule.drive_m / 1000)} km"

    @property
    def end_text(self) -> str:
        return self.hhmm(actuals.end_of(self._day, self.schedule)) if self.stops else "–"

    @property
    def late(self) -> int:
        """How many stops are late that can still be helped; before the vans leave, all that are planned late."""
        return len(self._late(priced=False))

    def _late(self, *, priced: bool) -> list[StopId]:
        """Those where lateness has a price and breaks no rule, or all others."""
        visits = [visit for at, visit in enumerate(self.schedule.visits) if visit.late_s and not self._is_over(at)]
        return [v.stop for v in visits if bool(self._day.stops[v.stop].late_per_min) == priced]

    @property
    def late_priced(self) -> int:
        return len(self._late(priced=True))

    def _is_over(self, at: int) -> bool:
        return standing.is_over(self._outcomes[at])

    def is_over(self, stop: StopId) -> bool:
        """Whether a stop lies behind the driver."""
        return self._is_over(self.stops.index(stop))

    @property
    def state_word(self) -> str:
        """Where the van is, while the day runs: empty on the road, else `not out`, `back`, …"""
        if not self._running or not self.stops:
            return ""
        state = self._day.facts.state(self.id)
        return "" if state is FactKind.OUT else running.state_word(state)

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
        status = self._outcomes[index]
        lost = stop.place is None and status is Outcome.OPEN
        eta = ("~" if status is Outcome.PRESUMED else "") + self.hhmm(visit.begin)
        return Card(
            stop=stop.id,
            seq=numbers.at(self._day, self.id, index),
            eta=words.no_place(stop) if lost else eta,
            window=self._window(visit, stop),
            late=f"+{minutes(visit.late_s)}" if visit.late_s else "",
            priced=bool(stop.late_per_min),
            waits=visit.wait_s > LONG_WAIT_S,
            name=words.short_name(stop.label),
            town=stop.order.address.city,
            marks=marks.of_stop(stop, self.route),
            status=status,
            told=standing.reason_word(self._day.facts, stop.id),
            lost=lost,
        )

    def _window(self, visit: Visit, stop: Stop) -> str:
        """The window that counts: the first that is still open at the visit, else the last."""
        if not stop.windows:
            return ""
        window = next((w for w in stop.windows if visit.begin <= w.end), stop.windows[-1])
        return words.span(self.hhmm(window.start), self.hhmm(window.end))

    def pause_text(self, nth: int) -> str:
        pause = self.schedule.pauses[nth]
        return _tr("{times} break").format(times=f"{self.hhmm(pause.begin)}–{self.hhmm(pause.end)}")

    def reload_texts(self, nth: int) -> tuple[str, str, bool]:
        """When the van is loaded anew, which tour begins and what it loads; and whether that is too much."""
        trip = self.trips[nth + 1]
        over = touring.is_over(trip, self.shift)
        load = f"{_tr('tour')} {trip.number}: {touring.brief(trip, self.shift)}"
        return _tr("{times} reload").format(times=self.reload_times(nth)), load, over

    def reload_times(self, nth: int) -> str:
        reload = self.schedule.reloads[nth]
        return f"{self.hhmm(reload.arrive)}–{self.hhmm(reload.depart)}"

    def reload_says(self, nth: int) -> str:
        """The same in full."""
        return touring.says(self._day, self.id, self.trips[nth + 1])

    @property
    def folded(self) -> Folded:
        n = _folded_count(self._over)
        first = self._outcomes[:n]
        return Folded(n, sum(o in standing.UNDONE for o in first), first.count(Outcome.PRESUMED))


def _leading(outcomes: tuple[Outcome, ...]) -> int:
    """How many of the first stops are over, one after the other."""
    return next((at for at, outcome in enumerate(outcomes) if not standing.is_over(outcome)), len(outcomes))


def _folded_count(done: int) -> int:
    return done - SHOWN_DONE if done > SHOWN_DONE + 1 else 0


def _rows(schedule: RouteSchedule, done: int, unfolded: bool) -> list[Row]:
    rows: list[Row] = []
    top = 0

    def add(kind: Kind, index: int, height: int, nth: int = 0) -> None:
        nonlocal top
        rows.append(Row(kind, index, top, height, nth))
        top += height

    folded = _folded_count(done)
    if folded:
        add("fold", 0, FOLD)
    between = _between(schedule)
    n = len(schedule.visits)
    for index in range(0 if unfolded else folded, n + 1):
        for kind, nth in between.get(index, ()):
            add(kind, index, BREAK if kind == "break" else RELOAD, nth)
        if index < n:
            add("card", index, CARD)
    return rows


def _between(schedule: RouteSchedule) -> dict[int, list[tuple[Kind, int]]]:
    """Index of a visit → the breaks and the reload before it, in the order of the day."""
    found: list[tuple[int, int, Kind, int]] = []
    for nth, pause in enumerate(schedule.pauses):
        found.append((pause.before, pause.begin, "break", nth))
    for nth, reload in enumerate(schedule.reloads):
        found.append((reload.before, reload.arrive, "reload", nth))
    by_index: dict[int, list[tuple[Kind, int]]] = {}
    for before, _, kind, nth in sorted(found):
        by_index.setdefault(before, []).append((kind, nth))
    return by_index


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


#: A van that is so much early or late is worth a badge.
_DELAY_S = 60


def _badges(lane: Lane) -> list[Badge]:
    """What is wrong with a route, worst first; then where the van is, how late, and its waits."""
    badges: list[Badge] = []
    if lane.shift.absent:
        badges.append(Badge(_tr("absent"), bool(lane.stops)))
    broken = {rule: [b for b in lane.schedule.broken if b.rule is rule] for rule in (*_STUCK, *_BADGES)}
    badges += [Badge(words.reason_word(rule), True, icon) for rule, icon in _STUCK.items() if broken[rule]]
    if lane.late:
        badges.append(Badge(_tr("{n} late").format(n=lane.late), True))
    badges += [Badge(_badge_text(broken[rule]), True) for rule in _BADGES if broken[rule]]
    badges += _priced(lane)
    if lane.state_word:
        badges.append(Badge(lane.state_word, False))
    if lane.delay_s is not None and abs(lane.delay_s) >= _DELAY_S and not any(broken[rule] for rule in _STUCK):
        late = words.signed_minutes(lane.delay_s)
        badges.append(Badge(_tr("{n} min").format(n=late), False, brief=late))
    wait = lane.schedule.wait_s
    if wait > LONG_WAIT_S and not lane.done:
        badges.append(Badge(f"{round(wait / 60)} min", False, "ph.hourglass"))
    return badges


def _priced(lane: Lane) -> list[Badge]:
    """What costs more, and breaks no rule."""
    badges: list[Badge] = []
    if lane.late_priced:
        badges.append(Badge(_tr("{n} late").format(n=lane.late_priced), False, "ph.money"))
    overtime = min(lane.schedule.end, lane.shift.latest_end) - lane.shift.end
    if lane.stops and overtime > 0:
        text = _tr("{n} min overtime").format(n=minutes(overtime))
        badges.append(Badge(text, False, "ph.money", brief=f"+{minutes(overtime)}"))
    return badges


#: What keeps a route from going on: its badge comes first.
_STUCK = {Rule.BREAKDOWN: "ph.wrench-fill", Rule.SICK: "ph.user"}
_BADGES = (
    Rule.CAPACITY_KG,
    Rule.CAPACITY_M3,
    Rule.CAPACITY_PIECES,
    Rule.SKILL,
    Rule.SHIFT,
    Rule.MAX_STOPS,
    Rule.UNREACHABLE,
    Rule.NO_PLACE,
    Rule.BREAK,
    Rule.MAX_DRIVING,
    Rule.MAX_DISTANCE,
    Rule.FORBIDDEN,
    Rule.ZONE,
    Rule.APART,
    Rule.PAIR,
)


def _badge_text(found: list[BrokenRule]) -> str:
    first = found[0]
    if first.rule is Rule.SHIFT:
        return _tr("{n} min over").format(n=minutes(first.by))
    if first.stop is not None and first.rule is not Rule.SKILL:
        return f"{len(found)} {words.reason_word(first.rule)}"
    return words.short(first) if len(found) == 1 else f"{len(found)} {words.reason_word(first.rule)}"
