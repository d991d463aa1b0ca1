"""`solve`: the one way into the search, whatever finds the plans behind it.

First a plan by insertion, at once; then ruin and recreate, with a turn of OR-Tools' guided local search on the best
plan so far, and more of them as long as they find something.
"""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from dispatch_console.optimiser import construct, routing
from dispatch_console.optimiser.report import Reporter
from dispatch_console.optimiser.ruin import Ruin
from dispatch_console.optimiser.state import State
from dispatch_console.optimiser.tasks import Found, Problem

#: OR-Tools' turns: when they begin and how long they last, as shares of the time.
_TURNS = ((0.1, 0.06), (0.5, 0.08), (0.88, 0.12))
#: How long looking for last gaps may take at least.
_LAST_S = 0.2
#: However busy the machine is, a search that nobody ends ruins and recreates so often before it says that it found
#: nothing: a fraction of a second's work.
LEAST_ROUNDS = 100
#: Shorter turns find nothing.
_SHORTEST_TURN_S = 0.3


def solve(problem: Problem, stop: Callable[[], bool], on_best: Callable[[Found], None]) -> Found:
    """The best plan found within `problem.seconds` or until `stop()`; each better one goes to `on_best` soon.

    Every plan handed on breaks no rule beyond what is held breaks by itself, serves every held stop, and keeps
    fixed stops at their positions.
    """
    return _Search(problem, stop, on_best).run()


class _Search:
    def __init__(self, problem: Problem, stop: Callable[[], bool], on_best: Callable[[Found], None]) -> None:
        self._problem, self._stop = problem, stop
        self._began = monotonic()
        self._reporter = Reporter(problem, on_best, self._began)
        self._state = State(problem)

    def run(self) -> Found:
        state, reporter = self._state, self._reporter
        construct.load(state)
        if any(tour.seq for tour in state.tours) or not state.missing:
            reporter.note(state.tours)
        construct.fill(state, state.missing, self._over)
        reporter.note(state.tours)
        reporter.flush()
        ruin = Ruin(state, self._problem.seed)
        self._take_turns(ruin)
        self._ruin_until(ruin, 1.0)
        ruin.at_least(LEAST_ROUNDS, self._stop, reporter.note)
        self._use_what_is_left(ruin)
        reporter.flush()
        assert reporter.told is not None, "the plan to begin with is in order"
        return reporter.told

    def _take_turns(self, ruin: Ruin) -> None:
        """Ruin and recreate up to OR-Tools' next turn, as long as they are worth it."""
        if not routing.suits(self._problem):
            return
        model: routing.Model | None = None
        for begin, share in _TURNS:
            seconds = share * self._problem.seconds
            self._ruin_until(ruin, begin)
            if self._over() or seconds < _SHORTEST_TURN_S:
                break
            model = model or routing.Model(self._problem)
            if not self._turn(model, ruin, seconds):
                break
        if model is not None:
            model.close()

    def _ruin_until(self, ruin: Ruin, share: float) -> None:
        ruin.run(self._began, self._problem.seconds, share, self._over, self._reporter.note)

    def _turn(self, model: routing.Model, ruin: Ruin, seconds: float) -> bool:
        """Let OR-Tools go on from the best plan. Whether it found a better one."""
        before = ruin.worth

        def found(sequences: routing.Sequences) -> None:
            self._adopt(sequences)
            if self._state.worth < ruin.worth and self._state.in_order():
                ruin.keep()
                self._reporter.note(ruin.best)

        model.improve([tour.seq for tour in ruin.best], seconds, self._over, found)
        ruin.back_to_best()
        return ruin.worth < before

    def _use_what_is_left(self, ruin: Ruin) -> None:
        """No stop is left out that would still fit somewhere as the plan stands."""
        ruin.back_to_best()
        if self._state.missing:
            end = monotonic() + max(_LAST_S, 0.05 * self._problem.seconds)
            construct.fill(self._state, self._state.missing, lambda: monotonic() > end)
            self._reporter.note(self._state.tours)

    def _adopt(self, sequences: routing.Sequences) -> None:
        """Take somebody else's plan over; stops that do not hold there are put elsewhere or left out."""
        state = self._state
        state.clear()
        for driver, seq in enumerate(sequences):
            construct.load_tour(state, driver, seq)
        if state.missing:
            construct.fill(state, state.missing, self._over)

    def _over(self) -> bool:
        """Whether to end. Asked all the time, so it also is when waiting plans are handed on."""
        self._reporter.tick()
        return monotonic() - self._began >= self._problem.seconds or self._stop()
