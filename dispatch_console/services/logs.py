"""The log: a rotating file in the user's log folder that says what went wrong and nothing about customers."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

import platformdirs

from dispatch_console.domain.errors import DispatchError

APP = "Dispatch Console"
FILE = "console.log"
_BYTES, _FILES = 1_000_000, 5

log = logging.getLogger(__name__)

#: Errors whose texts speak of the program or the machine, never of what was in a file or a field.
_OUR_WORDS = (DispatchError, TypeError, AttributeError, NameError, ImportError, AssertionError, RecursionError)


class Reticent(logging.Formatter):
    """Tracebacks with places and kinds of errors. The text of an error stands only where it cannot hold data."""

    def format(self, record: logging.LogRecord) -> str:
        kept, record.exc_text = record.exc_text, None  # another handler may have written it out already
        try:
            return super().format(record)
        finally:
            record.exc_text = kept

    def formatException(self, ei: object) -> str:
        assert isinstance(ei, tuple)
        error = ei[1]
        return "" if not isinstance(error, BaseException) else "".join(_lines(error)).rstrip()


def folder() -> Path:
    """Where the log lies; it may not exist yet."""
    return platformdirs.user_log_path(APP, appauthor=False)


def set_up(where: Path | None = None) -> Path | None:
    """Write the log of this process to a file below `where`; the file, or None if it cannot be written."""
    target = where or folder()
    try:
        target.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            target / FILE, maxBytes=_BYTES, backupCount=_FILES, encoding="utf-8", delay=True
        )
    except OSError:
        return None
    handler.setFormatter(Reticent("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.setLevel(logging.INFO)
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    return target / FILE


def catch_all(tell: Callable[[], object]) -> None:
    """Log what nobody caught, in any thread, and call `tell` (from that thread), so that the program goes on."""

    def on_error(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        log.critical("nobody caught this", exc_info=(kind, error, trace))
        tell()

    def on_thread_error(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            on_error(args.exc_type, args.exc_value, args.exc_traceback)

    sys.excepthook = on_error
    threading.excepthook = on_thread_error


def _lines(error: BaseException) -> list[str]:
    lines: list[str] = []
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None:
        lines += [*_lines(before), "\nand then:\n\n"]
    lines += traceback.format_tb(error.__traceback__)
    text = f": {error}" if isinstance(error, _OUR_WORDS) else ""
    if isinstance(error, OSError):
        text = f": {error.strerror}"
    return [*lines, f"{type(error).__name__}{text}\n"]
