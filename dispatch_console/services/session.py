"""The one mutable cell: the day on the screen, its history, and who wants to hear of changes."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import wraps
from typing import Concatenate, Protocol
from zoneinfo import ZoneInfo

from dispatch_console.domain import baseline, clock, freeze
from dispatch_console.domain.day import Approval, Day, DayState, Elsewhere
from dispatch_console.domain.errors import FrozenHead, StaleChange, UserError
from dispatch_console.domain.facts import Fact
from dispatch_console.domain.keeping_up import Kept, keep_up
from dispatch_console.domain.places import Place
from dispatch_console.domain.plan import PlanChange
from dispatch_console.domain.travel import TravelMatrix
from dispatch_console.services import travel
from dispatch_console.services.history import History
from dispatch_console.store.values import Done

#: (before, after, initiator). Views repaint what is not the same object; the initiator knows it was him.
Listener = Callable[[Day, Day, object], None]


class Saver(Protocol):
    """Where changes go to become durable, in order. Calls return at once; the store works on its own thread."""

    def change(self, change: PlanChange, before: Day, after: Day) -> None: ...

    def approval(self, after: Day) -> None: ...

    def facts(self, facts: Sequence[Fact], change: PlanChange | None, after: Day) -> None: ...


def for_good[**P, R](service: Callable[Concatenate[DaySession, P], R]) -> Callable[Concatenate[DaySession, P], R]:
    """A service that is about what happens, or is decided or said for good: it always works on the day as it is."""

    @wraps(service)
    def on_the_day_as_it_is(session: DaySession, /, *args: P.args, **kwargs: P.kwargs) -> R:
        with session.as_it_is():
            return service(session, *args, **kwargs)

    return on_the_day_as_it_is


class DaySession:
    """Holds the current `Day`. Every edit, whoever makes it, goes through `apply`.

    `fleet_version` counts what may have changed the depot's fleet, which stands in the store alone: who shows it
    loads it anew when an announcement finds another number.
    """

    def __init__(self, day: Day, saver: Saver | None = None) -> None:
        self.day = day
        self.history = History(day)
        self.fleet_version = 0
        #: Why the day can only be looked at, in a sentence; empty: it can be worked on. Trials are open to anybody.
        self.viewing = ""
        self._saver = saver
        self._real: tuple[Day, History] | None = None
        self._held: list[object] | None = None
        #: What of a trial had to give way to what happened meanwhile, by name; whoever says it empties the list.
        self.dropped: list[str] = []
        #: The days of trials that were laid aside.
        self.laid_aside: Callable[[], Iterable[Day]] = lambda: ()
        self._listeners: list[Listener] = []

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Hear of every change. Returns the call that ends it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def apply(
        self,
        change: PlanChange,
        initiator: object = None,
        times: TravelMatrix | None = None,
        after: Day | None = None,
    ) -> None:
        """Make `change` the newest step. An empty change does nothing. Raises StaleChange or FrozenHead.

        `after`: what `Day.apply` made of the very day of now, where somebody has asked it already.
        """
        if not change:
            return
        before = self._take(change, times, after)
        self.history.add(change)
        self._announce(before, initiator)

    def undo(self, initiator: object = None) -> PlanChange:
        """Take back the newest step and return it. Raises UserError if there is none, or if others built on it."""
        done = self.history.done
        if not done:
            raise UserError("There is nothing to undo.")
        change = done[-1]
        self._need_mine("undone", change.label, self.history.built_on(redo=False))
        before = self._go(change.inverse(), self.history.drop_done)
        self.history.undo()
        self._announce(before, initiator)
        return change

    def redo(self, initiator: object = None) -> PlanChange:
        """Do the step last undone again and return it. Raises UserError if there is none."""
        undone = self.history.undone
        if not undone:
            raise UserError("There is nothing to redo.")
        change = undone[-1]
        self._need_mine("done again", change.label, self.history.built_on(redo=True))
        before = self._go(change, self.history.drop_undone)
        self.history.redo()
        self._announce(before, initiator)
        return change

    def record(
        self, facts: Sequence[Fact], now: int, initiator: object = None, change: PlanChange | None = None
    ) -> None:
        """Append facts. They are never undone, and they do not touch the history.

        `change` is what the plan has to become for the facts to be told of it (a driver went elsewhere first): it
        has happened too. Raises StaleChange or FrozenHead, and then nothing is recorded.
        """
        with self.as_it_is():
            self._need_rights()
            before = self.day
            day = (before.apply(change) if change else before).record(facts, now)
            if self._saver:
                self._saver.facts(facts, change or None, day)
            self.day = day
            self._announce(before, initiator)

    def follow(
        self,
        there: Elsewhere,
        done: Sequence[Done],
        times: TravelMatrix | None = None,
        initiator: object = None,
        *,
        fleet: bool = False,
    ) -> None:
        """Take over what others have `done`. It stands in the store already, and only they can undo it."""
        with self.as_it_is():
            before = self.day
            self.history.hear(done)
            self.fleet_version += fleet
            same = not there.change and there.facts is None and there.approval is None
            if times is None:
                times = self._travel(there.change)
            if same:
                self.day = replace(before, revision=max(there.revision, before.revision), seen=there.seen)
            else:
                self.day = before.followed(there, times)
            if not same or fleet:
                self._announce(before, initiator)

    def tick(self, now: int, initiator: object = None) -> None:
        """Let the clock go on: forecasts of routes under way move with it. Back too, when it was wrong."""
        before = self.day
        if now == before.now:
            return
        self.day = before.at(now)
        if self._real is not None:
            self._real = self._real[0].at(now), self._real[1]
        self._announce(before, initiator)

    def needed(self, places: Iterable[Place]) -> list[tuple[TravelMatrix, list[Place]]]:
        """What an edit that brings `places` asks travel times for: the matrices, each with all it has to hold."""
        wanted = list(dict.fromkeys(places))
        if not wanted:
            return []
        here = [(self.day.travel, wanted)]
        tried = self.tried_places()
        return [*here, (self.real.travel, [*wanted, *tried])] if tried else here

    def tried_places(self) -> list[Place]:
        """The places of all trials: what the day as it is has to know before they follow it."""
        days = [*self.laid_aside(), *([self.day] if self._real is not None else [])]
        return list(dict.fromkeys(place for day in days for place in day.places()))

    def places_of_undo(self) -> list[Place]:
        """Those that the newest step brings back."""
        return _places(self.history.done[-1].inverse()) if self.history.done else []

    def places_of_redo(self) -> list[Place]:
        """Those that the step last undone brings again."""
        return _places(self.history.undone[-1]) if self.history.undone else []

    # -- trying out ----------------------------------------------------------------------------------

    @property
    def real(self) -> Day:
        """The day as it is; another one than `day` while something is tried out."""
        return self.day if self._real is None else self._real[0]

    @property
    def trying(self) -> bool:
        return self._real is not None

    def try_out(
        self,
        day: Day | None = None,
        history: History | None = None,
        initiator: object = None,
        was: Day | None = None,
    ) -> None:
        """From now on edits go to a copy of the day and nothing of them is saved; facts go to both.

        `day`, `history`: a trial to go on with, made of the day as it `was`. Raises UserError in a trial.
        """
        if self._real is not None:
            raise UserError("You are trying something already. Take it over or throw it away first.")
        before = self.day
        self._real = before, self.history
        self.history = history or History(before)
        if day is not None:
            self.day = self.kept_up(day, was or before, before)
        self._announce(before, initiator)

    @contextmanager
    def as_it_is(self) -> Generator[None]:
        """Inside, the session is on the day as it is, whatever is tried out: for what counts for good.

        The trial is then brought up to date, and all is announced as one change of it.
        """
        if self._real is None:
            yield
            return
        tried, left = self.day, self.history
        (self.day, self.history), self._real = self._real, None
        was, self._held = self.day, []
        try:
            yield
        finally:
            initiators, self._held = self._held, None
            now = self.day
            self._real, self.history = (now, self.history), left
            self.day = tried if now is was else self.kept_up(tried, was, now)
            if initiators:
                self._announce(tried, initiators[-1])

    def end_trial(self, initiator: object = None) -> tuple[Day, History]:
        """Show the real day again; the trial as it was left. Raises UserError if there is none."""
        if self._real is None:
            raise UserError("Nothing is being tried out.")
        before, left = self.day, self.history
        (self.day, self.history), self._real = self._real, None
        self._announce(before, initiator)
        return before, left

    def kept_up(self, tried: Day, was: Day, now: Day) -> Day:
        """A trial made of the day as it `was`, on that of `now`; what could not be kept is added to `dropped`."""
        kept = keep_up(tried, was, now, "Trial")
        self.dropped += _names(kept, tried, now)
        grows = kept.change.orders or kept.change.shifts
        # A trial knows its own places already; the day as it is may know others that came meanwhile.
        same = tried.travel.provider == now.travel.provider and tried.travel.covers(now.places())
        known = tried.travel if same else now.travel
        times = travel.covering(known, tried.places()) if grows else None
        return now.apply(kept.change, times) if kept.change else now

    def set_approval(self, approval: Approval, initiator: object = None) -> None:
        """Change the state of the day. Not part of the history: approving has its own way back.

        From draft to approved the plan is frozen as the day's baseline, as it is at that moment; back in draft
        there is none.
        """
        self.need_real()
        self._need_rights()
        before = day = self.day
        base = before.baseline
        if approval.state is DayState.DRAFT:
            base = None
        elif before.approval.state is DayState.DRAFT:
            day = _at(before, approval)
            base = baseline.frozen(day.schedules)
        after = replace(day, approval=approval, baseline=base, revision=day.revision + 1)
        self.day = after.papers_changed(before)
        if self._saver:
            self._saver.approval(self.day)
        self._announce(before, initiator)

    def replace_day(self, day: Day, initiator: object = None, *, keep_history: bool = False) -> None:
        """Show another day, or this one as the store now has it.

        Who comes back to a day that nobody has changed meanwhile finds its history as it was, in order with what
        was done to the fleet meanwhile.
        """
        if self._real is not None:
            (self.day, self.history), self._real = self._real, None
        before, self.day = self.day, day
        if not keep_history:
            self.history.go(before, day)
            self.fleet_version += 1
        self._announce(before, initiator)

    def forget_history(self) -> None:
        """Nothing can be undone any more: steps were lost on their way to the store, or the program began anew."""
        if self._real is None:
            self.history = History(self.day)
        else:
            self._real = self._real[0], History(self._real[0])

    def _go(self, change: PlanChange, forget: Callable[[], object]) -> Day:
        """The newest step back or forward, as far as it can still be done after what has happened since.

        A step that cannot be taken any more is forgotten, so that the one before it can be reached.
        """
        try:
            possible = freeze.rebase(change, self.day.plan, self.day.facts)
            return self._take(possible, self._travel(possible))
        except FrozenHead as error:
            forget()
            raise FrozenHead(
                f"“{change.label}” has happened in part and stays as it is. {error.message}"
            ) from error
        except StaleChange:
            if self._real is not None:  # the day has changed under the trial: the step before may still go
                forget()
            raise

    def _need_mine(self, what: str, label: str, since: Done | None) -> None:
        """Raise StaleChange if somebody has built on a step."""
        if since is not None:
            at = since.at.astimezone(ZoneInfo(self.day.depot.timezone)).strftime("%H:%M")
            raise StaleChange(
                f"“{label}” cannot be {what}: {since.who} has built on it since ({at} “{since.what}”). "
                "Change it by hand, or ask there."
            )

    def _take(self, change: PlanChange, times: TravelMatrix | None, after: Day | None = None) -> Day:
        """Make the change and send it to be saved; announced once the history knows. Returns the day as it was."""
        before = self.day
        if change.for_good:
            self.need_real()
        if self._real is None:
            self._need_rights()
        if times is not None and times.provider != before.travel.provider:  # the roads have changed meanwhile
            times, after = travel.covering(before.travel, times.places), None
        if after is not None and after.seen != before.seen:  # others have changed the day meanwhile
            after = None
        self.day = before.apply(change, times) if after is None else after
        self.fleet_version += not change.on_day
        if self._saver and self._real is None:
            self._saver.change(change, before, self.day)
        return before

    def need_real(self) -> None:
        """Raise UserError while something is tried out."""
        if self._real is not None:
            raise UserError("This would count for good. Take over what you are trying, or throw it away, first.")

    def _need_rights(self) -> None:
        if self.viewing:
            raise UserError(self.viewing)

    def _travel(self, change: PlanChange) -> TravelMatrix:
        """The day's travel times, grown where what comes back has a place that a reloaded day does not know."""
        return travel.covering(self.day.travel, _places(change))

    def _announce(self, before: Day, initiator: object) -> None:
        if self._held is not None:
            self._held.append(initiator)
            return
        for listener in list(self._listeners):
            listener(before, self.day, initiator)


def _places(change: PlanChange) -> list[Place]:
    """Those that a change brings."""
    places = [s.after.place for s in change.orders if s.after is not None and s.after.place is not None]
    shifts = [s.after for s in change.shifts if s.after is not None]
    return places + [place for one in shifts for place in (one.start_place, one.end_place) if place is not None]


def _at(day: Day, approval: Approval) -> Day:
    """The day at the moment of an approval, if a clock runs for it."""
    if not day.now or approval.at is None:
        return day
    return day.at(max(day.now, clock.to_seconds(approval.at, day.date, day.depot.timezone)))


def _names(kept: Kept, tried: Day, now: Day) -> list[str]:
    """What of a trial gives way: orders by their numbers, routes by their drivers."""
    shifts = {**tried.shifts, **now.shifts}
    stops = [(now.stops.get(stop) or tried.stops[stop]).order.reference for stop in kept.stops]
    orders = [(now.orders.get(id) or tried.orders[id]).reference for id in kept.orders]
    routes = [shifts[id].driver.name for id in (*kept.routes, *kept.shifts)]
    return list(dict.fromkeys((*stops, *orders, *routes)))
