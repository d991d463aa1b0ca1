"""Who drives which route with which vehicle: on the small day by hand, and against all that is possible."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given, settings

from dispatch_console.domain import edits
from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.fleet import Capacity, Costs, Driver, DriverId, Shift, ShiftId, Vehicle, VehicleId
from dispatch_console.domain.orders import OrderId, StopId
from dispatch_console.domain.plan import PlanChange, Swap
from dispatch_console.domain.schedule import schedule
from dispatch_console.domain.sizes import Size
from dispatch_console.optimiser.matching import Manning, driven_by, mannings
from dispatch_console.services.session import DaySession
from dispatch_console.services.wizards import draft
from dispatch_console.services.wizards.match import What, matched
from tests import factories
from tests.property.strategies import days

ADA, BEN = ShiftId(1), ShiftId(2)
H = 3600


def _day(shifts: dict[ShiftId, dict[str, object]], orders: dict[int, dict[str, object]] | None = None) -> Day:
    day = factories.small_day()
    changed = tuple(Swap(day.shifts[id], replace(day.shifts[id], **made)) for id, made in shifts.items())
    wanted = tuple(
        Swap(day.orders[OrderId(id)], replace(day.orders[OrderId(id)], **made))
        for id, made in (orders or {}).items()
    )
    return day.apply(PlanChange("", (), wanted, changed))


def _mannings(day: Day, spare: tuple[Vehicle, ...] = ()) -> dict[ShiftId, Manning]:
    return mannings(list(day.routes), day.basis, spare)


def test_who_is_dear_by_the_kilometre_drives_the_shorter_route():
    """Ada drives 60 km, Ben 100: where his kilometre costs twice as much, the 40 km more are hers."""
    day = _day({BEN: {"costs": Costs(3000, 100)}})
    found = _mannings(day)
    assert {id: manning.driver for id, manning in found.items()} == {ADA: BEN, BEN: ADA}
    assert found[ADA].vehicle == day.shifts[ADA].vehicle  # vans stay: another one would have to be worth it
    assert {id: manning.driver for id, manning in _mannings(factories.small_day()).items()} == {ADA: ADA, BEN: BEN}


def test_what_is_saved_has_to_be_worth_it():
    """0.55 against 0.50 a km saves 40 × 0.05 = 2.00; two drivers that change count 6.00."""
    day = _day({BEN: {"costs": Costs(3000, 55)}})
    assert {id: manning.driver for id, manning in _mannings(day).items()} == {ADA: ADA, BEN: BEN}


def test_a_rule_is_mended_before_anything_is_saved():
    """Ben is back at 09:50, but his shift ends at 09:30; Ada's, 09:15 to drive, takes his route."""
    day = _day({BEN: {"end": 9 * H + 1800, "costs": Costs(100, 1)}})
    assert day.schedules[BEN].broken
    assert {id: manning.driver for id, manning in _mannings(day).items()} == {ADA: BEN, BEN: ADA}


def test_loads_go_with_vans_and_skills_with_whoever_has_them():
    lorry = Vehicle(VehicleId(7), "Lorry", capacity=Capacity(200_000, 2_000, 20))
    small = Vehicle(VehicleId(8), "Caddy", capacity=Capacity(25_000, 1_000, 10), skills=frozenset({"cold"}))
    able = Driver(DriverId(1), "Ada Quill", skills=frozenset({"age"}))
    day = _day(
        {ADA: {"vehicle": small, "driver": able}, BEN: {"vehicle": lorry}},
        {1: {"size": Size(90_000, 100, 1)}, 4: {"skills": ("cold", "age")}},
    )
    # Ada's route weighs 110 kg in a van for 25; Ben's, 20 kg, asks for cold (the Caddy has it) and age (Ada has it)
    found = _mannings(day)
    assert found == {ADA: Manning(BEN, lorry), BEN: Manning(ADA, small)}
    # with a spare one that has everything, nobody has to change but the vans
    spare = replace(lorry, id=VehicleId(9), skills=frozenset({"cold", "age"}))
    assert {id: manning.vehicle for id, manning in _mannings(day, (spare,)).items()} == {ADA: lorry, BEN: spare}


