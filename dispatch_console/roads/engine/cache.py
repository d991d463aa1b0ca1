"""Matrices kept on the disk, so that a day opens at once: one folder for each provider, a file for each matrix."""

from __future__ import annotations

import contextlib
import hashlib
import os
import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dispatch_console.domain.places import Place
from dispatch_console.roads.engine.wire import Times

#: All matrices together; the ones not used for longest go first.
LIMIT_BYTES = 1_000_000_000
#: Places closer than this many degrees are the same to the engine.
_GRAIN = 6
#: So many of the newest matrices are looked through for one that holds all the places.
_LOOK_THROUGH = 20

_UNREADABLE = (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile)


class Cache:
    """For any number of programs at once: a file appears whole or not at all; one that is damaged is removed."""

    def __init__(self, folder: Path, limit_bytes: int = LIMIT_BYTES) -> None:
        self._folder = folder
        self._limit = limit_bytes

    def get(self, provider: str, places: Sequence[Place]) -> Times | None:
        """The matrix of `places` in their order, also cut out of one that holds more; None: not here."""
        wanted = _keys(places)
        exact = self._path(provider, wanted)
        for path in [exact, *self._others(exact, len(places))]:
            try:
                found = _read(path, wanted)
            except FileNotFoundError:
                continue
            except _UNREADABLE:
                _remove(path)
                continue
            if found is not None:
                with contextlib.suppress(OSError):
                    os.utime(path)
                return found
        return None

    def put(self, provider: str, places: Sequence[Place], times: Times) -> Path | None:
        """Keep a matrix; where it lies, or None if the disk does not take it."""
        keys = _keys(places)
        path = self._path(provider, keys)
        part = path.with_suffix(f".{os.getpid()}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with part.open("wb") as file:
                np.savez(file, places=keys, durations=times.durations, distances=times.distances, away=times.away)
            part.replace(path)
        except OSError:
            _remove(part)
            return None
        self._trim(path)
        return path

    def _path(self, provider: str, keys: NDArray[np.int64]) -> Path:
        """The order of the places does not matter. Names are short and plain, whatever the provider's is."""
        folder = hashlib.sha256(provider.encode()).hexdigest()[:16]
        order = np.lexsort((keys[:, 1], keys[:, 0]))
        return self._folder / folder / f"{len(keys)}-{hashlib.sha256(keys[order].tobytes()).hexdigest()[:24]}.npz"

    def _others(self, exact: Path, least: int) -> list[Path]:
        """Matrices of the same provider with at least so many places, the last used first."""
        found: list[tuple[float, Path]] = []
        with contextlib.suppress(OSError):
            for path in exact.parent.glob("*.npz"):
                size = path.name.partition("-")[0]
                if path != exact and size.isdigit() and int(size) > least:
                    found.append((path.stat().st_mtime, path))
        return [path for _, path in sorted(found, reverse=True)[:_LOOK_THROUGH]]

    def _trim(self, keep: Path) -> None:
        found: list[tuple[float, int, Path]] = []
        with contextlib.suppress(OSError):
            for path in self._folder.rglob("*.npz"):
                about = path.stat()
                found.append((about.st_mtime, about.st_size, path))
        total = sum(size for _, size, _ in found)
        for _, size, path in sorted(found):
            if total <= self._limit:
                return
            if path != keep:
                _remove(path)
                total -= size


def read(path: Path, places: Sequence[Place]) -> Times | None:
    """The matrix at `path` for `places`, if it holds them and can be read."""
    try:
        return _read(path, _keys(places))
    except _UNREADABLE:
        return None


def _read(path: Path, wanted: NDArray[np.int64]) -> Times | None:
    with np.load(path) as stored:
        held = stored["places"]
        if np.array_equal(held, wanted):
            return _checked(stored["durations"], stored["distances"], stored["away"], len(held))
        index = {key: i for i, key in enumerate(map(tuple, held.tolist()))}
        rows = [index.get(key) for key in map(tuple, wanted.tolist())]
        if None in rows:
            return None
        whole = _checked(stored["durations"], stored["distances"], stored["away"], len(held))
    at = np.array(rows, np.intp)
    return Times(whole.durations[:, at[:, None], at], whole.distances[np.ix_(at, at)], whole.away[at])


def _checked(durations: NDArray[np.int32], distances: NDArray[np.int32], away: NDArray[np.int32], n: int) -> Times:
    square = durations.ndim == 3 and durations.shape[1:] == (n, n) == distances.shape
    if not square or away.shape != (n,):
        raise ValueError("not a matrix of these places")
    return Times(durations, distances, away)


def _keys(places: Sequence[Place]) -> NDArray[np.int64]:
    return np.rint(np.array(places, np.float64).reshape(-1, 2) * 10**_GRAIN).astype(np.int64)


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()
