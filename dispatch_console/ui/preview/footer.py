"""The buttons of the preview: 48 high at its foot."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from dispatch_console.ui.widgets import Button
from dispatch_console.ui.widgets.foot import PanelFoot


class Footer(PanelFoot):
    """`all`: accept the whole plan. `ticked`: only the routes that are ticked. `no`: discard."""

    all = Signal()
    ticked = Signal()
    no = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.accept = Button(self.tr("Accept all"), kind="primary", size=32, key="Ctrl+↵")
        self.part = Button(self.tr("Accept ticked"), size=32)
        self.leave = Button(self.tr("Discard"), kind="quiet", size=32, key="Esc")
        self.stand(self.accept, self.part, right=self.leave)
        self.accept.clicked.connect(self.all)
        self.part.clicked.connect(self.ticked)
        self.leave.clicked.connect(self.no)

    def show_reasons(self, whole: str | None, part: str | None) -> None:
        """Why the whole plan, or the ticked part, cannot be accepted now; None: it can."""
        self.accept.set_why_not(whole)
        self.part.set_why_not(part)
        self.leave.set_label(self.tr("Discard") if whole is None else self.tr("Close"))
