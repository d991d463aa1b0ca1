"""The buttons of the panel: 48 high at its foot. What they say follows the search."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from dispatch_console.ui.widgets import Button
from dispatch_console.ui.widgets.foot import PanelFoot

Mode = Literal["running", "ending", "better", "nothing"]


class Footer(PanelFoot):
    """`yes`: stop and keep, or accept. `no`: cancel, discard or close. `again`: search on."""

    yes = Signal()
    no = Signal()
    again = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stop = Button(self.tr("Stop and keep"), "ph.check-circle", kind="primary", size=32)
        self.accept = Button(self.tr("Accept"), kind="primary", size=32, key="Ctrl+↵")
        self.more = Button(self.tr("Search again"), size=32)
        self.leave = Button(self.tr("Cancel"), kind="quiet", size=32, key="Esc")
        self.stand(self.stop, self.accept, self.more, right=self.leave)
        self.stop.clicked.connect(self.yes)
        self.accept.clicked.connect(self.yes)
        self.more.clicked.connect(self.again)
        self.leave.clicked.connect(self.no)
        self.set_mode("running")

    def set_mode(self, mode: Mode) -> None:
        """What can be done now."""
        self.mode = mode
        searching = mode in ("running", "ending")
        self.stop.setVisible(searching)
        self.stop.set_why_not(self.tr("The search is ending.") if mode == "ending" else None)
        self.accept.setVisible(mode == "better")
        self.more.setVisible(mode == "nothing")
        words = {"better": self.tr("Discard"), "nothing": self.tr("Close")}
        self.leave.set_label(words.get(mode, self.tr("Cancel")))
