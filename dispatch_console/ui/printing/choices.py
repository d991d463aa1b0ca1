"""The left side of the print page: which papers, for whom, on what, how often."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QScrollArea, QVBoxLayout, QWidget

from dispatch_console.domain.day import Day, DayState
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.services import manifests
from dispatch_console.services.manifests import Difference, Kind, Paper
from dispatch_console.ui.plain import plain
from dispatch_console.ui.printing.rows import TickRow
from dispatch_console.ui.printing.runs import Wish
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import Button, PaneHead, Segments, Text

WIDTH = 300
_MOST_COPIES = 3
_PAPERS = (Paper.A4, Paper.LETTER)


class Choices(QWidget):
    """`changed()`: other pages are wanted. `kept(name, value)`: to be remembered."""

    changed = Signal()
    kept = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH + 1)
        names = {
            Kind.DRIVER_SHEET: self.tr("Driver sheets"),
            Kind.LOADING_LIST: self.tr("Loading lists"),
            Kind.DAY_SUMMARY: self.tr("Day summary"),
            Kind.LABELS: self.tr("Parcel labels"),
            Kind.HAND_OVER: self.tr("Hand-over sheets"),
        }
        self.papers = {kind: TickRow(name) for kind, name in names.items()}
        self.drivers: dict[ShiftId, TickRow] = {}
        self._driver_head = PaneHead(self.tr("Drivers"))
        self.all = Button(self.tr("All"), kind="link")
        self.none = Button(self.tr("None"), kind="link")
        self.only_changed = Button(self.tr("Changed"), kind="link")
        self.rule = Text(self._rule_words(), "secondary", "tx2")
        self.rule.setWordWrap(True)
        self.rule.setContentsMargins(12, 6, 12, 6)
        self._to_reprint: list[ShiftId] = []
        self.sizes = Segments([paper.value for paper in _PAPERS])
        self.copies = Segments([str(n) for n in range(1, _MOST_COPIES + 1)])
        self.printer = _PrinterButton(self.tr("No printer found"))
        self.label_printer = _PrinterButton(self.tr("No printer found"))
        self._label_line = self._line(self.tr("Labels on"), self.label_printer)
        self._lay_out()
        self._connect()
        self.papers[Kind.DRIVER_SHEET].setChecked(True)
        self.papers[Kind.LOADING_LIST].setChecked(True)

    # -- what is chosen ----------------------------------------------------------------------------------

    @property
    def wish(self) -> Wish:
        return Wish(
            kinds=tuple(kind for kind, row in self.papers.items() if row.is_wanted),
            routes=tuple(route for route, row in self.drivers.items() if row.is_wanted),
            paper=self.paper,
            printer=self.printer.name,
            label_printer=self.label_printer.name,
            copies=self.copies.index + 1,
        )

    @property
    def paper(self) -> Paper:
        return _PAPERS[self.sizes.index]

    # -- what is shown -----------------------------------------------------------------------------------

    def show_day(self, day: Day) -> None:
        """The drivers with stops; ticks stay, who is new is ticked. Labels wait for the approval."""
        was = {route: row.isChecked() for route, row in self.drivers.items()}
        with_stops = manifests.routes_with_stops(day)
        if with_stops != list(self.drivers):
            self._rebuild(day, with_stops, was)
        differ = {route: manifests.difference(day, route) for route in self.drivers}
        for route, row in self.drivers.items():
            row.set_note(self._note(day, route, differ[route]))
            row.setToolTip(plain(self._tip(day, route, differ[route])))
        self._to_reprint = [route for route, how in differ.items() if how]
        for part in (self.only_changed, self.rule):
            part.setVisible(bool(self._to_reprint))
        draft = day.approval.state is DayState.DRAFT
        reason = self.tr("Labels carry stop numbers: approve the plan first.")
        self.papers[Kind.LABELS].set_why_not(reason if draft else None)
        meet = manifests.has_meetings(day)
        self.papers[Kind.HAND_OVER].set_why_not(None if meet else self.tr("No vans meet on this day."))
        self._driver_head.set_count(len(self.drivers))
        self._show_labels_line()

    def choose(self, routes: Iterable[ShiftId]) -> None:
        """Tick these drivers and no others."""
        chosen = set(routes)
        for route, row in self.drivers.items():
            row.setChecked(route in chosen)
        self.changed.emit()

    def set_paper(self, paper: Paper) -> None:
        """Show the remembered paper, without a signal."""
        self.sizes.choose(_PAPERS.index(paper) if paper in _PAPERS else 0)

    def show_printers(self, names: list[str], chosen: str, for_labels: str) -> None:
        self.printer.show_names(names, chosen)
        self.label_printer.show_names(names, for_labels)

    # -- inside ------------------------------------------------------------------------------------------

    def _rule_words(self) -> str:
        text = self.tr(
            "v1 → v2: the sheet on the road says other stops, another order, or an arrival {n} minutes or more off."
        )
        return text.format(n=manifests.MOVED_S // 60)

    def _note(self, day: Day, route: ShiftId, differs: Difference) -> str:
        """`14 stops · v1`, and `v1 → v2` if the sheet on the road says otherwise."""
        stops, printed = len(day.plan.route(route).stops), day.approval.printed.get(route)
        count = self.tr("{n} stops").format(n=stops) if stops != 1 else self.tr("1 stop")
        if not printed:
            return count
        return f"{count} · v{printed} → v{printed + 1}" if differs else f"{count} · v{printed}"

    def _tip(self, day: Day, route: ShiftId, differs: Difference) -> str:
        letter, stops = manifests.route_letter(day, route), len(day.plan.route(route).stops)
        printed = day.approval.printed.get(route)
        state = self.tr("version {n} printed").format(n=printed) if printed else self.tr("not printed yet")
        text = self.tr("Route {letter}, {stops} stops, {state}").format(letter=letter, stops=stops, state=state)
        if differs.stops:
            text += self.tr("; its stops have changed since")
        if differs.times:
            one = self.tr("; an arrival moved by {least} minutes or more")
            text += one if differs.times == 1 else self.tr("; {n} arrivals moved by {least} minutes or more")
        return text.format(n=differs.times, least=manifests.MOVED_S // 60)

    def _rebuild(self, day: Day, routes: list[ShiftId], was: dict[ShiftId, bool]) -> None:
        for row in self.drivers.values():
            row.deleteLater()
        self.drivers = {}
        for at, route in enumerate(routes):
            shift = day.shifts[route]
            letter = manifests.route_letter(day, route)
            row = TickRow(f"{letter}  {shift.driver.name}", slot=shift.slot, initials=shift.driver.initials)
            row.setChecked(was.get(route, True))
            row.clicked.connect(self.changed)
            self.drivers[route] = row
            self._rows.insertWidget(at, row)

    def _connect(self) -> None:
        for row in self.papers.values():
            row.clicked.connect(self._show_labels_line)
            row.clicked.connect(self.changed)
        self.all.clicked.connect(lambda: self.choose(self.drivers))
        self.none.clicked.connect(lambda: self.choose([]))
        self.only_changed.clicked.connect(lambda: self.choose(self._to_reprint))
        self.sizes.chosen.connect(self._on_size)
        self.printer.chosen.connect(partial(self.kept.emit, "printer"))
        self.label_printer.chosen.connect(partial(self.kept.emit, "label_printer"))

    def _on_size(self) -> None:
        self.kept.emit("paper", self.paper.value)
        self.changed.emit()

    def _show_labels_line(self) -> None:
        self._label_line.setVisible(self.papers[Kind.LABELS].is_wanted)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        column.addWidget(PaneHead(self.tr("Papers")))
        for row in self.papers.values():
            column.addWidget(row)
        column.addSpacing(8)
        self._driver_head.add_tool(self.only_changed)
        self._driver_head.add_tool(self.all)
        self._driver_head.add_tool(self.none)
        column.addWidget(self._driver_head)
        column.addWidget(self.rule)
        column.addWidget(self._driver_list(), 1)
        column.addWidget(PaneHead(self.tr("Printing")))
        column.addSpacing(8)
        column.addWidget(self._line(self.tr("Paper"), self.sizes))
        column.addWidget(self._line(self.tr("Printer"), self.printer))
        column.addWidget(self._label_line)
        column.addWidget(self._line(self.tr("Copies"), self.copies))
        column.addSpacing(8)

    def _driver_list(self) -> QScrollArea:
        inside = QWidget()
        self._rows = QVBoxLayout(inside)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self._rows.addStretch(1)
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for part in (area, area.viewport(), inside):
            part.setAutoFillBackground(False)
        return area

    @staticmethod
    def _line(name: str, widget: QWidget) -> QWidget:
        line = QWidget()
        line.setFixedHeight(36)
        row = QHBoxLayout(line)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(8)
        label = Text(name, "data", "tx2")
        label.setFixedWidth(64)
        row.addWidget(label)
        row.addWidget(widget)
        row.addStretch(1)
        return line

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("pane"))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), look.colour("line"))


class _PrinterButton(Button):
    """The printer's name; a click offers the others. `chosen(name)`."""

    chosen = Signal(str)

    def __init__(self, nothing: str) -> None:
        super().__init__(nothing, caret=True, size=28)
        self._nothing = nothing
        self.name = ""
        self._names = QMenu(self)
        self._names.triggered.connect(self._choose)
        self.set_menu(self._names)

    def show_names(self, names: list[str], chosen: str) -> None:
        """Offer `names`; the one shown is `chosen` if it is there, else the first."""
        self._names.clear()
        for name in names:
            self._names.addAction(name.replace("&", "&&")).setData(name)
        self.name = chosen if chosen in names else next(iter(names), "")
        self._show()

    def _choose(self, action: QAction) -> None:
        self.name = str(action.data())
        self._show()
        self.chosen.emit(self.name)

    def _show(self) -> None:
        font_width = 190
        text = self.fontMetrics().elidedText(self.name, Qt.TextElideMode.ElideMiddle, font_width)
        self.set_label(text or self._nothing)
        self.setToolTip(plain(self.name))
        self.setEnabled(bool(self.name))
