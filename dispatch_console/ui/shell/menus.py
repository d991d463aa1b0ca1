"""Menus made from the registry of actions when they open, so that they always say what can be done now."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from dispatch_console.ui.actions import Action, Actions
from dispatch_console.ui.plain import plain
from dispatch_console.ui.shell.keys import Keys
from dispatch_console.ui.theme import look

#: Between ids: a line.
SEPARATOR = ""


class ActionMenu(QMenu):
    """Shows the actions named by `ids`. What cannot run is grey with its reason; `on` ticks what is chosen now."""

    def __init__(
        self,
        actions: Actions,
        ids: Sequence[str],
        run: Callable[[Action], object],
        on: Callable[[str], bool | None] = lambda _id: None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._actions, self._ids, self._run, self._on = actions, ids, run, on
        self._keys: Keys | None = None
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self._fill)

    def use_keys(self, keys: Keys) -> None:
        """Show the keys as they are now; they work by themselves, the menu only names them."""
        self._keys = keys

    def _fill(self) -> None:
        self.clear()
        group = QActionGroup(self)
        group.setExclusive(False)
        for id in self._ids:
            if id == SEPARATOR:
                self.addSeparator()
            elif id in self._actions:
                self._add(self._actions[id], group)

    def _add(self, action: Action, group: QActionGroup) -> None:
        keys = self._keys.of(action) if self._keys is not None else action.keys
        shown = QAction(action.text, self)
        if keys:
            native = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
            shown.setText(f"{action.text}\t{native}")
        ticked = self._on(action.id)
        if ticked is None and action.icon:
            shown.setIcon(look.icon(action.icon, "tx2"))
        if ticked is not None:  # an icon would stand where the tick belongs
            shown.setCheckable(True)
            shown.setChecked(ticked)
            group.addAction(shown)
        reason = action.why_not()
        shown.setEnabled(reason is None)
        shown.setToolTip(plain(reason or action.hint))
        shown.triggered.connect(lambda: self._run(action))
        self.addAction(shown)
