"""The verdict and the smallest change on the small day, added up by hand: one test for each kind of change.

Ada drives 0-1-2-3-0 and is back at 8:00 + 6 × 10 min + 3 × 5 min = 09:15; Ben drives 0-4-5-0 and is back at
8:00 + 10 × 10 min + 2 × 5 min = 09:50. Stop 6 waits in the pool.
"""

from __future__ import annotations

from dataclasses import replace

from dispatch_console.domain import edits, levers
from dispatch_console.domain.day import Day
from dispatch_console.domain.easing import holds
from dispatch_console.domain.facts import Fact, FactKind
from dispatch_console.domain.fitting import Fitting, Verdict, fitting
from dispatch_console.domain.fleet import Capacity, ShiftId, Vehicle, VehicleId
from dispatch_console.domain.levers import Change, Lever
from dispatch_console.domain.orders import OrderId, StopId, Window
from dispatch_console.domain.plan import PlanChange, Swap
from dispatch_console.domain.rules import Rule
from dispatch_console.domain.sizes import Size
from tests import factories

ADA, BEN = ShiftId(1), ShiftId(2)
SIX = StopId(6)
H = 3600


def _day(shifts: dict[ShiftId, dict[str, object]] | None = None, **order: object) -> Day:
    """The small day with order 6 and some shifts changed."""
    day = factories.small_day()
    was = day.orders[OrderId(6)]
    swaps = [Swap(day.shifts[id], replace(day.shifts[id], **made)) for id, made in (shifts or {}).items()]
    return day.apply(PlanChange("", (), (Swap(was, replace(was, **order)),), tuple(swaps)))


def _found(day: Day, spare: tuple[Vehicle, ...] = ()) -> Fitting:
    return fitting(SIX, day.plan, day.basis, spare)


def _change(day: Day, spare: tuple[Vehicle, ...] = ()) -> Change:
    found = _found(day, spare).change
    assert found is not None
    assert holds(found, day.plan, day.basis) == found
    return found


def _van(**capacity: int) -> Vehicle:
    full = {"grams": 100_000, "litres": 1_000, "pieces": 10, **capacity}
    return Vehicle(VehicleId(9), "Van 09", capacity=Capacity(**full))


def test_what_fits_needs_no_change():
    found = _found(_day())
    assert (found.verdict, found.reasons, found.able) == (Verdict.FITS, (), (ADA, BEN))
    change = _change(_day())
    assert (change.lever, change.price, change.route, change.added_s) == (Lever.AS_IS, 0, BEN, 2 * 600 + 300)


def test_minutes_later():
    """Ben comes past place 6 after 5: 8:00 + 60 min + 2 × 5 min = 09:10. Straight there first he would be at 09:00,
    but then the window is the only thing in the way too: 09:00 − 08:50 = 10 min."""
    day = _day(windows=(Window(8 * H, 8 * H + 50 * 60),))
    found = _found(day)
    assert found.verdict is Verdict.IMPOSSIBLE  # nobody is there before 09:00
    assert [reason.rule for reason in found.reasons] == [Rule.WINDOW, Rule.WINDOW]
    change = _change(day)
    assert (change.lever, change.by, change.at, change.arrive) == (Lever.LATER, 600, 0, 9 * H)
    assert change.less() is not None
    less = change.less()
    assert less is not None
    assert holds(less, day.plan, day.basis) is None


def test_minutes_earlier():
    """Both have to be back by 10:30; the customer is there from 10:20. Ben, at 6 last (09:10), waits until then and
    is back at 10:20 + 5 min + 60 min = 11:25."""
    day = _day({ADA: {"end": 10 * H + 1800}, BEN: {"end": 10 * H + 1800}}, windows=(Window(37200, 14 * H),))
    found = _found(day)
    assert found.verdict is Verdict.IMPOSSIBLE
    change = _change(day)
    # 6 must begin by 09:25 to be back at 10:30, 55 minutes earlier: Ben can, and Ada, who leaves 3 at 08:45, too.
    assert (change.lever, change.by) == (Lever.EARLIER, 55 * 60)


def test_overtime():
    """By way of 6 Ben is back at 8:00 + 12 × 10 min + 3 × 5 min = 10:15; Ada likewise at 10:15 + 5 min for one stop
    more. The shifts end at 10:00."""
    day = _day({ADA: {"end": 10 * H}, BEN: {"end": 10 * H}})
    change = _change(day)
    assert (change.lever, change.route, change.by) == (Lever.OVERTIME, BEN, 15 * 60)
    assert change.added_s == 25 * 60
    ben = levers.after(change, day.basis).shifts[BEN]
    assert (ben.end, ben.overtime_s) == (10 * H, 15 * 60), "his shift stays as it is, he works overtime"
    paid = _change(_day({ADA: {"end": 10 * H}, BEN: {"end": 10 * H, "overtime_per_hour": 1200}}))
    assert paid.added_cost == change.added_cost + 300, "a quarter of an hour at 12.00"


