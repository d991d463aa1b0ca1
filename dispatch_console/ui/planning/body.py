"""What the panel shows between its head and its buttons: progress, curve, figures, routes."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from dispatch_console.domain.day import Day
from dispatch_console.services.planning import Result, Run
from dispatch_console.ui.planning import words
from dispatch_console.ui.planning.bar import Bar
from dispatch_console.ui.planning.curve import Curve
from dispatch_console.ui.planning.routes import Routes
from dispatch_console.ui.planning.table import Totals
from dispatch_console.ui.widgets import Text


class Body(QWidget):
    """`show_run` while it searches, `show_result` when it is over; nothing else is kept here."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.progress = Text("", "data", "tx2")
        self.bar = Bar()
        self.curve = Curve()
        self.totals = Totals()
        self.caption = Text("", "secondary", "tx3")
        self.caption.setContentsMargins(12, 4, 12, 0)
        self.said = Text()
        self.noted = Text("", "data", "tx2")
        self.routes = Routes()
        for text in (self.said, self.noted):
            text.setWordWrap(True)
        inner = QWidget()
        self._column(inner, [self.totals, self._padded([self.said, self.noted]), self.routes], stretch=True)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(inner)
        self.area.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        self._searching = self._padded([self.progress, self.bar])
        self._column(self, [self._searching, self.caption, self.curve, self.area])

    def show_run(self, run: Run) -> None:
        day = run.day
        self._searching.show()
        self.progress.setText(words.time_left(run))
        self.bar.set_share(run.elapsed_s / run.options.seconds)
        self._draw(run, run.options.seconds)
        self.totals.show_figures(
            self.tr("Plan"), self.tr("Best so far"), words.live_figures(run, day.depot.currency)
        )
        self.said.setText("")
        go_on = self.tr("You can go on working: what you change meanwhile stays as you make it.")
        self.noted.setText("\n".join([*words.notes(run, None), go_on]))
        self._hide_empty()
        self.routes.show_lines(())

    def show_result(self, run: Run, day: Day, result: Result | None) -> None:
        """`day`: the one that `result` would change. None: there is no plan; the run says why."""
        self._searching.hide()
        self._draw(run, run.elapsed_s)
        if result is None:
            self.said.setText(run.trouble)
            self.routes.show_lines(())
        else:
            table = words.figures(result.before_totals, result.after_totals, day.depot.currency)
            self.totals.show_figures(self.tr("Plan"), self.tr("After"), table)
            self.said.setText(words.summary(result))
            self.routes.show_lines(words.route_lines(day, result))
        self.noted.setText("\n".join(words.notes(run, result)))
        self._hide_empty()

    def _draw(self, run: Run, most_s: float) -> None:
        """The curve of costs; of kilometres where nobody costs anything."""
        if words.has_costs(run):
            name = self.tr("Cost of the best plan, {currency}, over seconds").format(
                currency=run.day.depot.currency
            )
            points = [(point.at, point.cost / 100) for point in run.points]
            now = run.before.cost / 100
        else:
            name = self.tr("Distance of the best plan, km, over seconds")
            points = [(point.at, point.metres / 1000) for point in run.points]
            now = run.before.drive_m / 1000
        self.caption.setText(name)
        self.curve.show_points(points, run.elapsed_s, most_s, now if words.is_comparable(run) else None)

    def _hide_empty(self) -> None:
        for text in (self.said, self.noted):
            text.setVisible(bool(text.text()))

    def _padded(self, parts: list[QWidget]) -> QWidget:
        box = QWidget()
        column = self._column(box, parts)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(6)
        return box

    def _column(self, owner: QWidget, parts: list[QWidget], *, stretch: bool = False) -> QVBoxLayout:
        column = QVBoxLayout(owner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in parts:
            column.addWidget(part, 1 if part is getattr(self, "area", None) else 0)
        if stretch:
            column.addStretch(1)
        return column
