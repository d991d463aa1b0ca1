"""Settings: colours, how long to search, the background of the map, who works here, where the data lie."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QLineEdit,
    QWidget,
)

from dispatch_console.domain.fleet import Depot
from dispatch_console.domain.nextsteps import Usuals
from dispatch_console.domain.weights import Policy
from dispatch_console.ui.file_dialogs import FileDialogs
from dispatch_console.ui.preview import choice
from dispatch_console.ui.preview.choice import Choice
from dispatch_console.ui.settings_page.backups import BackupDeeds, BackupSection
from dispatch_console.ui.settings_page.depot import ENTRIES, DepotField
from dispatch_console.ui.settings_page.next_steps import NextSteps
from dispatch_console.ui.settings_page.online import OnlineDeeds, OnlineSection
from dispatch_console.ui.settings_page.online_addresses import AddressDeeds, AddressSection
from dispatch_console.ui.settings_page.planning import PRICES, Planning
from dispatch_console.ui.settings_page.region import RegionSection
from dispatch_console.ui.settings_page.region_deeds import RegionDeeds
from dispatch_console.ui.settings_page.store import StoreDeeds, StoreSection
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import Button, Line, PageHead, Text
from dispatch_console.ui.widgets.arranging import in_a_row, pile, scrolling

_LABEL, _FIELD, _ABOVE = 160, 360, 64


@dataclass(frozen=True)
class Choices:
    """What is set now, and what to call with a new value. A setter may raise UserError; `do` shows its sentence."""

    theme: Callable[[], str]
    set_theme: Callable[[str], object]
    seconds: Callable[[], int]
    set_seconds: Callable[[int], object]
    all_seconds: tuple[int, ...]
    reoptimise: Callable[[], Choice]
    set_reoptimise: Callable[[Choice], object]
    who: Callable[[], str]
    set_who: Callable[[str], object]
    tiles: Callable[[], str]
    set_tiles: Callable[[str], object]
    places: tuple[tuple[str, str, Path | None], ...]
    do: Callable[[Callable[[], object]], bool]
    depot: Callable[[], Depot]
    set_depot: Callable[[Depot], object]
    policy: Callable[[], Policy]
    set_policy: Callable[[Policy, str], object]
    goods: Callable[[], Sequence[str]]
    usuals: Callable[[], Usuals]
    set_usuals: Callable[[Usuals], object]
    files: FileDialogs
    region: RegionDeeds
    online: OnlineDeeds
    addresses: AddressDeeds
    backups: BackupDeeds
    support: Callable[[], object]
    store: StoreDeeds


class SettingsPage(QWidget):
    """Every change counts at once; there is nothing to confirm."""

    closed = Signal()

    def __init__(self, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = choices
        self.head = PageHead(self.tr("Settings"), self.tr("Every change counts at once."))
        self.head.back.connect(self.closed)
        self._sheet = QWidget()
        self._sheet.setAutoFillBackground(True)
        self._rows = QGridLayout(self._sheet)
        self._rows.setContentsMargins(24, 16, 24, 24)
        self._rows.setHorizontalSpacing(16)
        self._rows.setVerticalSpacing(8)
        self._rows.setColumnMinimumWidth(0, _LABEL)
        self._rows.setColumnStretch(2, 1)
        themes = (("system", self.tr("As the system")), ("light", self.tr("Light")), ("dark", self.tr("Dark")))
        self.theme = self._combo(themes)
        self.seconds = self._combo([(str(s), self._duration(s)) for s in choices.all_seconds])
        self.reoptimise = {
            "seconds": self._combo([(n, self._duration(n)) for n in choice.SECONDS]),
            "least_min": self._combo([(n, self.tr("{n} min").format(n=n)) for n in choice.LEAST_MIN]),
            "freeze": self._combo([(n, str(n)) for n in choice.FREEZE]),
        }
        self.who, self.tiles = QLineEdit(), QLineEdit()
        self.depot: dict[str, DepotField] = {}
        self.planning = Planning(
            choices.policy, choices.set_policy, choices.do, lambda: choices.depot().currency, choices.goods
        )
        self.next_steps = NextSteps(choices.usuals, choices.set_usuals, choices.do)
        self.region = RegionSection(choices.region, choices.files)
        self.online = OnlineSection(choices.online)
        self.addresses = AddressSection(choices.addresses)
        self.backups = BackupSection(choices.backups, choices.files)
        self.store = StoreSection(choices.store)
        self._fill()
        self._lay_out()
        self.refresh()

    def refresh(self) -> None:
        """Show what is set now."""
        for box, value in ((self.theme, self._choices.theme()), (self.seconds, str(self._choices.seconds()))):
            box.setCurrentIndex(max(0, box.findData(value)))
        for name, box in self.reoptimise.items():
            box.setCurrentIndex(box.findData(getattr(self._choices.reoptimise(), name)))
        self.who.setText(self._choices.who())
        self.tiles.setText(self._choices.tiles())
        for field in self.depot.values():
            field.refresh()
        self.planning.refresh()
        self.next_steps.refresh()
        self.region.refresh()
        self.online.refresh()
        self.addresses.refresh()
        self.backups.refresh()
        self.store.refresh()

    def show_field(self, field: QWidget) -> None:
        """Go to a field, its heading in sight."""
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        QTimer.singleShot(0, self, lambda: self._scroll_to(field))  # a page just made has no places yet

    def _scroll_to(self, field: QWidget) -> None:
        self._scroll.verticalScrollBar().setValue(max(0, field.mapTo(self._sheet, QPoint()).y() - _ABOVE))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def _fill(self) -> None:
        choices = self._choices
        self._section(self.tr("The window"))
        self._row(self.tr("Colours"), self.theme, self.tr("Also in the layout menu of the toolbar."))
        self._section(self.tr("The depot"))
        for entry in ENTRIES:
            field = DepotField(entry, choices.depot, choices.set_depot, choices.do)
            self.depot[entry.name] = field
            self._row(self.tr(entry.name), field, self.tr(entry.hint))
        self._section(self.tr("Region: roads, addresses and map"))
        self._rows.addWidget(self.region, self._rows.rowCount(), 0, 1, 3)
        self._section(self.tr("Online road service"))
        self._rows.addWidget(self.online.words, self._rows.rowCount(), 0, 1, 3)
        for label, field, note in self.online.rows():
            self._row(label, field, note)
        self._rows.addWidget(self.online.note, self._rows.rowCount(), 0, 1, 3)
        self._section(self.tr("Online addresses"))
        self._rows.addWidget(self.addresses, self._rows.rowCount(), 0, 1, 3)
        self._section(self.tr("Planning"))
        self._row(self.tr("Search for"), self.seconds, self.tr("The plan so far can be kept at any moment."))
        self._section(self.tr("What a plan is weighed by, besides its cost"))
        for price in PRICES:
            self._row(self.tr(price.name), self.planning.field(price), self.tr(price.does))
        self._section(self.tr("Goods that may not ride together"))
        self._rows.addWidget(self.planning.apart, self._rows.rowCount(), 0, 1, 3)
        self._section(self.tr("Re-optimising from now"))
        for name, label, note in (
            ("seconds", self.tr("Search for"), self.tr("From Shift+F5 to a plan that can be accepted.")),
            ("least_min", self.tr("A moved stop saves at least"), self.tr("Of driving, waiting and lateness.")),
            ("freeze", self.tr("Next stops that stay"), self.tr("After the one in progress, on each route.")),
        ):
            self._row(label, self.reoptimise[name], note)
            self.reoptimise[name].activated.connect(lambda _=0, name=name: self._take_reoptimise(name))
        self._section(self.tr("After a failed stop"))
        self._rows.addWidget(self.next_steps, self._rows.rowCount(), 0, 1, 3)
        self._section(self.tr("The map"))
        self._row(
            self.tr("Background"),
            self._tiles_field(),
            self.tr("Empty: that of the region, or the plain map. They need no internet."),
        )
        self._section(self.tr("Backups"))
        self._rows.addWidget(self.backups, self._rows.rowCount(), 0, 1, 3)
        self._section(self.tr("A store that several workstations share"))
        self._rows.addWidget(self.store, self._rows.rowCount(), 0, 1, 3)
        self._section(self.tr("This workstation"))
        self._row(
            self.tr("Your name"),
            self.who,
            self.tr("Stands on sheets at once, in the record of changes from the next start on."),
        )
        self.theme.activated.connect(lambda: choices.set_theme(self.theme.currentData()))
        self.seconds.activated.connect(lambda: choices.set_seconds(int(self.seconds.currentData())))
        self.who.editingFinished.connect(lambda: choices.set_who(self.who.text().strip()))
        self.tiles.editingFinished.connect(self._take_tiles)
        for label, text, folder in choices.places:
            self._row(label, self._place(text, folder), "")
        self.support = Button(self.tr("Save diagnostics…"), size=24)
        self.support.clicked.connect(choices.support)
        note = self.tr("A file for support: versions, counts and the log. No customers.")
        self._row(self.tr("When something is wrong"), in_a_row(self.support), note)

    def _lay_out(self) -> None:
        self._rows.setRowStretch(self._rows.rowCount(), 1)
        self._scroll = scrolling(self._sheet)
        pile(self, self.head, self._scroll, grows=self._scroll)
        self.setFocusProxy(self.theme)
        self._repaper()

    def _section(self, name: str) -> None:
        row = self._rows.rowCount()
        self._rows.setRowMinimumHeight(row, 12 if row > 1 else 0)
        self._rows.addWidget(Text(name, "pane"), row + 1, 0, 1, 3)
        self._rows.addWidget(Line(), row + 2, 0, 1, 3)

    def _row(self, name: str, field: QWidget, note: str) -> None:
        row = self._rows.rowCount()
        label = Text(name, "data", "tx2")
        label.setBuddy(field)
        self._rows.addWidget(label, row, 0)
        self._rows.addWidget(field, row, 1)
        self._rows.addWidget(Text(note, "secondary", "tx3"), row, 2)
        if not field.layout():
            field.setFixedWidth(_FIELD)

    def _take_reoptimise(self, name: str) -> None:
        chosen = self.reoptimise[name].currentData()
        self._choices.set_reoptimise(replace(self._choices.reoptimise(), **{name: chosen}))

    def _combo(self, choices: Sequence[tuple[object, str]]) -> QComboBox:
        box = QComboBox()
        for value, text in choices:
            box.addItem(text, value)
        return box

    def _tiles_field(self) -> QWidget:
        self.tiles.setPlaceholderText(self.tr("https://…/{z}/{x}/{y}.png, or a .mbtiles or .pmtiles file"))
        pick = Button(self.tr("Choose a file…"), size=24)
        pick.clicked.connect(self._pick_tiles)
        self.tiles.setFixedWidth(_FIELD)
        return in_a_row(self.tiles, pick)

    def _pick_tiles(self) -> None:
        title = self.tr("Map file")
        name = self._choices.files.open_one(self, "map", title, self.tr("Map files (*.mbtiles *.pmtiles)"))
        if name:
            self.tiles.setText(name)
            self._take_tiles()

    def _take_tiles(self) -> None:
        wanted = self.tiles.text().strip()
        if wanted != self._choices.tiles() and not self._choices.do(lambda: self._choices.set_tiles(wanted)):
            self.tiles.setText(self._choices.tiles())

    def _duration(self, seconds: int) -> str:
        if seconds < 120:
            return self.tr("{n} s").format(n=seconds)
        return self.tr("{n} min").format(n=seconds // 60)

    def _place(self, text: str, folder: Path | None) -> QWidget:
        shown = Text(text, "data", "tx")
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if folder is None:
            return in_a_row(shown)
        opener = Button(self.tr("Open the folder"), kind="link")
        opener.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))))
        return in_a_row(shown, opener)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self._repaper()

    def _repaper(self) -> None:
        sheet = cast("QWidget | None", getattr(self, "_sheet", None))
        if sheet is not None:
            palette = sheet.palette()
            if palette.color(sheet.backgroundRole()) != look.colour("pane"):
                palette.setColor(sheet.backgroundRole(), look.colour("pane"))
                sheet.setPalette(palette)
