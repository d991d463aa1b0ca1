"""What the audit of a day says against what its routes are: nothing lost, nothing twice, no chain broken."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from dispatch_console.domain.plan import POOL
from dispatch_console.store.store import Store

_AUDIT = "SELECT id, what, command_id, before, after FROM audit ORDER BY id"
_ROUTES = "SELECT shift_id, stops, locked, pinned, fixed, version FROM routes"


class Entry(NamedTuple):
    """One command, as the audit has it: route → what it was and became."""

    id: int
    what: str
    command: str
    before: Mapping[int, Any]
    after: Mapping[int, Any]


class Ledger(NamedTuple):
    """All commands of a store in their order; the routes of its one day with their versions."""

    entries: tuple[Entry, ...]
    routes: Mapping[int, Any]
    versions: Mapping[int, int]


def read(store: Store) -> Ledger:
    with store.engine.connect() as connection:
        told = connection.execute(
            sa.text("SELECT id, what, command_id, before, after FROM audit ORDER BY id")
        ).all()
        rows = connection.execute(
            sa.text("SELECT shift_id, stops, locked, pinned, fixed, version FROM routes")
        ).all()
    entries = tuple(Entry(id, what, command, _routes(a), _routes(b)) for id, what, command, a, b in told)
    routes = {row.shift_id: _values(row.stops, row.locked, row.pinned, row.fixed) for row in rows}
    return Ledger(entries, routes, {row.shift_id: row.version for row in rows})


def wrong(ledger: Ledger, acknowledged: Iterable[str], stops: Sequence[int]) -> list[str]:
    """What does not add up. `acknowledged`: ids of commands that are said to be saved; `stops`: all of the day."""
    return [*_once(ledger, acknowledged), *_chains(ledger), *_whole(ledger, stops)]


def _once(ledger: Ledger, acknowledged: Iterable[str]) -> list[str]:
    there = Counter(entry.command for entry in ledger.entries)
    said = Counter(acknowledged)
    return [
        *(f"lost: {command} was acknowledged and is not there" for command in said if command not in there),
        *(f"doubled: {command} is there {n} times" for command, n in there.items() if n > 1),
        *(f"doubled: {command} was acknowledged {n} times" for command, n in said.items() if n > 1),
    ]


def _chains(ledger: Ledger) -> list[str]:
    """Each change of a route begins with what the one before left; the last left what is there now."""
    found: list[str] = []
    now: dict[int, Any] = {}
    turns: Counter[int] = Counter()
    for entry in ledger.entries:
        for route, before in entry.before.items():
            if route in now and now[route] != before:
                found.append(f"lost update: {entry.what} found route {route} as it was before another change")
        for route, after in entry.after.items():
            now[route] = after
            turns[route] += 1
    for route, last in now.items():
        if ledger.routes.get(route) != last:
            found.append(f"route {route} is not as its last change left it")
        if ledger.versions.get(route) != turns[route]:
            found.append(f"route {route} has version {ledger.versions.get(route)} after {turns[route]} changes")
    return found


def _whole(ledger: Ledger, stops: Sequence[int]) -> list[str]:
    planned = Counter(stop for route in ledger.routes.values() for stop in route["stops"])
    expected = Counter(stops)
    return [f"stop {stop} stands in {planned[stop]} routes" for stop in planned | expected if planned[stop] != 1]


def _routes(told: Any) -> dict[int, Any]:
    """Those of drivers; of the pool the audit says only what left and came."""
    parts = json.loads(told) if isinstance(told, str) else told
    return {
        part["route"]: _values(part["stops"], part["locked"], part["pinned"], part["fixed"])
        for part in parts
        if part.get("route", POOL) != POOL
    }


def _values(stops: Any, locked: Any, pinned: Any, fixed: Any) -> dict[str, Any]:
    plain = [json.loads(value) if isinstance(value, str) else value for value in (stops, pinned, fixed)]
    return {"stops": plain[0], "locked": bool(locked), "pinned": plain[1], "fixed": plain[2]}
