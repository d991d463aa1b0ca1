"""Building a region pack: begun, looked at, stopped, put in its place. Nothing here waits."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psutil

from dispatch_console.domain.errors import Bug, UserError
from dispatch_console.domain.region import BuildStep
from dispatch_console.roads.pack import folder, manifest, profiles, source
from dispatch_console.roads.pack.lock import Lock
from dispatch_console.roads.pack.profiles import RushHours
from dispatch_console.services.regions import child
from dispatch_console.services.regions.order import Done, Failed, Order

STOPPED = "The build was stopped. Nothing has changed."
_DIED = "The build ended before it was done. Close other programs and build again. Nothing has changed."
_END_S = 10.0

#: The vehicle classes there can be roads for.
CLASSES = profiles.PROFILES
STEPS = ("roads", "addresses", "map")


@dataclass(frozen=True, slots=True)
class Options:
    """What to build. `by_daytime`: with rush hours, those of `hours`. `name`: "" for that of the file. `without`:
    of `STEPS`. `country`: two letters, used where the extract does not tell one. `gentle`: whoever else needs the
    machine goes first, as beside a window."""

    name: str = ""
    classes: tuple[str, ...] = ("van",)
    by_daytime: bool = False
    without: frozenset[str] = frozenset()
    country: str = ""
    gentle: bool = False
    hours: RushHours = profiles.USUAL_HOURS


class Build:
    """A pack that is being built, by a process of its own."""

    def __init__(self, order: Order, lock: Lock) -> None:
        self._order, self._lock = order, lock
        self._step = BuildStep("starting", 0.0)
        self._end: Done | Failed | None = None
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe(duplex=False)
        # Not a daemon: it has children of its own.
        self._process = context.Process(target=child.main, args=(theirs, order), name="region build")
        self._process.start()
        theirs.close()

    def poll(self) -> BuildStep:
        """How far it is; does not wait."""
        try:
            while self._end is None and self._pipe.poll():
                said = self._pipe.recv()
                if isinstance(said, BuildStep):
                    self._step = said
                else:
                    self._end = said
        except (EOFError, OSError):
            self._end = Failed(_DIED)
        return self._step

    def wait(self, seconds: float) -> BuildStep:
        """As `poll`, but until something is told, at most so long."""
        if self._end is None:
            self._pipe.poll(seconds)
        return self.poll()

    def wait_for_end(self, seconds: float) -> None:
        """Wait until it has ended. Raises Bug if that takes longer."""
        until = time.monotonic() + seconds
        while not self.ended:
            if time.monotonic() > until:
                raise Bug(f"the build has not ended after {seconds:.0f} s: {self._step.text}")
            self.wait(0.5)

    @property
    def ended(self) -> bool:
        """Whether there is nothing more to wait for: `result` is next."""
        return self._end is not None

    @property
    def failed(self) -> bool:
        """Whether it has ended without a pack: `result` says why."""
        return isinstance(self._end, Failed)

    def result(self, release: Callable[[], object] = lambda: None) -> Done:
        """Put the pack in its place and say what it is. `release` is called just before: whoever has files of the
        old pack open closes them there. Raises UserError if the build failed; the old pack is then as it was. May
        wait for some seconds: not for the window's thread, nor is `cancel`."""
        end = self._end
        if end is None:
            raise Bug("a build is asked for its result before it has ended")
        self._stop()
        try:
            if isinstance(end, Failed):
                raise Bug(end.message) if end.ours else UserError(end.message)
            release()
            folder.finish(self._order.part, self._order.out)
            return end
        finally:
            self._leave()

    def cancel(self) -> None:
        """Stop it, with all it has started, and remove what it made. Waits a moment for its processes to end."""
        self._end = Failed(STOPPED)
        self._stop()
        self._leave()

    def _leave(self) -> None:
        folder.discard(self._order.part)
        self._lock.release()

    def _stop(self) -> None:
        try:
            family = [*psutil.Process(self._process.pid).children(recursive=True)]
        except psutil.Error:
            family = []
        self._process.kill()
        for one in family:
            try:
                one.kill()
            except psutil.Error:
                continue
        psutil.wait_procs(family, _END_S)
        self._process.join(_END_S)
        self._pipe.close()


def start(pbf: Path, out: Path, options: Options = Options()) -> Build:
    """Begin to build the pack of `pbf` at `out`. What can be seen to be wrong at once is raised as UserError."""
    pbf, out = pbf.expanduser().absolute(), out.expanduser().absolute()
    source.check(pbf)
    for klass in options.classes:
        if klass not in CLASSES:
            raise UserError(f"There is no vehicle class “{klass}”. Choose of: {', '.join(CLASSES)}.")
    hours = options.hours if options.by_daytime else None
    buckets = manifest.STATIC if hours is None else profiles.by_daytime(hours)
    lock = folder.alone(out)
    try:
        part = folder.begin(out, folder.room(pbf.stat().st_size, len(options.classes), len(buckets.times)))
        name = options.name or name_of(pbf)
        o = options
        order = Order(pbf, out, part, name, o.classes, hours, o.without, o.country, o.gentle)
        return Build(order, lock)
    except BaseException:
        lock.release()
        raise


def name_of(pbf: Path) -> str:
    """What a region is called after its file: “Liechtenstein” of liechtenstein-latest.osm.pbf."""
    stem = pbf.name.removesuffix(".pbf").removesuffix(".osm").removesuffix("-latest")
    return stem.replace("_", " ").replace("-", " ").strip().capitalize() or "Region"


def info(out: Path) -> manifest.Manifest:
    """What a pack holds. Raises UserError for one that cannot be used."""
    folder.recover(out)
    found = manifest.read(out)
    manifest.check_sizes(out, found)
    return found
