"""The main page: five panes between splitters, as tabs in a small window, each also in a window of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedLayout, QTabWidget, QWidget

from dispatch_console.ui.shell.detached import DetachedPane
from dispatch_console.ui.shell.memory import Memory
from dispatch_console.ui.shell.sizes import Fit, Sizes, fit, sizes
from dispatch_console.ui.shell.splitters import Splitter
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import PaneHead

UPPER = ("orders", "board", "map")
LOWER = ("timeline", "incidents")
ORDER = (*UPPER, *LOWER)
#: Beside a panel that asks for it, a narrow window shows one of these at a time: the map first.
_PAIR = ("map", "board")
#: The pane of each row that takes what the others leave.
_GREEDY = ("board", "timeline")
_KEPT_AFTER_MS = 300
#: A board that makes room for a panel at the edge keeps as much: two lanes.
_BOARD_LEAST = 330
#: Width of the frame round a trial.
_FRAME = 3


class PaneArea(QWidget):
    """Holds the panes by name and knows where each is. Sizes are kept by the fit of the window.

    A side panel (the preview of a plan) takes the left edge from top to bottom in place of the pool; a right panel
    (a wizard) stands in place of the map. A panel at the edge (the form of an order) stands beside all of them.
    """

    #: The fit of the window changed (toolbar and panes draw themselves tighter).
    fit_changed = Signal(str)
    #: A pane went into its own window, or came back.
    detached_changed = Signal(str, bool)

    def __init__(self, panes: Mapping[str, QWidget], memory: Memory, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.panes = dict(panes)
        self.fit = Fit.WIDE
        self._empty = False
        self._memory = memory
        self._windows: dict[str, DetachedPane] = {}
        self._side: QWidget | None = None
        self._queue_first = self._paired = False
        self._framed = ""
        self._right: QWidget | None = None
        self._right_width, self._right_title = 0, ""
        self._edge: QWidget | None = None
        self._upper = Splitter(Qt.Orientation.Horizontal)
        self._lower = Splitter(Qt.Orientation.Horizontal)
        self._rows = Splitter(Qt.Orientation.Vertical)
        self._rows.addWidget(self._upper)
        self._rows.addWidget(self._lower)
        self._rows.setStretchFactor(0, 1)
        self._whole = Splitter(Qt.Orientation.Horizontal)
        self._whole.addWidget(self._rows)
        self._tabs, self._pair = _tabs(), _tabs()
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._whole)
        self._stack.addWidget(self._tabs)
        self._keep = QTimer(self)
        self._keep.setSingleShot(True)
        self._keep.setInterval(_KEPT_AFTER_MS)
        self._keep.timeout.connect(self.remember)
        for splitter in (self._upper, self._lower, self._rows):
            splitter.splitterMoved.connect(self._on_dragged)
        for name, pane in self.panes.items():
            pane.setMinimumSize(120, 60)
            self._watch_head(name, pane)
        self._place_all()
        self._lay_out()

    # -- where panes are -----------------------------------------------------------------------------

    def shown(self) -> list[str]:
        """Names of the panes that can be seen in the window itself, in reading order."""
        return [name for name in ORDER if name in self.panes and self.panes[name].isVisibleTo(self)]

    @property
    def detached(self) -> list[str]:
        return list(self._windows)

    def pane_of(self, widget: QWidget | None) -> str | None:
        """The name of the pane that holds `widget`."""
        while widget is not None:
            for name, pane in self.panes.items():
                if pane is widget:
                    return name
            widget = widget.parentWidget()
        return None

    def raise_pane(self, name: str) -> None:
        """Bring a pane to the front: its tab, or its window."""
        if name in self._windows:
            self._windows[name].raise_()
            self._windows[name].activateWindow()
        else:
            for tabs in (self._tabs, self._pair):
                if tabs.indexOf(self.panes[name]) >= 0:
                    tabs.setCurrentWidget(self.panes[name])

    def detach(self, name: str) -> None:
        """Move a pane into its own window, which can stand on another screen."""
        if name in self._windows:
            return
        window = DetachedPane(name, self._title(name), self.panes[name], self._memory)
        window.closed.connect(lambda: self.attach(name))
        self._windows[name] = window
        window.set_framed(self._framed, _FRAME if self._framed else 0)
        self._remember_detached()
        window.show()
        self._place_all()
        self._lay_out()
        self.detached_changed.emit(name, True)

    def attach(self, name: str) -> None:
        """Bring a detached pane back into the window."""
        window = self._windows.pop(name, None)
        if window is None:
            return
        window.release()
        self._remember_detached()
        self._place_all()
        self._lay_out()
        self.detached_changed.emit(name, False)

    def close_windows(self) -> None:
        """Close the panes' own windows and remember that they were open."""
        for window in list(self._windows.values()):
            window.leave()

    def restore_windows(self) -> None:
        """Detach the panes that were detached when the program ended."""
        for name in self._memory.names("detached"):
            if name in self.panes:
                self.detach(name)

    @property
    def side(self) -> QWidget | None:
        """The panel at the left edge, if there is one."""
        return self._side

    def show_side(self, panel: QWidget | None, width: int = 456, *, paired: bool = False) -> None:
        """Put `panel` at the left edge in place of the pool, or take it away (None). `paired`: where the window is
        narrow, map and board stand one behind the other then."""
        if self._side is not None and self._side is not panel:
            self._side.setParent(None)
            self._side.hide()
        self._side, self._paired = panel, paired and panel is not None
        self._place_all()
        if panel is not None:
            self._whole.insertWidget(0, panel)
            self._whole.setStretchFactor(1, 1)
            panel.show()
            self._whole.setSizes([width, max(1, self.width() - width - 1)])
        self._lay_out()

    def show_right(self, panel: QWidget | None, width: int = 500, title: str = "") -> None:
        """Put `panel` in place of the map, or take it away (None). In a window of tabs it is one more, in front."""
        if self._right is not None and self._right is not panel:
            self._right.setParent(None)
            self._right.hide()
        self._right, self._right_width, self._right_title = panel, width, title
        self._place_all()
        if panel is not None:
            panel.show()
            if self.fit is Fit.TABS:
                self._tabs.setCurrentWidget(panel)
        self._lay_out()

    def show_edge(self, panel: QWidget | None) -> None:
        """Put `panel` at the right edge from top to bottom, where the board makes room for it so that the map stays
        whole; or take it away (None). Where the board has no room to give, it lies over what is there."""
        if self._edge is not None and self._edge is not panel:
            self._edge.hide()
            self._edge.setParent(self)
        self._edge = panel
        self._place_edge()
        self._lay_out()

    def _place_edge(self) -> None:
        panel = self._edge
        if panel is None:
            return
        beside, width = self._has_room_for(panel), panel.minimumWidth()
        if beside and self._whole.indexOf(panel) < 0:
            self._whole.addWidget(panel)
            self._whole.setStretchFactor(self._whole.indexOf(panel), 0)
        elif not beside:
            if panel.parent() is not self:
                panel.setParent(self)
            panel.setGeometry(self.width() - width, 0, width, self.height())
        panel.show()
        panel.raise_()

    def _has_room_for(self, panel: QWidget) -> bool:
        wanted = self._wanted()
        taken = panel.minimumWidth() + (self._side.width() if self._side is not None else 0)
        taken += 0 if self._is_covered("orders") else wanted.pool
        taken += self._right_width if self._right is not None else wanted.map
        return self.fit is not Fit.TABS and self.width() - taken >= _BOARD_LEAST

    def set_queue_first(self, first: bool) -> None:
        """While the phone rings, the incidents take the pool's place, and the timeline the whole width."""
        if first != self._queue_first:
            self._queue_first = first
            self._place_all()
            self._lay_out()

    def set_framed(self, name: str) -> None:
        """An accent frame round the panes, in their own windows too, which say `name`; empty: none."""
        self._framed = name
        width = _FRAME if name else 0
        self.setContentsMargins(width, 0, width, width)
        for window in self._windows.values():
            window.set_framed(name, width)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._framed:
            QPainter(self).fillRect(self.rect(), look.colour("acc"))

    # -- sizes ---------------------------------------------------------------------------------------

    def set_empty(self, empty: bool) -> None:
        """A day without orders has its own measures."""
        if empty != self._empty:
            self._empty = empty
            self._lay_out()

    def reset(self) -> None:
        """Forget what was dragged, bring all panes back."""
        for kept in Fit:
            for empty in (False, True):
                self._memory.forget(_key(kept, empty))
        for name in self.detached:
            self.attach(name)
        self._lay_out()

    def sizes(self) -> Sizes:
        """The sizes of now. Of panes that are elsewhere: what they would have."""
        kept = self._wanted()
        upper = self._upper.sizes()
        here = {name: self._upper.indexOf(self.panes[name]) for name in ("orders", "map") if name in self.panes}
        pool, map_ = (upper[here[name]] if here.get(name, -1) >= 0 else 0 for name in ("orders", "map"))
        inside = "incidents" in self.panes and "incidents" not in self._windows
        incidents = self.panes["incidents"].width() if inside else 0
        timeline = self._rows.sizes()[1]
        return Sizes(pool or kept.pool, map_ or kept.map, timeline or kept.timeline, incidents or kept.incidents)

    def drag_to(self, wanted: Sizes) -> None:
        """Give the panes other sizes, as dragging the splitters does."""
        self._memory.set_numbers(_key(self.fit, self._empty), list(wanted))
        self._lay_out()

    def remember(self) -> None:
        """Keep the sizes of now for windows of this fit."""
        others = (self._side, self._right, self._edge)
        if self.fit is not Fit.TABS and others == (None, None, None) and not self._queue_first:
            self._memory.set_numbers(_key(self.fit, self._empty), list(self.sizes()))

    def _on_dragged(self, _place: int, _at: int) -> None:
        self._keep.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        now = fit(self.window().width(), self.window().height())
        if now is not self.fit:
            self.fit = now
            self._place_all()
            self._place_edge()
            self._lay_out()
            self.fit_changed.emit(now.value)

    def _lay_out(self) -> None:
        if self.fit is Fit.TABS:
            return
        wanted = self._wanted()
        for splitter in (self._whole, self._rows, self._upper, self._lower):
            splitter.refresh()  # what came or went since counts now, not at the next turn of the loop
        width, height = self._rows.width(), self._whole.height()
        upper, panes = {"orders": wanted.pool, "map": wanted.map, "incidents": wanted.pool}, dict(self.panes)
        if self._right is not None:
            upper["right"], panes["right"] = min(self._right_width, width // 2), self._right
        _give(self._upper, upper, width, panes)
        _give(self._lower, {"incidents": wanted.incidents}, width, self.panes)
        below = wanted.timeline if not self._lower.isHidden() else 0
        self._rows.setSizes([max(1, height - below - 1), below])

    def _wanted(self) -> Sizes:
        kept = self._memory.numbers(_key(self.fit, self._empty))
        return Sizes(*kept) if len(kept) == len(Sizes._fields) else sizes(self.fit, self._empty)

    def _place_all(self) -> None:
        """Put each pane where it belongs now; empty rows vanish."""
        tabs = self.fit is Fit.TABS
        current = self._tabs.currentWidget()
        first = self._shows_queue_first
        upper, lower = (("orders", "incidents", *UPPER[1:]), LOWER[:1]) if first else (UPPER, LOWER)
        for row, names in ((self._upper, upper), (self._lower, lower)):
            here = [name for name in names if name in self.panes and name not in self._windows]
            for name in here:
                pane = self.panes[name]
                if tabs:
                    self._tabs.addTab(pane, self._title(name))
                elif self._is_paired and name in _PAIR:
                    self._pair.insertTab(_PAIR.index(name), pane, self._title(name))
                else:
                    row.addWidget(pane)
                    row.setStretchFactor(row.indexOf(pane), 1 if name in _GREEDY else 0)
                    pane.setVisible(not self._is_covered(name))
            row.setVisible(not tabs and bool(here))
        if self._is_paired:
            self._upper.addWidget(self._pair)
            self._upper.setStretchFactor(self._upper.indexOf(self._pair), 1)
            self._pair.setCurrentIndex(0)
        self._pair.setVisible(self._is_paired)
        if self._right is not None and tabs:
            self._tabs.addTab(self._right, self._right_title)
        elif self._right is not None:
            self._upper.addWidget(self._right)
            self._upper.setStretchFactor(self._upper.indexOf(self._right), 0)
            self._right.show()  # tabs hide what is not in front
        if tabs and self._tabs.indexOf(current) >= 0:
            self._tabs.setCurrentWidget(current)
        self._stack.setCurrentWidget(self._tabs if tabs else self._whole)

    @property
    def _is_paired(self) -> bool:
        here = all(name in self.panes and name not in self._windows for name in _PAIR)
        return self._paired and here and self._right is None and self.fit is Fit.NARROW

    def _is_covered(self, name: str) -> bool:
        """Whether a panel stands where this pane would."""
        if name == "orders":
            return self._side is not None or self._shows_queue_first
        return name == "map" and self._right is not None

    @property
    def _shows_queue_first(self) -> bool:
        here = "incidents" in self.panes and "incidents" not in self._windows
        return self._queue_first and here and self._side is None and self.fit is not Fit.TABS

    def _watch_head(self, name: str, pane: QWidget) -> None:
        asker = pane if hasattr(pane, "detach_wanted") else pane.findChild(PaneHead)
        if asker is not None:
            cast("PaneHead", asker).detach_wanted.connect(lambda: self.detach(name))

    def _title(self, name: str) -> str:
        heads = self.panes[name].findChildren(PaneHead)
        return heads[0].title if heads else name.capitalize()

    def _remember_detached(self) -> None:
        self._memory.set_names("detached", list(self._windows))


def _tabs() -> QTabWidget:
    tabs = QTabWidget()
    tabs.setDocumentMode(True)
    tabs.tabBar().setDrawBase(False)
    return tabs


def _give(row: QSplitter, wanted: Mapping[str, int], width: int, panes: Mapping[str, QWidget]) -> None:
    """Set the sizes of a row: `wanted` by name, the rest to the others."""
    here = {name: row.indexOf(panes[name]) for name in wanted if name in panes}
    shares = {index: wanted[name] for name, index in here.items() if index >= 0}
    visible = [at for at in range(row.count()) if (pane := row.widget(at)) is not None and not pane.isHidden()]
    taken = sum(size for index, size in shares.items() if index in visible) + len(visible) - 1
    row.setSizes([shares.get(index, max(1, width - taken)) for index in range(row.count())])


def _key(fit: Fit, empty: bool) -> str:
    return f"layout/{fit.value}{'-empty' if empty else ''}"
