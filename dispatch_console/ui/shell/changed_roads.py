"""What other roads change in a day, in a sentence or two."""

from __future__ import annotations

from dispatch_console.domain import saying
from dispatch_console.domain.day import Day
from dispatch_console.services.regions import current, today_roads
from dispatch_console.services.regions.current import Region
from dispatch_console.ui import texts
from dispatch_console.ui.planning import words as figures

_tr = texts.of("Regional")

#: So many stops are named when they are late on other roads.
_NAMED = 4


def words(region: Region, before: Day, after: Day) -> str:
    """Kilometres, hours, and who is late now. `after`: the same day on the roads that are in use."""
    name = _name(region, before, after)
    if after.areas and region.online is not None and before.travel.provider == after.travel.provider:
        return _tr(
            "Noted, and drawn on the map. {name} knows nothing of it, so times stay as they are: use a region pack "
            "(Settings → Region)."
        ).format(name=name)
    if after.areas and region.online is None and not today_roads.can_follow(region):
        return _tr(
            "Noted, and drawn on the map. Estimated times know no roads, so they stay as they are: use a region "
            "pack (Settings → Region)."
        )
    found = current.changes(before, after)
    lost = _lost(after)
    if not found.routes:
        return _tr("{name}: in use.").format(name=name) + lost
    (was_m, is_m), (was_s, is_s) = found.metres, found.seconds
    cut_off = [after.stops[stop].order.reference for stop in after.off_road if stop not in before.off_road]
    if (was_m, was_s) == (is_m, is_s) and not cut_off:
        return _tr("{name}: no route drives there; nothing changes.").format(name=name) + lost
    text = _tr("{name}: {was_km} → {km} km, {was_time} → {time} of driving.").format(
        name=name,
        was_km=figures.km(was_m),
        km=figures.km(is_m),
        was_time=figures.hours(was_s),
        time=figures.hours(is_s),
    )
    if cut_off:
        text += " " + _tr("No road leads now to {0}.").format(saying.listed(cut_off, _NAMED))
    if found.late:
        named = [after.stops[stop].order.reference for stop in found.late]
        text += " " + _tr("Late now: {0}.").format(saying.listed(named, _NAMED))
    if found.in_time:
        text += " " + _tr("In time again: {0}.").format(len(found.in_time))
    return text + lost


def _lost(day: Day) -> str:
    """Which of the day's places the roads do not reach; a start before all."""
    told = list(day.starts_off_road.values())
    named = [day.stops[stop].order.reference for stop in day.off_road]
    if named:
        told.append(_tr("No road leads to {0}.").format(saying.listed(named, _NAMED)))
    return "".join(f" {sentence}" for sentence in told)


def _name(region: Region, before: Day, after: Day) -> str:
    """The pack; of the same pack what is new on its roads."""
    plain, roads = before.travel.provider.split(":")[:3], after.travel.provider.split(":")[:3]
    if plain == roads and today_roads.can_follow(region):
        return _tr("The roads of this day") if after.areas else _tr("The roads are as usual")
    return region.name or _tr("No region: estimated roads")
