"""The compiled search as the frozen program calls it: as its Python twin, from a row of 64-bit words."""

from __future__ import annotations

import ast
import gc
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import llvmlite.binding as llvm
import numba
import numpy as np
import pytest
import search_core
from devkit.console import ROOT

from dispatch_console.domain.errors import Bug
from dispatch_console.optimiser.core import shipped
from dispatch_console.optimiser.core.frames import Ints
from dispatch_console.optimiser.core.jit import OPTIONS


class Pair(NamedTuple):
    wide: Ints
    narrow: Ints


def weigh(pair: Pair, factor: float, table: Ints, out: Ints, plus: int) -> None:
    """Sums over all entries, each with a weight that depends on where it lies."""
    out[0] = plus
    for row in range(pair.wide.shape[0]):
        for column in range(pair.wide.shape[1]):
            out[0] += pair.wide[row, column] * (10 * row + column)
    for k in range(pair.narrow.shape[0]):
        out[1] += pair.narrow[k] * k
    for a in range(table.shape[0]):
        for b in range(table.shape[1]):
            for c in range(table.shape[2]):
                out[2] += int(factor * table[a, b, c]) * (100 * a + 10 * b + c)


def holds(pair: Pair, least: int) -> bool:
    return bool(pair.wide[0, 0] >= least)


def broken(table: Ints, by: int) -> None:
    if by == 0:
        raise ValueError("by nothing")
    table[0] = 7


def pair() -> Pair:
    return Pair(np.arange(6, dtype=np.int64).reshape(2, 3) + 1, np.array([5, 6, 7], np.int32))


class Library:
    """As `search_core.py` makes it, but in this process: the linker is with those who freeze alone."""

    def __init__(self, function: Callable[..., Any], given: tuple[object, ...]) -> None:
        made: Any = numba.njit(**OPTIONS)(function)
        made(*given)
        signature, compiled = search_core.compiled(made)
        arguments = search_core.kinds(signature)
        caller = search_core.reader("called", arguments)
        piece = search_core.Piece(compiled.library.get_llvm_str(), compiled.fndesc.llvm_func_name, caller)
        triple, _ = search_core.TRIPLES[sys.platform]
        machine = search_core.machine(triple)
        self.engine = llvm.create_mcjit_compiler(search_core.pruned(piece, triple, machine), machine)
        self.engine.finalize_object()
        listed = shipped.Listed(arguments, search_core.returned(compiled.signature.return_type))
        self.entry = shipped.Entry(self.engine.get_function_address("called"), listed)


def test_arrays_tuples_and_numbers_arrive_as_they_are() -> None:
    table = np.arange(24, dtype=np.int16).reshape(2, 3, 4)
    given = (pair(), 2.5, table, np.zeros(3, np.int64), -4)
    library = Library(weigh, given)
    expected, found = np.zeros(3, np.int64), np.zeros(3, np.int64)
    weigh(pair(), 2.5, table, expected, -4)
    assert library.entry(pair(), 2.5, table, found, np.int64(-4)) is None
    assert found.tolist() == expected.tolist()
    assert expected.all()


def test_it_answers_yes_and_no() -> None:
    library = Library(holds, (pair(), 1))
    assert library.entry(pair(), 1) is True
    assert library.entry(pair(), 2) is False


def test_a_fault_in_there_is_a_bug_and_not_a_result() -> None:
    library = Library(broken, (np.zeros(1, np.int64), 1))
    with pytest.raises(Bug, match="ended with"):
        library.entry(np.zeros(1, np.int64), 0)


@pytest.mark.parametrize(
    "wide",
    [
        np.zeros((2, 3), np.int32),
        np.zeros(6, np.int64),
        np.zeros((3, 2), np.int64).T,
        np.zeros((4, 6), np.int64)[::2, ::2],
    ],
    ids=["narrower", "flat", "turned", "with gaps"],
)
def test_what_was_not_compiled_is_not_read(wide: Ints) -> None:
    library = Library(holds, (pair(), 1))
    with pytest.raises(Bug, match="int64:2 was compiled"):
        library.entry(Pair(wide, pair().narrow), 1)


def test_what_is_known_of_an_array_goes_with_it() -> None:
    """Another one may lie where it lay, under the same number."""
    library = Library(holds, (pair(), 1))
    gc.collect()
    before = len(shipped.known)
    given = pair()
    assert library.entry(given, 1)
    assert len(shipped.known) == before + 2
    del given
    gc.collect()
    assert len(shipped.known) == before


_CORE = "dispatch_console.optimiser.core."


def _called(file: Path) -> set[str]:
    """Compiled functions that those of a file call which are not compiled themselves."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    known, calls = set[str](), set[str]()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(_CORE):
            known |= {f"{node.module}.{one.name}" for one in node.names}
        if not isinstance(node, ast.FunctionDef):
            continue
        decorators = {ast.unparse(decorator) for decorator in node.decorator_list}
        if "compiled" in decorators:
            known.add(f"{_CORE}{file.stem}.{node.name}")
        elif not decorators & {"inlined"} and node.name != "_walk_frame":
            inner = (one.func for one in ast.walk(node) if isinstance(one, ast.Call))
            calls |= {one.id for one in inner if isinstance(one, ast.Name)}
    return {name for name in known if name.rpartition(".")[2] in calls}


def test_all_that_python_calls_is_in_the_library() -> None:
    """And no more. What only the tests call does not count."""
    optimiser = ROOT / "dispatch_console" / "optimiser"
    called = set[str]().union(*(_called(file) for file in optimiser.rglob("*.py")))
    objects = [getattr(import_module(name.rpartition(".")[0]), name.rpartition(".")[2]) for name in called]
    compiled = {one for one in objects if hasattr(one, "py_func")}
    assert {made for _, made in search_core.entries()} == compiled


@pytest.mark.parametrize("kind", [numba.types.int32, numba.types.unicode_type])
def test_what_cannot_be_handed_over_is_named_when_it_is_made(kind: Any) -> None:
    with pytest.raises(TypeError, match=r"shipped\.py cannot hand that over"):
        search_core.kinds([kind])
    with pytest.raises(TypeError, match=r"shipped\.py cannot read that"):
        search_core.returned(kind)
