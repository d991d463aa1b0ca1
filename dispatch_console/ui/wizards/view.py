"""What the panel shows of a wizard, and what it asks of it. Wizards make these values, the panel paints them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, Protocol

from dispatch_console.domain.day import Day
from dispatch_console.domain.facts import FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.places import Place
from dispatch_console.services.planning import Options
from dispatch_console.services.wizards.draft import Draft, Phone


class Row(NamedTuple):
    """One who could: `key` names it, `chip` is (slot, initials) or None, `cells` stand under the heads."""

    key: int
    chip: tuple[int, str] | None
    name: str
    detail: str
    cells: tuple[str, ...]
    ticked: bool = False
    bad: bool = False
    tip: str = ""


class Take(NamedTuple):
    """Who takes what, in short: `load` stands at the right."""

    chip: tuple[int, str]
    names: str
    load: str


class Pick(NamedTuple):
    """One of several, from a menu: `Stands at` and what can be chosen. `on_map`: the last one is a click there."""

    label: str
    options: tuple[str, ...]
    at: int
    on_map: bool = False


class Way(NamedTuple):
    """How a van comes to the meeting, place by place."""

    chip: tuple[int, str]
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Sketch:
    """`meet` is marked; `icon` stands on it."""

    meet: Place
    ways: tuple[Way, ...]
    icon: str = "ph.swap"


@dataclass(frozen=True)
class View:
    """Steps: what happened (`choices`, `picks`), who takes over (`rows`), where they meet (`sketch`, `lines`).

    Empty `heads`: there is no second step. `meet` empty: there is no third. `replan`: whether the search goes over
    the routes of those who take something; None: that is not on offer.
    """

    title: str
    icon: str
    where: str
    where_note: str = ""
    choices: tuple[str, ...] = ()
    chosen: int = 0
    choices_note: str = ""
    picks: tuple[Pick, ...] = ()
    who: str = ""
    who_note: str = ""
    heads: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    many: bool = True
    empty: str = ""
    takes: tuple[Take, ...] = ()
    replan: bool | None = None
    meet: str = ""
    meet_note: str = ""
    sketch: Sketch | None = None
    lines: tuple[str, ...] = ()
    phones: tuple[Phone, ...] = ()


class Told(NamedTuple):
    """A fact that goes with the decision, if nobody has told it yet."""

    route: ShiftId
    kind: FactKind
    place: Place | None = None
    value: int = 0


class Ask(NamedTuple):
    """What the search is asked. `key`: what its answer depends on; the same key, the same answer."""

    key: object
    options: Options


class Case(Protocol):
    """One wizard at work. It keeps what the dispatcher chose, and nothing of the day."""

    def view(self, day: Day) -> View:
        """How it looks. Takes longer than a moment, like `draft`: asked on another thread (see `work`)."""
        ...

    def choose(self, index: int) -> Told | None:
        """One of `choices`. What it tells is a fact of now."""
        ...

    def pick(self, which: int, index: int) -> None: ...

    def tick(self, key: int) -> None: ...

    def draft(self, day: Day) -> Draft:
        """Raises UserError with what is missing."""
        ...

    def tells(self, day: Day) -> Told | None:
        """The fact that accepting stands for, if it is not told yet."""
        ...
