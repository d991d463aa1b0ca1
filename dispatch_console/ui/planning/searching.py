"""A search as its panels follow it: started, polled, its result worked out in slices and kept up with the day."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import UserError
from dispatch_console.services.planning import Options, Planner, Result, Run, State
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.models.idle import Idle, Job

_POLL_MS = 100


class Searching(QObject):
    """`run` and `result` of now; None: there is none.

    - `polled`: the search goes on, its figures may be new.
    - `waiting`: it is over, and what it means for the day is being worked out.
    - `found`: that is done; `result` is None if no plan came about.
    - `gone`: the day on the screen is another one, so nothing is searched any more.
    """

    polled = Signal()
    waiting = Signal()
    found = Signal()
    gone = Signal()

    def __init__(self, desk: Desk, planner: Planner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._planner = desk, planner
        self.run: Run | None = None
        self.result: Result | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_POLL_MS)
        self._timer.timeout.connect(self._tick)
        self.idle = Idle(self)
        desk.day_changed.connect(self._on_day)

    @property
    def running(self) -> bool:
        return self.run is not None and self.run.state is State.RUNNING

    def start(self, options: Options, now: int | None = None) -> Run:
        """Search as `options` say; a search that runs is ended. Raises UserError if there is nothing to plan."""
        run = self._planner.start(self._desk.day, options, now)
        self.idle.clear()
        self.run, self.result = run, None
        self._timer.start(_POLL_MS if run.is_asked else 0)
        return run

    def stop_and_keep(self) -> bool:
        """End the search; its best plan so far is the result. False: it is over already."""
        if self.run is None or self.run.over:
            return False
        self.run.stop_and_keep()
        return True

    def cancel(self) -> None:
        """Forget the search and what it found."""
        if self.run is not None and not self.run.over:
            self.run.cancel()
        self._timer.stop()
        self.idle.clear()
        self.run = self.result = None

    def of_now(self) -> Result:
        """The result on the day of this moment. Raises UserError if there is none."""
        if self.run is None:
            raise UserError(self.tr("No plan waits to be accepted."))
        if self.result is None or self.result.before is not self._desk.day:
            self.result = self.run.result(self._desk.day)
        return self.result

    def look_again(self) -> None:
        """Work out what accepting would do to the day as it is now; at once if that is quick."""
        if self.run is None or not self.run.over:
            return
        self.idle.clear()
        self.idle.add(self._work_out(self.run), at_once=True)
        if self.idle.busy:
            self.waiting.emit()

    def _tick(self) -> None:
        run = self.run
        if run is None:
            return
        run.poll()
        self._timer.setInterval(_POLL_MS if run.is_asked or run.over else 0)
        if not run.over:
            self.polled.emit()
            return
        self._timer.stop()
        self.look_again()

    def _work_out(self, run: Run) -> Job:
        self.result = None
        try:
            self.result = yield from run.result_steps(self._desk.day)
        except UserError:
            self.result = None
        self.found.emit()

    def _on_day(self, before: Day, after: Day, initiator: object) -> None:
        if self.run is None:
            return
        if (before.date, before.depot.id) != (after.date, after.depot.id):
            self.cancel()
            self.gone.emit()
        elif initiator is not self:
            self.look_again()
