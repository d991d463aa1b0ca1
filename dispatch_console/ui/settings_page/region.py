"""Settings → Region: the pack in use, and building one from an OpenStreetMap extract beside the work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QProgressBar, QVBoxLayout, QWidget

from dispatch_console.domain import saying
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.region import BuildStep
from dispatch_console.services.regions.current import Region
from dispatch_console.ui.file_dialogs import FileDialogs
from dispatch_console.ui.widgets import Button, Text
from dispatch_console.ui.widgets.arranging import in_a_row

if TYPE_CHECKING:  # loaded with the first build
    from dispatch_console.services.regions.build import Build

_LOOK_MS = 200
_WIDE = 520


@dataclass(frozen=True)
class RegionDeeds:
    """What the section does with packs. `use(folder)` begins to use one (None: none), raising UserError where that
    cannot be now; `release(folder)` closes the files of the pack that lies there, which is about to be replaced.
    `built`: the folder that new packs go to. `do` shows the sentence of a UserError."""

    current: Callable[[], Region]
    use: Callable[[Path | None], object]
    release: Callable[[Path], object]
    built: Path
    do: Callable[[Callable[[], object]], bool]


class RegionSection(QWidget):
    """One build at a time. A build that fails or is stopped changes nothing, and says so until the next."""

    def __init__(self, deeds: RegionDeeds, files: FileDialogs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._deeds, self._files = deeds, files
        self._build: Build | None = None
        self._out = Path()
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
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)
        self.build.clicked.connect(self._pick_extract)
        self.choose.clicked.connect(self._pick_folder)
        self.leave.clicked.connect(lambda: deeds.do(lambda: deeds.use(None)))
        self.cancel.clicked.connect(self.stop)
        self._lay_out()
        self.refresh()

    def refresh(self) -> None:
        """Show what is in use now."""
        region = self._deeds.current()
        self.words.setText(self._name(region))
        self.note.setText(self._holds(region))
        building = self._build is not None
        self.build.set_why_not(self.tr("A region is being built.") if building else None)
        self.leave.set_why_not(self.tr("No region pack is in use.") if region.pack is None else None)
        for shown in (self.bar, self.cancel):
            shown.setVisible(building)
        self.step.setVisible(bool(self.step.text()))

    def begin(self, extract: Path) -> None:
        """Build the region of an extract. UserError for what can be seen at once to be none."""
        from dispatch_console.services.regions import build

        classes = ("van", *(name for box, name in self._more() if box.isChecked()))
        name = build.name_of(extract)
        self._out = self._deeds.built / name.lower().replace(" ", "-")
        options = build.Options(name=name, classes=classes, by_daytime=self.daytime.isChecked(), gentle=True)
        self._deeds.built.mkdir(parents=True, exist_ok=True)
        self._build = build.start(extract, self._out, options)
        self._show(self._build.poll())
        self._timer.start()
        self.refresh()

    def stop(self) -> None:
        """End the build. Nothing has changed."""
        if self._build is not None:
            from dispatch_console.services.regions import build

            self._build.cancel()
            self._end(build.STOPPED)

    def close_section(self) -> None:
        """The window closes: no process is left behind."""
        self._timer.stop()
        if self._build is not None:
            self._build.cancel()
            self._build = None

    @property
    def building(self) -> bool:
        return self._build is not None

    # -- from the build ------------------------------------------------------------------------------

    def _look(self) -> None:
        if self._build is None:
            self._timer.stop()
            return
        step = self._build.poll()
        if not self._build.ended:
            self._show(step)
            return
        self._timer.stop()
        told: list[str] = []
        released: list[Path] = []

        def release() -> None:
            released.append(self._out)
            self._deeds.release(self._out)

        def finish() -> None:
            assert self._build is not None
            try:
                done = self._build.result(release)
            except UserError as error:
                told.append(error.message)
                raise
            told.extend((self.tr("{name} is ready.").format(name=done.manifest.name), *done.notes))

        ready = self._deeds.do(finish)
        self._end(" ".join(told) or self.tr("The build failed inside the program. Nothing has changed."))
        if ready or released:  # the old pack, whose files were closed, is opened again
            self._deeds.do(lambda: self._deeds.use(self._out))

    def _show(self, step: BuildStep) -> None:
        self.bar.setValue(round(step.done * 1000))
        left = "" if step.left_s is None else self.tr(" · about {n} s left").format(n=round(step.left_s))
        self.step.setText(step.text + left)

    def _end(self, sentence: str) -> None:
        self._timer.stop()
        self._build = None
        self.step.setText(sentence)
        self.refresh()

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
            self._deeds.do(lambda: self.begin(Path(name)))

    def _pick_folder(self) -> None:
        folder = self._files.folder(self, "region", self.tr("The folder of a region pack"))
        if folder:
            self._deeds.do(lambda: self._deeds.use(Path(folder)))
