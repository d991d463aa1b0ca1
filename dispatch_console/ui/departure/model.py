"""What to look at before the vans leave, as rows of a Qt model."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from dispatch_console.services.departure import Kind, Problem
from dispatch_console.ui.plain import plain

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()

ICONS: dict[Kind, str] = {
    Kind.RULE: "ph.warning-circle-fill",
    Kind.OVERLOAD: "ph.package",
    Kind.SKILL: "ph.user",
    Kind.LATE: "ph.clock",
    Kind.NO_PLACE: "ph.map-pin",
    Kind.LICENCE: "ph.identification-badge",
    Kind.INSPECTION: "ph.wrench",
    Kind.UNASSIGNED: "ph.package",
    Kind.SHEET: "ph.printer",
    Kind.LATE_RISK: "ph.hourglass",
}


class ProblemModel(QAbstractListModel):
    """`replace` shows others; nothing happens where they are the same."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.problems: list[Problem] = []

    def replace(self, problems: Sequence[Problem]) -> bool:
        """True if anything is shown differently now."""
        if list(problems) == self.problems:
            return False
        self.beginResetModel()
        self.problems = list(problems)
        self.endResetModel()
        return True

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.problems)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.problems):
            return None
        problem = self.problems[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return f"{problem.what}, {problem.sentence}" if role == Qt.ItemDataRole.DisplayRole else _tip(problem)
        return None


def _tip(problem: Problem) -> str:
    return plain(f"{problem.what}\n{problem.sentence}")
