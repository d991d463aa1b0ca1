"""Incidents as rows of a Qt model, and how they read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from dispatch_console.domain import nextsteps
from dispatch_console.services.incidents import Deed, Incident, Kind
from dispatch_console.services.incidents.book import Listed
from dispatch_console.services.proposals import Proposal
from dispatch_console.ui import texts
from dispatch_console.ui.models import words

_tr = texts.of("Incidents")

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()

#: kind → (icon, colour). Amber is a risk or needs a person; what has failed is over and stays quiet.
ICONS: Final[dict[Kind, tuple[str, str]]] = {
    Kind.BREAKDOWN: ("ph.wrench", "red"),
    Kind.SICK: ("ph.user", "red"),
    Kind.LATE: ("ph.clock", "red"),
    Kind.OVERLOAD: ("ph.package", "red"),
    Kind.TOO_MANY: ("ph.package", "red"),
    Kind.OVERTIME: ("ph.clock", "red"),
    Kind.NO_BREAK: ("ph.coffee", "red"),
    Kind.DRIVING: ("ph.clock", "red"),
    Kind.DISTANCE: ("ph.path", "red"),
    Kind.SKILL: ("ph.user", "red"),
    Kind.FORBIDDEN: ("ph.user", "red"),
    Kind.ZONE: ("ph.truck", "red"),
    Kind.APART: ("ph.package", "red"),
    Kind.PAIR: ("ph.package", "red"),
    Kind.UNREACHABLE: ("ph.path", "red"),
    Kind.ABSENT: ("ph.user", "red"),
    Kind.NOT_OUT: ("ph.truck", "amb"),
    Kind.LONG_STOP: ("ph.hourglass", "amb"),
    Kind.RISK: ("ph.clock", "amb"),
    Kind.TWICE: ("ph.copy", "red"),
    Kind.UNDONE: ("ph.x-circle", "tx2"),
    Kind.HELD: ("ph.package", "amb"),
    Kind.CASH: ("ph.money", "amb"),
    Kind.OPEN: ("ph.clock-counter-clockwise", "amb"),
    Kind.NO_PLACE: ("ph.map-pin", "amb"),
    Kind.OFF_ROAD: ("ph.map-pin", "amb"),
    Kind.START_OFF_ROAD: ("ph.path", "red"),
    Kind.CRITICAL: ("ph.package", "amb"),
    Kind.PAPERS: ("ph.wrench", "amb"),
}


class Row(NamedTuple):
    """What a row shows. `button_short` is for a narrow pane; `time` is since when, or until when it is put off."""

    icon: str
    token: str
    title: str
    sentence: str
    shorter: tuple[str, ...]  # where the sentence does not fit, the longest first
    button: str
    button_short: str = ""
    time: str = ""


class IncidentModel(QAbstractListModel):
    """`replace` shows other incidents; rows that stay keep their index."""

    def __init__(self, hhmm: Callable[[int], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hhmm = hhmm
        self.listed: list[Listed] = []
        self._chosen: dict[str, int] = {}

    @property
    def incidents(self) -> list[Incident]:
        return [one.incident for one in self.listed]

    def row(self, at: int) -> Row:
        """How row `at` reads."""
        one = self.listed[at]
        return row_of(one.incident, one, self._hhmm, self.choice(at))

    def choice(self, at: int) -> Proposal | None:
        """Which way of its proposal row `at` offers; None: it has none."""
        incident = self.listed[at].incident
        if incident.proposal is None:
            return None
        ways = incident.proposal.choices
        return ways[self._chosen.get(incident.name, 0) % len(ways)]

    def next_way(self, at: int) -> None:
        """Offer the next way of its proposal."""
        self._step(at, 1)

    def last_way(self, at: int) -> None:
        """Offer the way before."""
        self._step(at, -1)

    def _step(self, at: int, by: int) -> None:
        incident = self.listed[at].incident
        if incident.proposal is not None:
            self._chosen[incident.name] = self._chosen.get(incident.name, 0) + by
            here = self.index(at, 0)
            self.dataChanged.emit(here, here)

    def replace(self, listed: Sequence[Listed]) -> None:
        """Removals and insertions row by row, so that views keep their place."""
        wanted = {one.key for one in listed}
        for at in range(len(self.listed) - 1, -1, -1):
            if self.listed[at].key not in wanted:
                self.beginRemoveRows(_NOWHERE, at, at)
                del self.listed[at]
                self.endRemoveRows()
        for at, one in enumerate(listed):
            self._settle(at, one)
        if len(self.listed) > len(listed):  # a key that stands twice
            self.beginRemoveRows(_NOWHERE, len(listed), len(self.listed) - 1)
            del self.listed[len(listed) :]
            self.endRemoveRows()
        names = {one.incident.name for one in listed}
        self._chosen = {name: choice for name, choice in self._chosen.items() if name in names}

    def _settle(self, at: int, one: Listed) -> None:
        """Make row `at` show `one`; rows above are right already."""
        if at < len(self.listed) and self.listed[at].key == one.key:
            if self.listed[at] != one:
                self.listed[at] = one
                here = self.index(at, 0)
                self.dataChanged.emit(here, here)
            return
        old = next((i for i in range(at, len(self.listed)) if self.listed[i].key == one.key), None)
        if old is not None:
            self.beginRemoveRows(_NOWHERE, old, old)
            del self.listed[old]
            self.endRemoveRows()
        self.beginInsertRows(_NOWHERE, at, at)
        self.listed.insert(at, one)
        self.endInsertRows()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.listed)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.listed):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            row = self.row(index.row())
            return f"{row.title}, {row.sentence}, {row.button}"
        return None


def row_of(
    incident: Incident,
    listed: Listed | None = None,
    hhmm: Callable[[int], str] = str,
    choice: Proposal | None = None,
) -> Row:
    name = words.listed_name(incident.who)
    title = f"{incident.what} · {name}" if name and not incident.beside else incident.what
    said = list(filter(None, (incident.sentence, incident.short, incident.brief)))
    if name and incident.beside:
        said = [*(f"{name} · {text}" for text in said), said[-1]]
    if listed is not None and listed.owner:
        said = [f"{text} · {listed.owner}" for text in said]
    icon, token = ICONS[incident.kind]
    if incident.hard and token == "amb":
        token = "red"
    if incident.kind is Kind.LATE and not incident.hard:  # it costs, and breaks no rule
        token = "amb"
    time = hhmm(listed.since) if listed is not None and listed.since is not None else ""
    if listed is not None and listed.snoozed_until is not None:
        time = _tr("until {at}").format(at=hhmm(listed.snoozed_until))
    button = button_text(incident, hhmm, choice)
    return Row(icon, token, title, said[0] if said else "", tuple(said[1:]), *button, time)


def button_text(
    incident: Incident, hhmm: Callable[[int], str] = str, choice: Proposal | None = None
) -> tuple[str, str]:
    """What the button says, and what it says where there is little room."""
    match incident.deed:
        case Deed.ACCEPT:
            way = choice or incident.proposal
            if way is None or way.step is None:
                return _tr("Show"), ""
            return way.short, nextsteps.short(replace(way.step, note="", windows=()))
        case Deed.TELL:
            return _tr("Phone: {at}").format(at=hhmm(incident.at)), ""
        case Deed.UNASSIGN:
            return _tr("Unassign {0}").format(len(incident.stops)), ""
        case deed:
            return _button(deed), ""


def _button(deed: Deed) -> str:
    match deed:
        case Deed.MOVE_UP:
            return _tr("Move up")
        case Deed.OFFER_STOPS:
            return _tr("Offer stops")
        case Deed.OFFER_DRIVERS:
            return _tr("Offer drivers")
        case Deed.DROP_PINS:
            return _tr("Drop pins")
        case Deed.REMIND:
            return _tr("Remind")
        case Deed.ASK:
            return _tr("Phone driver")
        case Deed.SET_OUT:
            return _tr("Left as planned")
        case Deed.BREAKDOWN | Deed.SICK | Deed.HAND_OVER:
            return _tr("Hand over")
        case Deed.CALLS:
            return _tr("Call list")
        case Deed.SHEETS:
            return _tr("Print sheets")
        case Deed.TAKE_IN:
            return _tr("Put into today")
        case Deed.CARRY_OVER:
            return _tr("Carry over")
        case _:
            return _tr("Show")
