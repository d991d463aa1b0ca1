"""Every action of the program, once: menus, toolbar, keys, the palette and the page of keys all read this list."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

#: What an action may answer when asked whether it can run: None (it can), or the reason why not.
Reason = str | None


@dataclass(frozen=True, slots=True)
class Action:
    """`id` is stable (settings keep changed keys by it); `keys` is a QKeySequence text such as `Ctrl+I`, or empty.

    `why_not` says in a sentence why the action cannot run now; None: it can. `hint` is grey in the palette. `aka`:
    other words that it is searched by.
    """

    id: str
    text: str
    run: Callable[[], object]
    keys: str = ""
    icon: str = ""
    hint: str = ""
    group: str = ""
    why_not: Callable[[], Reason] = lambda: None
    aka: str = ""


class Actions:
    """The registry. Panes add theirs when they are built."""

    def __init__(self) -> None:
        #: Why an action of this id cannot run whatever it says itself.
        self.barred: Callable[[str], Reason] = lambda _: None
        self._actions: dict[str, Action] = {}
        self._listeners: list[Callable[[Action], None]] = []

    def add(self, action: Action) -> Action:
        """Add an action and tell those who listen. An id stands once: ValueError otherwise."""
        if action.id in self._actions:
            raise ValueError(f"the action {action.id} stands twice")
        own = action.why_not
        action = replace(action, why_not=lambda: self.barred(action.id) or own())
        self._actions[action.id] = action
        for listener in self._listeners:
            listener(action)
        return action

    def on_added(self, listener: Callable[[Action], None]) -> None:
        """Hear of every action, those already there included."""
        self._listeners.append(listener)
        for action in self:
            listener(action)

    def __getitem__(self, id: str) -> Action:
        return self._actions[id]

    def __contains__(self, id: str) -> bool:
        return id in self._actions

    def __iter__(self) -> Iterator[Action]:
        return iter(list(self._actions.values()))
