"""The head of the page: back, which file, what is remembered of it, and the two ways out."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from dispatch_console.ui.importing import small
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import Button, PageHead, Text
from dispatch_console.ui.widgets.banner import Banner


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


class Elided(QWidget):
    """A line of text that gives way: cut in its middle where there is no room, whole in the tooltip."""

    def __init__(self, text: str, font: Callable[[], QFont], token: str, most: int = 420) -> None:
        super().__init__()
        self._text, self._font, self._token, self._most = text, font, token, most
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def text(self) -> str:
        return self._text

    def set_text(self, text: str) -> None:
        self._text = text
        self.setToolTip(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = QFontMetricsF(self._font()).horizontalAdvance(self._text)
        return QSize(min(self._most, round(width) + 1), 16)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(90, self.sizeHint().width()), 16)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        font = self._font()
        painter.setFont(font)
        painter.setPen(look.colour(self._token))
        shown = QFontMetricsF(font).elidedText(self._text, Qt.TextElideMode.ElideMiddle, self.width() + 0.5)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
