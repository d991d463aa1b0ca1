"""Takes files in as proofs beside the window: read, looked through for barcodes, kept; one sentence for each."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QImage

from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import OrderId
from dispatch_console.services import proofs
from dispatch_console.services.proofs import How, Proof, Store, Target
from dispatch_console.ui.debrief import pictures
from dispatch_console.ui.later import Later

log = logging.getLogger(__name__)


class Attached(NamedTuple):
    proof: Proof
    how: How


class Wish(NamedTuple):
    """What files are dropped on: the day, the sheet on the table, the order in talk, and who does it."""

    day: Day
    route: ShiftId
    order: OrderId | None
    who: str


class Attaching(QObject):
    """Signals: `attached(Attached)`, `refused(sentence)`: one of them for each file · `drawn(ProofId, QImage)`."""

    attached = Signal(object)
    refused = Signal(str)
    drawn = Signal(int, QImage)

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.store = store
        self._later = Later(self)
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="proofs")
        self.waiting = 0

    def add(self, paths: Sequence[Path], wish: Wish) -> None:
        for path in paths:
            self.waiting += 1
            self._later.when(self._pool.submit(_add, self.store, path, wish), self._on_added, self._sorry)

    def draw(self, proof: Proof, size: QSize) -> None:
        """Ask for the small picture of a proof."""
        future: Future[QImage] = self._pool.submit(_draw, self.store, proof, size)
        self._later.when(future, lambda image: self.drawn.emit(proof.id, image), self._on_undrawn)

    def large(self, proof: Proof, size: QSize, then: Callable[[QImage], object]) -> None:
        """The picture of a proof for a view of `size` px."""
        future: Future[QImage] = self._pool.submit(_draw, self.store, proof, size)
        self._later.when(future, then, self._on_undrawn)

    def close(self) -> None:
        """Finish the file in hand; what waits is left."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _on_added(self, attached: Attached) -> None:
        self.waiting -= 1
        self.attached.emit(attached)

    def _sorry(self, error: BaseException) -> None:
        self.waiting -= 1
        if isinstance(error, UserError):
            self.refused.emit(error.message)
            return
        log.error("a proof could not be added", exc_info=error)
        self.refused.emit(self.tr("That file could not be added because of a fault in the program. See the log."))

    def _on_undrawn(self, error: BaseException) -> None:
        log.warning("a proof could not be drawn: %s", error)


def _add(store: Store, path: Path, wish: Wish) -> Attached:
    """On the thread of the proofs."""
    file = proofs.read_file(path)
    target: Target | None = None
    texts: list[str] = []
    for page in pictures.grey_pages(file):
        texts += proofs.codes_in(page)
        target = proofs.target(wish.day, wish.route, texts, file.name, wish.order)
        if target.how is How.BARCODE:
            break
    assert target is not None, "a file has a page, or is refused"
    kept = store.submit(lambda: proofs.add(store, wish.day, file, target, wish.who)).result()
    return Attached(kept, target.how)


def _draw(store: Store, proof: Proof, size: QSize) -> QImage:
    return pictures.thumbnail(proofs.data(store, proof.id).result(), proof.media_type, size)
