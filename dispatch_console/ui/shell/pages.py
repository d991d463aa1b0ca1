"""The pages of the window: the day itself, and others over it that are made when they are first wanted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol, cast

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QStackedWidget, QWidget

MAIN = "main"


class _Telling(Protocol):
    """A page that has its own words for the status bar: at the left and at the right, beside what is saved."""

    status_changed: SignalInstance

    def status(self) -> tuple[list[str], str]: ...


class Pages(QStackedWidget):
    """`makers` by name. A page may have the signals `opened` (it wants to be shown), `closed` (back to the day) and
    `status_changed` with the method `status`.

    `leaving(name)`: the page of this name is about to be shown; `shown(name)`: it is. `said(left, right)`: what the
    page shown wants in the status bar, empty: nothing.
    """

    leaving = Signal(str)
    shown = Signal(str)
    said = Signal(list, str)

    def __init__(self, main: QWidget, makers: Mapping[str, Callable[[], QWidget]]) -> None:
        super().__init__()
        self._makers = makers
        self._by_name: dict[str, QWidget] = {MAIN: main}
        self.addWidget(main)

    @property
    def name(self) -> str:
        """The name of the page that is shown."""
        return next(name for name, page in self._by_name.items() if page is self.currentWidget())

    def show_page(self, name: str) -> QWidget:
        page = self.make(name)
        self.leaving.emit(name)
        self.setCurrentWidget(page)
        page.setFocus()
        self._tell()
        self.shown.emit(name)
        return page

    def make(self, name: str) -> QWidget:
        """Make a page without showing it; the actions it brings along are there from then on."""
        if name not in self._by_name:
            page = self._makers[name]()
            for signal, answer in (("closed", self._close), ("opened", lambda: self.show_page(name))):
                if hasattr(page, signal):
                    cast("SignalInstance", getattr(page, signal)).connect(answer)
            if hasattr(page, "status_changed"):
                cast("_Telling", page).status_changed.connect(self._tell)
            self._by_name[name] = page
            self.addWidget(page)
        return self._by_name[name]

    def _close(self) -> None:
        self.show_page(MAIN)

    def _tell(self) -> None:
        page = self.currentWidget()
        left, right = cast("_Telling", page).status() if hasattr(page, "status") else ([], "")
        self.said.emit(left, right)
