"""The head of the page: back, which file, what is remembered of it, and the two ways out."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from dispatch_console.ui.importing import small
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import Button, PageHead, Text
from dispatch_console.ui.widgets.banner import Banner, Elided


class ImportHead(PageHead):
    """Its buttons are the page's to connect: `other`, `again`, `cancel`, `go`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.about = Elided("", lambda: look.font("data"), "tx2")
        super().__init__(
            "", self.about, QCoreApplication.translate("ImportHead", "Back, nothing is kept (Esc)"), parent
        )
        self.other = Button(self.tr("Other file…"))
        #: `Columns remembered from Fri 20 Nov, one is new: Bemerkung`
        self.banner = Banner("ph.clock-counter-clockwise", "acc", "accbg", small.medium)
        self.again = Button(self.tr("Guess again"), kind="link")
        self.stays = Text("", "data", "tx2")
        self.cancel = Button(self.tr("Cancel"), size=32)
        self.go = Button("", kind="primary", size=32, key="Ctrl+↵")
        self.add_note(self.other)
        self.add_note(self.banner, 28)
        self.add_note(self.again, 13)
        for tool in (self.stays, self.cancel, self.go):
            self.add_tool(tool)

    def show_file(self, name: str, about: str) -> None:
        self.set_title(name)
        self.about.set_text(about)
