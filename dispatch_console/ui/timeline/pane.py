"""The Timeline pane: head with legend and zoom, the chart, or a word on why there is none."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from dispatch_console.domain.day import Day, DayState
from dispatch_console.domain.orders import StopId
from dispatch_console.ui.actions import Action
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.timeline.chart import Chart
from dispatch_console.ui.timeline.legend import Legend
from dispatch_console.ui.widgets import EmptyState, IconButton, PaneHead
from dispatch_console.ui.widgets.arranging import either, pile

_STEP = 1.5


class TimelinePane(QWidget):
    """Follows the desk; nothing else is asked of its owner."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shows = desk.day
        self.head = PaneHead(self.tr("Timeline"))
        self.legend = Legend()
        self.chart = Chart(desk)
        self._zoom_out = IconButton("ph.minus", self.tr("Show more time (Ctrl + wheel)"))
        self._zoom_in = IconButton("ph.plus", self.tr("Show less time (Ctrl + wheel)"))
        self.head.add_note(self.legend)
        self.head.add_tool(self._zoom_out)
        self.head.add_tool(self._zoom_in)
        self.empty = EmptyState(
            "ph.clock", self.tr("Nothing planned yet"), self.tr("Bars appear here once there are routes.")
        )
        self._body = either(self.chart, self.empty)
        pile(self, self.head, self._body, grows=self._body)
        self.setFocusProxy(self.chart)
        self._connect()
        self.chart.show_day(desk.day)
        self._show_body()

    def _connect(self) -> None:
        desk, chart = self._desk, self.chart
        desk.day_changed.connect(self._on_day)
        desk.preview_changed.connect(self._on_preview)
        desk.selection_changed.connect(self._on_selection)
        desk.reveal.connect(self._on_reveal)
        desk.theme_changed.connect(self._on_theme)
        desk.now_changed.connect(chart.axis.update)
        self._zoom_in.clicked.connect(lambda: chart.zoom(_STEP))
        self._zoom_out.clicked.connect(lambda: chart.zoom(1 / _STEP))
        group = self.tr("Timeline")
        add = desk.actions.add
        add(
            Action("timeline.fit", self.tr("Timeline: show the whole day"), chart.fit, icon="ph.clock", group=group)
        )

    def _show_body(self) -> None:
        planned = any(schedule.visits for schedule in self._desk.day.schedules.values())
        self._body.setCurrentWidget(self.chart if planned else self.empty)
        day = self._desk.day
        running = day.state not in (DayState.DRAFT, DayState.APPROVED)
        self.legend.set_running(running, reloads=any(timed.reloads for timed in day.schedules.values()))
        for part in (self.legend, self._zoom_in, self._zoom_out):
            part.setVisible(planned)

    def _on_day(self, before: Day, after: Day, initiator: object) -> None:
        self._catch_up(after)
        self._show_body()

    def _on_preview(self) -> None:
        self._catch_up(self._desk.day)
        self.head.set_count(self.tr("after the preview") if self._desk.previewed is not None else "")

    def _catch_up(self, day: Day) -> None:
        """Show `day`, or what the plan that is previewed makes of it."""
        seen = self._desk.previewed
        before, self._shows = self._shows, day if seen is None else seen.after
        self.chart.change_day(before, self._shows)

    def _on_selection(self, initiator: object) -> None:
        self.chart.set_selected(self._desk.selected)

    def _on_reveal(self, stop: int) -> None:
        self.chart.reveal(StopId(stop))

    def _on_theme(self) -> None:
        self.chart.repaint_all()
        self.legend.update()
