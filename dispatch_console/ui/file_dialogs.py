"""The system's dialogs for files and folders; each kind opens where it was used last."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

#: The folder used last, whatever for: where a kind begins that has none of its own yet.
_ANY = "any"


class Keeps(Protocol):
    """What remembers words from one start to the next."""

    def text(self, key: str, default: str = "") -> str: ...

    def set_text(self, key: str, value: str) -> None: ...


class FileDialogs:
    """`kind` is `orders`, `fleet`, `pdf`, `map`, …: what the folder is remembered for, under `folder/…`.

    Without `memory` every dialog begins in the documents. All give an empty answer when the user cancels.
    """

    def __init__(self, memory: Keeps | None = None) -> None:
        self._memory = memory
        self._offered: dict[str, str] = {}

    def offer(self, kind: str, folder: Path) -> None:
        """A kind that was never used begins here. What is opened here is not remembered: it is for trying."""
        self._offered[kind] = str(folder)

    def open_one(self, parent: QWidget, kind: str, title: str, kinds_of_file: str) -> str:
        name, _ = QFileDialog.getOpenFileName(parent, title, self.folder_of(kind), kinds_of_file)
        return self._remember_file(kind, name)

    def open_many(self, parent: QWidget, kind: str, title: str, kinds_of_file: str) -> list[str]:
        names, _ = QFileDialog.getOpenFileNames(parent, title, self.folder_of(kind), kinds_of_file)
        for name in names[:1]:
            self._remember_file(kind, name)
        return names

    def save(self, parent: QWidget, kind: str, title: str, name: str, kinds_of_file: str) -> str:
        """`name` is proposed: in the folder used last, unless it says where."""
        proposed = str(Path(self.folder_of(kind), name))
        chosen, _ = QFileDialog.getSaveFileName(parent, title, proposed, kinds_of_file)
        return self._remember_file(kind, chosen)

    def folder(self, parent: QWidget, kind: str, title: str) -> str:
        chosen = QFileDialog.getExistingDirectory(parent, title, self.folder_of(kind))
        return self._remember(kind, chosen)

    def folder_of(self, kind: str) -> str:
        """Where a dialog of this kind begins. A folder that is gone counts as never used."""
        kept = [self._memory.text(f"folder/{name}") for name in (kind, _ANY)] if self._memory is not None else []
        kept.insert(1, self._offered.get(kind, ""))
        found = next((folder for folder in kept if folder and Path(folder).is_dir()), None)
        return found or QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)

    def _remember_file(self, kind: str, name: str) -> str:
        self._remember(kind, str(Path(name).parent) if name else "")
        return name

    def _remember(self, kind: str, folder: str) -> str:
        if folder and self._memory is not None and folder != self._offered.get(kind):
            for name in (kind, _ANY):
                self._memory.set_text(f"folder/{name}", folder)
        return folder
