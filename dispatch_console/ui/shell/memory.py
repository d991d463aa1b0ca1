"""What the window remembers from one start to the next: theme, sizes, detached panes, changed keys."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal, cast

from PySide6.QtCore import QSettings

Theme = Literal["system", "light", "dark"]


class Memory:
    """A small file of settings; None: nothing is kept. A value that cannot be read counts as not there."""

    def __init__(self, file: Path | None = None) -> None:
        self._settings = QSettings(str(file), QSettings.Format.IniFormat) if file is not None else None
        self._loose: dict[str, str] = {}

    def text(self, key: str, default: str = "") -> str:
        if self._settings is None:
            return self._loose.get(key, default)
        return str(self._settings.value(key, default))

    def set_text(self, key: str, value: str) -> None:
        if self._settings is None:
            self._loose[key] = value
        else:
            self._settings.setValue(key, value)

    def forget(self, key: str) -> None:
        self._loose.pop(key, None)
        if self._settings is not None:
            self._settings.remove(key)

    def numbers(self, key: str) -> list[int]:
        """A list of integers, empty if there is none."""
        try:
            values = json.loads(self.text(key, "[]"))
        except ValueError:
            return []
        if not isinstance(values, list):
            return []
        values = cast("list[object]", values)
        return [value for value in values if isinstance(value, int)]

    def set_numbers(self, key: str, values: list[int]) -> None:
        self.set_text(key, json.dumps(values))

    def names(self, key: str) -> list[str]:
        """A list of words, empty if there is none."""
        return [name for name in self.text(key).split(" ") if name]

    def set_names(self, key: str, names: list[str]) -> None:
        self.set_text(key, " ".join(names))

    @property
    def theme(self) -> Theme:
        kept = self.text("theme")
        if kept == "light" or kept == "dark":
            return kept
        return "system"

    @theme.setter
    def theme(self, theme: Theme) -> None:
        self.set_text("theme", theme)

    def flush(self) -> None:
        """Write to disk now."""
        if self._settings is not None:
            self._settings.sync()
