"""Where PDFs go: a printer, page by page without holding up the window; or a folder of files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPdf import QPdfDocument, QPdfPageRenderer
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from dispatch_console.domain.errors import UserError
from dispatch_console.services.manifests import Kind, Paper, safe_name
from dispatch_console.ui.printing.engine import page_layout
from dispatch_console.ui.printing.pdf import Printed, join

#: Dots per inch that sheets are drawn with; labels use what their printer has, within these bounds.
_SHEET_DPI, _LABEL_DPI = 300, (203, 600)


class Batch(NamedTuple):
    """Pages of one paper for one printer."""

    paper: Paper
    pdf: bytes
    printer: QPrinter


def printer_names() -> list[str]:
    """All printers the system knows, the default one first."""
    default = QPrinterInfo.defaultPrinterName()
    names = QPrinterInfo.availablePrinterNames()
    return sorted(names, key=lambda name: (name != default, name.casefold()))


def system_printer(name: str, paper: Paper, copies: int, title: str) -> QPrinter:
    """A printer set up for `paper`, grey and without margins of its own. Raises UserError if it is not there."""
    info = QPrinterInfo.printerInfo(name)
    if info.isNull():
        raise UserError(f"The printer “{name}” is not there. Choose another one, or save PDFs to a folder.")
    printer = QPrinter(info, QPrinter.PrinterMode.HighResolution)
    set_up(printer, paper, copies, title)
    return printer


def set_up(printer: QPrinter, paper: Paper, copies: int, title: str) -> None:
    """Resolution, paper, colour and name of a job."""
    low, high = _LABEL_DPI
    dpi = min(max(printer.resolution(), low), high) if paper is Paper.LABEL else _SHEET_DPI
    printer.setResolution(dpi)
    printer.setFullPage(True)
    layout = page_layout(paper)
    layout.setMode(layout.Mode.FullPageMode)
    printer.setPageLayout(layout)
    printer.setColorMode(QPrinter.ColorMode.GrayScale)
    printer.setCopyCount(copies)
    printer.setDocName(title)


class PaperRun(QObject):
    """Sends batches to their printers. Pages are drawn in a thread of Qt's, one ahead of the other.

    Signals
    - `progressed(done, total)`: pages sent.
    - `finished(pages)`, `failed(message)`: exactly one of them ends a run that is not cancelled.
    """

    progressed = Signal(int, int)
    finished = Signal(int)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = QPdfDocument(self)
        self._pages = QPdfPageRenderer(self)
        self._pages.setDocument(self._document)
        self._pages.setRenderMode(QPdfPageRenderer.RenderMode.MultiThreaded)
        self._pages.pageRendered.connect(self._on_page)
        self._buffer = QBuffer(self)
        self._batches: list[Batch] = []
        self._painter: QPainter | None = None
        self._done = self._total = 0

    @property
    def is_running(self) -> bool:
        return self._painter is not None

    def start(self, batches: Sequence[Batch]) -> None:
        """Print all batches, one job each. No pages: finished at once."""
        self.cancel()
        self._batches = [batch for batch in batches if batch.pdf]
        self._done, self._total = 0, sum(page_count(batch.pdf) for batch in self._batches)
        self._next_batch()

    def cancel(self) -> None:
        """Stop; a job under way is given up, as far as the system can still do it."""
        self._batches = []
        if self._painter is not None:
            printer = self._painter.device()
            if isinstance(printer, QPrinter):
                printer.abort()
            self._end_job()

    def _next_batch(self) -> None:
        if not self._batches:
            self.finished.emit(self._done)
            return
        batch = self._batches[0]
        painter = QPainter()
        if not painter.begin(batch.printer):
            self._batches = []
            self.failed.emit(f"“{batch.printer.printerName()}” does not take the job. Is it switched on?")
            return
        self._painter = painter
        load(self._document, self._buffer, batch.pdf)
        self._request(0)

    def _request(self, page: int) -> None:
        self._pages.requestPage(page, self._size())

    def _size(self) -> QSize:
        printer = self._batches[0].printer
        return printer.pageLayout().fullRectPixels(printer.resolution()).size()

    def _on_page(self, page: int, _size: QSize, image: QImage, *_: object) -> None:
        if self._painter is None or not self._batches:
            return
        painter, batch = self._painter, self._batches[0]
        if page and not batch.printer.newPage():
            self.cancel()
            self.failed.emit(f"“{batch.printer.printerName()}” stopped taking pages after {self._done}.")
            return
        painter.drawImage(QRect(0, 0, image.width(), image.height()), on_white(image))
        self._done += 1
        self.progressed.emit(self._done, self._total)
        if page + 1 < self._document.pageCount():
            self._request(page + 1)
            return
        self._end_job()
        self._batches.pop(0)
        self._next_batch()

    def _end_job(self) -> None:
        painter, self._painter = self._painter, None
        if painter is not None:
            painter.end()
        self._document.close()


def load(document: QPdfDocument, buffer: QBuffer, pdf: bytes) -> None:
    """Show `pdf` in `document`; `buffer` holds it as long as it is shown."""
    document.close()
    buffer.close()
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)


def page_count(pdf: bytes) -> int:
    document, buffer = QPdfDocument(), QBuffer()
    load(document, buffer, pdf)
    return document.pageCount()


def on_white(image: QImage) -> QImage:
    """A page as grey values on white: pages come with a transparent ground."""
    page = QImage(image.size(), QImage.Format.Format_Grayscale8)
    page.fill(Qt.GlobalColor.white)
    painter = QPainter(page)
    painter.drawImage(0, 0, image)
    painter.end()
    return page


def save_folder(printed: Sequence[Printed], folder: Path) -> list[Path]:
    """One PDF for each driver (his labels apart, they are another paper) and one for the day's summary.

    Files of the same names are replaced. Raises UserError if the folder cannot be written.
    """
    groups: dict[object, list[Printed]] = {}
    for document, pdf in printed:
        key = (document.route, document.paper is Paper.LABEL) if document.route is not None else document.name
        groups.setdefault(key, []).append((document, pdf))
    written: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for group in groups.values():
            path = folder / f"{_file_name(group)}.pdf"
            path.write_bytes(join(pdf for _, pdf in group))
            written.append(path)
    except OSError as error:
        reason = error.strerror or "no access"
        raise UserError(f"The PDFs cannot be written to {folder} ({reason}). Choose another folder.") from error
    return written


def _file_name(group: Sequence[Printed]) -> str:
    """Of one paper its own name; of several the driver's, without the kind of paper."""
    first = group[0][0].name
    kinds = {document.kind for document, _ in group}
    if len(kinds) == 1:
        return first
    return safe_name(first.replace(f" {Kind.DRIVER_SHEET}", "").replace(f" {Kind.LOADING_LIST}", ""))
