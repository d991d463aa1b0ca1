"""Random days for property tests: places on a line, all rules mixed."""

from __future__ import annotations

from hypothesis import strategies as st

from dispatch_console.domain.day import Day, open_day
from dispatch_console.domain.fleet import Break, Capacity, Driver, Shift, ShiftId, Vehicle
from dispatch_console.domain.orders import Order, OrderKind, Priority, StopId, Window
from dispatch_console.domain.plan import POOL, Plan, Route
from dispatch_console.domain.sizes import Size
from tests import factories

HOUR = 3600


@st.composite
def windows(draw: st.DrawFn) -> tuple[Window, ...]:
    """None, one or two windows between 7:00 and 15:00, in steps of ten minutes."""
    marks = sorted(draw(st.sets(st.integers(42, 90), max_size=4)))
    pairs = zip(marks[::2], marks[1::2], strict=False)
    return tuple(Window(a * 600, b * 600) for a, b in pairs)


@st.composite
def orders(draw: st.DrawFn, number: int) -> Order:
    return factories.order(
        number,
        kind=draw(st.sampled_from(OrderKind)),
        windows=draw(windows()),
        service_s=draw(st.sampled_from([0, 60, 300, 1800])),
        size=Size(draw(st.integers(0, 60_000)), draw(st.integers(0, 500)), draw(st.integers(0, 6))),
        priority=draw(st.sampled_from(Priority)),
        skills=draw(st.sampled_from([(), (), (), ("cold",)])),
        place=draw(st.sampled_from([factories.PLACES[number % 7]] * 6 + [None])),
    )


@st.composite
def shifts(draw: st.DrawFn, number: int) -> Shift:
    start = draw(st.integers(6, 10)) * HOUR
    first = draw(st.integers(9 * 6, 13 * 6)) * 600
    pause = Break(1800, Window(first, first + draw(st.sampled_from([1800, 3600, 7200]))))
    base = factories.shift(number)
    return factories.shift(
        number,
        start=start,
        end=start + draw(st.integers(2, 9)) * HOUR,
        end_place=draw(st.sampled_from([factories.PLACES[0], factories.PLACES[3], None])),
        pause=draw(st.sampled_from([None, pause])),
        max_stops=draw(st.sampled_from([None, None, 3])),
        driver=Driver(base.driver.id, base.driver.name, skills=draw(st.sampled_from([frozenset(), {"cold"}]))),
        vehicle=Vehicle(base.vehicle.id, base.vehicle.name, capacity=draw(_capacities)),
    )


_capacities = st.builds(
    Capacity,
    st.sampled_from([None, 50_000, 100_000]),
    st.sampled_from([None, 800]),
    st.sampled_from([None, 10]),
)


@st.composite
def days(draw: st.DrawFn, max_stops: int = 8, max_shifts: int = 3) -> Day:
    """A day with a random plan, some stops in the pool, some locks and pins."""
    n = draw(st.integers(0, max_stops))
    ids = [ShiftId(k) for k in range(1, draw(st.integers(1, max_shifts)) + 1)]
    sequences: dict[ShiftId, list[StopId]] = {id: [] for id in (POOL, *ids)}
    for stop in draw(st.permutations(range(1, n + 1))):
        sequences[draw(st.sampled_from([POOL, *ids]))].append(StopId(stop))
    routes = {id: Route(id, tuple(stops)) for id, stops in sequences.items()}
    return open_day(
        factories.DEPOT,
        factories.DAY,
        [draw(orders(k)) for k in range(1, n + 1)],
        [draw(shifts(id)) for id in ids],
        factories.line_matrix(),
        Plan(routes),
    )
