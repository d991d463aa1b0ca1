"""The head of the print page: back, which day and in which state, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import Button, PageHead, Text, marks, paint


class PrintHead(PageHead):
    """Its buttons are the page's to connect: `folder`, `as_draft`, `go`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.about = Text("", "data", "tx2")
        super().__init__("", self.about, parent=parent)
        self.set_title(self.tr("Print"))
        self.banner = DraftBanner()
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


class DraftBanner(QWidget):
    """A sentence with a warning sign on the faint amber: needs a person. Gives way where there is no room."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self.setFixedHeight(24)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def text(self) -> str:
        return self._text

    def set_text(self, text: str) -> None:
        self._text = text
        self.setToolTip(text)
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(marks.text_width(self._text, "data") + 38, 24)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.box(painter, self.rect(), look.colour("ambbg"), None, paint.CHIP_ROUND)
        paint.icon_at(painter, "ph.warning-fill", "amb", QRect(10, 5, 14, 14))
        painter.setFont(look.font("data"))
        painter.setPen(look.colour("amb"))
        area = self.rect().adjusted(30, 0, -8, 0)
        shown = painter.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, area.width() + 1)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
