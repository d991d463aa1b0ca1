"""Compiled code is kept, and what is kept is never in the way."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dispatch_console.optimiser.core import jit
from dispatch_console.optimiser.core.jit import compiled


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    where = tmp_path / "kept"
    monkeypatch.setattr(jit, "folder", lambda: where)
    return where


def _twice() -> Callable[[int], int]:
    """The same function each time, as a new process would see it."""

    def twice(number: int) -> int:
        return 2 * number

    return compiled(twice)


def _was_read(function: object) -> bool:
    return bool(getattr(function, "stats").cache_hits)  # noqa: B009


def test_what_was_compiled_is_read_the_next_time(kept: Path) -> None:
    first, second = _twice(), _twice()
    assert (first(21), second(21)) == (42, 42)
    assert not _was_read(first)
    assert _was_read(second)
    assert len(list(kept.glob("*.nbc"))) == 1


def test_nothing_is_read_once_any_source_has_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _twice()(21) == 42
    monkeypatch.setattr(jit, "fingerprint", lambda: b"another")
    changed = _twice()
    assert changed(21) == 42
    assert not _was_read(changed)


@pytest.mark.parametrize("ending", ["nbc", "nbi"])
def test_a_torn_cache_is_made_anew(kept: Path, ending: str) -> None:
    assert _twice()(21) == 42
    for file in kept.glob(f"*.{ending}"):
        file.write_bytes(file.read_bytes()[:40])
    torn, after = _twice(), _twice()
    assert (torn(21), after(21)) == (42, 42)
    assert not _was_read(torn)
    assert _was_read(after)


def test_without_a_folder_to_write_to_it_compiles_all_the_same(kept: Path) -> None:
    kept.write_bytes(b"a file stands where the folder should be")
    assert _twice()(21) == 42
