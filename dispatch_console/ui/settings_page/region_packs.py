"""The packs that this user has built: one to be used, or removed when it is not."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from dispatch_console.services.regions import shelf
from dispatch_console.services.regions.shelf import Shelved
from dispatch_console.ui.later import Later
from dispatch_console.ui.settings_page import region_words as words
from dispatch_console.ui.settings_page.region_deeds import RegionDeeds
from dispatch_console.ui.widgets import Button, Text
from dispatch_console.ui.widgets.arranging import in_a_row

_WIDE = 320


class PackRow(QWidget):
    """Hidden while there is none. Removing is asked for twice: the button says what it frees."""

    def __init__(self, deeds: RegionDeeds, say: Callable[[str], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._deeds, self._say = deeds, say
        self._later = Later(self)
        self._found: list[Shelved] = []
        self._sure = False
        self.list = QComboBox()
        self.list.setFixedWidth(_WIDE)
        self.list.setAccessibleName(self.tr("Regions on this computer"))
        self.use = Button(self.tr("Use it"), size=24)
        self.remove = Button(self.tr("Remove…"), size=24)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        label = Text(self.tr("On this computer:"), "data", "tx2")
        row.addWidget(in_a_row(label, self.list, self.use, self.remove))
        self.list.currentIndexChanged.connect(self._show)
        self.use.clicked.connect(self._use)
        self.remove.clicked.connect(self._remove)
        self.hide()

    def refresh(self) -> None:
        """Look at what there is, beside the window."""
        self._later.when(self._ask(lambda: shelf.packs(self._deeds.built)), self._on_found, self._on_failed)

    def names(self) -> dict[str, Path]:
        """Where the regions of these names are, written in small letters."""
        return {one.name.casefold(): one.folder for one in self._found}

    @property
    def _chosen(self) -> Shelved | None:
        at = self.list.currentIndex()
        return self._found[at] if 0 <= at < len(self._found) else None

    def _on_found(self, found: list[Shelved]) -> None:
        kept = self._chosen.folder if self._chosen is not None else None
        self._found = found
        self.list.blockSignals(True)
        self.list.clear()
        for one in found:
            self.list.addItem(f"{one.name}  ·  {words.megabytes(one.bytes)}  ·  {one.folder.name}")
        at = next((n for n, one in enumerate(found) if one.folder == kept or (not kept and self._in_use(one))), 0)
        self.list.setCurrentIndex(at)
        self.list.blockSignals(False)
        self.setVisible(bool(found))
        self._show()

    def _in_use(self, one: Shelved) -> bool:
        pack = self._deeds.current().pack
        return pack is not None and shelf.is_same(pack.folder, one.folder)

    def _show(self) -> None:
        self._sure = False
        chosen = self._chosen
        used = chosen is not None and self._in_use(chosen)
        self.use.set_why_not(self.tr("It is in use.") if used else None)
        self.remove.set_why_not(self.tr("It is in use. Use another one, or none, first.") if used else None)
        self._label()

    def _label(self) -> None:
        chosen = self._chosen
        if self._sure and chosen is not None:
            size = words.megabytes(chosen.bytes)
            self.remove.set_label(self.tr("Remove {name} for good: {size}").format(name=chosen.name, size=size))
        else:
            self.remove.set_label(self.tr("Remove…"))

    def _use(self) -> None:
        chosen = self._chosen
        if chosen is not None:
            self._deeds.do(lambda: self._deeds.use(chosen.folder))

    def _remove(self) -> None:
        chosen = self._chosen
        if chosen is None:
            return
        if not self._sure:
            self._sure = True
            self._label()
            return
        self.remove.set_why_not(self.tr("It is being removed."))
        removed = self._ask(lambda: shelf.remove(chosen.folder))
        freed = self.tr("{name} is removed: {size} are free.")
        told = freed.format(name=chosen.name, size=words.megabytes(chosen.bytes))
        self._later.when(removed, lambda _: self._end(told), self._on_failed)

    def _end(self, told: str) -> None:
        self._say(told)
        self.refresh()

    def _on_failed(self, error: BaseException) -> None:
        def raise_it() -> None:
            raise error

        self._deeds.do(raise_it)
        self._show()

    def leaveEvent(self, event: QEvent) -> None:
        """Who goes away has not meant it."""
        super().leaveEvent(event)
        if self._sure and not self.remove.hasFocus():
            self._show()

    def _ask[T](self, work: Callable[[], T]) -> Future[T]:
        future: Future[T] = Future()

        def run() -> None:
            try:
                future.set_result(work())
            except BaseException as error:
                future.set_exception(error)

        threading.Thread(target=run, name="packs", daemon=True).start()
        return future
