"""From a case to its answer: worked out beside the window, gone over by the search where that is wanted."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from dispatch_console.domain.errors import UserError
from dispatch_console.services.planning import Planner
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.wizards.replanning import Replanning
from dispatch_console.ui.wizards.stuck import StuckCase
from dispatch_console.ui.wizards.view import Case
from dispatch_console.ui.wizards.work import Answer, Work

#: What takes longer says so.
_SLOW_MS = 250


class Thinking(QObject):
    """- `begun(answer)`: worth showing, while the search still goes on.
    - `settled(answer)`: the last word; it is kept as `answer` until something else is asked.
    - `slow(text)`: it takes a while, and what it is that does.
    - `failed(error)`: nothing comes of it.
    """

    begun = Signal(object)
    settled = Signal(object)
    slow = Signal(str)
    failed = Signal(object)

    def __init__(self, desk: Desk, planner: Callable[[], Planner] | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.answer: Answer | None = None
        self._given: Answer | None = None  # what the search goes on from
        self._work = Work(self)
        self._search = Replanning(planner, self) if planner is not None else None
        if self._search is not None:
            self._search.over.connect(self._on_searched)
        self._slow = QTimer(self)
        self._slow.setInterval(_SLOW_MS)
        self._slow.timeout.connect(self._on_slow)

    @property
    def searches(self) -> bool:
        """Whether there is a search that could help."""
        return self._search is not None

    @property
    def busy(self) -> bool:
        return self._work.busy or self._given is not None

    def ask(self, case: Case) -> None:
        """Work `case` out on the day of now. What was asked before is forgotten."""
        self.answer = self._given = None
        if not self._slow.isActive():
            self._slow.start()
        self._work.ask(case, self._desk.day, self._on_answer, self._on_trouble)

    def forget(self) -> None:
        """Nothing is asked any more."""
        self._slow.stop()
        self._work.forget()
        self.answer = self._given = None
        if self._search is not None:
            self._search.cancel()

    def stop(self) -> None:
        """As `forget`; no thread is left."""
        self.forget()
        self._work.stop()

    def _on_answer(self, answer: Answer) -> None:
        search, now, ask = self._search, self._desk.now, None
        if search is None:
            self._settle(answer)
            return
        if isinstance(answer.case, StuckCase) and answer.made is not None:
            ask = answer.case.asks(answer.day, answer.made, now)
        if ask is None:
            search.cancel()
            self._settle(answer)
            return
        try:
            self._given = answer
            search.follow(ask, answer, now)
        except UserError as error:
            self._settle(answer._replace(made=None, reason=error.message))
        else:
            self.begun.emit(answer)

    def _on_searched(self) -> None:
        if self._search is not None and self._given is not None:
            self._work.run(self._search.result_of(self._given), self._settle, self._on_trouble)

    def _settle(self, answer: Answer) -> None:
        self._slow.stop()
        self._given, self.answer = None, answer
        self.settled.emit(answer)

    def _on_trouble(self, error: BaseException) -> None:
        self.forget()
        self.failed.emit(error)

    def _on_slow(self) -> None:
        if self._search is not None and self._given is not None:
            seconds = max(1, round(self._search.remaining_s))
            self.slow.emit(self.tr("Planning their routes… {n} s").format(n=seconds))
        else:
            self.slow.emit(self.tr("Working it out…"))
