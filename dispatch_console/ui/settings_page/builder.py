"""A region that is being built: begun, looked at, stopped, put in its place and opened. The window waits for
nothing."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from dispatch_console.domain.errors import UserError
from dispatch_console.ui.later import Later
from dispatch_console.ui.settings_page.region_deeds import RegionDeeds

if TYPE_CHECKING:  # loaded with the first build
    from dispatch_console.services.regions.build import Build, Options
    from dispatch_console.services.regions.order import Done

log = logging.getLogger(__name__)

_LOOK_MS = 200


class Builder(QObject):
    """One build at a time. `changed()`: `step`, `done` or `busy` is another. A build that fails or is stopped
    changes nothing, and `step` says so until the next."""

    changed = Signal()

    def __init__(self, deeds: RegionDeeds, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._deeds = deeds
        self._build: Build | None = None
        self._starting: Future[Build] | None = None
        self._out = Path()
        self._thread: ThreadPoolExecutor | None = None
        self._later = Later(self)
        #: A pack whose files were changed waits to be opened.
        self._opens = False
        self._stopping = False
        self.busy = False
        self.step = ""
        #: How much is done, 0 to 1.
        self.done = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)

    def begin(self, extract: Path, out: Path, options: Options) -> None:
        """Build the region of an extract at `out`, and use it."""
        from dispatch_console.services.regions import build

        self._out, self._stopping = out, False
        self._say(self.tr("starting"), 0.0, busy=True)
        self._starting = self._ask(lambda: build.start(extract, out, options))
        self._later.when(self._starting, self._on_started, self._on_failed)

    def stop(self) -> None:
        """End the build. Nothing has changed."""
        self._stopping = True
        if self._build is not None:
            ended, self._build = self._build, None
            self._timer.stop()
            self._say(self.tr("stopping"), self.done, busy=True)
            self._later.when(self._ask(ended.cancel), lambda _: self._on_stopped(), self._on_failed)

    def close(self) -> None:
        """The window closes: no process is left behind. A pack that is whole is put in its place."""
        self._timer.stop()
        self._stopping = True
        if self._thread is not None:
            self._thread.shutdown(wait=True)
            self._thread = None
        try:
            build = self._build or (self._starting.result() if self._starting is not None else None)
            if build is not None and build.ended:
                build.result(self._deeds.release(self._out))
            elif build is not None:
                build.cancel()
        except Exception as error:  # the rest of the window has to close all the same
            log.warning("a build had ended badly when the window was closed: %s", error)
        self._build = self._starting = None

    # -- from the build ------------------------------------------------------------------------------

    def _on_started(self, build: Build) -> None:
        if self._starting is None:  # the window has been closed
            return
        self._build, self._starting = build, None
        if self._stopping:
            self.stop()
        else:
            self._timer.start()

    def _look(self) -> None:
        if self._opens:
            self._open()
        elif self._build is not None:
            step = self._build.poll()
            if self._build.ended:
                self._finish(self._build)
            else:
                left = "" if step.left_s is None else self.tr(" · about {n} s left").format(n=round(step.left_s))
                self._say(step.text + left, step.done, busy=True)

    def _finish(self, build: Build) -> None:
        """Put it in its place as soon as it could be opened there."""
        if not build.failed and self._deeds.why_not() is not None:
            self._say(self.tr("The region is built. It is put in use when the trial has ended."), 1.0, busy=True)
            return
        self._timer.stop()
        self._build = None
        close = (lambda: None) if build.failed else self._deeds.release(self._out)
        self._opens = not build.failed  # if it fails now, the old pack, whose files were closed, is opened again
        self._later.when(self._ask(lambda: build.result(close)), self._on_ready, self._on_failed)

    def _on_ready(self, done: Done) -> None:
        ready = self.tr("{name} is ready.").format(name=done.manifest.name)
        kept = self._better_kept(done)
        self._say(" ".join((ready, *done.notes, *kept)), 1.0, busy=False)
        if kept:
            self._opens = False
        else:
            self._open()

    def _better_kept(self, done: Done) -> tuple[str, ...]:
        """A region without addresses does not take the place of one that finds them: what is said of that."""
        now = self._deeds.current()
        replaced = now.pack is not None and now.pack.folder.resolve() == self._out.resolve()
        if done.manifest.addresses or replaced or not now.finder.knows:
            return ()
        stays = self.tr("{old} stays in use; choose {new} in the list to use it all the same.")
        return (stays.format(old=now.name, new=done.manifest.name),)

    def _on_failed(self, error: BaseException) -> None:
        def raise_it() -> None:
            raise error

        self._starting = None
        self._deeds.do(raise_it)
        ours = self.tr("The build failed inside the program. Nothing has changed.")
        self._say(error.message if isinstance(error, UserError) else ours, 0.0, busy=False)
        if self._opens:
            self._open()

    def _on_stopped(self) -> None:
        from dispatch_console.services.regions import build

        self._say(build.STOPPED, 0.0, busy=False)

    def _open(self) -> None:
        """Open what lies there, after a trial that was begun in this very moment if need be."""
        self._opens = self._deeds.why_not() is not None
        if self._opens:
            self._timer.start()
        else:
            self._timer.stop()
            self._deeds.do(lambda: self._deeds.use(self._out))

    def _say(self, text: str, done: float, *, busy: bool) -> None:
        self.step, self.done, self.busy = text, done, busy
        self.changed.emit()

    def _ask[T](self, work: Callable[[], T]) -> Future[T]:
        self._thread = self._thread or ThreadPoolExecutor(1, thread_name_prefix="build")
        return self._thread.submit(work)
