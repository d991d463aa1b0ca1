"""Compiles the functions of the search by numba, and keeps what was compiled in the user's cache folder.

A function with `@compiled` may call others that have it; numba links them into one piece of machine code. numba's
own cache looks at the file of the outermost function only, and would go on with old pieces after an inner one has
changed. Here whatever was compiled belongs to a fingerprint of this whole folder. A cache that is torn or cannot be
written costs time, never an error. The frozen program has all this behind it: see `shipped`.
"""

from __future__ import annotations

import atexit
import hashlib
import logging
import os
import shutil
import tempfile
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any, cast

import numba
import platformdirs
from numba.core.caching import CompileResultCacheImpl, FunctionCache, UserProvidedCacheLocator

APP = "Dispatch Console"

log = logging.getLogger(__name__)


#: `_nrt`: numba's memory management, which counts references.
OPTIONS: dict[str, Any] = {"nogil": True, "error_model": "numpy", "boundscheck": False, "_nrt": False}


def compiled[**P, R](function: Callable[P, R]) -> Callable[P, R]:
    """`function` as machine code, compiled at its first call or read from the cache. It lets other threads run.

    Arguments are integers, booleans, C-contiguous, writable arrays, and tuples of these: every other type compiles
    it once more. It may make views but no arrays, so that nobody counts who holds which: that counting is twelve
    times the work of driving a route. Nothing is checked: an index out of bounds reads what lies there. With
    NUMBA_DISABLE_JIT=1 it stays Python.
    """
    return _made(function, numba.njit(**OPTIONS)(function))


def inlined[**P, R](function: Callable[P, R]) -> Callable[P, R]:
    """As `compiled`, for small pieces of inner loops: they become part of whatever calls them."""
    return _made(function, numba.njit(**OPTIONS, forceinline=True)(function))


def _made[**P, R](function: Callable[P, R], made: Any) -> Callable[P, R]:
    if not hasattr(made, "_cache"):
        return function  # numba is switched off
    made._cache = _Cache(function)  # what `cache=True` does, but for whose cache it is
    return cast(Callable[P, R], made)


def cached(function: Callable[..., object]) -> object:
    """Where the compiled code of a function is kept, as numba asks for it."""
    return _Cache(function)


@cache
def folder() -> Path:
    """Where compiled code lies: below NUMBA_CACHE_DIR if that is set, else in the user's cache folder.

    If that cannot be written: in a new folder that goes with this process.
    """
    asked = os.environ.get("NUMBA_CACHE_DIR")
    wanted = Path(asked) if asked else platformdirs.user_cache_path(APP, appauthor=False) / "compiled"
    try:
        wanted.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=wanted).close()
    except OSError as error:
        log.info("compiled code cannot be kept: %s", type(error).__name__)
        # Never a fixed name in a folder for all: what lies in a cache is run.
        wanted = Path(tempfile.mkdtemp(prefix="dispatch-console-"))
        atexit.register(shutil.rmtree, wanted, ignore_errors=True)
    return wanted / ("core_" + hashlib.sha256(str(_HERE).encode()).hexdigest()[:16])


@cache
def fingerprint() -> bytes:
    """Changes whenever anything that gets compiled may have changed."""
    digest = hashlib.sha256()
    for file in sorted(_HERE.glob("*.py")):
        digest.update(file.name.encode() + file.read_bytes())
    return digest.digest()


_HERE = Path(__file__).resolve().parent


class _Locator(UserProvidedCacheLocator):
    """As numba asks: where the code of a function lies, and whether it is still right."""

    def __init__(self, py_func: Callable[..., object], py_file: str) -> None:
        super().__init__(py_func, py_file)
        self._cache_path = str(folder())

    def get_source_stamp(self) -> bytes:
        return fingerprint()

    @classmethod
    def from_function(cls, py_func: Callable[..., object], py_file: str) -> _Locator:
        return cls(py_func, py_file)


class _Impl(CompileResultCacheImpl):
    _locator_classes = [_Locator]


class _Cache(FunctionCache):
    _impl_class = _Impl

    @contextmanager
    def _guard_against_spurious_io_errors(self) -> Generator[None]:
        """Around each reading and writing. After an error the function is compiled, and its cache begins anew."""
        try:
            yield
        except Exception as error:
            log.info("the cache of compiled code: %s", type(error).__name__)
            with suppress(OSError):
                self.flush()
