"""The roads of the day beside the panes: what is closed, avoided or slow, and ways to say more."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from dispatch_console.domain.day import Day
from dispatch_console.domain.road_changes import RoadChange, RoadChangeId
from dispatch_console.services import road_changes
from dispatch_console.services.regions import today_roads
from dispatch_console.services.road_changes import Wanted
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.roads.form import KINDS, AreaForm
from dispatch_console.ui.roads.rows import SIGNS, RoadRows
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import Button, EmptyState, IconButton, KeyCap, PaneHead, Text
from dispatch_console.ui.widgets.arranging import either, in_a_row, pile
from dispatch_console.ui.widgets.foot import PanelFoot


class RoadsPanel(QWidget):
    """`shown(bool)`: it wants to be seen, or is done with. `chosen(id)`: another area is in talk, or none.
    `looked_for(id)`: show where it is. `draw_wanted(kind)`, `zone_wanted(zone)`: say more. `again_wanted()`: the
    times shall follow the roads now."""

    shown = Signal(bool)
    chosen = Signal(object)
    looked_for = Signal(object)
    draw_wanted = Signal(str)
    zone_wanted = Signal(str)
    again_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.head = PaneHead(self.tr("Roads of this day"), 0)
        self._close = IconButton("ph.x", self.tr("Close (Esc)"))
        self.head.add_tool(self._close)
        self.draw = [Button(text, SIGNS[kind][0]) for kind, text in zip(KINDS, self._names(), strict=True)]
        self.zone = Button(self.tr("Slow zone"), caret=True)
        self._zones = QMenu(self)
        self.zone.set_menu(self._zones)
        self.rows = RoadRows()
        self.empty = EmptyState(
            "ph.path",
            self.tr("All roads are as usual"),
            self.tr("Click “Close…” and then the corners of the area on the map, or right-click a road there."),
        )
        self._body = either(self.rows, self.empty)
        self.form = AreaForm()
        self.told = Text("", "secondary", "tx2")
        self.told.setWordWrap(True)
        self.again = Button(self.tr("Try again"))
        foot = PanelFoot()
        foot.stand(KeyCap("Enter"), Text(self.tr("shows it on the map"), "secondary", "tx3"), right=QWidget())
        pile(self, self.head, self._tools(), self._body, self.form, self._notes(), foot, grows=self._body)
        self.setFocusProxy(self.rows)
        self._connect()

    def open(self, id: RoadChangeId | None = None) -> None:
        """Show the list; `id`: with this one in talk, its note to be typed."""
        self.refresh(id)
        self.shown.emit(True)
        if id is not None:
            self.form.note.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.rows.setFocus(Qt.FocusReason.OtherFocusReason)
        self.chosen.emit(self.rows.id)

    def refresh(self, id: RoadChangeId | None = None) -> None:
        """Look at the day again."""
        day = self._desk.day
        self.rows.show_day(day, id or self.rows.id)
        self.head.set_count(len(day.road_changes))
        self._body.setCurrentWidget(self.rows if day.road_changes else self.empty)
        self.form.show_area(self._one(), day.date)
        self._zones.clear()
        for zone in road_changes.zones(day):
            self._zones.addAction(zone.replace("&", "&&"), lambda zone=zone: self.zone_wanted.emit(zone))
        self.zone.set_why_not(None if self._zones.actions() else self.tr("No stop of this day has a zone."))
        self.follow_times()

    def follow_times(self) -> None:
        """Say whether the times rest on what is listed."""
        day, region = self._desk.session.real, self._desk.region
        estimated = bool(day.areas) and not today_roads.can_follow(region)
        behind = not estimated and day.travel.provider != today_roads.roads_of(region, day.areas)
        if estimated:
            of_service = self.tr("{0} knows nothing of it").format(region.name)
            known = of_service if region.online is not None else self.tr("Estimated times know no roads")
            self.told.setText(
                self.tr("{0}: use a region pack (Settings → Region) for times that follow.").format(known)
            )
        elif behind:
            self.told.setText(self.tr("The times do not follow yet."))
        self.told.setVisible(estimated or behind)
        self.again.setVisible(behind)

    def leave(self) -> None:
        self.chosen.emit(None)
        self.shown.emit(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), look.colour("pane"))

    # -- inside --------------------------------------------------------------------------------------

    def _names(self) -> tuple[str, str, str]:
        return self.tr("Close…"), self.tr("Avoid…"), self.tr("Slow…")

    def _one(self) -> RoadChange | None:
        return next((one for one in self._desk.day.road_changes if one.id == self.rows.id), None)

    def _tools(self) -> QWidget:
        return _inset(in_a_row(*self.draw, self.zone))

    def _notes(self) -> QWidget:
        return _inset(self.told, in_a_row(self.again))

    def _connect(self) -> None:
        self._desk.day_changed.connect(self._on_day)
        self._desk.region_changed.connect(self.follow_times)
        self._desk.theme_changed.connect(self.rows.viewport().update)
        self._close.clicked.connect(self.leave)
        self.again.clicked.connect(self.again_wanted)
        for kind, button in zip(KINDS, self.draw, strict=True):
            button.clicked.connect(lambda _=False, kind=kind: self.draw_wanted.emit(kind))
        self.rows.chosen.connect(self._on_chosen)
        self.rows.opened.connect(self.looked_for)
        self.rows.removed.connect(self._remove)
        self.form.changed.connect(self._change)
        self.form.removed.connect(lambda: self._remove(self.rows.id))
        self.form.refused.connect(self._on_refused)

    def _on_chosen(self, id: RoadChangeId) -> None:
        self.form.show_area(self._one(), self._desk.day.date)
        self.chosen.emit(id)

    def _change(self, wanted: Wanted) -> None:
        desk, id = self._desk, self.rows.id
        if id is not None:
            desk.do(lambda: self.refresh(road_changes.change(desk.session, id, wanted, desk.clock(), self).id))
            self.form.show_area(self._one(), desk.day.date)  # what was refused shows again what counts

    def _on_refused(self, text: str) -> None:
        self._desk.message.emit(text, "error")

    def _remove(self, id: RoadChangeId | None) -> None:
        if id is not None:
            self._desk.do(road_changes.remove, self._desk.session, id, self)

    def _on_day(self, before: Day, after: Day, _initiator: object) -> None:
        if not self.isVisible():
            return
        if before.date != after.date or before.road_changes != after.road_changes:
            self.refresh()
            self.chosen.emit(self.rows.id)
        elif before.travel is not after.travel:
            self.follow_times()


def _inset(*parts: QWidget) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(12, 8, 12, 8)
    column.setSpacing(6)
    for part in parts:
        column.addWidget(part)
    return holder
