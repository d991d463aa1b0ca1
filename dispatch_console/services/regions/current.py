"""The region in use at this workstation: its roads, its addresses, its map; and what changes when a day moves to
other roads.

Nothing here loads an engine before a pack is opened: a start without one pays nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import platformdirs

from dispatch_console.domain.day import Day
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import StopId
from dispatch_console.services import finding_places, travel
from dispatch_console.services.finding_places import NOWHERE, Finder
from dispatch_console.services.logs import APP

if TYPE_CHECKING:  # what a start of the window without a region needs not load
    from dispatch_console.domain.travel import TravelMatrix
    from dispatch_console.services.regions.online import Online
    from dispatch_console.services.regions.use import Pack

_MAP = "map.pmtiles"
_HIDDEN_S = 60


@dataclass(frozen=True, slots=True)
class Region:
    """An open pack with the class of vehicle that days are reckoned for, or (`NONE`) no pack at all. Where there is
    a service on the net, the roads are its own; addresses and map are those of the pack all the same."""

    pack: Pack | None = None
    klass: str = "van"
    finder: Finder = NOWHERE
    online: Online | None = None

    @property
    def name(self) -> str:
        """That of the roads; empty if they are estimated."""
        if self.online is not None:
            return self.online.name
        return "" if self.pack is None else self.pack.manifest.name

    @property
    def roads(self) -> str:
        """The name of the provider of travel times: the estimate's without a pack, or if it has no roads."""
        if self.online is not None:
            return self.online.roads
        if self.pack is None or self.klass not in self.pack.manifest.classes:
            return travel.ESTIMATE
        return self.pack.provider(self.klass)

    @property
    def map_file(self) -> Path | None:
        """Its vector tiles, if it has any."""
        if self.pack is None or _MAP not in (self.pack.manifest.files or {}):
            return None
        return self.pack.folder / _MAP

    @property
    def attribution(self) -> str:
        """Whom its roads are from: to be told wherever they are shown. Empty if they are estimated."""
        return travel.about(self.roads).get("attribution", "")

    def without_pack(self) -> Region:
        """No pack, and the same service."""
        return NONE if self.online is None else Region(online=self.online)

    def without_online(self) -> Region:
        """The same pack, and its own roads."""
        return NONE if self.pack is None else replace(self, online=None)


NONE = Region()


def built_folder() -> Path:
    """Where the packs lie that this user builds in the window, each in a folder of its own."""
    return platformdirs.user_data_path(APP, appauthor=False) / "regions"


def open_region(folder: Path, klass: str = "van", country: str = "", cache: Path | None = None) -> Region:
    """Open a pack and start its engine. `country`: two letters, of addresses that name none. Takes a second: not
    for the window's thread. UserError for a pack that cannot be used, or whose files are not those that were built:
    whoever has another one open is not to leave it for such a one."""
    from dispatch_console.services.regions import use

    pack = use.open_pack(folder, cache, klass)
    try:
        held = pack.manifest
        finder = NOWHERE
        if finding_places.ADDRESSES in (held.files or {}):
            finder = finding_places.of_pack(pack.folder, "" if held.countries else country)
    except BaseException:
        use.close_pack(pack)
        raise
    return Region(pack, use.class_of(held, klass), finder)


def close_region(region: Region) -> None:
    """Its roads answer nobody any more, and no file of it is open."""
    if region.pack is not None:
        from dispatch_console.services.regions import use

        use.close_pack(region.pack)


def matrix_for(day: Day, known: TravelMatrix | None, roads: str) -> TravelMatrix:
    """The times of `roads` for all that the day needs: `known` grown, if that is of these roads. UserError where
    the roads do not answer. Not for the window's thread."""
    places = day.places()
    if known is not None and known.provider == roads:
        return travel.covering(known, places)
    return travel.matrix(places, roads)


class RouteChange(NamedTuple):
    """A route on other roads: metres and seconds of driving before and after."""

    route: ShiftId
    metres: tuple[int, int]
    seconds: tuple[int, int]


class Changes(NamedTuple):
    """What other roads change in a day: its routes that have stops, and the stops that are late now or no more."""

    routes: Sequence[RouteChange]
    late: Sequence[StopId]
    in_time: Sequence[StopId]

    @property
    def metres(self) -> tuple[int, int]:
        return sum(r.metres[0] for r in self.routes), sum(r.metres[1] for r in self.routes)

    @property
    def seconds(self) -> tuple[int, int]:
        return sum(r.seconds[0] for r in self.routes), sum(r.seconds[1] for r in self.routes)


def changes(before: Day, after: Day) -> Changes:
    """`after`: the same day with other travel times. Lateness under a minute, which no paper shows, is none."""
    routes: list[RouteChange] = []
    for id, now in after.schedules.items():
        was = before.schedules.get(id)
        if was is not None and now.visits:
            routes.append(RouteChange(id, (was.drive_m, now.drive_m), (was.drive_s, now.drive_s)))
    was_late, is_late = _late(before), _late(after)
    return Changes(
        routes,
        [stop for stop in is_late if stop not in was_late],
        [stop for stop in was_late if stop not in is_late],
    )


def _late(day: Day) -> dict[StopId, None]:
    visits = (visit for schedule in day.schedules.values() for visit in schedule.visits)
    return dict.fromkeys(visit.stop for visit in visits if visit.late_s >= _HIDDEN_S)
