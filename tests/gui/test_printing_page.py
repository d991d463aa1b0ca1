"""The print page: what is chosen is shown, printed and saved; drafts are approved first; versions are taken."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dispatch_console.domain.day import Day, DayState
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.facts import FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.services import dispatch, statuses
from dispatch_console.services.manifests import Kind, Paper
from dispatch_console.services.session import DaySession
from dispatch_console.services.statuses import Said
from dispatch_console.ui.calls.pane import CallsPane
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.printing import output, preview
from dispatch_console.ui.printing.print_page import PrintPage, PrintServices
from dispatch_console.ui.theme import apply
from tests import factories
from tests.gui.printing_pages import ENGINE_NOISE, codes_on, pictures, texts
from tests.unit import manifests_day as days
from tests.unit.test_changed_sheet import ADA, BEN, out

pytestmark = pytest.mark.qt_log_ignore(*ENGINE_NOISE, extend=True)

PRINTERS = ["Office laser", "Label roll"]


class Office(QObject):
    """A page on a desk, a memory, and printers that print into files."""

    def __init__(self, qtbot: QtBot, folder: Path, day: Day) -> None:
        super().__init__()
        self.qtbot, self.folder = qtbot, folder
        self.desk = Desk(DaySession(day))
        self.desk.clock = lambda: days.PRINTED
        self.kept: dict[str, str] = {}
        self.messages: list[tuple[str, str]] = []
        self.jobs: list[Job] = []
        self.printers = list(PRINTERS)
        self.desk.message.connect(lambda text, kind: self.messages.append((text, kind)))
        services = PrintServices(
            who=lambda: "S. Halloran",
            remembered=lambda name: self.kept.get(name, ""),
            remember=self.kept.__setitem__,
            printer_names=lambda: self.printers,
            make_printer=self.make_printer,
        )
        self.page = PrintPage(self.desk, services)
        self.page.resize(1200, 800)

    def make_printer(self, name: str, paper: Paper, copies: int, title: str) -> QPrinter:
        if name == "gone":
            raise UserError("The printer “gone” is not there.")
        job = Job(name, paper, copies, self.folder / f"{len(self.jobs)}.pdf")
        self.jobs.append(job)
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(job.path))
        output.set_up(printer, paper, copies, title)
        return printer

    def shown(self) -> list[str]:
        """Wait for a preview; the words of its pages."""
        made: list[bytes] = []
        self.page.runs.made.connect(made.append)
        self.qtbot.waitUntil(lambda: bool(made))
        self.page.runs.made.disconnect(made.append)
        return texts(made[-1])

    def show(self) -> list[str]:
        self.page.show()
        return self.shown()

    def ended(self) -> tuple[str, str]:
        """Wait for the end of a run; what the status bar says of it."""
        with self.qtbot.waitSignal(self.page.runs.ended):
            pass
        return self.messages[-1]

    def tick(self, *kinds: Kind) -> None:
        for kind, row in self.page.choices.papers.items():
            row.setChecked(kind in kinds)
        self.page.choices.changed.emit()


class Job(NamedTuple):
    printer: str
    paper: Paper
    copies: int
    path: Path


@pytest.fixture
def offices(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[list[Office]]:
    """Made by `open_office`; closed at the end."""
    apply.set_up(qapp, dark=False)
    made: list[Office] = []
    yield made
    for office in made:
        office.page.close_page()
        office.page.close()
        office.page.deleteLater()


@pytest.fixture
def office(offices: list[Office], qtbot: QtBot, tmp_path: Path) -> Office:
    offices.append(Office(qtbot, tmp_path, days.rich_day()))
    return offices[-1]


@pytest.fixture
def draft(offices: list[Office], qtbot: QtBot, tmp_path: Path) -> Office:
    offices.append(Office(qtbot, tmp_path, days.rich_day(DayState.DRAFT)))
    return offices[-1]


@pytest.fixture
def two_drivers(offices: list[Office], qtbot: QtBot, tmp_path: Path) -> Office:
    offices.append(Office(qtbot, tmp_path, factories.small_day()))
    return offices[-1]


# -- preview -----------------------------------------------------------------------------------------------


def test_the_preview_shows_what_would_be_printed(office: Office) -> None:
    pages = office.show()
    assert len(pages) == 5  # three of the driver sheet, two of the loading list
    assert "Driver sheet" in pages[0]
    assert "Loading list" in pages[3]
    assert all("VERSION 1" in page for page in pages)
    assert office.page.preview.document.pageCount() == 5
    assert office.page.preview.at.text() == "Page 1 of 5"
    office.page.preview.go(3)
    assert office.page.preview.at.text() == "Page 4 of 5"
    assert office.desk.day.approval.printed == {}  # looking takes no version


def test_ticks_change_the_preview(office: Office) -> None:
    office.show()
    office.tick(Kind.DAY_SUMMARY)
    (page,) = office.shown()
    assert "Day summary" in page
    office.tick()
    office.qtbot.waitUntil(lambda: office.page.preview.document.pageCount() == 0)
    assert office.page.head.go.toolTip() == "Tick at least one paper and one driver."
    assert not office.page.head.go.isEnabled()


def test_one_driver_or_all(two_drivers: Office) -> None:
    office = two_drivers
    assert len(office.show()) == 4
    office.page.open([ShiftId(2)])
    pages = office.shown()
    assert len(pages) == 2
    assert all("Ben Rook" in page for page in pages)
    office.page.choices.none.click()
    office.qtbot.waitUntil(lambda: office.page.preview.document.pageCount() == 0)
    office.page.choices.all.click()
    assert len(office.shown()) == 4


def test_the_preview_follows_the_plan(two_drivers: Office) -> None:
    office = two_drivers
    assert "Customer 1" in office.show()[0]
    dispatch.move(office.desk.session, [days.StopId(1)], ShiftId(2), 0)
    pages = office.shown()
    assert "Customer 1" not in pages[0]
    assert "Customer 1" in pages[1]


def test_many_pages_are_measured_before_they_are_shown(
    two_drivers: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preview, "_AT_ONCE", 3)  # the two drivers have four pages
    view = two_drivers.page.preview
    pdf: list[bytes] = []
    two_drivers.page.runs.made.connect(pdf.append)
    two_drivers.show()
    two_drivers.qtbot.waitUntil(lambda: view.at.text() == "Page 1 of 4")
    shown = view.document
    view.show_pdf(pdf[-1])
    assert view.document is shown  # the same pages are not loaded again
    view.show_words("Nothing", "to print")
    view.show_pdf(pdf[-1])
    view.show_words("Nothing", "to print")  # what was still measured is not shown afterwards
    assert not view._measuring.busy
    assert view.at.text() == ""


def test_paper_and_printer_are_remembered(office: Office) -> None:
    office.show()
    office.page.choices.sizes._buttons[1].click()
    assert office.kept["paper"] == "Letter"
    office.shown()
    assert office.page.preview.document.pagePointSize(0).width() == pytest.approx(612, abs=1)
    office.page.choices.printer._names.actions()[1].trigger()
    assert office.kept["printer"] == "Label roll"
    office.page.hide()
    office.page.show()
    assert office.page.choices.paper is Paper.LETTER
    assert office.page.choices.printer.name == "Label roll"


# -- printing ----------------------------------------------------------------------------------------------


def test_printing_takes_the_versions_and_fills_the_page(office: Office) -> None:
    office.show()
    office.page.head.go.click()
    assert office.ended() == ("5 pages printed", "info")
    assert office.desk.day.approval.printed == {days.K: 1}
    (job,) = office.jobs
    assert (job.printer, job.paper, job.copies) == ("Office laser", Paper.A4, 1)
    printed = pictures(job.path.read_bytes(), 300)
    assert len(printed) == 5
    assert "S00472101" in codes_on(printed[0])
    dark = (printed[0][:, :, 0] < 128).sum(axis=0).nonzero()[0]
    assert dark[0] / 300 * 25.4 == pytest.approx(10, abs=0.6)  # as wide as designed, not fitted to a margin
    assert dark[-1] / 300 * 25.4 == pytest.approx(199.7, abs=0.6)
    office.page.print_now()
    office.ended()
    assert office.desk.day.approval.printed == {days.K: 1}  # the same paper once more
    dispatch.unassign(office.desk.session, [office.desk.day.plan.route(days.K).stops[-1]])
    office.page.print_now()
    office.ended()
    assert office.desk.day.approval.printed == {days.K: 2}


def test_labels_go_to_their_own_printer(office: Office) -> None:
    office.kept["label_printer"] = "Label roll"
    office.show()
    office.tick(Kind.LOADING_LIST, Kind.LABELS)
    office.shown()
    office.page.choices.copies._buttons[1].click()
    office.page.print_now()
    assert office.ended() == ("63 pages printed", "info")
    assert [(job.printer, job.paper, job.copies) for job in office.jobs] == [
        ("Office laser", Paper.A4, 2),
        ("Label roll", Paper.LABEL, 2),
    ]


def test_a_draft_is_approved_first(draft: Office) -> None:
    assert all("DRAFT" in page for page in draft.show())
    assert draft.page.head.banner.isVisible()
    assert draft.page.head.go.text() == "Approve and print"
    assert not draft.page.choices.papers[Kind.LABELS].isEnabled()
    draft.page.head.go.click()
    assert draft.ended() == ("5 pages printed", "info")
    assert draft.desk.day.approval.state is DayState.APPROVED
    assert draft.desk.day.approval.by == "S. Halloran"
    assert draft.desk.day.approval.printed == {days.K: 1}
    assert not draft.page.head.banner.isVisible()
    assert draft.page.choices.papers[Kind.LABELS].isEnabled()


def test_a_draft_can_be_printed_as_such(draft: Office) -> None:
    draft.show()
    draft.page.head.as_draft.click()
    assert draft.ended() == ("5 pages printed", "info")
    assert draft.desk.day.approval.state is DayState.DRAFT
    assert draft.desk.day.approval.printed == {}
    first = pictures(draft.jobs[0].path.read_bytes(), 300)[0]
    assert not [code for code in codes_on(first) if code.startswith("S")]


def test_pages_are_made_again_if_the_plan_changes_meanwhile(two_drivers: Office) -> None:
    office = two_drivers
    office.show()
    office.page.print_now()  # approves, then makes the pages
    dispatch.move(office.desk.session, [days.StopId(1)], ShiftId(2), 0)
    office.ended()
    pages = texts(office.page.preview._buffer.data().data())
    assert "Customer 1" not in pages[0]
    assert office.desk.day.approval.printed == {ShiftId(1): 1, ShiftId(2): 1}


def test_a_run_given_up_takes_no_version(office: Office) -> None:
    office.show()
    office.page.print_now()
    assert office.page.runs.is_busy
    office.page.preview.progress.cancel.click()
    assert not office.page.runs.is_busy
    assert office.messages[-1] == ("Given up. Nothing was printed.", "info")
    office.qtbot.wait(300)
    assert office.jobs == []
    assert office.desk.day.approval.printed == {}


def test_without_a_printer_the_page_says_what_to_do(office: Office) -> None:
    office.printers = []
    office.show()
    assert not office.page.head.go.isEnabled()
    assert office.page.head.go.toolTip() == "No printer was found. Save PDFs to a folder instead."
    assert office.page.head.folder.isEnabled()


def test_a_printer_that_went_away_is_said_in_a_sentence(office: Office) -> None:
    office.printers = ["gone"]
    office.show()
    office.page.print_now()
    office.ended()
    assert office.messages[-1] == ("The printer “gone” is not there.", "error")
    assert not office.page.runs.is_busy


# -- what changed ------------------------------------------------------------------------------------------


def test_what_changed_is_offered_alone_with_its_next_version(offices: list[Office], qtbot: QtBot, tmp_path: Path):
    offices.append(office := Office(qtbot, tmp_path, out().day))
    calls = CallsPane(office.desk)
    qtbot.addWidget(calls)
    calls.reprint_wanted.connect(lambda routes: (office.page.choose_sheets(routes), office.page.show()))
    action = office.desk.actions["calls.reprint"]
    assert action.why_not() == "No sheet on the road has changed."
    # Ada is done with 2 at 08:41 instead of 08:30: her stop 3 moves from 08:40 to 08:51. Ben drives as printed.
    statuses.status(office.desk.session, days.StopId(2), FactKind.DELIVERED, Said("Kim", 8 * 3600 + 41 * 60))
    assert action.why_not() is None
    action.run()
    pages = office.shown()
    rows, choices = office.page.choices.drivers, office.page.choices
    assert [(row.isChecked(), row.note) for row in rows.values()] == [
        (True, "3 stops · v1 → v2"),
        (False, "2 stops · v1"),
    ]
    assert rows[ADA].toolTip().endswith("an arrival moved by 10 minutes or more")
    assert "10 minutes or more off" in choices.rule.text()
    assert choices.rule.isVisibleTo(choices)
    assert len(pages) == 1 and "Changed sheet" in pages[0] and "VERSION 2" in pages[0]
    assert "was 08:40" in pages[0]
    dispatch.move(office.desk.session, [days.StopId(6)], BEN, 2)  # once more while the page is open
    choices.only_changed.click()
    pages = office.shown()
    assert [row.isChecked() for row in rows.values()] == [True, True]
    assert "ADDED 2A" in pages[1]
    office.page.print_now()
    assert office.ended()[1] == "info"
    assert office.desk.day.approval.printed == {ADA: 2, BEN: 2}
    assert not choices.only_changed.isVisibleTo(choices) and rows[ADA].note == "3 stops · v2"
    assert action.why_not() == "No sheet on the road has changed."


# -- folder ------------------------------------------------------------------------------------------------


def test_a_folder_gets_one_pdf_for_each_driver(two_drivers: Office) -> None:
    office = two_drivers
    office.desk.session.set_approval(days.Approval(DayState.APPROVED))
    office.show()
    office.tick(*Kind)
    office.shown()
    folder = office.folder / "out"
    office.page.ask_folder = lambda parent: str(folder)
    office.page.head.folder.click()
    assert office.ended() == (f"5 PDFs saved in {folder}", "info")
    assert sorted(path.name for path in folder.iterdir()) == [
        "A Ada Quill 2026-11-23 v1.pdf",
        "A Ada Quill labels 2026-11-23.pdf",
        "C Ben Rook 2026-11-23 v1.pdf",
        "C Ben Rook labels 2026-11-23.pdf",
        "Day summary 2026-11-23.pdf",
    ]
    pages = texts((folder / "A Ada Quill 2026-11-23 v1.pdf").read_bytes())
    assert ["Driver sheet" in pages[0], "Loading list" in pages[1]] == [True, True]


def test_a_folder_that_cannot_be_written_is_said_in_a_sentence(office: Office) -> None:
    blocked = office.folder / "file"
    blocked.write_text("", encoding="utf-8")
    office.show()
    office.page.ask_folder = lambda parent: str(blocked)
    office.page.save_to_folder()
    office.ended()
    assert "cannot be written" in office.messages[-1][0]
    assert office.messages[-1][1] == "error"


def test_no_folder_chosen_is_no_run(office: Office) -> None:
    office.show()
    office.page.ask_folder = lambda parent: ""
    office.page.save_to_folder()
    assert not office.page.runs.is_busy


# -- keys and actions --------------------------------------------------------------------------------------


def test_keys(office: Office) -> None:
    office.show()
    with office.qtbot.waitSignal(office.page.closed):
        office.qtbot.keyClick(office.page, Qt.Key.Key_Escape)
    office.qtbot.keyClick(office.page, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert office.ended() == ("5 pages printed", "info")


def test_actions_say_why_they_cannot_run(office: Office) -> None:
    action = office.desk.actions["print.now"]
    assert action.keys == "F9"
    assert action.why_not() == "Open the print page first."
    office.show()
    assert action.why_not() is None
    action.run()
    assert action.why_not() == "Pages are being made. Wait for them, or cancel."
    office.ended()
