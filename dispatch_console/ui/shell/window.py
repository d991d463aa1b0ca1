"""The window: toolbar, the stack of pages, status bar. It wires parts together and holds no rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QSessionManager,
)
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dispatch_console.domain import saying
from dispatch_console.domain.day import Day
from dispatch_console.ui.actions import Action
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.palette import Palette
from dispatch_console.ui.shell import commands, dropping, figures, standing
from dispatch_console.ui.shell.area import PaneArea
from dispatch_console.ui.shell.commands import Commands
from dispatch_console.ui.shell.daypicker import DayPicker
from dispatch_console.ui.shell.focus import FocusWalk
from dispatch_console.ui.shell.hooks import Hooks
from dispatch_console.ui.shell.keys import Keys, caps
from dispatch_console.ui.shell.memory import Memory, Theme
from dispatch_console.ui.shell.menus import ActionMenu
from dispatch_console.ui.shell.pages import MAIN, Pages
from dispatch_console.ui.shell.sizes import Fit, fit
from dispatch_console.ui.shell.statepill import StateMenu
from dispatch_console.ui.shell.statusbar import Saving, StatusBar
from dispatch_console.ui.shell.toolbar import Toolbar

_MINUTE_MS = 60_000
_PLACE = "window/main"


class MainWindow(QWidget):
    """`panes` by the names of `area.ORDER`. Pages are made when they are first shown."""

    theme_wanted = Signal(str)

    def __init__(self, desk: Desk, panes: Mapping[str, QWidget], hooks: Hooks, memory: Memory) -> None:
        super().__init__()
        self.desk, self.hooks, self.memory = desk, hooks, memory
        self.area = PaneArea(panes, memory)
        self.commands = Commands(desk, self, hooks, memory)
        self.focus_walk = FocusWalk(self.area)
        self._menus = [
            ActionMenu(desk.actions, ids, self.run, self.commands.is_on, self)
            for ids in (commands.PLAN_MENU, commands.LAYOUT_MENU)
        ]
        self.toolbar = Toolbar(*self._menus)
        self.status = StatusBar()
        self.pages = Pages(self.area, hooks.pages)
        self.keys = Keys(self, desk.actions, memory, self.run, self._is_here)
        self.palette_box = Palette(desk, self, self.run, lambda a: caps(self.keys.of(a)), self.keys.change)
        self._calendar = DayPicker(self.commands.today, self)
        self._saving: tuple[Saving, str] = ("saved", "")
        self._trial = ""
        self._minute = QTimer(self)
        self._soon = QTimer(self)
        self._lay_out()
        self._wire_toolbar()
        self._wire_desk()

    # -- what the commands ask for -------------------------------------------------------------------

    def run(self, action: Action) -> None:
        """Do an action, or say why it cannot be done."""
        self.status.clear_message()
        self.desk.run(action.id)
        self.refresh()

    def _is_here(self, action: Action) -> bool:
        """Keys of panes rest while a page covers them, those of a page while it is not shown."""
        group, _, name = action.id.partition(".")
        if group in self.hooks.pages and name != "open":
            return self.page == group
        return self.page == MAIN or group not in self.area.panes

    def run_id(self, id: str) -> None:
        """Do the action of this id; the page that brings it along is made first if need be."""
        if id not in self.desk.actions:
            self.pages.make(id.partition(".")[0])
        self.run(self.desk.actions[id])

    @property
    def page(self) -> str:
        """The name of the page that is shown."""
        return self.pages.name

    def show_page(self, name: str) -> QWidget:
        """Show a page, made on first use, or `main`."""
        return self.pages.show_page(name)

    def show_main(self) -> None:
        self.pages.show_page(MAIN)

    def show_side(self, panel: QWidget, width: int, shown: bool, *, paired: bool = False) -> None:
        """A panel wants to be seen in place of the orders, or is done with."""
        if shown:
            self.show_main()
            self.area.show_side(panel, width, paired=paired)
        elif self.area.side is panel:
            self.area.show_side(None)

    def go_back(self) -> None:
        """Esc: from a page to the day; there, select nothing."""
        if self.page != MAIN:
            self.show_main()
        else:
            self.desk.select((), None, self)

    def open_palette(self, text: str = "") -> None:
        self.palette_box.open(text)

    def open_calendar(self) -> None:
        self._calendar.open_at(self.toolbar.day, self.desk.day.date, self.hooks.days())

    def open_state(self) -> None:
        """How far the day is, and what can be done next."""
        self.toolbar.state.open()

    def step_focus(self, by: int) -> None:
        self.focus_walk.step(by)

    def show_pane(self, name: str) -> None:
        self.show_main()
        self.focus_walk.go_to(name)

    def toggle_detached(self, name: str) -> None:
        if name in self.area.detached:
            self.area.attach(name)
        else:
            self.area.detach(name)

    def reset_layout(self) -> None:
        self.area.reset()

    def set_theme(self, theme: Theme) -> None:
        """Remember the choice; the program applies it."""
        self.memory.theme = theme
        self.theme_wanted.emit(theme)

    def restore(self) -> None:
        """Show the window where it was last time, on the first start over the whole screen."""
        area = standing.kept(self.memory, _PLACE)
        if area is not None:
            self.setGeometry(area)
            self.showMaximized() if self.memory.text("window/maximised") else self.show()
        else:
            self.resize(1366, 736)
            self.showMaximized()

    def add_strip(self, strip: QWidget, set_narrow: Callable[[bool], object]) -> None:
        """Put a strip between the toolbar and the pages, over whatever page is shown; it is told how it fits."""
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(column.indexOf(self.toolbar) + 1, strip)

        def fit() -> None:
            set_narrow(self.area.fit is not Fit.WIDE)

        self.area.fit_changed.connect(fit)
        fit()

    # -- what is shown -------------------------------------------------------------------------------

    def refresh(self, _page: str = "") -> None:
        """Bring toolbar and title up to date with the day and the history."""
        day, bar = self.desk.day, self.toolbar
        trial = self.tr("Trial {name}, not saved – ").format(name=self._trial) if self._trial else ""
        self.setWindowTitle(f"{trial}{saying.date(day.date)} {day.date.year} – {day.depot.name} – Dispatch Console")
        bar.show_day(saying.date(day.date))
        bar.show_state(day, debrief="debrief" in self.hooks.pages)
        done = self.desk.session.history.done
        bar.undo.show_step(done[-1].label if done else "")
        actions = self.desk.actions
        bar.undo.setEnabled(bool(done))
        bar.redo.set_why_not(actions["edit.redo"].why_not())
        bar.approve.set_why_not(self.commands.why_not_toggle())
        bar.out.set_why_not(actions["day.out"].why_not())
        reason = actions["plan.all"].why_not()
        bar.optimise.main.set_why_not(reason)
        bar.optimise.more.set_why_not(reason)
        bar.set_primary(self.page == MAIN and reason is None)

    def show_saving(self, state: Saving, text: str) -> None:
        """Whether all is durable; of a trial nothing is, and that is never called saved."""
        self._saving = state, text
        if self._trial and state not in ("failed", "away"):
            state, text = "trial", self.tr("trial {name}, not saved").format(name=self._trial)
        self.status.show_saving(state, text)

    def show_trial(self, name: str) -> None:
        """A trial is on the screen, under this name; empty: the day as it is."""
        if name != self._trial:
            self._trial = name
            self.area.set_framed(self.tr("Trial {name}").format(name=name) if name else "")
            self.show_saving(*self._saving)
            self.refresh()

    def show_progress(
        self,
        text: str,
        fraction: float,
        remaining_s: float | None = None,
        cancel: Callable[[], object] | None = None,
    ) -> None:
        """Long work in the status bar; `end_progress` takes it away."""
        self.status.progress.start(text, fraction, remaining_s, cancel)

    def end_progress(self) -> None:
        self.status.progress.end()

    # -- wiring --------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.toolbar)
        column.addWidget(self.pages, 1)
        column.addWidget(self.status)
        self.setAcceptDrops(True)
        self.setMinimumSize(standing.smallest(QSize(800, 500)))

    def _wire_toolbar(self) -> None:
        bar = self.toolbar
        for button, id in (
            (bar.previous, "day.previous"),
            (bar.day, "day.choose"),
            (bar.next, "day.next"),
            (bar.imports, "import.open"),
            (bar.out, "day.out"),
            (bar.debrief, "debrief.open"),
            (bar.print, "print.open"),
            (bar.undo, "edit.undo"),
            (bar.redo, "edit.redo"),
            (bar.search, "view.palette"),
            (bar.settings, "program.settings"),
        ):
            button.clicked.connect(lambda _checked=False, to=id: self.run_id(to))
        bar.optimise.clicked.connect(lambda: self.run_id("plan.all"))
        bar.approve.clicked.connect(self._on_approve)
        bar.state.menu = StateMenu(self.desk.actions, self.run, lambda: self.desk.day, self)
        for menu in (*self._menus, bar.state.menu):
            menu.use_keys(self.keys)
        self._calendar.picked.connect(self.hooks.go_to)
        self.area.fit_changed.connect(self._on_fit)

    def _wire_desk(self) -> None:
        desk = self.desk
        desk.day_changed.connect(self._on_day)
        desk.message.connect(self.status.show_message)
        self.pages.shown.connect(self.refresh)
        self.pages.said.connect(self.status.show_words)
        system = QGuiApplication.instance()
        if isinstance(system, QGuiApplication):
            system.commitDataRequest.connect(self.end_of_session, Qt.ConnectionType.DirectConnection)
        self._minute.timeout.connect(self._on_minute)
        self._minute.start(_MINUTE_MS)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._follow)
        self._follow()

    def _on_approve(self) -> None:
        self.status.clear_message()
        self.desk.do(self.commands.toggle_approval)
        self.refresh()

    def _on_day(self, _before: Day, _after: Day, _initiator: object) -> None:
        self.status.clear_message()
        self._soon.start()  # once for many changes, and when the history knows the step

    def _follow(self) -> None:
        day = self.desk.day
        self.area.set_empty(not day.orders)
        self.status.show_figures(figures.figures(day))
        self.refresh()

    def _on_fit(self, fit: str) -> None:
        self.toolbar.set_wide(fit == Fit.WIDE)
        layout = self.layout()
        if layout is not None:
            layout.activate()

    def _on_minute(self) -> None:
        self.desk.tick()

    # -- events --------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc that nobody else wanted."""
        if event.key() == Qt.Key.Key_Escape:
            self.run_id("edit.clear")
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.status.clear_message()
        super().mousePressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropping.order_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = dropping.order_files(event.mimeData())
        if files:
            event.acceptProposedAction()
            self.desk.do(self.hooks.open_files, files)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self.area.isVisible():  # under a page it does not hear of it, the toolbar is there all the same
            self.toolbar.set_wide(fit(self.width(), self.height()) is Fit.WIDE)

    def end_of_session(self, manager: QSessionManager) -> None:
        """The system ends, or an installer wants the program's files: as if somebody closed the window."""
        if self.isVisible() and not self.close():
            manager.cancel()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the layout; stay open if something could not be saved."""
        self.area.remember()
        if not self.hooks.quitting():
            event.ignore()
            return
        standing.keep(self.memory, _PLACE, self)
        self.memory.set_text("window/maximised", "1" if self.isMaximized() else "")
        self.area.close_windows()
        self.memory.flush()
        event.accept()
