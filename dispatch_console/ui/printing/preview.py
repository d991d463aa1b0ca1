"""The right side of the print page: the pages as they will be printed."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QPointF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QShowEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QStackedLayout, QVBoxLayout, QWidget

from dispatch_console.ui.models.idle import Idle, Job
from dispatch_console.ui.printing.output import load
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import Button, EmptyState, IconButton, PaneHead, Segments, Text

_STEP = 1.25
_LEAST, _MOST = 0.2, 4.0
#: Up to so many pages are shown at once; of more the sizes, 0.3 ms each, are found first, bit by bit.
_AT_ONCE = 60


class Preview(QWidget):
    """Shows a PDF, or what there is to say instead. `cancelled()`: the work under way is to be given up."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document = QPdfDocument(self)
        self._buffer = QBuffer(self)
        self._shown = b""
        self._measuring = Idle(self)
        self.view = QPdfView(self)
        self.view.setDocument(self.document)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitInView)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setPageSpacing(12)
        self._empty = EmptyState("ph.printer", "", "")
        self._head = PaneHead(self.tr("Preview"))
        self.at = Text("", "data", "tx2")
        self.previous = IconButton("ph.caret-left", self.tr("Page before (Page Up)"))
        self.following = IconButton("ph.caret-right", self.tr("Next page (Page Down)"))
        self.zoom = Segments([self.tr("Whole page"), self.tr("Width"), "100 %"])
        self.smaller = IconButton("ph.minus", self.tr("Smaller"))
        self.larger = IconButton("ph.plus", self.tr("Larger"))
        self.progress = ProgressLine()
        self._lay_out()
        self._connect()
        self.set_colours()

    @property
    def page(self) -> int:
        """The page in view, from 0."""
        return self.view.pageNavigator().currentPage()

    def show_pdf(self, pdf: bytes) -> None:
        """Show these pages; the page in view stays if it is still there. Many are shown a moment later."""
        self._measuring.clear()
        if pdf == self._shown:
            self.progress.hide()
            return
        document, buffer = QPdfDocument(self), QBuffer(self)
        load(document, buffer, pdf)
        if document.pageCount() <= _AT_ONCE:
            self._take(document, buffer, pdf)
        else:
            self._measuring.add(self._measured(document, buffer, pdf))

    def _measured(self, document: QPdfDocument, buffer: QBuffer, pdf: bytes) -> Job:
        """The document keeps the sizes that it was asked for, so that laying out its pages is quick then."""
        for page in range(document.pageCount()):
            document.pagePointSize(page)
            yield
        self._take(document, buffer, pdf)

    def _take(self, document: QPdfDocument, buffer: QBuffer, pdf: bytes) -> None:
        page, where = self.page, self.view.verticalScrollBar().value()
        old = self.document, self._buffer
        self.document, self._buffer, self._shown = document, buffer, pdf
        self.view.setDocument(document)
        for part in old:
            part.deleteLater()
        self._pages.setCurrentIndex(0)
        if 0 < page < self.document.pageCount():
            self.view.verticalScrollBar().setValue(where)
        self.progress.hide()
        self._show_place()

    def show_words(self, title: str, sentence: str) -> None:
        """No pages: what to do."""
        self._empty.set_text(title, sentence)
        self._pages.setCurrentIndex(1)
        self._measuring.clear()
        self._shown = b""
        self.document.close()
        self.progress.hide()
        self._show_place()

    def go(self, page: int) -> None:
        """Bring a page to the top."""
        page = max(0, min(page, self.document.pageCount() - 1))
        self.view.pageNavigator().jump(page, QPointF(), self.view.pageNavigator().currentZoom())

    def set_colours(self) -> None:
        """The ground behind the pages, in the colours of now."""
        palette = self.view.palette()
        for role in (QPalette.ColorRole.Dark, QPalette.ColorRole.Base, QPalette.ColorRole.Window):
            palette.setColor(role, look.colour("bg"))
        self.view.setPalette(palette)
        self.view.viewport().setPalette(palette)
        self.update()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.set_colours()  # not before: the style sheet puts its own palette over ours when it is first applied

    def _connect(self) -> None:
        self.view.pageNavigator().currentPageChanged.connect(self._show_place)
        self.previous.clicked.connect(lambda: self.go(self.page - 1))
        self.following.clicked.connect(lambda: self.go(self.page + 1))
        self.zoom.chosen.connect(self._on_zoom)
        self.smaller.clicked.connect(lambda: self._scale(1 / _STEP))
        self.larger.clicked.connect(lambda: self._scale(_STEP))
        self.progress.cancel.clicked.connect(self.cancelled)

    def _on_zoom(self, index: int) -> None:
        if index == 2:
            self.view.setZoomMode(QPdfView.ZoomMode.Custom)
            self.view.setZoomFactor(1)
        else:
            fit = (QPdfView.ZoomMode.FitInView, QPdfView.ZoomMode.FitToWidth)[index]
            self.view.setZoomMode(fit)

    def _scale(self, factor: float) -> None:
        current = self.view.zoomFactor() if self.view.zoomMode() is QPdfView.ZoomMode.Custom else self._fitted()
        self.view.setZoomMode(QPdfView.ZoomMode.Custom)
        self.view.setZoomFactor(max(_LEAST, min(_MOST, current * factor)))

    def _fitted(self) -> float:
        """The zoom at which a page is as wide as the view."""
        if not self.document.pageCount():
            return 1
        points = self.document.pagePointSize(self.page)
        width = points.width() / 72 * self.view.logicalDpiX()
        return max(_LEAST, (self.view.viewport().width() - 12) / width)

    def _show_place(self) -> None:
        count = self.document.pageCount() if self._pages.currentIndex() == 0 else 0
        self.at.setText(self.tr("Page {n} of {all}").format(n=self.page + 1, all=count) if count else "")
        self.previous.setEnabled(self.page > 0)
        self.following.setEnabled(self.page + 1 < count)
        for part in (self.zoom, self.smaller, self.larger):
            part.setEnabled(count > 0)

    def _lay_out(self) -> None:
        self._head.add_note(self.at)
        for tool in (self.previous, self.following, self.smaller, self.larger, self.zoom):
            self._head.add_tool(tool)
        stack = QWidget()
        self._pages = QStackedLayout(stack)
        self._pages.addWidget(self.view)
        self._pages.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(stack, 1)
        column.addWidget(self.progress)


class ProgressLine(QWidget):
    """What is being made, how far, how long still, and a way to give it up. Hidden while nothing is."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(40)
        self.words = Text("", "data", "tx2")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(240)
        self.cancel = Button(self.tr("Cancel"), size=24)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(12)
        row.addWidget(self.bar, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.words)
        row.addStretch(1)
        row.addWidget(self.cancel)
        self.hide()

    def show_progress(self, text: str, done: int, total: int, left_s: float | None) -> None:
        """`left_s`: seconds still needed, None if not known yet."""
        if left_s is not None and done < total:
            text += self.tr(", about {s} s left").format(s=max(1, round(left_s)))
        self.words.setText(text)
        self.bar.setRange(0, max(1, total))
        self.bar.setValue(done)
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("pane"))
        painter.fillRect(0, 0, self.width(), 1, look.colour("line"))
