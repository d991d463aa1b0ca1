"""The compiled search as the frozen program has it: a library, and a list of what can be called in it.

Both are made by `packaging/search_core.py` from what numba compiles, so that neither numba nor LLVM is shipped and
nothing is compiled on a dispatcher's machine. Functions that only compiled code calls are not in the list.
"""

from __future__ import annotations

import ctypes
import json
import struct
import sys
import weakref
from array import array
from collections.abc import Callable
from functools import cache, partial
from typing import Any, NamedTuple, cast

from dispatch_console import resources
from dispatch_console.domain.errors import Bug
from dispatch_console.optimiser.core.frames import Ints

LIBRARY = "search_core.dll" if sys.platform == "win32" else "search_core.so"
LISTED = "search_core.json"
#: Before the names of the library.
PREFIX = "dispatch_console_"

#: What an argument is: "int64", "float64", an array as "int32:2" (kind and dimensions), or a tuple of these.
type Kind = str | list[Kind]

_FLOAT, _BITS = struct.Struct("d"), struct.Struct("q")
#: What a function answers that ended well: with a value, and with None.
_WELL = (0, -2)


class Listed(NamedTuple):
    """What the list says of a function. `returns`: "none" or "bool"."""

    arguments: list[Kind]
    returns: str


class Entry:
    """A function of the library, called as its Python twin is. It lets other threads run.

    It is handed one row of 64 bits each: room for the result, then all arguments one after the other; of an array
    the number of its entries, the bytes of one, its address, its shape and its strides; of a tuple what is in it.
    """

    def __init__(self, address: int, listed: Listed) -> None:
        self._arguments, self._returns = listed
        self._call = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_void_p)(address)

    def __call__(self, *given: object) -> bool | None:
        """Raises Bug if an argument is not of the kind that was compiled."""
        words = [0]
        _add(words, self._arguments, given)
        row = array("q", words)
        status = self._call(row.buffer_info()[0])
        if status not in _WELL:
            raise Bug(f"the compiled search ended with {status}")
        return bool(row[0] & 1) if self._returns == "bool" else None


def _add(words: list[int], kinds: list[Kind], given: Any) -> None:
    for kind, one in zip(kinds, given, strict=True):
        if kind == "int64":
            words.append(int(one))
        elif kind == "float64":
            words += _BITS.unpack(_FLOAT.pack(one))
        elif isinstance(kind, list):
            _add(words, kind, one)
        else:
            words += _array(kind, one)


def _array(kind: str, one: Ints) -> tuple[int, ...]:
    found = known.get(id(one))
    if found is None or found.kind != kind:
        found = _Known(kind, _looked_at(kind, one), weakref.ref(one, partial(_forget, id(one))))
        known[id(one)] = found
    return found.words


class _Known(NamedTuple):
    kind: str
    words: tuple[int, ...]
    watched: object


#: Arrays that live, by `id`: a search hands over the same few some thousand times, and asking one where it lies
#: takes longer than driving a short route.
known: dict[int, _Known] = {}


def _forget(number: int, _: object) -> None:
    known.pop(number, None)


def _looked_at(kind: str, one: Ints) -> tuple[int, ...]:
    name, _, dimensions = kind.partition(":")
    flags = one.flags
    if one.dtype.name != name or one.ndim != int(dimensions) or not (flags.c_contiguous and flags.writeable):
        raise Bug(f"an array of {one.dtype} with {one.ndim} dimensions, where {kind} was compiled")
    return one.size, one.itemsize, one.ctypes.data, *one.shape, *one.strides


@cache
def _library() -> tuple[ctypes.CDLL, dict[str, Listed]]:
    root = resources.root()
    listed = json.loads((root / LISTED).read_text(encoding="utf-8"))
    return ctypes.CDLL(str(root / LIBRARY)), {name: Listed(**one) for name, one in listed.items()}


@cache
def entry(name: str) -> Entry:
    """Raises Bug where compiled code alone can call it."""
    library, listed = _library()
    if name not in listed:
        raise Bug(f"{name} can be called by compiled code only")
    address = ctypes.cast(getattr(library, PREFIX + name), ctypes.c_void_p).value
    assert address is not None
    return Entry(address, listed[name])


def compiled[**P, R](function: Callable[P, R]) -> Callable[P, R]:
    """The function of that name in the library, which is looked up when it is first called."""

    def called(*given: object) -> bool | None:
        return entry(function.__name__)(*given)

    return cast(Callable[P, R], called)


def inlined[**P, R](function: Callable[P, R]) -> Callable[P, R]:
    """Part of what the library holds."""
    return function


def set_apart(name: str, function: Callable[[int, int, int], int]) -> Any:
    """The library has it linked in."""
    return _view


def _view(*_: object) -> Any:
    raise Bug("arrays are made of addresses in compiled code only")


ints_1 = ints_2 = short_2 = short_3 = _view