def test_given_up_for_others_if_it_fits_alone():
    """Alone 6 takes 8:00 + 12 × 10 + 5 min = 10:05."""
    day = _day({ADA: {"end": 10 * H}, BEN: {"end": 10 * H + 300}})
    found = _found(day)
    assert (found.verdict, found.able) == (Verdict.GIVEN_UP, (BEN,))


def test_kilograms():
    """Ben carries 20 kg and may 100: 85 kg more are 5 too many; Ada has 30 kg, that would be 15."""
    change = _change(_day(size=Size(84_500, 100, 1)))
    assert (change.lever, change.route, change.by) == (Lever.KG, BEN, 5_000)


def test_pieces_and_litres():
    pieces = _change(_day(size=Size(1_000, 100, 10)))
    assert (pieces.lever, pieces.route, pieces.by) == (Lever.PIECES, BEN, 2)
    litres = _change(_day(size=Size(1_000, 815, 1)))
    assert (litres.lever, litres.route, litres.by) == (Lever.M3, BEN, 20)  # 15 litres, told as 0.02 m³


def test_another_vehicle():
    """Two measures are over, so that no amount of one is enough; a larger van nobody drives is, or one swapped."""
    day = _day(size=Size(95_000, 950, 1))
    assert _found(day).change is None
    assert _change(day, (_van(grams=200_000, litres=2_000),)).lever is Lever.SPARE
    assert _found(day, (_van(grams=200_000),)).change is None
    lorry = replace(_van(grams=200_000, litres=2_000), id=VehicleId(8), name="Lorry 08")
    carla = factories.shift(3, "Carla Moss", vehicle=lorry, absent=True)
    swapped = replace(day, shifts={**day.shifts, carla.id: carla}).rescheduled([carla.id])
    change = _change(swapped)
    assert (change.lever, change.other, change.vehicle) == (Lever.SWAP, carla.id, lorry)
    made = levers.after(change, swapped.basis).shifts
    assert made[carla.id].vehicle == swapped.shifts[change.route].vehicle


def test_a_vehicle_that_has_left_is_not_swapped():
    day = _day(size=Size(95_000, 950, 1))
    out = day.record([Fact(StopId(0), id, FactKind.OUT, 8 * H) for id in day.shifts], 8 * H)
    assert _found(out, (_van(grams=200_000, litres=2_000),)).change is None


def test_a_skill():
    day = _day(skills=("cold",))
    found = _found(day)
    assert found.verdict is Verdict.IMPOSSIBLE
    assert found.change is not None
    assert (found.change.lever, found.change.what, found.change.route) == (Lever.SKILL, "cold", BEN)
    assert _found(_day(skills=("cold", "age"))).change is None  # two skills are two changes


def test_one_stop_more():
    change = _change(_day({ADA: {"max_stops": 2}, BEN: {"max_stops": 2}}))
    assert (change.lever, change.route, change.by) == (Lever.STOPS, BEN, 1)  # Ada has three already: two more


def test_unlocking():
    day = _day()
    for id in day.shifts:
        day = day.apply(edits.set_locked(day.plan, id, True, ""))
    found = _found(day)
    assert {reason.rule for reason in found.reasons} == {Rule.LOCKED}
    assert found.verdict is Verdict.GIVEN_UP
    assert found.change is not None
    assert (found.change.lever, found.change.route) == (Lever.UNLOCK, BEN)


def test_no_change_where_there_is_no_place_or_no_driver():
    found = _found(_day(place=None))
    assert (found.verdict, found.change) == (Verdict.IMPOSSIBLE, None)
    absent = _day({ADA: {"absent": True}, BEN: {"absent": True}})
    assert (_found(absent).verdict, _found(absent).change) == (Verdict.IMPOSSIBLE, None)
    nobody = replace(factories.small_day(), shifts={}, schedules={})
    assert fitting(SIX, nobody.plan, nobody.basis) == Fitting(SIX, Verdict.IMPOSSIBLE, (), (), None)


def test_what_lies_behind_the_driver_is_no_gap():
    """Ben has arrived at 5, his last stop: 6 can only come behind it; before 5 it would be nearly on time."""
    day = _day({ADA: {"absent": True}}, windows=(Window(8 * H, 8 * H + 55 * 60),))
    facts = [Fact(StopId(4), BEN, FactKind.ARRIVED, 8 * H + 2400), Fact(StopId(5), BEN, FactKind.ARRIVED, 31500)]
    out = day.record(facts, 31500)  # 08:45 at place 4 … 5
    change = _change(out)
    assert change.at == 2
    assert change.lever is Lever.LATER


def test_windows_that_touch_become_one():
    two = [Window(8 * H, 9 * H), Window(10 * H, 12 * H)]
    assert levers.merged(two) == tuple(two)
    assert levers.merged([Window(8 * H, 10 * H), two[1]]) == (Window(8 * H, 12 * H),)
    stop = _day(windows=tuple(two)).stops[SIX]
    grown = levers.widened(stop, Change(Lever.EARLIER, SIX, ADA, 0, by=1800, window=1))
    assert grown.windows == (two[0], Window(9 * H + 1800, 12 * H))
