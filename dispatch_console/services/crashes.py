"""What is left behind when the program ends unexpectedly: a report that can be sent, and a mark for the next start.

A running window has a file of its own in the folder of reports, which a clean end takes away. Faults outside Python
(Qt, drivers) are written there by `faulthandler`: names of functions and lines of source, no values. What Python
raised and nobody caught is written as the log tells it, see `logs.Reticent`. A mark whose process is gone becomes a
report at the next start.
"""

from __future__ import annotations

import datetime as dt
import faulthandler
import json
import logging
import os
import platform
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import psutil

from dispatch_console.domain.errors import UserError
from dispatch_console.services import logs, versions

log = logging.getLogger(__name__)

#: So many reports are kept, the newest; one run writes so many at most of what it survived.
_KEPT, _MOST = 10, 5
_LOG_LINES = 100
_SAME_S = 1.0
_FORMAT = "%Y-%m-%d %H:%M:%S"


class Ended(NamedTuple):
    """`at` (aware): the last sign of life. `report`: the file that tells of it."""

    at: dt.datetime
    report: Path


def folder() -> Path:
    """Where reports lie; it may not exist yet."""
    return logs.folder() / "reports"


def reports(where: Path | None = None) -> list[Path]:
    """All reports, the newest first."""
    return sorted((where or folder()).glob("report-*.txt"), reverse=True)


@contextmanager
def watching(wanted: bool, where: Path | None = None) -> Generator[Watch | None]:
    """From the start of the window to its end. What ends it otherwise than by an exit code or a sentence for the
    user leaves the mark. None: nothing is `wanted`, or the folder cannot be written.
    """
    watch = _begin(where or folder()) if wanted else None
    if watch is None:
        yield None
        return
    try:
        yield watch
    except (UserError, KeyboardInterrupt, SystemExit):
        watch.end()
        raise
    except BaseException:
        log.critical("this ended the program", exc_info=True)
        watch.fail()
        raise
    else:
        watch.end()


class Watch(logging.Handler):
    """Writes a report of each error that nobody caught, as it comes to the log."""

    def __init__(self, where: Path) -> None:
        """Raises OSError if the folder cannot be written."""
        super().__init__(logging.CRITICAL)
        where.mkdir(parents=True, exist_ok=True)
        self.folder, self._written = where, 0
        self._report = ""
        self._mark = where / f"running-{os.getpid()}.json"
        self._faults = _faults_of(self._mark)
        created, started = psutil.Process().create_time(), f"{_now().astimezone():{_FORMAT}}"
        self._told: dict[str, object] = {"pid": os.getpid(), "created": created, "started": started}
        self._mark.write_text(json.dumps(self._told), encoding="utf-8")
        self._stream = self._faults.open("w", encoding="utf-8")
        faulthandler.enable(self._stream, all_threads=True)
        self.setFormatter(logs.Reticent("%(message)s"))
        logging.getLogger().addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        if self._written >= _MOST:
            return
        self._written += 1
        try:
            how = "An error inside the program; it went on if it could."
            self._report = _write(self.folder, _now(), how, self.format(record)).name
        except OSError:
            self.handleError(record)

    def alive(self) -> None:
        """A sign of life: the next start says until when it ran."""
        try:
            os.utime(self._mark)
        except OSError as error:
            log.info("no sign of life: %s", error)

    def fail(self) -> None:
        """The last report tells why this run ends."""
        self._mark.write_text(json.dumps({**self._told, "report": self._report}), encoding="utf-8")

    def end(self) -> None:
        """A clean end leaves nothing."""
        logging.getLogger().removeHandler(self)
        faulthandler.disable()
        self._stream.close()
        for file in (self._mark, self._faults):
            file.unlink(missing_ok=True)


def _begin(where: Path) -> Watch | None:
    try:
        return Watch(where)
    except OSError as error:
        log.warning("no reports can be written: %s", error)
        return None


def ended_badly(where: Path | None = None) -> list[Ended]:
    """The runs that ended unexpectedly and were not told of yet, each with its report; the newest last."""
    found: list[Ended] = []
    for mark in (where or folder()).glob("running-*.json"):
        try:
            told = json.loads(mark.read_text(encoding="utf-8"))
            if is_running(int(told["pid"]), float(told["created"])):
                continue
            found.append(_report(mark, told))
        except (OSError, ValueError, KeyError, TypeError) as error:
            log.warning("a mark of another run cannot be read: %s", error)
            mark.unlink(missing_ok=True)
    return sorted(found)


def is_running(pid: int, created: float) -> bool:
    """Whether this very process is there: numbers of processes come again."""
    try:
        return abs(psutil.Process(pid).create_time() - created) < _SAME_S
    except psutil.Error:
        return False


def _report(mark: Path, told: dict[str, Any]) -> Ended:
    """Turn a mark into a report, unless the run wrote one that tells why it ended."""
    faults = _faults_of(mark)
    trace = faults.read_text(encoding="utf-8", errors="replace") if faults.exists() else ""
    last = max(file.stat().st_mtime for file in (mark, faults) if file.exists())
    at = dt.datetime.fromtimestamp(last, dt.UTC)
    how = "A fault outside Python:" if trace else "It was ended from outside, or the computer went off."
    report = mark.parent / Path(str(told.get("report", ""))).name
    if not report.is_file():
        report = _write(mark.parent, at, f"It had run since {told['started']}. {how}", trace)
    for file in (mark, faults):
        file.unlink(missing_ok=True)
    return Ended(at, report)


def _write(where: Path, at: dt.datetime, how: str, trace: str) -> Path:
    """A report, and no more of them than are kept."""
    stamp = at.astimezone().strftime("%Y%m%d-%H%M%S-%f")
    file = where / f"report-{stamp}.txt"
    about = f"{platform.system()} {platform.release()} {platform.machine()}, Python {platform.python_version()}"
    head = f"{versions.told()}, {at.astimezone().strftime(_FORMAT)}\n{about}\n{how}"
    text = "\n\n".join(part for part in (head, _nameless(trace), _end_of_log()) if part)
    file.write_text(f"{text}\n", encoding="utf-8")
    for old in reports(where)[_KEPT:]:
        old.unlink(missing_ok=True)
    return file


def _nameless(trace: str) -> str:
    """Without the user's name, which stands in paths."""
    return trace.strip().replace(str(Path.home()), "~").replace(sys.prefix, "…")


def _end_of_log() -> str:
    """The log holds no customers already."""
    try:
        lines = (logs.folder() / logs.FILE).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    return _nameless("\n".join(["The end of the log:", *lines[-_LOG_LINES:]]))


def _faults_of(mark: Path) -> Path:
    return mark.with_name(mark.name.replace("running-", "faults-")).with_suffix(".txt")


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
