"""The rows of the file as a table: the row's number, then the columns that are shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from dispatch_console.services.importing_picture import Column, Line, Mark, Picture, Problem
from dispatch_console.ui.plain import plain

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()

#: Which rows each filter shows.
FILTERS: tuple[frozenset[Mark] | None, ...] = (
    None,
    frozenset({Mark.REJECTED}),
    frozenset({Mark.CHANGED}),
    frozenset({Mark.DUPLICATE}),
)


class RowsModel(QAbstractTableModel):
    """Column 0 is the row's number in the file; column k shows `columns[k - 1]`. Edits go to `on_edit`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._picture = Picture()
        self._shown: list[int] = []
        self._filter = 0
        self._columns: list[Column] = []
        self._bad: dict[int, Problem] = {}
        self._place: dict[int, int] = {}
        self._typed: dict[tuple[int, int], str] = {}  # until the next picture has it
        self._joined: tuple[int, int] | None = None
        self.on_edit: Callable[[int, int, str], None] = lambda row, column, text: None

    def show(self, picture: Picture, columns: list[Column]) -> None:
        """Show another picture. The same rows and columns are repainted in place, so that the view stays put."""
        same = [line.number for line in picture.lines] == [line.number for line in self._picture.lines]
        same_columns = [c.at for c in columns] == [c.at for c in self._columns]
        if same and same_columns and self._filter == 0:
            self._take(picture, columns)
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)
            return
        self.beginResetModel()
        self._take(picture, columns)
        self.endResetModel()

    def filter(self, at: int) -> None:
        """Show only the rows of filter `at` of `FILTERS`."""
        if at != self._filter:
            self.beginResetModel()
            self._filter = at
            self._arrange()
            self.endResetModel()

    def _take(self, picture: Picture, columns: list[Column]) -> None:
        self._picture, self._columns = picture, columns
        hidden = picture.joined is not None and all(column.at != picture.joined[1] for column in columns)
        self._joined = picture.joined if hidden else None
        self._typed = {}
        self._bad = {}
        for problem in picture.problems:
            self._bad.setdefault(problem.row, problem)
        for doubt in picture.doubts:
            self._bad.setdefault(doubt.row, doubt)
        self._doubts = {(doubt.row, doubt.column): doubt for doubt in picture.doubts}
        self._arrange()

    def _arrange(self) -> None:
        wanted = FILTERS[self._filter]
        lines = self._picture.lines
        self._shown = [i for i, line in enumerate(lines) if wanted is None or line.mark in wanted]
        self._place = {lines[i].number: at for at, i in enumerate(self._shown)}

    # --- what the page asks ---

    def line(self, row: int) -> Line:
        return self._picture.lines[self._shown[row]]

    def column(self, section: int) -> Column | None:
        """The column of a section; None for the row numbers."""
        return self._columns[section - 1] if 0 < section <= len(self._columns) else None

    def problem(self, row: int) -> Problem | None:
        """What is wrong with the line on show in `row`."""
        return self._bad.get(self.line(row).number)

    def text(self, row: int, section: int) -> str:
        """What the cell shows."""
        return self._text(self.line(row), section)

    def is_bad(self, row: int, section: int) -> bool:
        """Whether the cell is what the line was rejected for, or taken without."""
        return self._of(self.line(row), section) is not None

    def row_of(self, number: int) -> int | None:
        """Where the file's row `number` is on show."""
        return self._place.get(number)

    def section_of(self, column: int | None) -> int:
        """Where a column of the file is on show; the first one if it is not, or None."""
        for section, shown in enumerate(self._columns, 1):
            if shown.at == column:
                return section
        return 1

    # --- what the view asks ---

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._columns) + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line = self.line(index.row())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(line, index.column())
            case Qt.ItemDataRole.EditRole:
                return self._cell(line, index.column())
            case Qt.ItemDataRole.ToolTipRole:
                return plain(self._tip(line, index.column()))
            case Qt.ItemDataRole.TextAlignmentRole:
                column = self.column(index.column())
                left = column is not None and not column.number
                side = Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignRight
                return int(side | Qt.AlignmentFlag.AlignVCenter)
            case _:
                return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        column = self.column(index.column())
        if column is None or role != Qt.ItemDataRole.EditRole:
            return False
        line = self.line(index.row())
        text = str(value)
        if text == self._cell(line, index.column()):
            return False
        self._typed[line.number, column.at] = text
        self.dataChanged.emit(index, index)
        self.on_edit(line.number, column.at, text)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        base = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return base | Qt.ItemFlag.ItemIsEditable if index.column() > 0 else base

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        column = self.column(section)
        return self.tr("Row") if column is None else column.short or column.header

    def _cell(self, line: Line, section: int) -> str:
        column = self.column(section)
        if column is None:
            return str(line.number)
        before = line.cells[column.at] if column.at < len(line.cells) else ""
        return self._typed.get((line.number, column.at), before) if self._typed else before

    def _text(self, line: Line, section: int) -> str:
        text = self._cell(line, section)
        if "\n" in text or "  " in text or text[:1].isspace():
            text = " ".join(text.split())
        if self._joined is not None and self.section_of(self._joined[0]) == section:
            text = f"{text} {' '.join(line.cells[self._joined[1]].split())}".strip()
        return text or (self.tr("empty") if self._of(line, section) is not None else "")

    def _of(self, line: Line, section: int) -> Problem | None:
        """What is wrong with a cell."""
        column, problem = self.column(section), self._bad.get(line.number)
        if column is None or problem is None or (line.number, column.at) in self._typed:
            return None
        return problem if problem.column == column.at else self._doubts.get((line.number, column.at))

    def _tip(self, line: Line, section: int) -> str:
        problem = self._of(line, section)
        if problem is not None:
            return problem.message
        text = self._cell(line, section)
        return f"{text}\n{line.note}".strip() if line.note else text
