"""The search behind a wizard: started, followed, its result put where the answer was."""

from __future__ import annotations

import copy
import logging
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from dispatch_console.domain.errors import UserError
from dispatch_console.services.planning import Planner, Run
from dispatch_console.ui.wizards.stuck import StuckCase
from dispatch_console.ui.wizards.view import Ask
from dispatch_console.ui.wizards.work import Answer

log = logging.getLogger(__name__)
_POLL_MS = 50


class Replanning(QObject):
    """`over`: the search that was asked for has ended, its result can be taken (`result_of`).

    What changes meanwhile is no reason to search anew as long as the question is the same: the result is made to
    fit the day as it has become.
    """

    over = Signal()

    def __init__(self, planner: Callable[[], Planner], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._planner = planner
        self._run: Run | None = None
        self._key: object = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._poll)

    @property
    def running(self) -> bool:
        return self._timer.isActive()

    @property
    def remaining_s(self) -> float:
        return self._run.remaining_s if self._run is not None else 0.0

    def follow(self, ask: Ask, given: Answer, now: int | None) -> None:
        """Search, unless that very question is being answered. Raises UserError if there is nothing to plan."""
        assert given.made is not None, "there is a plan to go on from"
        if self._run is None or ask.key != self._key or self._run.trouble:
            self.cancel()
            self._run = self._planner().start(given.made.after, ask.options, now)
            self._key = ask.key
        self._timer.start(0 if not self._run.is_asked else _POLL_MS)

    def cancel(self) -> None:
        """Forget the search and what it found."""
        self._timer.stop()
        if self._run is not None and not self._run.over:
            self._run.cancel()
        self._run, self._key = None, None

    def result_of(self, given: Answer) -> Callable[[], Answer]:
        """What makes of an answer the one with the search's result. To be called on another thread."""
        run, made = self._run, given.made
        assert run is not None and made is not None

        def make() -> Answer:
            case = copy.copy(given.case)
            if isinstance(case, StuckCase):
                try:
                    case.use(given.day, made, run.result(made.after))
                except UserError as error:
                    return given._replace(made=None, reason=error.message)
            final = case.draft(given.day)
            return Answer(case, given.day, case.view(given.day), final, None)

        return make

    def _poll(self) -> None:
        run = self._run
        if run is None:
            self._timer.stop()
            return
        run.poll()
        self._timer.setInterval(_POLL_MS if run.is_asked else 0)
        if run.over:
            self._timer.stop()
            self.over.emit()
