"""A day as the map's page wants it: JSON of numbers and colours; of the day's words only names of towns."""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterable
from typing import Final, Literal

from dispatch_console.domain import numbers
from dispatch_console.domain.day import Day
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.places import Place
from dispatch_console.domain.plan import POOL
from dispatch_console.ui import texts
from dispatch_console.ui.models import standing
from dispatch_console.ui.previewed import Previewed
from dispatch_console.ui.theme import look, tokens

_tr = texts.of("Map")

LATE: Final = 1
DONE: Final = 2
OFF_ROAD: Final = 4

#: A town gets a name on the map from this many stops on.
TOWN_STOPS: Final = 3

#: What is drawn while another plan is previewed.
Side = Literal["both", "before", "after"]

#: id, latitude, longitude, route, number in the route as it is printed, state, grams
StopRow = tuple[int, float, float, int, str, int, int]


def whole(day: Day) -> bytes:
    """Everything: what the page fetches when a day is opened."""
    return _dump(
        {
            "depot": list(day.depot.place),
            "routes": [_route(day, id) for id in day.shifts],
            "stops": [row for id in (POOL, *day.shifts) for row in _stops(day, id)],
            "towns": towns(day),
        }
    ).encode()


def difference(before: Day, after: Day) -> str | None:
    """What has changed on the map, or None if the page should rather fetch the whole day.

    Shape: `{"stops": [row…], "routes": [route…], "gone": [id…]}`; empty lists mean that nothing on the map changed.
    """
    if before.depot is not after.depot or before.date != after.date or before.shifts.keys() != after.shifts.keys():
        return None
    if not before.stops and after.stops:
        return None  # the first orders of a day: the page goes where they are
    ids = (POOL, *after.shifts)
    touched = [id for id in ids if _differs(before, after, id)]
    if len(touched) > 8 and len(touched) > len(ids) // 2:
        return None
    routes = [_route(after, id) for id in touched if id != POOL]
    gone = [int(id) for id, stop in before.stops.items() if stop.pin is not None and not _pinned(after, id)]
    return _dump({"stops": [row for id in touched for row in _stops(after, id)], "routes": routes, "gone": gone})


def _pinned(day: Day, id: StopId) -> bool:
    stop = day.stops.get(id)
    return stop is not None and stop.pin is not None


def _placed(day: Day, id: StopId) -> bool:
    stop = day.stops.get(id)
    return stop is not None and stop.place is not None


def _differs(before: Day, after: Day, id: ShiftId) -> bool:
    if before.plan.route(id) is not after.plan.route(id):
        return True
    if before.now != after.now and standing.passed(before, before.plan.route(id)) != standing.passed(
        after, after.plan.route(id)
    ):
        return True
    if before.schedules.get(id) is not after.schedules.get(id) or before.shifts.get(id) is not after.shifts.get(id):
        return True
    if before.stops is after.stops:
        return False
    return any(before.stops.get(stop) is not after.stops.get(stop) for stop in after.plan.route(id).stops)


def _route(day: Day, id: ShiftId) -> dict[str, object]:
    """`reloads`: how many stops come before each way back to the start place for the next tour."""
    shift, route = day.shifts[id], day.plan.route(id)
    passed = standing.passed(day, route)
    timed = day.schedules.get(id)
    cuts = [reload.before for reload in timed.reloads] if timed is not None else []
    return {
        "id": int(id),
        "slot": shift.slot,
        "from": list(shift.start_place),
        "to": list(shift.end_place) if shift.end_place is not None else None,
        "stops": [int(stop) for stop in route.stops if _placed(day, stop)],
        "driven": sum(1 for stop in route.stops[:passed] if _placed(day, stop)),
        "reloads": [sum(1 for stop in route.stops[:cut] if _placed(day, stop)) for cut in cuts],
    }


def _stops(day: Day, id: ShiftId) -> Iterable[StopRow]:
    schedule = day.schedules.get(id)
    visits = schedule.visits if schedule is not None else ()
    late = {v.stop for v in visits if v.late_s and not day.stops[v.stop].late_per_min}
    route = day.plan.route(id)
    named = numbers.numbers(day, id)
    for stop, outcome in zip(route.stops, standing.outcomes(day, route), strict=True):
        value = day.stops[stop]
        if value.pin is not None:
            state = (LATE if stop in late else 0) | (DONE if standing.is_over(outcome) else 0)
            state |= OFF_ROAD if value.away is not None else 0
            lat, lon = value.pin
            yield int(stop), lat, lon, int(id), named[stop], state, value.size.grams


def previewed(seen: Previewed | None, side: Side) -> str:
    """What the page draws besides: the routes that change as they are now (only if both are drawn), and the stops
    that move. Shape: `{"before": [route…], "moved": [id…], "words": [now, after, moved, done]}`; empty lists: none.
    """
    if seen is None:
        return _dump({"before": [], "moved": [], "words": []})
    words = [_tr("now"), _tr("after"), _tr("moved"), _tr("done")]
    before = [_route(seen.before, id) for id in seen.before.shifts if id in seen.touched] if side == "both" else []
    return _dump({"before": before, "moved": [int(stop) for stop in seen.moved], "words": words})


def towns(day: Day) -> list[tuple[str, float, float, int]]:
    """(name, latitude, longitude, stops) of the towns in the day's addresses, most stops first."""
    places: dict[str, list[Place]] = {}
    for stop in day.stops.values():
        city = stop.order.address.city.strip()
        if stop.pin is not None and city:
            places.setdefault(city, []).append(stop.pin)
    found = [
        (city, _middle(p.lat for p in there), _middle(p.lon for p in there), len(there))
        for city, there in places.items()
        if len(there) >= TOWN_STOPS
    ]
    return sorted(found, key=lambda town: -town[3])[:40]


def town_place(day: Day, city: str) -> Place | None:
    """Where the stops of a town lie, if any of it have a place."""
    named = city.strip().casefold()
    there = [s.pin for s in day.stops.values() if s.pin and s.order.address.city.strip().casefold() == named]
    if not named or not there:
        return None
    return Place(_middle(place.lat for place in there), _middle(place.lon for place in there))


def _middle(degrees: Iterable[float]) -> float:
    return round(statistics.median(degrees), 6)


def theme() -> str:
    """The current scheme: colours by token, `[fill, ink, edge]` by slot; and the words the page itself needs."""
    dark = look.is_dark()
    scheme = tokens.DARK if dark else tokens.LIGHT
    extra = {
        "halo": scheme["map_land"],
        "hollow": scheme["map_land"],
        "glass": "#1C2025D9" if dark else "#FFFFFFD9",
        "on_tx": scheme["pane"],
        "grid": "#282E34" if dark else "#E8E9E4",
        "map_casing_soft": "#1A1E22" if dark else "#DEDDD6",
    }
    routes = [tokens.route_colour(slot, dark) for slot in range(1, len(tokens.ROUTES) + 1)]
    words = {"selected": _tr("selected"), "unassigned": _tr("unassigned"), "hint": _tr("1–9 or drag to a lane")}
    look_of = {"dark": dark, "routes": [[c.fill, c.ink, c.edge] for c in routes], "words": words}
    return _dump({**scheme, **extra, **look_of})


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
