"""The pill that says how far the day is: its tooltip tells who and when, a click opens what can be done next."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from dispatch_console.domain.day import Day
from dispatch_console.ui.actions import Action, Actions
from dispatch_console.ui.plain import plain
from dispatch_console.ui.shell import daystate
from dispatch_console.ui.shell.menus import ActionMenu
from dispatch_console.ui.widgets import Pill

#: What the menu offers, below who said what when.
MENU = (
    "day.approve", "day.withdraw", "", "day.check", "day.out", "day.back", "", "debrief.open", "day.close",
    "day.reopen",
)  # fmt: skip


class StateMenu(ActionMenu):
    """The history of the day's state as grey lines, then what can be done."""

    def __init__(
        self,
        actions: Actions,
        run: Callable[[Action], object],
        day: Callable[[], Day],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(actions, MENU, run, parent=parent)
        self._day = day

    def _fill(self) -> None:
        super()._fill()
        first = self.actions()[0] if self.actions() else None
        for line in daystate.history(self._day()):
            told = QAction(line.replace("&", "&&"), self)
            told.setEnabled(False)
            if first is not None:
                self.insertAction(first, told)
            else:
                self.addAction(told)
        if first is not None:
            self.insertSeparator(first)


class StatePill(Pill):
    """A button in all but looks."""

    def __init__(self) -> None:
        super().__init__("Draft")
        self.menu: StateMenu | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_day(self, day: Day) -> None:
        self.set_state(daystate.pill(day), daystate.dot(day))
        self.setAccessibleName(self.text)
        self.setToolTip(plain("\n".join(daystate.history(day))))

    def open(self) -> None:
        if self.menu is not None:
            self.menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Down):
            self.open()
        else:
            super().keyPressEvent(event)
