"""Runs of the print page: pages for the preview, for printers, for a folder; one at a time, with progress."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtPrintSupport import QPrinter

from dispatch_console.domain.day import Day
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.services import manifests
from dispatch_console.services.manifests import Edition, Kind, Paper
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.later import Later
from dispatch_console.ui.printing import output
from dispatch_console.ui.printing.output import Batch, PaperRun
from dispatch_console.ui.printing.pdf import Printed, Renderer, Result, join

#: Progress of a preview shows only if it takes longer, in seconds.
_SHORT_S = 0.4


@dataclass(frozen=True)
class PrintServices:
    """What the page needs besides the desk.

    `remembered(name)` gives what `remember(name, value)` kept, empty if nothing: `paper`, `printer`,
    `label_printer`. `make_printer(name, paper, copies, title)` may raise UserError.
    """

    who: Callable[[], str]
    remembered: Callable[[str], str]
    remember: Callable[[str, str], object]
    printer_names: Callable[[], list[str]] = output.printer_names
    make_printer: Callable[[str, Paper, int, str], QPrinter] = output.system_printer


@dataclass(frozen=True)
class Wish:
    """What is chosen on the page."""

    kinds: tuple[Kind, ...]
    routes: tuple[ShiftId, ...]
    paper: Paper
    printer: str = ""
    label_printer: str = ""
    copies: int = 1

    def __bool__(self) -> bool:
        """Whether there is anything to print."""
        return bool(self.kinds) and (bool(self.routes) or Kind.DAY_SUMMARY in self.kinds)


class Runs(QObject):
    """Versions are taken when the pages are ready to go out, not before: a run given up takes none.

    Signals
    - `made(pdf)`: pages to be shown.
    - `progressed(words, done, total, left_s)`: `left_s` None: not known yet.
    - `ended(message, kind)`: a run is over, by itself or given up; kind as in `Desk.message`.
    """

    made = Signal(object)
    progressed = Signal(str, int, int, object)
    ended = Signal(str, str)

    def __init__(self, desk: Desk, services: PrintServices, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._services = desk, services
        self._renderer, self._paper_run = Renderer(self), PaperRun(self)
        self._deliver: Callable[[Result], object] | None = None
        self._later = Later(self)
        self._putting: object = None  # what is put together beside the window; another one by now: given up
        self._words, self._started = "", 0.0
        self._renderer.progressed.connect(self._on_progress)
        self._renderer.finished.connect(self._on_made)
        self._renderer.failed.connect(self._on_failed)
        self._paper_run.progressed.connect(self._on_progress)
        self._paper_run.finished.connect(self._on_printed)
        self._paper_run.failed.connect(self._on_failed)

    @property
    def is_busy(self) -> bool:
        """Pages for a printer or a folder are under way; a preview does not count."""
        return self._paper_run.is_running or self._deliver is not None or self._putting is not None

    def preview(self, wish: Wish) -> None:
        """Make the pages and show them. Nothing while a run is under way."""
        if not self.is_busy:
            self._start(wish, self._edition(wish), self.tr("Making pages"))

    def print(self, wish: Wish) -> None:
        """Make the pages, take their versions and send them to the printers."""
        self._run(wish, self.tr("Making pages"), partial(self._to_printers, wish))

    def save(self, wish: Wish, folder: Path) -> None:
        """Make the pages, take their versions and write a PDF for each driver."""
        self._run(wish, self.tr("Making PDFs"), partial(self._to_folder, folder))

    def stop_preview(self) -> None:
        if not self.is_busy:
            self._renderer.cancel()

    def cancel(self) -> None:
        """Give up what is under way."""
        printing = self._paper_run.is_running
        self._paper_run.cancel()
        self._renderer.cancel()
        self._deliver = self._putting = None
        stopped = self.tr("Printing stopped; pages already sent may still come out.")
        self.ended.emit(stopped if printing else self.tr("Given up. Nothing was printed."), "info")

    def close(self) -> None:
        """Free the engines and threads behind it."""
        self._putting = None
        self._paper_run.cancel()
        self._renderer.close()

    def _edition(self, wish: Wish) -> Edition:
        """Printed to the minute: pages that come again within it need not be made again."""
        now = self._desk.clock().replace(second=0, microsecond=0)
        return manifests.edition(self._desk.day, wish.routes, now, self._services.who())

    def _start(self, wish: Wish, edition: Edition, words: str) -> None:
        self._words, self._started = words, time.monotonic()
        self._renderer.start(manifests.jobs(self._desk.day, wish.kinds, wish.routes, edition, wish.paper))

    def _run(self, wish: Wish, words: str, deliver: Callable[[Result], object]) -> None:
        edition = self._edition(wish)
        self._deliver = partial(self._record, self._desk.day, edition, wish, words, deliver)
        self._start(wish, edition, words)

    def _record(
        self,
        day: Day,
        edition: Edition,
        wish: Wish,
        words: str,
        deliver: Callable[[Result], object],
        result: Result,
    ) -> None:
        """Take the versions and deliver; the pages are made again if the plan changed meanwhile."""
        if self._desk.day.plan is not day.plan or self._desk.day.orders is not day.orders:
            self._run(wish, words, deliver)
            return
        self._deliver = None
        self.made.emit(result.joined)
        if self._desk.do(manifests.record_printed, self._desk.session, edition, wish.kinds, self):
            deliver(result)
        else:
            self.ended.emit("", "")

    def _to_printers(self, wish: Wish, result: Result) -> None:
        self._put_together(partial(_by_paper, result.printed), partial(self._send, wish))

    def _send(self, wish: Wish, papers: list[tuple[Paper, bytes]]) -> None:
        title = self.tr("Papers of {day}").format(day=self._desk.day.date)
        batches: list[Batch] = []

        def set_up() -> None:
            for paper, pages in papers:
                name = wish.label_printer if paper is Paper.LABEL else wish.printer
                printer = self._services.make_printer(name, paper, wish.copies, title)
                batches.append(Batch(paper, pages, printer))

        if self._desk.do(set_up):
            self._words, self._started = self.tr("Printing page"), time.monotonic()
            self._paper_run.start(batches)
        else:
            self.ended.emit("", "")

    def _to_folder(self, folder: Path, result: Result) -> None:
        self._put_together(partial(output.save_folder, result.printed, folder), partial(self._saved, folder))

    def _saved(self, folder: Path, written: list[Path]) -> None:
        what = written[0].name if len(written) == 1 else self.tr("{n} PDFs").format(n=len(written))
        self.ended.emit(self.tr("{what} saved in {folder}").format(what=what, folder=folder), "info")

    def _put_together[T](self, work: Callable[[], T], then: Callable[[T], object]) -> None:
        """Do what takes long with many pages beside the window, then go on with what came of it."""
        token = self._putting = object()

        def done(result: T) -> None:
            if self._putting is token:
                self._putting = None
                then(result)

        def failed(error: BaseException) -> None:
            if self._putting is token:
                self._putting = None
                self._desk.sorry(error)
                self.ended.emit("", "info")

        worker = ThreadPoolExecutor(1, thread_name_prefix="papers")
        self._later.when(worker.submit(work), done, failed)
        worker.shutdown(wait=False)

    def _on_made(self, result: Result) -> None:
        if self._deliver is not None:
            self._deliver(result)
        else:
            self.made.emit(result.joined)

    def _on_progress(self, done: int, total: int) -> None:
        spent = time.monotonic() - self._started
        if not self.is_busy and spent < _SHORT_S:
            return
        left = spent / done * (total - done) if done and spent > 1 else None
        self.progressed.emit(f"{self._words} {done} / {total}", done, total, left)

    def _on_printed(self, pages: int) -> None:
        text = self.tr("{n} pages printed") if pages != 1 else self.tr("{n} page printed")
        self.ended.emit(text.format(n=pages), "info")

    def _on_failed(self, message: str) -> None:
        self._deliver = None
        self.ended.emit(message, "error")


def _by_paper(printed: Sequence[Printed]) -> list[tuple[Paper, bytes]]:
    """One PDF for each paper, sheets before labels."""
    papers = dict.fromkeys(document.paper for document, _ in printed)
    ordered = sorted(papers, key=lambda paper: paper is Paper.LABEL)
    return [(paper, join(pdf for document, pdf in printed if document.paper is paper)) for paper in ordered]
