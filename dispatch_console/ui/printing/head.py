"""The head of the print page: back, which day and in which state, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import Button, IconButton, Text, marks, paint

HEIGHT = 56


class PrintHead(QWidget):
    """Its buttons are the page's to connect: `back`, `folder`, `as_draft`, `go`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self.back = IconButton("ph.arrow-left", self.tr("Back to the board (Esc)"), size=32)
        self.about = Text("", "data", "tx2")
        self.banner = DraftBanner()
        self.folder = Button(self.tr("Save PDFs to a folder…"), size=32)
        self.as_draft = Button(self.tr("Print as draft"), size=32)
        self.go = Button(self.tr("Print"), kind="primary", size=32, key="F9")
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addStretch(1)
        words.addWidget(Text(self.tr("Print"), "page"))
        words.addWidget(self.about)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 1)
        row.setSpacing(8)
        row.addWidget(self.back)
        row.addSpacing(4)
        row.addLayout(words)
        row.addSpacing(20)
        row.addWidget(self.banner)
        row.addStretch(1)
        for button in (self.folder, self.as_draft, self.go):
            row.addWidget(button)

    def show_state(self, about: str, draft: bool) -> None:
        """What is printed, and whether it may be driven by."""
        self.about.setText(about)
        self.banner.setVisible(draft)
        self.banner.set_text(self.tr("Draft, not approved: sheets say DRAFT and carry no version and no code"))
        self.as_draft.setVisible(draft)
        self.go.set_label(self.tr("Approve and print") if draft else self.tr("Print"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("pane"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, look.colour("line"))


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
