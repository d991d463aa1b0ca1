"""Settings → Backups: what there is, a second folder, one made now, and the way back with a look at it first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from dispatch_console import resources
from dispatch_console.domain.errors import UserError
from dispatch_console.services import backup_words as words
from dispatch_console.services.keeping import Backup
from dispatch_console.services.restoring import Preview
from dispatch_console.ui.file_dialogs import FileDialogs
from dispatch_console.ui.later import Later
from dispatch_console.ui.widgets import Button, Text
from dispatch_console.ui.widgets.arranging import in_a_row

_WIDE, _LINES = 360, 720


@dataclass(frozen=True)
class BackupDeeds:
    """What the settings can do with backups; `folder` None: the store is on a server, and nothing of this applies.

    Futures come from a thread of its own. `make` and `use_second` give None where it failed, which was told.
    `bring_back` saves all, closes the window and opens it anew with what the backup holds.
    """

    folder: Path | None
    known: Callable[[], Future[list[Backup]]]
    make: Callable[[], Future[Backup | None]]
    second: Callable[[], Path | None]
    use_second: Callable[[Path | None], Future[Backup | None]]
    look: Callable[[Path], Future[Preview]]
    bring_back: Callable[[Backup], object]


class BackupSection(QWidget):
    """Bringing one back takes three steps: choose, look, and say so."""

    def __init__(self, deeds: BackupDeeds, files: FileDialogs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._deeds, self._files, self._later = deeds, files, Later(self)
        self._found: list[Backup] = []
        self._seen: Preview | None = None
        self.words, self.second = Text("", "data", "tx"), Text("", "secondary", "tx2")
        self.make = Button(self.tr("Back up now"))
        self.open = Button(self.tr("Open the folder"), kind="link")
        self.choose = Button(self.tr("A second folder…"))
        self.leave = Button(self.tr("Only the first one"))
        self.list = QComboBox()
        self.list.setFixedWidth(_WIDE)
        self.list.setAccessibleName(self.tr("Backups"))
        self.look = Button(self.tr("Look at it…"))
        self.preview = Text("", "data", "tx")
        self.preview.setWordWrap(True)
        self.preview.setFixedWidth(_LINES)
        self.bring_back = Button(self.tr("Bring it back"), kind="primary")
        self.stay = Button(self.tr("Leave all as it is"))
        self._way_back = in_a_row(self.bring_back, self.stay)
        self._connect()
        self._lay_out()
        self._show_preview(None)

    def refresh(self) -> None:
        """Look at what there is, beside the window."""
        second = self._deeds.second()
        self.second.setText(
            self.tr("Each lies in {folder} too.").format(folder=second)
            if second is not None
            else self.tr("They lie on this computer only: a stick or another drive outlives it.")
        )
        self.leave.set_why_not(None if second is not None else self.tr("There is no second folder."))
        if self._deeds.folder is not None:
            self._later.when(self._deeds.known(), self._on_known, self._on_trouble)

    @property
    def _chosen(self) -> Backup | None:
        at = self.list.currentIndex()
        return self._found[at] if 0 <= at < len(self._found) else None

    def _on_known(self, found: list[Backup]) -> None:
        now, kept = dt.datetime.now(dt.UTC), self._chosen
        self._found = found
        self.list.blockSignals(True)
        self.list.clear()
        for backup in found:
            self.list.addItem(words.title(backup, now))
        self.list.setCurrentIndex(next((n for n, one in enumerate(found) if one == kept), 0))
        self.list.blockSignals(False)
        said = self.tr("The last one: {when}. {n} are kept, fewer the older they are.")
        none = self.tr("There is none yet.")
        self.words.setText(said.format(when=words.title(found[0], now), n=len(found)) if found else none)
        self.look.set_why_not(None if found else none)

    def _look(self) -> None:
        chosen = self._chosen
        if chosen is not None:
            self._say(self.tr("Looking at it…"))
            self._later.when(self._deeds.look(chosen.file), self._show_preview, self._on_trouble)

    def _show_preview(self, seen: Preview | None) -> None:
        self._seen = seen
        self._say("\n".join(words.lines(seen, dt.datetime.now(dt.UTC))) if seen is not None else "")
        self._way_back.setVisible(seen is not None)

    def _on_other(self, _at: int) -> None:
        self._show_preview(None)

    def _on_trouble(self, error: BaseException) -> None:
        self._show_preview(None)
        self._say(error.message if isinstance(error, UserError) else self.tr("It cannot be read. See the log."))

    def _say(self, text: str) -> None:
        self.preview.setText(text)
        self.preview.setFixedHeight(
            max(0, self.preview.heightForWidth(_LINES))
        )  # a grid gives wrapped words too little
        self.preview.setVisible(bool(text))

    def _bring_back(self) -> None:
        if self._seen is not None:
            self._deeds.bring_back(self._seen.backup)

    def _make(self, wanted: Future[Backup | None]) -> None:
        self.make.set_why_not(self.tr("One is being made."))
        self._later.when(wanted, lambda _: self._on_made(), lambda _: self._on_made())

    def _on_made(self) -> None:
        self.make.set_why_not(None)
        self.refresh()

    def _pick(self) -> None:
        chosen = self._files.folder(self, "backups", self.tr("A second folder for backups"))
        if chosen:
            self._use_second(Path(chosen))

    def _use_second(self, folder: Path | None) -> None:
        self._make(self._deeds.use_second(folder))
        self.refresh()

    def _connect(self) -> None:
        folder = self._deeds.folder
        self.make.clicked.connect(lambda: self._make(self._deeds.make()))
        self.open.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))))
        self.choose.clicked.connect(self._pick)
        self.leave.clicked.connect(lambda: self._use_second(None))
        self.list.currentIndexChanged.connect(self._on_other)
        self.look.clicked.connect(self._look)
        self.stay.clicked.connect(lambda: self._show_preview(None))
        self.bring_back.clicked.connect(self._bring_back)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.words)
        if self._deeds.folder is None:
            self.words.setText(
                self.tr("The store is on a server: its keeper backs it up, with “{command}”.").format(
                    command=f"{resources.command()} store backup"
                )
            )
            return
        often = self.tr(
            "Made at the start of the day, every half hour in which something was changed, before upgrades."
        )
        for row in (
            Text(often, "secondary", "tx3"),
            self.second,
            in_a_row(self.make, self.choose, self.leave, self.open),
            in_a_row(self.list, self.look),
            self.preview,
            self._way_back,
        ):
            column.addWidget(row)
