"""Settings → Region: the pack in use, the others of this user, and building one beside the work."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QComboBox, QProgressBar, QVBoxLayout, QWidget

from dispatch_console.services.regions import shelf
from dispatch_console.services.regions.current import Region
from dispatch_console.ui.file_dialogs import FileDialogs
from dispatch_console.ui.settings_page import region_words as words
from dispatch_console.ui.settings_page.builder import Builder
from dispatch_console.ui.settings_page.region_deeds import RegionDeeds
from dispatch_console.ui.settings_page.region_hours import HoursTable
from dispatch_console.ui.settings_page.region_name import NameRow
from dispatch_console.ui.settings_page.region_packs import PackRow
from dispatch_console.ui.widgets import Button, Text
from dispatch_console.ui.widgets.arranging import in_a_row

_WIDE = 520


class RegionSection(QWidget):
    """What is in use, what else there is, and the build that is under way."""

    def __init__(self, deeds: RegionDeeds, files: FileDialogs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._deeds, self._files = deeds, files
        self.builder = Builder(deeds, self)
        self.words = Text("", "data", "tx")
        self.note, self.age = Text("", "secondary", "tx3"), Text("", "secondary", "tx3")
        self.klass = QComboBox()
        self.vehicles = in_a_row(Text(self.tr("Days are reckoned for:"), "data", "tx2"), self.klass)
        self.packs = PackRow(deeds, self._say)
        self.build = Button(self.tr("Build a region…"), size=24)
        self.choose = Button(self.tr("Use a folder…"), size=24)
        self.leave = Button(self.tr("Use none"), size=24)
        self.truck, self.bicycle = QCheckBox(self.tr("Trucks")), QCheckBox(self.tr("Bicycles"))
        self.daytime = QCheckBox(self.tr("Rush hours"))
        self.hours = HoursTable(deeds)
        self.name = NameRow(deeds.built, self.packs.names)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 1000)
        self.bar.setFixedWidth(_WIDE)
        self.step = Text("", "secondary", "tx2")
        self.step.setWordWrap(True)
        self.cancel = Button(self.tr("Stop the build"), size=24)
        self._connect()
        self._lay_out()
        self.refresh()

    def refresh(self) -> None:
        """Show what is in use now, and what there is."""
        region, today = self._deeds.current(), dt.datetime.now(dt.UTC).date()
        self.words.setText(words.title(region))
        self.note.setText(words.holds(region))
        self.age.setText(words.age(region, today))
        self.age.set_token("amb" if words.is_old(region, today) else "tx3")
        self.age.setVisible(bool(self.age.text()))
        self._show_classes(region)
        self.leave.set_why_not(self.tr("No region pack is in use.") if region.pack is None else None)
        self._show_build()

    def begin(self, extract: Path, name: str = "", out: Path | None = None) -> None:
        """Build the region of an extract, called `name` (after its file, if empty), in the folder `out`."""
        from dispatch_console.services.regions import build

        classes = ("van", *(name for box, name in self._more() if box.isChecked()))
        name = name or build.name_of(extract)
        options = build.Options(
            name=name, classes=classes, by_daytime=self.daytime.isChecked(), hours=self._deeds.hours(), gentle=True
        )
        self.builder.begin(extract, out or shelf.folder_for(self._deeds.built, name), options)

    def _show_build(self) -> None:
        building = self.builder.busy
        self.build.set_why_not(self.tr("A region is being built.") if building else None)
        for shown in (self.bar, self.cancel):
            shown.setVisible(building)
        self.bar.setValue(round(self.builder.done * 1000))
        self._say(self.builder.step)
        if not building:
            self.packs.refresh()

    def _show_classes(self, region: Region) -> None:
        held = list(region.pack.manifest.classes) if region.pack is not None else []
        self.klass.clear()
        for name in held:
            self.klass.addItem(words.classes().get(name, name), name)
        self.klass.setCurrentIndex(self.klass.findData(region.klass))
        self.vehicles.setVisible(len(held) > 1)

    def _take_class(self) -> None:
        chosen = str(self.klass.currentData())
        if not self._deeds.do(lambda: self._deeds.set_class(chosen)):
            self._show_classes(self._deeds.current())

    def _say(self, text: str) -> None:
        self.step.setText(text)
        self.step.setVisible(bool(text))

    def _connect(self) -> None:
        deeds = self._deeds
        self.klass.activated.connect(self._take_class)
        self.build.clicked.connect(self._pick_extract)
        self.choose.clicked.connect(self._pick_folder)
        self.leave.clicked.connect(lambda: deeds.do(lambda: deeds.use(None)))
        self.daytime.toggled.connect(self.hours.setVisible)
        self.name.wanted.connect(self.begin)
        self.cancel.clicked.connect(self.builder.stop)
        self.builder.changed.connect(self._show_build)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for row in (
            self.words,
            self.note,
            self.age,
            self.vehicles,
            self.packs,
            in_a_row(self.build, self.choose, self.leave, Text(self.tr("Build also:"), "data", "tx2"),
                     self.truck, self.bicycle, self.daytime),
            self.hours,
            self.name,
            in_a_row(self.bar, self.cancel),
            self.step,
        ):  # fmt: skip
            column.addWidget(row)

    def _more(self) -> tuple[tuple[QCheckBox, str], ...]:
        return (self.truck, "truck"), (self.bicycle, "bicycle")

    def _pick_extract(self) -> None:
        name = self._files.open_one(
            self, "region", self.tr("OpenStreetMap extract"), self.tr("OpenStreetMap extracts (*.osm.pbf *.pbf)")
        )
        if name:
            from dispatch_console.services.regions import build

            self.name.ask(Path(name), build.name_of(Path(name)))

    def _pick_folder(self) -> None:
        folder = self._files.folder(self, "region", self.tr("The folder of a region pack"))
        if folder:
            self._deeds.do(lambda: self._deeds.use(Path(folder)))
