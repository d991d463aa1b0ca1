"""What the palette can do with the fleet, and what can be taken out of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol

from dispatch_console.domain.fleet import DepotId
from dispatch_console.services import fleet
from dispatch_console.services.fleet_record import Record, Store, WideChange
from dispatch_console.ui import texts
from dispatch_console.ui.actions import Action, Reason
from dispatch_console.ui.desk import Desk

_tr = texts.of("FleetPage")


class Page(Protocol):
    @property
    def store(self) -> Store: ...

    def isVisible(self) -> bool: ...

    def use_shifts(self) -> None: ...

    def toggle_absent(self) -> None: ...

    def also_today(self) -> None: ...

    def new_record(self) -> None: ...

    def choose_file(self) -> None: ...

    def remove(self, prepare: Callable[[], WideChange], said: str) -> None: ...


def register(desk: Desk, page: Page) -> None:
    def away() -> Reason:
        return None if page.isVisible() else _tr("Open the page of drivers and vehicles first.")

    def has_shifts() -> Reason:
        return _tr("This day has its shifts already.") if desk.day.shifts else None

    def add(
        id: str, text: str, run: Callable[[], object], icon: str, hint: str, why_not: Callable[[], Reason]
    ) -> None:
        desk.actions.add(Action(f"fleet.{id}", text, run, "", icon, hint, _tr("Fleet"), why_not))

    add("use_shifts", _tr("Use the weekday's shifts"), page.use_shifts, "ph.calendar-check", "", has_shifts)
    add("absent", _tr("Driver absent today, or back"), page.toggle_absent, "ph.user-minus", "Space", away)
    add("also_today", _tr("Take the driver's shift into today"), page.also_today, "ph.calendar-plus", "", away)
    add("new", _tr("Add driver"), page.new_record, "ph.plus", "Ins", away)
    add("import", _tr("Import drivers and vehicles…"), page.choose_file, "ph.file-arrow-down", "", away)


def removals(record: Record, depot: DepotId, page: Page) -> list[tuple[str, Callable[[], object]]]:
    """What of a record can go, as lines of a menu. What goes stays on the days that are planned with it."""
    found: list[tuple[str, Callable[[], object]]] = []

    def offer(text: str, said: str, prepare: Callable[[], WideChange]) -> None:
        found.append((text, partial(page.remove, prepare, said)))

    if (pattern := record.pattern) is not None:
        done = _tr("The shift is removed; today's lane stays.")
        offer(_tr("This shift"), done, lambda: fleet.without_pattern(page.store, depot, pattern))
    if (driver := record.driver) is not None:
        text = _tr("Driver {name}, with his shifts").format(name=driver.name)
        done = _tr("{name} is removed; days already planned keep him.").format(name=driver.name)
        offer(text, done, lambda: fleet.without_driver(page.store, depot, driver))
    if (vehicle := record.vehicle) is not None:
        text = _tr("Vehicle {name}").format(name=vehicle.name)
        done = _tr("{name} is removed; days already planned keep it.").format(name=vehicle.name)
        offer(text, done, lambda: fleet.without_vehicle(page.store, depot, vehicle))
    return found
