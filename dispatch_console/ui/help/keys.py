"""The chapter about keys, made from the table of actions as they are now at this workstation."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from dispatch_console.services.guide import Chapter
from dispatch_console.ui.actions import Action
from dispatch_console.ui.keys_page.page import FIXED

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#|])")


def filled(chapter: Chapter, actions: Iterable[Action], key_of: Callable[[Action], str]) -> Chapter:
    """The chapter with a table per group behind its own words: all actions that have a key."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for action in actions:
        keys = key_of(action)
        if keys:
            groups.setdefault(action.group or "Other", []).append((action.text, keys))
    for group, caps, text in FIXED:
        groups.setdefault(group, []).append((text, "+".join(caps)))
    parts = [chapter.text]
    for group, rows in groups.items():
        parts += [f"\n## {group}\n", "| Key | What it does |", "|---|---|"]
        parts += [f"| `{keys}` | {_SPECIAL.sub(_escaped, text)} |" for text, keys in rows]
    return chapter._replace(text="\n".join(parts) + "\n")


def _escaped(found: re.Match[str]) -> str:
    return f"\\{found[1]}"
