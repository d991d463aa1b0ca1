"""What a search from now may change: four buttons in a row of 40. Another choice searches anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QActionGroup, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from dispatch_console.services.planning import Scope
from dispatch_console.ui.plain import plain
from dispatch_console.ui.preview.choice import ADD, DRIVERS, FREE, FREEZE, LEAST_MIN, ORDER, Choice
from dispatch_console.ui.widgets import Button

HEIGHT = 40
#: Below this width the words on the buttons are shorter.
_WIDE = 440


class Choices(QWidget):
    """`changed()`: `choice` is another one."""

    changed = Signal()

    def __init__(self, choice: Choice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choice = choice
        self.setFixedHeight(HEIGHT)
        words = self.words()
        self.what = self._menu([(words[key], key) for key in words], lambda key: replace(self.choice, what=key))
        self.least = self._menu(
            [(self.tr("≥ {n} min a move").format(n=n) if n else self.tr("Any gain"), n) for n in LEAST_MIN],
            lambda n: replace(self.choice, least_min=n),
        )
        self.freeze = self._menu([(self._freeze(n), n) for n in FREEZE], lambda n: replace(self.choice, freeze=n))
        self.hand_over = Button(self.tr("Hand-over"))
        self.hand_over.setCheckable(True)
        self.hand_over.clicked.connect(self._allow)
        self._tips()
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(6)
        for button in (self.what, self.least, self.freeze, self.hand_over):
            row.addWidget(button)
        row.addStretch(1)
        self._show()

    def words(self) -> dict[str, str]:
        """Choice → what its button says."""
        return {
            FREE: self.tr("All free"),
            DRIVERS: self.tr("Keep drivers"),
            ORDER: self.tr("Keep order"),
            ADD: self.tr("Only add"),
        }

    def take(self, choice: Choice) -> None:
        if choice != self.choice:
            self.choice = choice
            self._show()
            self.changed.emit()

    def set_scope(self, scope: Scope) -> None:
        """Of selected routes nothing can only be added: they are planned among themselves."""
        if scope is Scope.ROUTES and self.choice.what == ADD:
            self.choice = replace(self.choice, what=FREE)
            self._show()

    def _allow(self, on: bool) -> None:
        self.take(replace(self.choice, hand_over=on))

    def _menu[T](self, entries: Sequence[tuple[str, T]], chosen: Callable[[T], Choice]) -> Button:
        button = Button("", caret=True)
        menu = QMenu(button)
        group = QActionGroup(menu)
        for text, value in entries:
            action = menu.addAction(text)
            action.setCheckable(True)
            group.addAction(action)
            action.triggered.connect(lambda _=False, to=value: self.take(chosen(to)))
        values = [value for _, value in entries]
        menu.aboutToShow.connect(lambda: _tick(menu, [chosen(value) == self.choice for value in values]))
        button.set_menu(menu)
        return button

    def _show(self) -> None:
        choice = self.choice
        self.what.set_label(self.words()[choice.what])
        self.least.set_label(self._least(choice.least_min))
        self.freeze.set_label(self._freeze(choice.freeze))
        self.hand_over.setChecked(choice.hand_over)
        self.hand_over.set_icon("ph.check-bold" if choice.hand_over else "")

    def _least(self, minutes: int) -> str:
        text = self.tr("≥ {n} min a move") if self.width() >= _WIDE else self.tr("≥ {n} min")
        return text.format(n=minutes) if minutes else self.tr("Any gain")

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._show()

    def _freeze(self, stops: int) -> str:
        return self.tr("Freeze {n}").format(n=stops)

    def _tips(self) -> None:
        for button, tip in (
            (self.what, self.tr("What may happen to stops that have a driver (Alt+C)")),
            (self.least, self.tr("A stop moves only if that saves so much driving, waiting and lateness (Alt+G)")),
            (self.freeze, self.tr("So many stops after the one in progress stay as they are (Alt+Z)")),
            (self.hand_over, self.tr("Goods on board may go to another van, which needs a meeting (Alt+H)")),
        ):
            button.setToolTip(plain(tip))


def _tick(menu: QMenu, on: Sequence[bool]) -> None:
    for action, is_on in zip(menu.actions(), on, strict=True):
        action.setChecked(is_on)