def test_what_stays_stays():
    day = _day({BEN: {"costs": Costs(3000, 100)}})
    found = mannings(list(day.routes), day.basis, drivers_stay=frozenset({ADA}))
    assert {id: manning.driver for id, manning in found.items()} == {ADA: ADA, BEN: BEN}


@settings(max_examples=25)
@given(days(max_stops=6, max_shifts=3))
def test_no_other_match_breaks_fewer_rules(day: Day):
    """Against every permutation of drivers and vans."""
    found = mannings(list(day.routes), day.basis)
    ids = list(day.shifts)
    assert sorted(manning.driver for manning in found.values()) == ids
    assert sorted(manning.vehicle.id for manning in found.values()) == sorted(
        s.vehicle.id for s in day.shifts.values()
    )
    best = min(
        _broken(day, dict(zip(ids, drivers, strict=True)), dict(zip(ids, vans, strict=True)))
        for drivers in permutations(ids)
        for vans in permutations([shift.vehicle for shift in day.shifts.values()])
    )
    mine = {id: manning.driver for id, manning in found.items()}
    assert _broken(day, mine, {id: manning.vehicle for id, manning in found.items()}) == best


def _broken(day: Day, drivers: dict[ShiftId, ShiftId], vans: dict[ShiftId, Vehicle]) -> int:
    total = 0
    for id, shift in day.shifts.items():
        made: Shift = driven_by(shift, day.shifts[drivers[id]], vans[id])
        total += len(schedule(day.plan.route(id), made, day.basis).broken)
    return total


# --- as a wizard does it ---


def test_matched_in_one_step_that_says_what_it_saves():
    day = _day({BEN: {"costs": Costs(3000, 100)}})
    made = matched(day, What.BOTH)
    # now 60 km at 0.50 and 100 at 1.00; then the other way round: 130.00 against 110.00
    assert made.sentences == (
        "The route of Ada Quill: Ben Rook in Van 01.",
        "The route of Ben Rook: Ada Quill in Van 02.",
        "The day costs 20.00 CHF less.",
    )
    assert made.after.plan == day.plan
    assert [shift.slot for shift in made.after.shifts.values()] == [1, 2]
    session = DaySession(day)
    draft.accept(session, made)
    assert session.day.shifts[ADA].driver.name == "Ben Rook"
    session.undo()
    assert session.day.shifts == day.shifts


def test_an_absent_drivers_route_goes_to_somebody_who_is_there():
    day = _day({BEN: {"absent": True}})
    carla = factories.shift(3, "Carla Moss")
    day = replace(day, shifts={**day.shifts, carla.id: carla}).rescheduled([carla.id])
    made = matched(day, What.DRIVERS)
    assert made.after.shifts[BEN].driver.name == "Carla Moss"
    assert made.after.shifts[BEN].vehicle == day.shifts[BEN].vehicle
    assert made.after.shifts[carla.id].absent
    assert "Rules broken: 0 instead of 1." in made.sentences


def test_what_stays_in_a_match():
    day = _day({BEN: {"costs": Costs(3000, 100)}})
    assert not matched(day, What.VEHICLES).change
    assert matched(day, What.VEHICLES).sentences == ("Drivers, vehicles and routes match as they are.",)
    pinned = day.apply(edits.set_pin(day.plan, [StopId(4)], edits.Pin.DRIVER, ""))
    assert not matched(pinned, What.BOTH).change
    locked = day.apply(edits.set_locked(day.plan, BEN, True, ""))
    assert not matched(locked, What.BOTH).change
    with pytest.raises(UserError, match="No route that could change"):
        matched(locked.apply(edits.set_locked(locked.plan, ADA, True, "")), What.BOTH)
