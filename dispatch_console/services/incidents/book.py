"""The book of a day's incidents: what there is, since when, who has it in hand, what is put off until when."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from dispatch_console.domain import clock
from dispatch_console.domain.day import Day, DayState
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.fleet import DepotId
from dispatch_console.domain.orders import StopId
from dispatch_console.services.incidents.finding import incidents
from dispatch_console.services.incidents.forecasts import Places
from dispatch_console.services.incidents.values import Around, Incident, Kind
from dispatch_console.services.incidents.watch import Broke, watch
from dispatch_console.store.base import new_command
from dispatch_console.store.store import Store
from dispatch_console.store.values import Mark

log = logging.getLogger(__name__)

#: What the program sees by looking, so that the moment is worth keeping.
_SEEN = (Kind.LATE, Kind.RISK, Kind.LONG_STOP, Kind.NOT_OUT)


class Keeper(Protocol):
    """Where marks go to become durable; comes back at once."""

    def save(self, day: Day, marks: Mapping[str, Mark | None], who: str, what: str) -> None: ...


class Listed(NamedTuple):
    """An incident as the queue shows it. `since` and `snoozed_until` (put off until then): seconds of the plan day.
    While the day is planned, an incident has no age.
    """

    incident: Incident
    since: int | None
    owner: str = ""
    snoozed_until: int | None = None

    @property
    def key(self) -> object:
        return self.incident.key


@dataclass(frozen=True, slots=True)
class Known:
    """What the store knows of a day's incidents. `came_over`: a sentence, if orders of earlier days stand in it."""

    depot: DepotId
    date: dt.date
    marks: Mapping[str, Mark]
    around: Around
    came_over: str = ""


@dataclass(frozen=True)
class StoreKeeper:
    """Keeps marks in the store, on the database's thread."""

    store: Store

    def save(self, day: Day, marks: Mapping[str, Mark | None], who: str, what: str) -> None:
        depot, date, command = day.depot.id, day.date, new_command()

        def write() -> None:
            if self.store.viewing:  # what others see first is noted by their consoles
                return
            try:
                self.store.save_marks(depot, date, marks, who, what, command)
            except UserError as error:  # the incident is there all the same; only its age and owner are not kept
                log.warning("marks of incidents could not be saved: %s", error.message)

        self.store.submit(write)


class IncidentBook:
    """One per desk. `look` finds what there is; the marks of a day that is opened come by `take`."""

    def __init__(self, keeper: Keeper | None = None) -> None:
        self.keeper = keeper
        self.around = Around()
        self.watched: Mapping[StopId, Broke] = {}
        self._day: tuple[object, dt.date] | None = None
        self._marks: dict[str, Mark] = {}
        self._seen: frozenset[str] = frozenset()
        self._places = Places()

    def look(self, day: Day, now: dt.datetime) -> list[Listed]:
        """All incidents of `day` at `now` (aware), put-off ones too; what is seen for the first time is noted."""
        self._turn_to(day)
        running = day.state is not DayState.DRAFT
        self.watched = watch(self.watched, day) if running else {}
        found = incidents(day, self.around, self._places)
        new = {i.name: Mark(self._first(day, i, now), by=i.by) for i in found if self._is_new(i)} if running else {}
        names = frozenset(incident.name for incident in found)
        gone = [name for name in self._seen - names if name in self._marks]
        self._seen = names
        if new or gone:
            self._keep(day, {**new, **dict.fromkeys(gone)}, "", "")
        return [self._listed(day, incident, now, running) for incident in found]

    def take(self, day: Day, marks: Mapping[str, Mark]) -> None:
        """The marks that the store has of a day. What was seen meanwhile stays as seen first."""
        self._turn_to(day)
        for name, mark in marks.items():
            mine = self._marks.get(name)
            known = _together(mark, mine) if mine is not None else mark
            self._marks[name] = known
        late = (name.split(":") for name in marks if name.startswith(f"{Kind.LATE}:"))
        kept = {StopId(int(part[2])): marks[":".join(part)] for part in late}
        before = {stop: Broke(self._seconds(day, mark.since), mark.by) for stop, mark in kept.items()}
        self.watched = {**self.watched, **before}

    def own(self, day: Day, incident: Incident, who: str, now: dt.datetime) -> None:
        """`who` has it in hand; whose it is already lets go of it."""
        mark = self._mark(day, incident, now)
        owner = "" if mark.owner == who else who
        what = f"{incident.what}: {'mine' if owner else 'let go'}"
        self._keep(day, {incident.name: mark._replace(owner=owner)}, who, what)

    def snooze(self, day: Day, incident: Incident, until: dt.datetime | None, who: str, now: dt.datetime) -> None:
        """Put it off until `until` (aware); None: it counts again."""
        mark = self._mark(day, incident, now)
        what = f"{incident.what}: {'put off' if until else 'back'}"
        self._keep(day, {incident.name: mark._replace(snoozed_until=until)}, who, what)

    def _turn_to(self, day: Day) -> None:
        if self._day != (day.depot.id, day.date):
            self._day = day.depot.id, day.date
            self._marks, self._seen, self.watched = {}, frozenset(), {}

    def _is_new(self, incident: Incident) -> bool:
        return incident.kind in _SEEN and incident.name not in self._marks

    def _first(self, day: Day, incident: Incident, now: dt.datetime) -> dt.datetime:
        broke = self.watched.get(incident.stops[0]) if incident.kind is Kind.LATE else None
        return clock.to_instant(broke.since, day.date, day.depot.timezone) if broke is not None else now

    def _mark(self, day: Day, incident: Incident, now: dt.datetime) -> Mark:
        since = now
        if incident.since is not None:
            since = clock.to_instant(incident.since, day.date, day.depot.timezone)
        return self._marks.get(incident.name) or Mark(since, by=incident.by)

    def _keep(self, day: Day, marks: Mapping[str, Mark | None], who: str, what: str) -> None:
        for name, mark in marks.items():
            if mark is None:
                self._marks.pop(name, None)
            else:
                self._marks[name] = mark
        if self.keeper is not None:
            self.keeper.save(day, marks, who, what)

    def _listed(self, day: Day, incident: Incident, now: dt.datetime, running: bool) -> Listed:
        mark = self._marks.get(incident.name)
        since = incident.since
        if since is None and mark is not None and running:
            since = self._seconds(day, mark.since)
        if mark is None:
            return Listed(incident, since)
        asleep = mark.snoozed_until is not None and mark.snoozed_until > now
        until = self._seconds(day, mark.snoozed_until) if asleep and mark.snoozed_until is not None else None
        return Listed(incident, since, mark.owner, until)

    @staticmethod
    def _seconds(day: Day, at: dt.datetime) -> int:
        return clock.to_seconds(at, day.date, day.depot.timezone)


def _together(kept: Mark, seen: Mark) -> Mark:
    """What the store has of an incident that was seen before it could be read: people's marks, the earlier time."""
    first = min(kept, seen, key=lambda mark: mark.since)
    owner = seen.owner or kept.owner
    return Mark(first.since, owner, seen.snoozed_until or kept.snoozed_until, first.by)
