"""The map's two menus: which routes are shown, and what lies under and over them."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, NamedTuple

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QAction, QActionGroup, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget, QWidgetAction

from dispatch_console.domain.fleet import Shift, ShiftId
from dispatch_console.domain.plan import POOL
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.file_dialogs import FileDialogs
from dispatch_console.ui.map import tiles
from dispatch_console.ui.widgets import Field, paint_chip

Kind = Literal["all", "selected", "unassigned", "route"]


class Filter(NamedTuple):
    """Which routes the map shows; `route` counts for kind `route` alone."""

    kind: Kind = "all"
    route: ShiftId = POOL


class RouteMenu(QMenu):
    """All routes, the selected ones, the unassigned stops alone, or one driver. `chosen(filter)`."""

    chosen = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.filter = Filter()
        self.aboutToShow.connect(self._fill)

    def words(self, wanted: Filter) -> str:
        """What the button says while this filter is on."""
        fixed = {
            "all": self.tr("All routes"),
            "selected": self.tr("Selected routes"),
            "unassigned": self.tr("Unassigned only"),
        }
        return fixed.get(wanted.kind) or self._desk.driver(wanted.route)

    def choose(self, wanted: Filter) -> None:
        self.filter = wanted
        self.chosen.emit(wanted)

    def _fill(self) -> None:
        self.clear()
        group = QActionGroup(self)
        for kind in ("all", "selected", "unassigned"):
            self._add(group, Filter(kind), QIcon())
        self.addSeparator()
        ratio = self.devicePixelRatioF()
        for id, shift in self._desk.day.shifts.items():
            self._add(group, Filter("route", id), _chip(shift, ratio))

    def _add(self, group: QActionGroup, wanted: Filter, icon: QIcon) -> None:
        action = self.addAction(icon, self.words(wanted).replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(wanted == self.filter)
        action.triggered.connect(lambda: self.choose(wanted))
        group.addAction(action)


def _chip(shift: Shift, ratio: float) -> QIcon:
    pixmap = QPixmap(round(22 * ratio), round(16 * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill("transparent")
    painter = QPainter(pixmap)
    paint_chip(painter, QRect(0, 0, 22, 16), shift.slot, shift.driver.initials)
    painter.end()
    return QIcon(pixmap)


class LayerMenu(QMenu):
    """`base_wanted(choice)`: empty, an address or a file, see `tiles.open_base`. `switched()`: a layer or tool."""

    base_wanted = Signal(str)
    switched = Signal()

    def __init__(self, files: FileDialogs, parent: QWidget) -> None:
        super().__init__(parent)
        self._files = files
        self.lines = self._switch(self.tr("Route lines"), True)
        self.towns = self._switch(self.tr("Town names"), True)
        self.addSeparator()
        self.pins = self._switch(self.tr("Move pins by dragging (or hold Alt)"), False)
        self.addSeparator()
        self.region = self.addAction(self.tr("Map of the region"))
        self.region.setCheckable(True)
        self.region.triggered.connect(lambda: self.base_wanted.emit(""))
        self.plain = self.addAction(self.tr("No base map"))
        self.plain.setCheckable(True)
        self.plain.triggered.connect(lambda: self.base_wanted.emit(tiles.PLAIN))
        self.file = self.addAction(self.tr("Map file…"))
        self.file.setCheckable(True)
        self.file.triggered.connect(self._ask_file)
        self.addSeparator()
        self._address = Field(self.tr("Tile address, https://…/{z}/{x}/{y}.png"))
        self._address.returnPressed.connect(self._take_address)
        self.addAction(_padded(self._address, self))

    def show_base(self, choice: str, *, region: bool) -> None:
        """Tick what is in use. `region`: there is a map of a region pack to choose."""
        online = choice.startswith(("http://", "https://"))
        plain = choice == tiles.PLAIN or not (choice or region)
        self.region.setVisible(region)
        self.region.setChecked(region and not choice)
        self.plain.setChecked(plain)
        self.file.setChecked(bool(choice) and not online and not plain)
        self.file.setText(
            self.tr("Map file: {0}…").format(Path(choice).name) if self.file.isChecked() else self.tr("Map file…")
        )
        self._address.setText(choice if online else "")

    def _switch(self, text: str, on: bool) -> QAction:
        action = self.addAction(text)
        action.setCheckable(True)
        action.setChecked(on)
        action.toggled.connect(self._on_switch)
        return action

    def _on_switch(self, on: bool) -> None:
        self.switched.emit()

    def _ask_file(self) -> None:
        kinds = self.tr("Map files (*.mbtiles *.pmtiles)")
        path = self._files.open_one(self, "map", self.tr("Map file"), kinds)
        if path:
            self.base_wanted.emit(path)
        else:
            self.switched.emit()

    def _take_address(self) -> None:
        self.close()
        self.base_wanted.emit(self._address.text())


def _padded(field: QWidget, menu: QMenu) -> QWidgetAction:
    box = QWidget(menu)
    column = QVBoxLayout(box)
    column.setContentsMargins(12, 4, 12, 4)
    field.setMinimumWidth(280)
    column.addWidget(field)
    action = QWidgetAction(menu)
    action.setDefaultWidget(box)
    return action
