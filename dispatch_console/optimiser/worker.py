"""The process in which searches run: spawned early, kept warm, heard of by messages, stopped by a shared number.

Both sides share one integer: jobs up to that number are to end; the search reads it all the time. Who does not end
by himself is killed; a new worker takes his place, and the best plan has come over already.

Loading the compiled search takes a fraction of a second; compiling it, once after each new version, half a minute.
A job that comes meanwhile gets a plain first plan at once, and is searched when the compiler is done.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
import traceback
from contextlib import suppress
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from time import monotonic
from typing import NamedTuple, Protocol

import psutil

from dispatch_console.optimiser import wire
from dispatch_console.optimiser.tasks import Found, Problem

#: How often the worker looks whether the program that started it is still there.
_LOOK_S = 0.5
#: How long loading the compiled search may hold up the first message: it is quick, unless it has to be compiled.
_LOAD_S = 2.0
#: How often a job that waits for the compiler looks whether it is to end.
_WAIT_S = 0.02


class Ready(NamedTuple):
    """The worker takes jobs: the search is loaded, or still being compiled."""


class Begun(NamedTuple):
    """The search of the job begins: its time counts from here, not from when it was asked of a cold worker."""

    job: int


class First(NamedTuple):
    """A plan before the search can begin: it is still being compiled. Its time does not count yet."""

    job: int
    found: Found


class Better(NamedTuple):
    job: int
    found: Found


class Done(NamedTuple):
    job: int
    found: Found


class Failed(NamedTuple):
    """The job ended without a plan. `trace`: for the log; empty if the process just ended."""

    job: int
    trace: str


Message = Ready | Begun | First | Better | Done | Failed


class _Number(Protocol):
    """An integer in memory that two processes share."""

    value: int


class Worker:
    """One process, one job at a time. All calls return at once; `poll` brings what happened."""

    def __init__(self) -> None:
        self._context = multiprocessing.get_context("spawn")
        self._job = 0
        self._running: int | None = None
        self._sending = threading.Lock()
        self._process: SpawnProcess | None = None
        self.start()

    def start(self) -> None:
        """Start the process if there is none. It loads its libraries while the program does other things."""
        if self._process is not None and self._process.is_alive():
            return
        self._ended: _Number = self._context.RawValue("q", self._job)
        self._pipe, theirs = self._context.Pipe()
        self._process = self._context.Process(target=work, args=(theirs, self._ended), name="planning", daemon=True)
        self._process.start()
        theirs.close()

    @property
    def pid(self) -> int | None:
        return None if self._process is None else self._process.pid

    def submit(self, problem: Problem) -> int:
        """Hand over a problem; the number of the job. A job that still runs is ended."""
        self.start()
        self.end()
        self._job += 1
        self._running = self._job
        # A pipe takes little at once: a large problem would hold up the caller until the worker has loaded.
        send = partial(_send, self._pipe, self._job, problem, self._sending)
        threading.Thread(target=send, name="problem to worker", daemon=True).start()
        return self._job

    def end(self) -> None:
        """Let the running job end; it answers with `Done` and the best it has."""
        self._ended.value = self._job

    def poll(self) -> list[Message]:
        """What the worker said since the last time. If it is gone: `Failed` for its job, and a new worker."""
        messages: list[Message] = []
        try:
            while self._pipe.poll():
                messages.append(self._pipe.recv())
        except (EOFError, OSError):
            return [*messages, *self._replace()]
        for message in messages:
            if isinstance(message, Done | Failed) and message.job == self._running:
                self._running = None
        return messages

    def kill(self) -> None:
        """End the process at once and start a new one."""
        self._put_down()
        self.start()

    def close(self) -> None:
        """End the process; none is left."""
        self._put_down()

    def _replace(self) -> list[Message]:
        failed, self._running = self._running, None
        self.kill()
        return [] if failed is None else [Failed(failed, "")]

    def _put_down(self) -> None:
        self._ended.value = self._job
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process = None
        with self._sending, suppress(OSError):  # whoever was sending has seen by now that nobody listens
            self._pipe.close()


def _send(pipe: wire.Outlet, job: int, problem: Problem, one_at_a_time: threading.Lock) -> None:
    with one_at_a_time, suppress(OSError):  # the worker is gone: `poll` notices
        wire.send(pipe, job, problem)


def work(pipe: Connection, ended: _Number) -> None:
    """What the process does: load, then one job after the other until the program is gone."""
    _step_back()
    loading = threading.Thread(target=_load, name="loading the search", daemon=True)
    loading.start()
    loading.join(_LOAD_S)
    with suppress(EOFError, OSError, KeyboardInterrupt):
        pipe.send(Ready())
        while True:
            job, problem = wire.receive(pipe)
            try:
                pipe.send(Done(job, _search(pipe, job, problem, _Over(job, ended), loading)))
            except OSError:
                raise
            except Exception:
                pipe.send(Failed(job, traceback.format_exc()))


def _load() -> None:
    from dispatch_console.optimiser.warm import warm

    warm()


def _search(pipe: Connection, job: int, problem: Problem, over: _Over, loading: threading.Thread) -> Found:
    """The best plan of a job; better ones go through the pipe as they are found."""
    if loading.is_alive():
        from dispatch_console.optimiser import plain_plan

        first = plain_plan.first_plan(
            problem, lambda: over() or not loading.is_alive(), lambda found: pipe.send(First(job, found))
        )
        while loading.is_alive():
            if over() and first is not None:
                return first
            loading.join(_WAIT_S)
    from dispatch_console.optimiser import search

    pipe.send(Begun(job))
    return search.solve(problem, over, lambda best: pipe.send(Better(job, best)))


def _step_back() -> None:
    """The window comes first where processors are few."""
    lower = psutil.BELOW_NORMAL_PRIORITY_CLASS if sys.platform == "win32" else 5
    with suppress(psutil.Error, OSError):
        psutil.Process().nice(lower)


class _Over:
    """Whether a job is to end. Ends the process if the program that started it is gone."""

    def __init__(self, job: int, ended: _Number) -> None:
        self._job, self._ended = job, ended
        self._looked = monotonic()
        self._parent = multiprocessing.parent_process()

    def __call__(self) -> bool:
        now = monotonic()
        if now - self._looked > _LOOK_S:
            self._looked = now
            if self._parent is not None and not self._parent.is_alive():
                os._exit(1)
        return self._ended.value >= self._job
