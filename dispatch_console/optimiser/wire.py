"""How a problem goes through a pipe: in parts, because whoever pickles holds the interpreter.

The matrix of a thousand places is 8 MB and its stops take 40 ms to pickle. In one piece the window would stand
still for as long, whichever thread does it; between parts of some milliseconds it gets its turn. Arrays go as they
are (out of band, protocol 5), without a copy.
"""

from __future__ import annotations

import pickle
from collections.abc import Buffer, Iterator
from dataclasses import replace
from itertools import batched
from multiprocessing.connection import Connection
from typing import NamedTuple, Protocol

from dispatch_console.domain.orders import StopId
from dispatch_console.domain.stops import Stop
from dispatch_console.optimiser.tasks import Problem, Task

#: Stops or tasks in a part: about 2 ms.
_AT_ONCE = 50


class Outlet(Protocol):
    """An end of a pipe to write to: of one class on Windows, of another elsewhere."""

    def send(self, obj: object, /) -> None: ...

    def send_bytes(self, buf: Buffer, /) -> None: ...


class _Head(NamedTuple):
    """A problem without its stops and tasks, and how many of them follow."""

    job: int
    bare: Problem
    follow: int


class _More(NamedTuple):
    stops: tuple[tuple[StopId, Stop], ...] = ()
    tasks: tuple[Task, ...] = ()


def send(pipe: Outlet, job: int, problem: Problem) -> None:
    """Raises OSError if nobody listens any more."""
    for part in _parts(job, problem):
        buffers: list[pickle.PickleBuffer] = []
        packed = pickle.dumps(part, protocol=5, buffer_callback=buffers.append)
        pipe.send((packed, len(buffers)))
        for buffer in buffers:
            pipe.send_bytes(buffer.raw())


def receive(pipe: Connection) -> tuple[int, Problem]:
    """The next job and its problem; waits for it. Raises EOFError or OSError if there will be none."""
    head = _part(pipe)
    assert isinstance(head, _Head)
    stops: dict[StopId, Stop] = {}
    tasks: list[Task] = []
    while len(stops) + len(tasks) < head.follow:
        more = _part(pipe)
        assert isinstance(more, _More)
        stops.update(more.stops)
        tasks.extend(more.tasks)
    return head.job, replace(head.bare, basis=replace(head.bare.basis, stops=stops), tasks=tuple(tasks))


def _parts(job: int, problem: Problem) -> Iterator[_Head | _More]:
    stops = problem.basis.stops
    # A copy of the basis leaves behind what is kept there for trying stops in.
    bare = replace(problem, basis=replace(problem.basis, stops={}), tasks=())
    yield _Head(job, bare, len(stops) + len(problem.tasks))
    for some in batched(stops.items(), _AT_ONCE):
        yield _More(stops=some)
    for some in batched(problem.tasks, _AT_ONCE):
        yield _More(tasks=some)


def _part(pipe: Connection) -> object:
    packed, buffers = pipe.recv()
    return pickle.loads(packed, buffers=[pipe.recv_bytes() for _ in range(buffers)])
