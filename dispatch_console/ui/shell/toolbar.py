"""The toolbar: day, state, the four steps of the morning, undo, search, layout, settings."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from dispatch_console.domain.day import Day, DayState
from dispatch_console.ui.plain import plain
from dispatch_console.ui.shell.statepill import StatePill
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import Button, IconButton, Line, SplitButton
from dispatch_console.ui.widgets.buttons import Kind
from dispatch_console.ui.widgets.marks import key_width, paint_key
from dispatch_console.ui.widgets.paint import icon_at

WIDE, NARROW = 48, 40
_LONGEST_LABEL = 280
#: With less room than that the search says nothing beside its key.
_LEAST_HINT = 40


class Toolbar(QWidget):
    """48 high, in narrow windows 40 with Import and Print as icons. Buttons are wired by the window."""

    def __init__(self, plan_menu: QMenu, layout_menu: QMenu, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.previous = IconButton("ph.caret-left", self.tr("Previous day"), size=32)
        self.day = Button("", "ph.calendar-blank", size=32, role="key", tip=self.tr("Choose a day"))
        self.next = IconButton("ph.caret-right", self.tr("Next day"), size=32)
        self.state = StatePill()
        self.imports = Button(self.tr("Import"), "ph.file-arrow-down", size=32)
        self.optimise = SplitButton(self.tr("Optimise"), "ph.lightning-fill", plan_menu)
        self.approve = Button(self.tr("Approve"), "ph.check-circle", size=32)
        self.out = Button(self.tr("All vans out"), "ph.truck", size=32)
        self.debrief = Button(self.tr("Debrief"), "ph.identification-badge", size=32)
        self.print = Button(self.tr("Print"), "ph.printer", size=32)
        self.undo = _Undo()
        self.redo = IconButton("ph.arrow-u-up-right", self.tr("Redo"), size=32)
        self.search = SearchButton()
        self.layout_button = IconButton("ph.columns", self.tr("Layout of the window"), size=32)
        self.layout_button.set_menu(layout_menu)
        self.settings = IconButton("ph.gear", self.tr("Settings"), size=32)
        self._arrange()
        self.set_wide(True)

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 11, 0)
        row.setSpacing(0)
        gaps: list[tuple[QWidget, int]] = [
            (self.previous, 6),
            (self.day, 5),
            (self.next, 4),
            (self.state, 12),
            (Line(upright=True, length=24), 12),
            (self.imports, 8),
            (self.optimise, 8),
            (self._steps(), 0),
            (self.print, 12),
            (Line(upright=True, length=24), 12),
            (self.undo, 8),
            (self.redo, 8),
        ]
        for widget, gap in gaps:
            widget.setSizePolicy(QSizePolicy.Policy.Minimum, widget.sizePolicy().verticalPolicy())
            row.addWidget(widget)
            row.addSpacing(gap)
        row.addStretch(1)
        for widget, gap in ((self.search, 7), (self.layout_button, 6), (self.settings, 0)):
            row.addWidget(widget)
            row.addSpacing(gap)

    def _steps(self) -> QWidget:
        """The next step of the day: one of these at a time, or none and then no gap either."""
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for button in (self.approve, self.out, self.debrief):
            row.addWidget(button)
        row.addSpacing(8)
        self._step_gap = holder
        return holder

    def set_wide(self, wide: bool) -> None:
        """Words beside the icons, or icons alone where the window is narrow."""
        self.setFixedHeight(WIDE if wide else NARROW)
        for button in (self.imports, self.print):
            button.set_tight(not wide)
        self.undo.set_wide(wide)
        self.search.set_wide(wide)

    def show_day(self, short: str) -> None:
        self.day.set_label(short)

    def show_state(self, day: Day, *, debrief: bool) -> None:
        """The state as a pill. Approve gives way to its way back, then to the vans leaving, then to `debrief`.

        `debrief`: whether there is such a page.
        """
        self.state.show_day(day)
        running = day.state not in (DayState.DRAFT, DayState.APPROVED)
        leaving = day.state is DayState.APPROVED and bool(day.approval.printed)
        approved = day.state is DayState.APPROVED
        self.approve.setVisible(not running and not leaving)
        self.approve.set_label(self.tr("Undo approval") if approved else self.tr("Approve"))
        self.approve.set_icon("ph.arrow-u-up-left" if approved else "ph.check-circle")
        self.out.setVisible(leaving)
        self.debrief.setVisible(running and debrief)
        self._step_gap.setVisible(not running or debrief)
        self.optimise.main.set_label(self.tr("Re-optimise") if running else self.tr("Optimise"))

    def set_primary(self, primary: bool) -> None:
        """Whether Optimise is the one primary button; pages bring their own."""
        kind: Kind = "primary" if primary else "normal"
        self.optimise.set_kind(kind)
        self.optimise.main.set_icon("ph.lightning-fill" if primary else "ph.lightning")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("pane"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, look.colour("line"))


class _Undo(Button):
    """`Undo: Move 4193 to Ines Falk`; long labels end in an ellipsis, the whole is in the tooltip."""

    def __init__(self) -> None:
        super().__init__("", "ph.arrow-u-up-left", kind="quiet", size=32, token="tx2")
        self._whole = ""
        self._wide = True

    def show_step(self, label: str) -> None:
        """Name the newest step; empty: there is none."""
        self._whole = self.tr("Undo: {step}").format(step=label) if label else ""
        metrics = QFontMetricsF(look.font("data"))
        self.set_label(metrics.elidedText(self._whole, Qt.TextElideMode.ElideRight, _LONGEST_LABEL))
        self.set_wide(self._wide)

    def set_wide(self, wide: bool) -> None:
        self._wide = wide
        self.set_tight(not wide)
        self.setToolTip(plain(f"{self._whole or self.tr('Undo')} (Ctrl+Z)"))


class SearchButton(Button):
    """Looks like a field and opens the palette."""

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__(size=32, tip="")
        self.setAccessibleName(self.tr("Search orders, drivers, or run a command"))
        self.setToolTip(self.tr("Search orders, drivers, or run a command (Ctrl+K)"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.wanted)

    def set_wide(self, wide: bool) -> None:
        """In a narrow window it gives way to the buttons, down to its icon: screens scaled to 200 % have 960 px."""
        self.setMinimumWidth(336 if wide else 34)
        self.setMaximumWidth(336 if wide else 200)

    def sizeHint(self) -> QSize:
        return QSize(336, 32)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._paint_ground(painter)
        icon_at(painter, "ph.magnifying-glass", "tx3", QRect(9, (self.height() - 16) // 2, 16, 16))
        cap = key_width("Ctrl+K")
        if self.width() < 31 + cap + 12:
            return
        room = self.width() - 31 - cap - 9 - 2
        painter.setFont(look.font("data"))
        painter.setPen(look.colour("tx3"))
        hint = self.tr("Search orders, drivers, or run a command")
        metrics = QFontMetricsF(look.font("data"))
        if metrics.horizontalAdvance(hint) > room:
            short = self.tr("Search or command") if room > _LEAST_HINT else ""
            hint = metrics.elidedText(short, Qt.TextElideMode.ElideRight, room)
        painter.drawText(self.rect().adjusted(31, 0, -cap - 12, 0), Qt.AlignmentFlag.AlignVCenter, hint)
        area = self.rect().adjusted(self.width() - cap - 9, 7, -9, -7)
        paint_key(painter, area, "Ctrl+K")
