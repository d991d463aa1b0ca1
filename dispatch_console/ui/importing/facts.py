"""What was found out about the file, each fact under its name and changeable; and which rows are shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QMenu,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from dispatch_console.services.importing_picture import Fact, Mark, Picture
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import Button, Segments, Text, paint

HEIGHT = 60
TIGHT = 40


class FactBar(QWidget):
    """`changed(key, choice)`: a fact was set by hand. `filtered(index)`: other rows are to be shown."""

    changed = Signal(str, str)
    filtered = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts: dict[str, _FactBox] = {}
        self._tight = False
        self._line = QWidget()
        self._boxes = QHBoxLayout(self._line)
        self._boxes.setContentsMargins(0, 0, 0, 0)
        self._boxes.setSpacing(12)
        self._scroll = _Sideways(self._line)
        self.filter = Segments([""] * 4)
        self.filter.chosen.connect(self.filtered)
        self._filter_column = QVBoxLayout()
        self._filter_column.setContentsMargins(0, 0, 0, 2)
        self._filter_column.addStretch(1)
        self._filter_column.addWidget(self.filter)
        self._row = QHBoxLayout(self)
        self._row.setSpacing(12)
        self._row.addWidget(self._scroll, 1)
        self._row.addLayout(self._filter_column)
        self.set_tight(False)

    def set_tight(self, tight: bool) -> None:
        """One line that scrolls, each name beside its fact, for narrow windows."""
        self._tight = tight
        self.setFixedHeight(TIGHT if tight else HEIGHT)
        if tight:
            self._row.setContentsMargins(12, 6, 12, 6)
        else:
            self._row.setContentsMargins(12, 7, 12, 7)
        for box in self._facts.values():
            box.set_tight(tight)

    def show_picture(self, picture: Picture) -> None:
        for key in [key for key in self._facts if key not in {fact.key for fact in picture.facts}]:
            self._facts.pop(key).deleteLater()
        for at, fact in enumerate(picture.facts):
            box = self._facts.get(fact.key)
            if box is None:
                box = self._facts[fact.key] = _FactBox(fact, self.changed.emit)
                box.set_tight(self._tight)
                self._boxes.insertWidget(at, box)
            box.show_fact(fact)
        if self._boxes.itemAt(self._boxes.count() - 1) is None or not self._has_stretch():
            self._boxes.addStretch(1)
        counts = picture.counts
        rejected, changed, doubled = (counts.get(mark, 0) for mark in (Mark.REJECTED, Mark.CHANGED, Mark.DUPLICATE))
        self.filter.rename(0, self.tr("All {n}").format(n=len(picture.lines)))
        self.filter.rename(1, self.tr("Rejected {n}").format(n=rejected))
        self.filter.rename(2, self.tr("Changed {n}").format(n=changed))
        self.filter.rename(3, self.tr("Duplicates {n}").format(n=doubled))

    def button(self, key: str) -> Button:
        """The button of a fact, for menus by key and for tests. KeyError if the file has no such fact."""
        return self._facts[key].button

    def _has_stretch(self) -> bool:
        last = self._boxes.itemAt(self._boxes.count() - 1)
        return last is not None and last.widget() is None

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("raise"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, look.colour("line"))


class _FactBox(QWidget):
    def __init__(self, fact: Fact, changed: Callable[[str, str], object]) -> None:
        super().__init__()
        self._key, self._changed = fact.key, changed
        self._name = Text(fact.name, "secondary", "tx2")
        self.button = _FactButton(fact.text, caret=True, size=28)
        self._menu = QMenu(self)
        self.button.set_menu(self._menu)
        self._menu.triggered.connect(self._on_chosen)
        self._box = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.addWidget(self._name)
        self._box.addWidget(self.button)

    def set_tight(self, tight: bool) -> None:
        way = QBoxLayout.Direction.LeftToRight if tight else QBoxLayout.Direction.TopToBottom
        self._box.setDirection(way)
        self._box.setSpacing(6 if tight else 2)

    def show_fact(self, fact: Fact) -> None:
        self._name.setText(fact.name)
        self.button.set_label(fact.text)
        self.button.setAccessibleName(f"{fact.name}: {fact.text}")
        self._menu.clear()
        for choice in fact.choices:
            action = self._menu.addAction(choice.text)
            action.setData(choice.key)
            action.setCheckable(True)
            action.setChecked(choice.key == fact.current)
        fixed = len(fact.choices) < 2
        self.button.setToolTip(self.tr("This file leaves no choice here.") if fixed else "")

    def _on_chosen(self, action: QAction) -> None:
        self._changed(self._key, str(action.data()))


class _FactButton(Button):
    """As wide as the name above it, its text at the left."""

    def __init__(self, text: str, *, caret: bool, size: int) -> None:
        super().__init__(text, caret=caret, size=size)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return super().sizeHint() - QSize(2, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._paint_ground(painter)
        x = self._paint_text(painter, self._pad, self.text(), self.font_role(), "tx")
        paint.icon_at(painter, "ph.caret-down", "tx3", QRect(x, self.height() // 2 - 5, 10, 10))
        if paint.shows_focus(self):
            paint.focus_ring(painter, self.rect())


class _Sideways(QScrollArea):
    """Scrolls to the side, by wheel and by moving the focus, without bars."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inside)
        self.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        delta = event.angleDelta()
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() - (delta.y() or delta.x()) // 2)
        event.accept()
