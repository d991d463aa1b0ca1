"""What a wizard works out, on a thread of its own: vans, places, offers. The window goes on meanwhile.

A case is worked on as a copy: what the dispatcher chooses meanwhile goes to the one that he sees, and makes the
answer that is under way useless; then it is asked again.
"""

from __future__ import annotations

import copy
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import NamedTuple

from PySide6.QtCore import QObject

from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import UserError
from dispatch_console.services.wizards.draft import Draft
from dispatch_console.ui.later import Later
from dispatch_console.ui.wizards.common import tr
from dispatch_console.ui.wizards.view import Case, View


class Answer(NamedTuple):
    """`case` as it looks on `day`. `made` None: there is nothing to preview, and `reason` says why."""

    case: Case
    day: Day
    view: View
    made: Draft | None
    reason: str | None


def answer(case: Case, day: Day) -> Answer:
    """Raises UserError if the case cannot be shown any more."""
    view = case.view(day)
    try:
        made = case.draft(day)
    except UserError as error:
        return Answer(case, day, view, None, error.message)
    return Answer(case, day, view, made, None if made.change else tr("Nothing would change."))


class Work(QObject):
    """One question at a time; of those asked meanwhile the newest is next, and the others are forgotten."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._later = Later(self)
        self._thread: threading.Thread | None = None
        self._next: Callable[[], object] | None = None
        self._asked = 0

    @property
    def busy(self) -> bool:
        return self._thread is not None

    def ask(
        self, case: Case, day: Day, then: Callable[[Answer], object], sorry: Callable[[BaseException], object]
    ) -> None:
        """Work out `case` on `day`; `then` or `sorry` hears of it, unless something else is asked meanwhile."""
        mine = copy.copy(case)
        self.run(lambda: answer(mine, day), then, sorry)

    def run[T](
        self, make: Callable[[], T], then: Callable[[T], object], sorry: Callable[[BaseException], object]
    ) -> None:
        """As `ask`, for any work."""
        self._asked += 1
        asked = self._asked

        def begin() -> None:
            future: Future[T] = Future()
            self._later.when(
                future,
                lambda made: self._end(asked, lambda: then(made)),
                lambda error: self._end(asked, lambda: sorry(error)),
            )
            self._thread = threading.Thread(target=_work, args=(future, make), name="wizard")
            self._thread.start()

        if self._thread is None:
            begin()
        else:
            self._next = begin

    def forget(self) -> None:
        """Nobody waits for an answer any more."""
        self._asked += 1
        self._next = None

    def stop(self) -> None:
        """Wait for what is under way; nothing is told of it."""
        self.forget()
        if self._thread is not None:
            self._thread.join()

    def _end(self, asked: int, tell: Callable[[], object]) -> None:
        if self._thread is not None:
            self._thread.join()  # it has said its last word
        self._thread = None
        begin, self._next = self._next, None
        if begin is not None:
            begin()
        elif asked == self._asked:
            tell()


def _work[T](future: Future[T], make: Callable[[], T]) -> None:
    try:
        future.set_result(make())
    except BaseException as error:
        future.set_exception(error)
