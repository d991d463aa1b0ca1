"""What a region that is about to be built is called: no other one is replaced without a word."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dispatch_console.services.regions import shelf
from dispatch_console.ui.widgets import Button, Field, Text
from dispatch_console.ui.widgets.arranging import in_a_row

_WIDE = 240


class NameRow(QWidget):
    """`wanted(extract, name, folder)`: build it so. `names()`: where the regions are that there are already."""

    wanted = Signal(object, str, object)

    def __init__(self, built: Path, names: Callable[[], dict[str, Path]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._built, self._names = built, names
        self._extract = Path()
        self.name = Field(self.tr("Name of the region"))
        self.name.setFixedWidth(_WIDE)
        self.build = Button(self.tr("Build"), size=24)
        self.drop = Button(self.tr("Not now"), kind="quiet", size=24)
        self.note = Text("", "secondary", "tx2")
        self.note.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        label = Text(self.tr("Name of the region:"), "data", "tx2")
        column.addWidget(in_a_row(label, self.name, self.build, self.drop))
        column.addWidget(self.note)
        self.name.textChanged.connect(self._show)
        self.name.returnPressed.connect(self._build)
        self.build.clicked.connect(self._build)
        self.drop.clicked.connect(self.hide)
        self.hide()

    def ask(self, extract: Path, name: str) -> None:
        """Offer `name` for the region of an extract."""
        self._extract = extract
        self.name.setText(name)
        self._show()
        self.show()
        self.name.setFocus()
        self.name.selectAll()

    @property
    def _folder(self) -> Path:
        """Of the region that has this name, wherever it lies; else one of its own."""
        name = self.name.text().strip()
        return self._names().get(name.casefold()) or shelf.folder_for(self._built, name)

    def _show(self) -> None:
        name = self.name.text().strip()
        there = name.casefold() in self._names() or (bool(name) and self._folder.exists())
        self.build.set_label(self.tr("Replace it") if there else self.tr("Build"))
        self.build.set_why_not(None if name else self.tr("Give the region a name first."))
        text = self.tr(
            "There is a region “{name}” already: it is replaced when the new one is whole. Or type another name."
        )
        self.note.setText(text.format(name=name) if there else self._extract.name)

    def _build(self) -> None:
        if self.name.text().strip():
            self.hide()
            self.wanted.emit(self._extract, self.name.text().strip(), self._folder)
