"""Shows a chapter: the text in the middle, what was found marked, links within the guide only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QResizeEvent, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QFrame, QTextBrowser, QTextEdit

from dispatch_console.ui.help import paper
from dispatch_console.ui.help.finding import Hit
from dispatch_console.ui.help.paper import COLUMN, Paper
from dispatch_console.ui.theme import look

_EDGE = 24
#: The frame and ground of fields to type in are not for reading.
_PLAIN = "QTextBrowser, QTextBrowser:focus { border: 0; padding: 0; background: palette(base); }"
#: What is jumped to stands so far below the upper edge.
_ABOVE = 60


class Sheet(QTextBrowser):
    """`wanted(chapter, section)`: a link was followed."""

    wanted = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.setLineWrapColumnOrWidth(COLUMN + 2 * _EDGE)
        self.setStyleSheet(_PLAIN)
        self.setAccessibleName(self.tr("User guide"))
        self.anchorClicked.connect(self._follow)

    def loadResource(self, type: int, name: QUrl | str) -> Any:
        """Nothing: the pictures are in the document already."""
        return None

    def show_paper(self, shown: Paper) -> None:
        self.setExtraSelections([])
        shown.drawn.marked = frozenset()
        for name in shown.pictures:
            kind = QTextDocument.ResourceType.ImageResource.value
            shown.document.addResource(kind, QUrl(name), paper.shown(name, self.devicePixelRatioF()))
        self.setDocument(shown.document)

    def go_to_block(self, block: int) -> None:
        """Bring a block near the upper edge."""
        found = self.document().findBlockByNumber(block)
        top = self.document().documentLayout().blockBoundingRect(found).top()
        self.verticalScrollBar().setValue(max(0, round(top) - _ABOVE))

    def mark(self, shown: Paper, hits: Sequence[Hit], current: Hit | None) -> None:
        """Ground the words that were found, those of the `current` line more strongly."""
        marked: list[QTextEdit.ExtraSelection] = []
        keys: set[int] = set()
        for hit in hits:
            form = QTextCharFormat()
            form.setBackground(look.colour("acc" if hit is current else "accbg"))
            if hit is current:
                form.setForeground(look.colour("on_acc"))
            for span in hit.spans:
                places = {shown.position(hit.line, at) for at in range(*span)}
                keys |= {place for place in places if shown.document.characterAt(place) == paper.OBJECT}
                if not places <= keys:
                    marked.append(self._selection(shown, hit, span, form))
        shown.drawn.marked = frozenset(keys)
        self.setExtraSelections(marked)
        self.viewport().update()

    def _selection(
        self, shown: Paper, hit: Hit, span: tuple[int, int], form: QTextCharFormat
    ) -> QTextEdit.ExtraSelection:
        cursor = QTextCursor(shown.document)
        cursor.setPosition(shown.position(hit.line, span[0]))
        cursor.setPosition(shown.position(hit.line, span[1] - 1) + 1, QTextCursor.MoveMode.KeepAnchor)
        one = QTextEdit.ExtraSelection()
        one.cursor, one.format = cursor, form
        return one

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = max(0, (self.width() - COLUMN - 2 * _EDGE - 12) // 2)
        self.setViewportMargins(side, 0, 0, 0)

    def _follow(self, link: QUrl) -> None:
        target = paper.target(link)
        if target is not None:
            self.wanted.emit(*target)
