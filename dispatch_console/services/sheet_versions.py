"""What the papers of a route said when they were printed, and which routes would read differently now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from hashlib import blake2b
from operator import is_

from dispatch_console.domain import numbers
from dispatch_console.domain.day import Approval, Day, Said
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.stops import Stop
from dispatch_console.manifests import driver_sheet
from dispatch_console.manifests.lines import Imprint

#: Of no version and no hour: sheets are compared without what tells one print from another.
_BLANK = Imprint(None, dt.datetime(1970, 1, 1, tzinfo=dt.UTC))


#: Route → what its papers followed from when they were last looked at, and what they said: a preview asks for all
#: routes at each change, and nearly all of them are the same objects still.
_looked_at: dict[ShiftId, tuple[tuple[object, ...], Said]] = {}


def said(day: Day, route: ShiftId) -> Said:
    """What the driver sheet and the loading list of a route say as the day is now."""
    stops = [day.stops[stop] for stop in day.plan.route(route).stops]
    last = day.approval.said.get(route)
    basis = (day.depot, day.date, day.shifts[route], day.schedules[route], last, *stops)
    known = _looked_at.get(route)
    if known is not None and len(known[0]) == len(basis) and all(map(is_, known[0], basis)):
        return known[1]
    _looked_at[route] = basis, _read(day, route, stops)
    return _looked_at[route][1]


def _read(day: Day, route: ShiftId, stops: Sequence[Stop]) -> Said:
    sheet = driver_sheet.driver_sheet(day, route, _BLANK, with_map=False)
    places = [stop.place for stop in stops]  # in place of the map
    # The loading list follows from the lines of the sheet, the vehicle, and the references of all orders.
    vehicle = day.shifts[route].vehicle
    loads = vehicle.name, vehicle.capacity, [[order.reference for order in stop.orders] for stop in stops]
    mark = blake2b(repr((sheet, places, loads)).encode(), digest_size=16).hexdigest()
    return Said(mark, tuple((line.stop, line.eta) for line in sheet.lines), numbers.kept(day, route))


def differing(day: Day, printed: Mapping[ShiftId, Said]) -> list[ShiftId]:
    """Those of the `printed` routes whose papers would not read as they did, in lane order.

    A route that has lost all its stops is one of them; one that was never printed is not.
    """
    return [id for id in day.shifts if id in printed and said(day, id).mark != printed[id].mark]


def next_versions(day: Day, routes: Iterable[ShiftId]) -> dict[ShiftId, int]:
    """Route → the number that its papers get if they are printed now: a new one only if they read differently."""
    known, wanted = day.approval, list(routes)
    changed = set(differing(day, {id: known.said.get(id, Said()) for id in wanted if id in known.printed}))
    return {id: known.printed.get(id, 0) + (id in changed or id not in known.printed) for id in wanted}


def after_printing(day: Day, versions: Mapping[ShiftId, int]) -> Approval | None:
    """The approval with `versions` taken; None if one of them has been given to other papers already."""
    known = day.approval
    new = {id: said(day, id) for id in versions}
    for id, number in versions.items():
        last = known.printed.get(id, 0)
        if number < last or (number == last and known.said.get(id, Said()).mark != new[id].mark):
            return None
    return replace(known, printed={**known.printed, **versions}, said={**known.said, **new})
