"""Many documents into PDF: in the window with progress and cancel, or at once for the command line."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import NamedTuple

from pypdf import PdfWriter
from PySide6.QtCore import QEventLoop, QObject, Signal
from PySide6.QtWidgets import QApplication

from dispatch_console.domain.errors import UserError
from dispatch_console.services.manifests import Document, Job
from dispatch_console.ui.printing.engine import Engine

log = logging.getLogger(__name__)

#: Pages laid out at the same time, each in a process of its own.
_ENGINES = 2
#: So many PDFs are kept for pages that come again just as they were.
_KEPT = 160

#: A document with its PDF.
Printed = tuple[Document, bytes]


class Result(NamedTuple):
    """All documents of a run in order, and one PDF of all pages."""

    printed: list[Printed]
    joined: bytes


class Renderer(QObject):
    """Makes the documents of jobs in a thread and prints them in the engines, keeping their order.

    Signals
    - `progressed(done, total)`: after each document.
    - `finished(Result)`, `failed(message)`: exactly one of them ends a run that is not cancelled.
    """

    progressed = Signal(int, int)
    finished = Signal(object)
    failed = Signal(str)
    _made = Signal(int, int, object)
    _joined = Signal(int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engines: list[Engine] = []
        self._worker: ThreadPoolExecutor | None = None
        self._run = 0
        self._results: dict[int, Printed] = {}
        self._queue: list[tuple[int, Document]] = []
        self._left = 0
        self._kept: dict[str, bytes] = {}
        self._made.connect(self._on_made)
        self._joined.connect(self._on_joined)

    @property
    def is_running(self) -> bool:
        return self._worker is not None

    def start(self, jobs: Sequence[Job]) -> None:
        """Begin; a run under way is cancelled. No jobs: finished at once with an empty PDF."""
        self.cancel()
        self._results, self._queue, self._left = {}, [], len(jobs)
        if not jobs:
            self.finished.emit(Result([], b""))
            return
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="sheets")
        for index, job in enumerate(jobs):
            future = self._worker.submit(job.make)
            future.add_done_callback(partial(self._announce, self._run, index))

    def cancel(self) -> None:
        """Stop: nothing more is announced of this run."""
        self._run += 1
        self._queue = []
        if self._worker is not None:
            self._worker.shutdown(wait=False, cancel_futures=True)
            self._worker = None

    def close(self) -> None:
        """Cancel and free the engines."""
        self.cancel()
        while self._engines:
            self._engines.pop().close()

    # -- in the thread ---------------------------------------------------------------------------------

    def _announce(self, run: int, index: int, future: Future[Document]) -> None:
        if not future.cancelled():
            self._made.emit(run, index, future.exception() or future.result())

    def _announce_joined(self, run: int, future: Future[bytes]) -> None:
        if not future.cancelled():
            self._joined.emit(run, future.exception() or future.result())

    # -- in the window's thread ------------------------------------------------------------------------

    def _on_made(self, run: int, index: int, made: Document | BaseException) -> None:
        if run != self._run:
            return
        if isinstance(made, BaseException):
            self._fail_with(made)
        elif (pdf := self._kept.get(made.html)) is not None:
            self._take(index, made, pdf)
        else:
            self._queue.append((index, made))
            self._feed()

    def _feed(self) -> None:
        """Give waiting documents to engines that have nothing to do."""
        while self._queue:
            engine = self._free_engine()
            if engine is None:
                return
            index, document = self._queue.pop(0)
            engine.print(document.html, document.paper, partial(self._on_printed, self._run, index, document))

    def _free_engine(self) -> Engine | None:
        free = next((engine for engine in self._engines if not engine.is_busy), None)
        if free is None and len(self._engines) < _ENGINES:
            free = Engine(self)
            self._engines.append(free)
        return free

    def _on_printed(self, run: int, index: int, document: Document, pdf: bytes | None) -> None:
        if pdf is not None:
            self._kept[document.html] = pdf
            while len(self._kept) > _KEPT:
                self._kept.pop(next(iter(self._kept)))
        if run == self._run:
            self._take(index, document, pdf)
        self._feed()

    def _take(self, index: int, document: Document, pdf: bytes | None) -> None:
        if pdf is None:
            log.error("no PDF came back for %s", document.name)
            self._fail(f"“{document.name}” could not be laid out. Nothing was printed; try again.")
            return
        self._results[index] = (document, pdf)
        self._left -= 1
        self.progressed.emit(len(self._results), len(self._results) + self._left)
        if not self._left and self._worker is not None:
            future = self._worker.submit(join, [pdf for _, pdf in self._in_order()])
            future.add_done_callback(partial(self._announce_joined, self._run))

    def _on_joined(self, run: int, joined: bytes | BaseException) -> None:
        if run != self._run:
            return
        if isinstance(joined, BaseException):
            self._fail_with(joined)
            return
        self.cancel()
        self.finished.emit(Result(self._in_order(), joined))

    def _in_order(self) -> list[Printed]:
        return [self._results[index] for index in sorted(self._results)]

    def _fail_with(self, error: BaseException) -> None:
        if isinstance(error, UserError):
            self._fail(error.message)
            return
        log.error("a sheet could not be made", exc_info=error)
        self._fail("A sheet could not be made. Nothing was printed; see the log.")

    def _fail(self, message: str) -> None:
        self.cancel()
        self.failed.emit(message)


def join(pdfs: Iterable[bytes]) -> bytes:
    """All pages in one PDF; each document keeps its own "page x of y". Of nothing: an empty text."""
    files = list(pdfs)
    if len(files) <= 1:
        return files[0] if files else b""
    writer = PdfWriter()
    for pdf in files:
        writer.append(io.BytesIO(pdf), import_outline=False)
    joined = io.BytesIO()
    writer.write(joined)
    return joined.getvalue()


def render(documents: Sequence[Document]) -> bytes:
    """One PDF of all documents, waiting for it. For the command line: makes a QApplication if there is none.

    Raises UserError if a page cannot be laid out.
    """
    application = QApplication.instance() or QApplication([])
    loop, renderer = QEventLoop(), Renderer()
    results: list[Result] = []
    problems: list[str] = []
    renderer.finished.connect(_then(results.append, loop))
    renderer.failed.connect(_then(problems.append, loop))
    renderer.start([Job(document.name, partial(_same, document)) for document in documents])
    if renderer.is_running:
        loop.exec()
    renderer.close()
    del application
    if problems:
        raise UserError(problems[0])
    return results[0].joined


def _then[T](take: Callable[[T], object], loop: QEventLoop) -> Callable[[T], None]:
    def taken(value: T) -> None:
        take(value)
        loop.quit()

    return taken


def _same(document: Document) -> Document:
    return document
