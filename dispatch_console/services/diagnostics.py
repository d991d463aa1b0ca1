"""A bundle for support: what is needed to find a fault, and nothing of customers.

Only what is listed here goes in, by number and kind; of the log each line once more without what may be a value,
and without anything that the store knows of its customers.
"""

from __future__ import annotations

import json
import platform
import re
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

from dispatch_console import resources
from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import UserError
from dispatch_console.services import crashes, logs, versions
from dispatch_console.services.regions import current
from dispatch_console.store import backups, copies, inspecting, location, migrate
from dispatch_console.store.store import Store

#: Settings that say nothing of anybody.
_SETTINGS = ("theme", "paper")
#: What of a region's manifest says how it was made.
_REGION = ("format", "id", "made", "source", "bbox", "countries", "engines", "buckets", "addresses", "map", "files")
_WORD = re.compile(r"\w+")


def write(target: Path, where: str | None, store: Store | None = None, day: Day | None = None, **more: Any) -> None:
    """Write the bundle to a .zip file. `store`: the one at `where`, if it can be opened. `more`: what the window
    knows (screens, Qt). Raises UserError if the file cannot be written. Touches the database and the disk.
    """
    if where is None and store is not None:
        where = store.url.render_as_string(hide_password=False)  # it has none
    parts = {"about": about(), **more, "store": _store(where), "plan": plan(day), "regions": regions()}
    kept = store.settings() if store is not None else {}
    parts["settings"] = {name: kept[name] for name in _SETTINGS if name in kept}
    names = store.names_of_customers() if store is not None else frozenset[str]()
    try:
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as bundle:
            for name, part in parts.items():
                bundle.writestr(f"{name}.json", json.dumps(part, indent=1, ensure_ascii=False, default=str))
            for file in _logs():
                bundle.writestr(f"log/{file.name}", "".join(lines(file, names)))
            for file in crashes.reports():
                bundle.writestr(f"reports/{file.name}", "".join(lines(file, names)))
    except OSError as error:
        raise UserError(f"{target} cannot be written: {error.strerror}. Choose another folder.") from error


def about() -> dict[str, Any]:
    """The system and the versions of all that the program stands on; no names of computers or users."""
    packages = {one.metadata["Name"]: one.version for one in metadata.distributions()}
    return {
        "program": versions.told(),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "python": sys.version,
        "frozen": resources.is_frozen(),
        "schema": migrate.HEAD,
        "packages": dict(sorted(packages.items(), key=lambda item: item[0].lower())),
    }


def plan(day: Day | None) -> dict[str, Any]:
    """The shape of a day: numbers alone."""
    if day is None:
        return {}
    return {
        "state": day.state.value,
        "revision": day.revision,
        "roads": day.travel.provider,
        "orders": len(day.orders),
        "stops": len(day.stops),
        "shifts": len(day.shifts),
        "stops of routes": [len(day.plan.route(id).stops) for id in day.shifts],
        "unassigned": len(day.plan.pool.stops),
        "without a place": len(day.without_place),
        "off the roads": len(day.off_road),
        "late": day.late_stops,
        "broken rules": Counter(b.rule.value for timed in day.schedules.values() for b in timed.broken),
        "facts": Counter(fact.kind.value for fact in day.facts.entries),
        "changes of roads": len(day.road_changes),
    }


def regions() -> list[dict[str, Any]]:
    """The packs that were built on this computer."""
    found: list[dict[str, Any]] = []
    for file in sorted(current.built_folder().glob("*/manifest.json")):
        try:
            told: Mapping[str, Any] = json.loads(file.read_text(encoding="utf-8"))
            found.append({name: told[name] for name in _REGION if name in told})
        except (OSError, ValueError, TypeError) as error:
            found.append({"unreadable": type(error).__name__})
    return found


def lines(file: Path, names: frozenset[str]) -> Iterator[str]:
    """A log without values and without `names`, each a folded word or several with single blanks."""
    longest = max((name.count(" ") + 1 for name in names), default=0)
    with file.open(encoding="utf-8", errors="replace") as stream:
        for line in stream:
            yield without(logs.scrubbed(line), names, longest)


def without(line: str, names: frozenset[str], longest: int) -> str:
    """The line with every run of words that is one of `names` left out, the longest first."""
    words = [(one.start(), one.end()) for one in _WORD.finditer(line)]
    kept, since, at = "", 0, 0
    folded = [line[start:end].casefold() for start, end in words]
    while at < len(words):
        most = min(longest, len(words) - at)
        n = next((n for n in range(most, 0, -1) if " ".join(folded[at : at + n]) in names), 0)
        if n:
            kept += line[since : words[at][0]] + "…"
            since = words[at + n - 1][1]
        at += n or 1
    return kept + line[since:]


def _logs() -> list[Path]:
    """Oldest first. None: nothing was ever logged."""
    return sorted(logs.folder().glob(f"{logs.FILE}*"), reverse=True)


def _store(where: str | None) -> dict[str, Any]:
    """What a check finds. A store that cannot be read is no reason to have no bundle."""
    try:
        url = location.parse(where or location.default_url())
        file = location.file_of(url)
        health = inspecting.inspect_store(where)
    except UserError as error:
        return {"cannot be read": logs.scrubbed(error.message).replace(str(Path.home()), "~")}
    told = {
        "kind": url.get_backend_name(),
        "schema": health.version,
        "rows": health.rows,
        "problems": health.problems,
    }
    if file is None:
        return told
    kept = backups.list_all(file, *copies.folders_of(backups.folder_of(file)))
    return {
        **told,
        "bytes": file.stat().st_size,
        "backups": [f"{one.at:%Y-%m-%d %H:%M} {one.reason}" for one in kept],
    }
