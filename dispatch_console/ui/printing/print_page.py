"""The print page: choose papers and drivers, see them as they will be printed, print or save them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dispatch_console.domain.day import Day, DayState
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.services import day as day_service
from dispatch_console.services import manifests
from dispatch_console.services.manifests import Kind, Paper
from dispatch_console.ui.actions import Action, Reason
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.printing.choices import Choices
from dispatch_console.ui.printing.head import PrintHead
from dispatch_console.ui.printing.preview import Preview
from dispatch_console.ui.printing.runs import PrintServices, Runs

__all__ = ["PrintPage", "PrintServices"]


class PrintPage(QWidget):
    """`closed()`: back to the board. Shown, it follows the day; hidden, it does nothing."""

    closed = Signal()

    def __init__(self, desk: Desk, services: PrintServices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._services = desk, services
        self.head, self.choices, self.preview = PrintHead(), Choices(), Preview()
        self.runs = Runs(desk, services, self)
        self._soon = QTimer(self, singleShot=True, interval=120)
        self.ask_folder: Callable[[QWidget], str] = self._ask_folder
        self._lay_out()
        self._connect()
        self._add_actions()

    # -- what others call --------------------------------------------------------------------------------

    def open(self, routes: Sequence[ShiftId] | None = None) -> None:
        """Make ready to be shown, for these drivers; None: as ticked last."""
        self.choices.show_day(self._desk.day)
        if routes is not None:
            self.choices.choose(routes)
        kept = self._services.remembered
        self.choices.set_paper(Paper.LETTER if kept("paper") == Paper.LETTER.value else Paper.A4)
        self.choices.show_printers(self._services.printer_names(), kept("printer"), kept("label_printer"))
        self._show_state()
        self._soon.start()

    def choose_sheets(self, routes: Sequence[ShiftId]) -> None:
        """Tick the sheets of these drivers and nothing else. Who is out gets the changed sheet."""
        self.choices.show_day(self._desk.day)
        for kind, row in self.choices.papers.items():
            row.setChecked(kind is Kind.DRIVER_SHEET)
        self.choices.choose(routes)

    def print_now(self, *, as_draft: bool = False) -> None:
        """Print what is chosen. A draft is approved first, unless it is to be printed as such."""
        reason = self.why_not() or self._no_printer()
        if self._can(reason) and (as_draft or self._approved()):
            self.runs.print(self.choices.wish)
            self._show_buttons()

    def save_to_folder(self) -> None:
        """Ask for a folder and save what is chosen there, one file for each driver."""
        if not self._can(self.why_not()):
            return
        chosen = self.ask_folder(self)
        if chosen:
            self.runs.save(self.choices.wish, Path(chosen))
            self._show_buttons()

    def why_not(self) -> Reason:
        """Why nothing can be printed now; None: it can."""
        if not self.isVisible():
            return self.tr("Open the print page first.")
        if self.runs.is_busy:
            return self.tr("Pages are being made. Wait for them, or cancel.")
        return None if self.choices.wish else self.tr("Tick at least one paper and one driver.")

    def close_page(self) -> None:
        """Free what the page holds outside itself (processes, threads); it cannot be used afterwards."""
        self._soon.stop()
        self.runs.close()

    # -- what happens ------------------------------------------------------------------------------------

    def _refresh(self) -> None:
        """Make the preview anew."""
        if not self.isVisible() or self.runs.is_busy:
            return
        self._show_buttons()
        wish = self.choices.wish
        if wish:
            self.runs.preview(wish)
            return
        self.runs.stop_preview()
        advice = self.tr("Tick at least one paper and one driver at the left.")
        if not self.choices.drivers:
            advice = self.tr("No route has a stop yet. Plan the day, then print it.")
        self.preview.show_words(self.tr("Nothing to print"), advice)

    def _approved(self) -> bool:
        """Approve a draft. False if that was refused: the reason is in the status bar."""
        session = self._desk.session
        if session.day.approval.state is not DayState.DRAFT:
            return True
        return self._desk.do(day_service.approve, session, self._services.who(), self._desk.clock(), self.runs)

    def _can(self, reason: Reason) -> bool:
        if reason is not None:
            self._desk.message.emit(reason, "error")
        return reason is None

    def _on_day(self, before: Day, after: Day, initiator: object) -> None:
        if not self.isVisible():
            return
        self.choices.show_day(after)
        self._show_state()
        if initiator is not self.runs:  # its own versions are on the pages shown
            self._soon.start()

    def _on_ended(self, message: str, kind: str) -> None:
        self.preview.progress.hide()
        if message:
            self._desk.message.emit(message, kind)
        self._show_state()

    # -- what is shown -----------------------------------------------------------------------------------

    def _show_state(self) -> None:
        day = self._desk.day
        draft = day.approval.state is DayState.DRAFT
        about = f"{manifests.day_short(day.date)} · {day.depot.name}"
        if day.approval.by and not draft:
            about += self.tr(" · approved by {who}").format(who=day.approval.by)
        self.head.show_state(about, draft)
        self._show_buttons()

    def _show_buttons(self) -> None:
        reason = self.why_not()
        self.head.folder.set_why_not(reason)
        for button in (self.head.go, self.head.as_draft):
            button.set_why_not(reason or self._no_printer())

    def _no_printer(self) -> Reason:
        return (
            None if self.choices.printer.name else self.tr("No printer was found. Save PDFs to a folder instead.")
        )

    def _ask_folder(self, parent: QWidget) -> str:
        return self._desk.files.folder(parent, "pdf", self.tr("Save PDFs to a folder"))

    # -- building ----------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.choices)
        row.addWidget(self.preview, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addLayout(row, 1)

    def _connect(self) -> None:
        self._soon.timeout.connect(self._refresh)
        self.runs.made.connect(self.preview.show_pdf)
        self.runs.progressed.connect(self.preview.progress.show_progress)
        self.runs.ended.connect(self._on_ended)
        self.preview.cancelled.connect(self.runs.cancel)
        self.choices.changed.connect(self._soon.start)
        self.choices.kept.connect(self._services.remember)
        self.head.back.connect(self.closed)
        self.head.folder.clicked.connect(self.save_to_folder)
        self.head.as_draft.clicked.connect(lambda: self.print_now(as_draft=True))
        self.head.go.clicked.connect(lambda: self.print_now(as_draft=False))
        self._desk.day_changed.connect(self._on_day)
        self._desk.theme_changed.connect(self.preview.set_colours)

    def _add_actions(self) -> None:
        add, group = self._desk.actions.add, self.tr("Print")
        text = self.tr("Print the papers shown")
        add(Action("print.now", text, self.print_now, "F9", "ph.printer", group=group, why_not=self.why_not))
        text = self.tr("Save the papers shown as PDFs")
        add(Action("print.folder", text, self.save_to_folder, "", "ph.export", group=group, why_not=self.why_not))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if control and event.key() in (Qt.Key.Key_P, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.print_now()
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.open()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.runs.stop_preview()
