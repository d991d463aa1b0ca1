"""F6 and Shift+F6 walk the panes; the one that has the focus shows a ring of 2 px until the mouse takes over."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from dispatch_console.ui.shell.area import PaneArea
from dispatch_console.ui.widgets import PaneHead, paint


class FocusWalk(QObject):
    """Moves the focus between the panes of an area."""

    def __init__(self, area: PaneArea) -> None:
        super().__init__(area)
        self._area = area
        self._ring: _Ring | None = None
        self._pane: str | None = None
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus)

    @property
    def pane(self) -> str | None:
        """The pane that shows the ring."""
        return self._pane if self._ring is not None else None

    def step(self, by: int) -> None:
        """Go to the next (1) or the previous (−1) pane."""
        names = self._area.shown()
        if not names:
            return
        now = self._area.pane_of(QApplication.focusWidget())
        at = names.index(now) + by if now in names else (0 if by > 0 else len(names) - 1)
        self.go_to(names[at % len(names)])

    def go_to(self, name: str) -> None:
        """Give a pane the focus, wherever it is, and show the ring."""
        self._area.raise_pane(name)
        pane = self._area.panes[name]
        _target(pane).setFocus(Qt.FocusReason.OtherFocusReason)
        self._drop_ring()
        self._pane, self._ring = name, _Ring(pane)

    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._ring is not None and self._area.pane_of(new) != self._pane:
            self._drop_ring()

    def _drop_ring(self) -> None:
        if self._ring is not None:
            self._ring.hide()
            self._ring.deleteLater()
        self._ring = self._pane = None


class _Ring(QWidget):
    """Lies over a pane, lets the mouse through, and goes with the first press of a button."""

    def __init__(self, pane: QWidget) -> None:
        super().__init__(pane)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self._pane = pane
        pane.installEventFilter(self)
        self.setGeometry(pane.rect())
        self.raise_()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self.setGeometry(self._pane.rect())
        elif event.type() is QEvent.Type.MouseButtonPress:
            self.hide()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        paint.focus_ring(QPainter(self), self.rect(), 0)


def _target(pane: QWidget) -> QWidget:
    """What in a pane takes the keys: its proxy if it can be seen, else a view, a control, at last its head."""
    proxy = pane.focusProxy()
    if proxy is not None and proxy.isVisible():
        return proxy
    heads = pane.findChildren(PaneHead)
    below = [child for child in pane.findChildren(QWidget) if not any(head.isAncestorOf(child) for head in heads)]
    children = [child for child in below if not child.isHidden()]
    views = [child for child in children if isinstance(child, QAbstractScrollArea)]
    able = [child for child in children if child.focusPolicy() & Qt.FocusPolicy.TabFocus]
    return next(iter([*views, *able, *heads]), pane)
