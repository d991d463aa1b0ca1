"""What the program remembers between two starts."""

from __future__ import annotations

import datetime as dt
import getpass
from dataclasses import dataclass, fields, replace
from typing import Any, Literal

from dispatch_console.store.store import Store

Theme = Literal["system", "light", "dark"]


@dataclass(frozen=True, slots=True)
class Settings:
    """All values have a default; one that the store holds in a shape of another version counts as not there.

    `layout` is what the window gave to be kept, as text; `who` is written into the audit and on sheets.
    """

    theme: Theme = "system"
    layout: str = ""
    paper: Literal["A4", "Letter"] = "A4"
    printer: str = ""
    pdf_folder: str = ""
    tiles: str = ""
    depot: int = 0
    day: dt.date | None = None
    who: str = ""
    last_folder: str = ""


_CHOICES: dict[str, tuple[str, ...]] = {"theme": ("system", "light", "dark"), "paper": ("A4", "Letter")}
_KINDS: dict[str, type] = {"depot": int}


def load(store: Store) -> Settings:
    """Touches the database: not for the window's thread."""
    kept = store.settings()
    good: dict[str, Any] = {"who": user()}
    for field in fields(Settings):
        value = _read(field.name, kept.get(field.name))
        if value is not None:
            good[field.name] = value
    return Settings(**good)


def save(store: Store, before: Settings, after: Settings) -> None:
    """Write what differs, so that two windows do not overwrite each other's."""
    changed: dict[str, Any] = {
        f.name: _write(getattr(after, f.name))
        for f in fields(Settings)
        if getattr(after, f.name) != getattr(before, f.name)
    }
    if changed:
        store.save_settings(changed)


def change(store: Store, settings: Settings, **values: Any) -> Settings:
    """`settings` with other values, saved on the database thread; comes back at once."""
    after = replace(settings, **values)
    store.submit(lambda: save(store, settings, after))
    return after


def user() -> str:
    """The name this user is known by to the system."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # Windows without USERNAME says it by an ImportError
        return "dispatcher"


def _read(name: str, value: Any) -> Any:
    """A kept value, or None if it is not one that this version could have written."""
    if name == "day":
        try:
            return dt.date.fromisoformat(value)
        except (TypeError, ValueError):
            return None
    if not isinstance(value, _KINDS.get(name, str)) or isinstance(value, bool):
        return None
    return value if name not in _CHOICES or value in _CHOICES[name] else None


def _write(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value
