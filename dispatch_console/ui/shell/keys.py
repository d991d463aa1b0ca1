"""Keys of all actions: one shortcut per key sequence, changed keys remembered, pages before the main page."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from dispatch_console.ui.actions import Action, Actions
from dispatch_console.ui.shell.memory import Memory

#: Left to whoever has the focus; what nobody wants reaches the window.
_LAST = "Esc"


class Keys(QObject):
    """Listens to the registry. Several actions may share a key: the one added last that can run now is meant."""

    def __init__(
        self,
        window: QWidget,
        actions: Actions,
        memory: Memory,
        run: Callable[[Action], object],
        is_here: Callable[[Action], bool] = lambda _: True,
    ) -> None:
        super().__init__(window)
        self._is_here = is_here
        self._window, self._actions, self._memory, self._run = window, actions, memory, run
        self._shortcuts: dict[str, QShortcut] = {}
        self._expected: dict[str, tuple[str, Callable[[], object]]] = {}
        actions.on_added(self._add)

    def expect(self, keys: str, id: str, run: Callable[[], object]) -> None:
        """What to do at a key as long as its action `id` is not there yet, because its page is not made."""
        sequence = _normal(keys)
        self._expected[sequence] = id, run
        if sequence not in self._shortcuts:
            self._bind(sequence, keys)

    def of(self, action: Action) -> str:
        """The key of an action as it is now, empty if it has none."""
        kept = self._memory.text(f"keys/{action.id}", action.keys)
        return "" if kept == "-" else kept

    def change(self, action: Action, keys: str) -> Action | None:
        """Give an action another key (empty: none). Who had it loses it and is returned."""
        loser = self.holder(keys, but=action) if keys else None
        if loser is not None:
            self._store(loser, "")
        self._store(action, keys)
        self._rebuild()
        return loser

    def reset(self) -> None:
        """All keys as they were delivered."""
        for action in self._actions:
            self._memory.forget(f"keys/{action.id}")
        self._rebuild()

    def holder(self, keys: str, but: Action | None = None) -> Action | None:
        """Whose key this is."""
        return next((a for a in self._actions if a is not but and _same(self.of(a), keys)), None)

    def press(self, keys: QKeySequence) -> bool:
        """Do what a key is the shortcut of, as if it had just been pressed. False: it is none."""
        sequence = keys.toString(QKeySequence.SequenceFormat.PortableText)
        if sequence not in self._shortcuts:
            return False
        self._pressed(sequence)
        return True

    def _store(self, action: Action, keys: str) -> None:
        if _same(keys, action.keys):
            self._memory.forget(f"keys/{action.id}")
        else:
            self._memory.set_text(f"keys/{action.id}", keys or "-")

    def _add(self, action: Action) -> None:
        keys = self.of(action)
        sequence = _normal(keys)
        if not sequence or sequence in self._shortcuts or sequence == _LAST:
            return
        self._bind(sequence, keys)

    def _bind(self, sequence: str, keys: str) -> None:
        shortcut = QShortcut(QKeySequence(keys), self._window)
        shortcut.setContext(Qt.ShortcutContext.ApplicationShortcut)
        shortcut.activated.connect(lambda: self._pressed(sequence))
        self._shortcuts[sequence] = shortcut

    def _rebuild(self) -> None:
        for shortcut in self._shortcuts.values():
            shortcut.setEnabled(False)
            shortcut.deleteLater()
        self._shortcuts.clear()
        for action in self._actions:
            self._add(action)

    def _pressed(self, sequence: str) -> None:
        meant = [
            action for action in self._actions if _normal(self.of(action)) == sequence and self._is_here(action)
        ]
        id, run = self._expected.get(sequence, ("", None))
        if run is not None and id not in self._actions:
            run()
        able = [action for action in meant if action.why_not() is None]
        for action in (able or meant)[-1:]:
            self._run(action)


def _normal(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.PortableText) if keys else ""


def _same(a: str, b: str) -> bool:
    return _normal(a) == _normal(b)


def caps(keys: str) -> list[str]:
    """The key caps of a sequence as they are drawn: `Ctrl+Shift+M` → Ctrl, Shift, M."""
    names = {
        "Return": "↵",
        "Enter": "↵",
        "Left": "←",
        "Right": "→",
        "Up": "↑",
        "Down": "↓",
        "PgUp": "Page Up",
        "PgDown": "Page Down",
    }
    parts = keys.replace("++", "+Plus").split("+") if keys != "+" else ["+"]
    return [names.get(part, "+" if part == "Plus" else part) for part in parts if part]
