"""Incidents as rows of a Qt model, and how they read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from dispatch_console.services.incidents import Deed, Incident, Kind
from dispatch_console.ui import texts
from dispatch_console.ui.models import words

_tr = texts.of("Incidents")

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()

ICONS: Final[dict[Kind, str]] = {
    Kind.LATE: "ph.clock",
    Kind.OVERLOAD: "ph.package",
    Kind.TOO_MANY: "ph.package",
    Kind.OVERTIME: "ph.clock",
    Kind.NO_BREAK: "ph.coffee",
    Kind.SKILL: "ph.user",
    Kind.UNREACHABLE: "ph.path",
    Kind.ABSENT: "ph.user",
    Kind.NO_PLACE: "ph.map-pin",
    Kind.CRITICAL: "ph.package",
    Kind.PAPERS: "ph.wrench",
}


class Row(NamedTuple):
    """What a row shows."""

    icon: str
    token: str
    title: str
    sentence: str
    shorter: tuple[str, ...]  # where the sentence does not fit, the longest first
    button: str


class IncidentModel(QAbstractListModel):
    """`replace` shows other incidents; rows that stay keep their index."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.incidents: list[Incident] = []

    def replace(self, incidents: Sequence[Incident]) -> None:
        """Removals and insertions row by row, so that views keep their place."""
        wanted = {incident.key for incident in incidents}
        for at in range(len(self.incidents) - 1, -1, -1):
            if self.incidents[at].key not in wanted:
                self.beginRemoveRows(_NOWHERE, at, at)
                del self.incidents[at]
                self.endRemoveRows()
        for at, incident in enumerate(incidents):
            self._settle(at, incident)
        if len(self.incidents) > len(incidents):  # a key that stands twice
            self.beginRemoveRows(_NOWHERE, len(incidents), len(self.incidents) - 1)
            del self.incidents[len(incidents) :]
            self.endRemoveRows()

    def _settle(self, at: int, incident: Incident) -> None:
        """Make row `at` show `incident`; rows above are right already."""
        if at < len(self.incidents) and self.incidents[at].key == incident.key:
            if self.incidents[at] != incident:
                self.incidents[at] = incident
                here = self.index(at, 0)
                self.dataChanged.emit(here, here)
            return
        old = next((i for i in range(at, len(self.incidents)) if self.incidents[i].key == incident.key), None)
        if old is not None:
            self.beginRemoveRows(_NOWHERE, old, old)
            del self.incidents[old]
            self.endRemoveRows()
        self.beginInsertRows(_NOWHERE, at, at)
        self.incidents.insert(at, incident)
        self.endInsertRows()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.incidents)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.incidents):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            row = row_of(self.incidents[index.row()])
            return f"{row.title}, {row.sentence}"
        return None


def row_of(incident: Incident) -> Row:
    title = f"{incident.what} · {words.listed_name(incident.who)}" if incident.who else incident.what
    icon, token = ICONS[incident.kind], "red" if incident.hard else "amb"
    shorter = tuple(filter(None, (incident.short, incident.brief)))
    return Row(icon, token, title, incident.sentence, shorter, button_text(incident))


def button_text(incident: Incident) -> str:
    match incident.deed:
        case Deed.MOVE_UP:
            return _tr("Move up")
        case Deed.OFFER_STOPS:
            return _tr("Offer stops")
        case Deed.OFFER_DRIVERS:
            return _tr("Offer drivers")
        case Deed.UNASSIGN:
            return _tr("Unassign {0}").format(len(incident.stops))
        case Deed.DROP_PINS:
            return _tr("Drop pins")
        case Deed.REMIND:
            return _tr("Remind")
        case Deed.SHOW:
            return _tr("Show")
