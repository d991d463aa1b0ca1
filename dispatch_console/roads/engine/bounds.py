"""How long the engine may take for a question before it is held to be stuck."""

from __future__ import annotations

from dispatch_console.roads.engine.wire import Check, Extend, Matrix, Question
from dispatch_console.roads.pack.manifest import Manifest

#: Twenty times what was measured, for a machine that is slow or busy; and what is always granted.
_CELLS_A_S, _SMALL_A_S = 50_000, 50
_LEAST_S = 20.0
#: The sets of a pack are read through before they are used, perhaps from a slow disk.
_BYTES_A_S = 20e6


def longest_s(question: Question, pack: Manifest) -> float:
    """Seconds in which an engine that is well has answered, or at least told somebody else something."""
    size = sum(bytes for bytes, _ in (pack.files or {}).values())
    return _LEAST_S + size / _BYTES_A_S + _work_s(question, len(pack.buckets.times))


def _work_s(question: Question, times_of_day: int) -> float:
    if isinstance(question, Matrix):
        return times_of_day * len(question.places) ** 2 / _CELLS_A_S
    if isinstance(question, Extend):
        new = len(question.new)
        return 2 * times_of_day * new * (len(question.known) + new) / _CELLS_A_S
    return len(question.places if isinstance(question, Check) else question.pairs) / _SMALL_A_S
