"""Settings → Region: the pack in use, and building one from an OpenStreetMap extract beside the work."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QProgressBar, QVBoxLayout, QWidget

from dispatch_console.domain import saying
from dispatch_console.services.regions.current import Region
from dispatch_console.ui.file_dialogs import FileDialogs
from dispatch_console.ui.settings_page.builder import Builder
from dispatch_console.ui.settings_page.region_deeds import RegionDeeds
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
        self.note = Text("", "secondary", "tx3")
        self.build = Button(self.tr("Build a region…"), size=24)
        self.choose = Button(self.tr("Use a folder…"), size=24)
        self.leave = Button(self.tr("Use none"), size=24)
        self.truck, self.bicycle = QCheckBox(self.tr("Trucks")), QCheckBox(self.tr("Bicycles"))
        self.daytime = QCheckBox(self.tr("Rush hours"))
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 1000)
        self.bar.setFixedWidth(_WIDE)
        self.step = Text("", "secondary", "tx2")
        self.step.setWordWrap(True)
        self.cancel = Button(self.tr("Stop the build"), size=24)
        self.build.clicked.connect(self._pick_extract)
        self.choose.clicked.connect(self._pick_folder)
        self.leave.clicked.connect(lambda: deeds.do(lambda: deeds.use(None)))
        self.cancel.clicked.connect(self.builder.stop)
        self.builder.changed.connect(self.refresh)
        self._lay_out()
        self.refresh()

    def refresh(self) -> None:
        """Show what is in use now."""
        region = self._deeds.current()
        self.words.setText(self._name(region))
        self.note.setText(self._holds(region))
        building = self.builder.busy
        self.build.set_why_not(self.tr("A region is being built.") if building else None)
        self.leave.set_why_not(self.tr("No region pack is in use.") if region.pack is None else None)
        for shown in (self.bar, self.cancel):
            shown.setVisible(building)
        self.bar.setValue(round(self.builder.done * 1000))
        self.step.setText(self.builder.step)
        self.step.setVisible(bool(self.builder.step))

    def begin(self, extract: Path) -> None:
        """Build the region of an extract."""
        from dispatch_console.services.regions import build

        classes = ("van", *(name for box, name in self._more() if box.isChecked()))
        name = build.name_of(extract)
        options = build.Options(name=name, classes=classes, by_daytime=self.daytime.isChecked(), gentle=True)
        self.builder.begin(extract, self._deeds.built / name.lower().replace(" ", "-"), options)

    # -- what is shown -------------------------------------------------------------------------------

    def _name(self, region: Region) -> str:
        if region.pack is None:
            return self.tr("No region pack: roads are estimated, places are set by hand, the map is plain.")
        held = region.pack.manifest
        made = dt.datetime.fromisoformat(held.made).astimezone()
        size = sum(bytes for bytes, _ in (held.files or {}).values()) / 1e6
        return self.tr("{name}, built {date} {year}, {size} MB").format(
            name=held.name, date=saying.day_month(made.date()), year=made.year, size=round(size)
        )

    def _holds(self, region: Region) -> str:
        if region.pack is None:
            return self.tr(
                "Build one from an OpenStreetMap extract (.osm.pbf). It is done on this computer, without internet."
            )
        held = region.pack.manifest
        parts = [
            self.tr("roads for {classes}").format(classes=saying.listed(held.classes)) if held.classes else "",
            self.tr("{n:,} addresses").format(n=held.addresses) if held.addresses else self.tr("no addresses"),
            self.tr("map") if held.map else self.tr("no map"),
            held.attribution,
        ]
        return " · ".join(part for part in parts if part)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for row in (
            self.words,
            self.note,
            in_a_row(self.build, self.choose, self.leave, Text(self.tr("Build also:"), "data", "tx2"),
                     self.truck, self.bicycle, self.daytime),
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
            self.begin(Path(name))

    def _pick_folder(self) -> None:
        folder = self._files.folder(self, "region", self.tr("The folder of a region pack"))
        if folder:
            self._deeds.do(lambda: self._deeds.use(Path(folder)))
