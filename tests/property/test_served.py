"""What could be served is served: on days with room for all, nothing is left out that fits alone in an idle van."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from dispatch_console.domain.day import Day, open_day
from dispatch_console.domain.fleet import Break, DrivingBreaks
from dispatch_console.domain.orders import Priority, StopId, Window
from dispatch_console.domain.plan import Route
from dispatch_console.domain.schedule import schedule
from dispatch_console.domain.sizes import Size
from dispatch_console.optimiser import problem
from dispatch_console.optimiser.options import Options
from tests import factories
from tests.property.plan_checks import solve
from tests.property.test_bad_input import bad_roads

HOUR = 3600


@st.composite
def ample_days(draw: st.DrawFn) -> Day:
    """As many vans as orders, all alike, out from 04:00 to 22:00, with room for all; orders that one of them can
    serve and orders that none can."""
    n = draw(st.integers(1, 6))
    hours = st.tuples(st.integers(-2, 40), st.integers(-2, 40)).map(sorted)
    windows = hours.map(lambda pair: Window(pair[0] * HOUR, pair[1] * HOUR))
    asked = st.fixed_dictionaries(
        {
            "windows": st.lists(windows, max_size=2).map(lambda some: tuple(sorted(some))),
            "service_s": st.sampled_from([0, 300, 300, HOUR, 20 * HOUR]),
            "release_s": st.sampled_from([0, 0, 7 * HOUR, 21 * HOUR, 30 * HOUR]),
            "late_per_min": st.sampled_from([0, 0, 10]),
            "size": st.sampled_from([Size(0, 0, 0), *[Size(10_000, 100, 1)] * 3, Size(2**31, 100, 1)]),
            "skills": st.sampled_from([(), (), (), ("crane",)]),
            "priority": st.sampled_from(Priority),
        }
    )
    orders = [factories.order(k, **draw(asked)) for k in range(1, n + 1)]
    if n > 1 and draw(st.booleans()):
        orders[-1] = replace(orders[-1], pickup=StopId(1))
    pause = draw(st.sampled_from([None, Break(1800, Window(11 * HOUR, 14 * HOUR)), DrivingBreaks()]))
    same: dict[str, object] = {
        "start": 4 * HOUR,
        "end": 22 * HOUR,
        "pause": pause,
        "tours": draw(st.integers(1, 2)),
    }
    shifts = [factories.shift(k, **same) for k in range(1, n + 1)]
    travel = factories.line_matrix()
    travel = draw(bad_roads(travel)) if draw(st.booleans()) else travel
    return open_day(factories.DEPOT, factories.DAY, orders, shifts, travel)


@settings(max_examples=100)
@given(ample_days(), st.integers(0, 9))
def test_what_fits_alone_in_an_idle_van_is_served(day: Day, seed: int) -> None:
    """And with as many vans as orders one is idle if anything is left out."""
    found, _ = solve(problem.build(day, 0, Options(seed=seed)), 50)
    idle = [id for id, stops in found.sequences.items() if not stops]
    for stop in found.unassigned:
        alone = _alone(day, stop)
        fits = [id for id in idle if not schedule(Route(id, alone), day.basis.shifts[id], day.basis).broken]
        assert idle and not fits, f"{alone} would fit alone with {fits}"


def _alone(day: Day, stop: StopId) -> tuple[StopId, ...]:
    """The stop, with the one that its goods come from, or go to."""
    pickup = day.stops[stop].pickup
    delivery = next((id for id, one in day.stops.items() if one.pickup == stop), None)
    return (pickup, stop) if pickup else (stop, delivery) if delivery else (stop,)
