"""The head of the print page: back, which day and in which state, and what can be done."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import Button, PageHead, Text
from dispatch_console.ui.widgets.banner import Banner


class PrintHead(PageHead):
    """Its buttons are the page's to connect: `folder`, `as_draft`, `go`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.about = Text("", "data", "tx2")
        super().__init__("", self.about, parent=parent)
        self.set_title(self.tr("Print"))
        self.banner = Banner("ph.warning-fill", "amb", "ambbg", lambda: look.font("data"))
        self.folder = Button(self.tr("Save PDFs to a folder…"), size=32)
        self.as_draft = Button(self.tr("Print as draft"), size=32)
        self.go = Button(self.tr("Print"), kind="primary", size=32, key="F9")
        self.add_note(self.banner)
        for button in (self.folder, self.as_draft, self.go):
            self.add_tool(button)

    def show_state(self, about: str, draft: bool) -> None:
        """What is printed, and whether it may be driven by."""
        self.about.setText(about)
        self.banner.setVisible(draft)
        self.banner.set_text(self.tr("Draft, not approved: sheets say DRAFT and carry no version and no code"))
        self.as_draft.setVisible(draft)
        self.go.set_label(self.tr("Approve and print") if draft else self.tr("Print"))
