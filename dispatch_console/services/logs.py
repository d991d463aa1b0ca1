"""The log: a rotating file in the user's log folder that says what went wrong and nothing about customers."""

from __future__ import annotations

import copy
import logging
import re
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
_OUR_WORDS = (TypeError, AttributeError, NameError, ImportError, AssertionError, RecursionError)
#: Floors that know no customer: what they say is about files and servers.
_MACHINES = ("store", "roads", "optimiser", "regions")
#: Whose messages are ours; what other libraries say stands without the values.
_OURS = __name__.partition(".")[0]

_HIDDEN = "…"
_ENDINGS = "png jpg jpeg gif tif tiff bmp webp pdf csv tsv txt xls xlsx ods".replace(" ", "|")
_TRACE = "Traceback (most recent call last)"
_PATTERNS = (
    (re.compile(r"“[^”]*”"), f"“{_HIDDEN}”"),
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), _HIDDEN),
    (re.compile(r"(?<!\w)\+?\d(?:[\s/()-]{0,2}\d){6,}(?!\w)"), _HIDDEN),
    (
        re.compile(rf"[^\s/\\]+(\.(?:{_ENDINGS}))\b", re.IGNORECASE),
        rf"{_HIDDEN}\1",
    ),
)


class Reticent(logging.Formatter):
    """Tracebacks with places and kinds of errors. The text of an error stands only where it cannot hold data, and
    values in a message only as far as they look like none.
    """

    def format(self, record: logging.LogRecord) -> str:
        told = copy.copy(record)  # another handler writes it out as it is
        told.exc_text = None
        told.args = tuple(map(_value, record.args)) if isinstance(record.args, tuple) else ()
        if record.name.partition(".")[0] != _OURS:
            told.msg, told.args = scrubbed(str(record.msg)), ()
        return super().format(told)

    def formatException(self, ei: object) -> str:
        assert isinstance(ei, tuple)
        error = ei[1]
        return "" if not isinstance(error, BaseException) else "".join(_lines(error)).rstrip()


def scrubbed(text: str) -> str:
    """Without what may be of a customer: quoted words, phone numbers, e-mail addresses, names of files, and what
    errors say besides their kind.
    """
    if _TRACE in text:
        text = "\n".join(_place(line) for line in text.splitlines())
    for pattern, instead in _PATTERNS:
        text = pattern.sub(instead, text)
    return text


def _place(line: str) -> str:
    """A line of a traceback: places stay, of an error its kind."""
    return line if line.startswith((" ", _TRACE)) else line.partition(":")[0]


def _value(value: object) -> object:
    if isinstance(value, BaseException):
        return f"{type(value).__name__}{_text(value)}"
    return value if isinstance(value, int | float) else scrubbed(str(value))


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
    return [*lines, f"{type(error).__name__}{_text(error)}\n"]


def _text(error: BaseException) -> str:
    if isinstance(error, OSError):
        return f": {error.strerror}"
    speaks_of_itself = isinstance(error, _OUR_WORDS) or (isinstance(error, DispatchError) and _of_machines(error))
    return f": {scrubbed(str(error))}" if speaks_of_itself else ""


def _of_machines(error: BaseException) -> bool:
    """By the floor that raised it."""
    raised = [Path(frame.filename).parts for frame in traceback.extract_tb(error.__traceback__)]
    return bool(raised) and any(floor in raised[-1] for floor in _MACHINES)
