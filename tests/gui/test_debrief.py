"""The debrief page by keyboard and scanner alone.

Ada (route 1): A1 of 4 pieces with 20.00 CHF on delivery, A2 of 2 pieces, A3 a collection of 5; due 08:10, 08:25,
08:40. Ben (route 2): A4, A5. It is 14:31; both vans are back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPdfWriter
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from dispatch_console.domain.day import Day, open_day
from dispatch_console.domain.facts import Fact, FactKind
from dispatch_console.domain.fleet import Capacity, ShiftId
from dispatch_console.domain.orders import NextKind, OrderId, OrderKind, StopId
from dispatch_console.domain.plan import POOL, Plan, PlanChange, Route, Swap
from dispatch_console.domain.proofs import ProofKind
from dispatch_console.domain.reasons import Reason
from dispatch_console.domain.sizes import Money, Size
from dispatch_console.manifests import codes
from dispatch_console.services import day as days
from dispatch_console.services import statuses
from dispatch_console.services.debrief import sheet
from dispatch_console.services.session import DaySession
from dispatch_console.services.statuses import Said
from dispatch_console.store.base import new_command
from dispatch_console.ui.debrief import words
from dispatch_console.ui.debrief.head import Head
from dispatch_console.ui.debrief.page import DebriefPage
from dispatch_console.ui.debrief.rows_model import Col
from dispatch_console.ui.debrief.state import SheetState
from dispatch_console.ui.desk import Desk
from tests import factories
from tests.factories import DAY, DEPOT, line_matrix, order, shift
from tests.gui.office import Office, dress, opened

Key, Mod = Qt.Key, Qt.KeyboardModifier
ADA, BEN = ShiftId(1), ShiftId(2)
A1, A2, A3 = map(OrderId, (1, 2, 3))
H, M = 3600, 60
NOON = dt.datetime(2026, 11, 23, 13, 31, tzinfo=dt.UTC)  # 14:31 in the depot
AT = 14 * H + 31 * M


def _ready(desk: Desk) -> None:
    """Approved, out, and both back at 14:00."""
    desk.clock = lambda: NOON
    desk.who = lambda: "Mara"
    session = desk.session
    days.approve(session, "Mara", NOON)
    session.set_approval(replace(session.day.approval, printed={ADA: 3}))
    for route in sheet.routes(session.day):
        statuses.on_route(session, route, FactKind.OUT, Said("Mara", 8 * H))
        statuses.on_route(session, route, FactKind.BACK, Said("Mara", 14 * H))


@pytest.fixture
def office(tmp_path: Path, qapp: QApplication) -> Iterator[Office]:
    dress(qapp)
    with opened(tmp_path) as office:
        orders = office.desk.day.orders
        after = (
            replace(orders[A1], size=Size(0, 0, 4), cod=Money(2000, "CHF")),
            replace(orders[A2], size=Size(0, 0, 2)),
            replace(orders[A3], size=Size(0, 0, 5), kind=OrderKind.COLLECTION),
        )
        swaps = tuple(Swap(orders[one.id], one) for one in after)
        office.desk.session.apply(PlanChange("Sizes", orders=swaps))
        _ready(office.desk)
        yield office


def _shown(qtbot: QtBot, desk: Desk, office: Office) -> DebriefPage:
    page = DebriefPage(desk, office.store)
    page.resize(1920, 974)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    return page


@pytest.fixture
def page(office: Office, qtbot: QtBot) -> Iterator[DebriefPage]:
    page = _shown(qtbot, office.desk, office)
    yield page
    page.close()
    page.close_page()
    page.deleteLater()


@pytest.fixture
def said(page: DebriefPage) -> list[str]:
    told: list[str] = []
    page.desk.message.connect(lambda text, _kind: told.append(text))
    return told


def scan(page: DebriefPage, code: str) -> None:
    page.desk.scans.take(code)


def keys(qtbot: QtBot, page: DebriefPage, *pressed: str | Qt.Key) -> int:
    """Press keys wherever the focus is, as a person would; how many."""
    n = 0
    for one in pressed:
        for key in one if isinstance(one, str) else (one,):
            target = QApplication.focusWidget() or page
            if isinstance(key, str):
                qtbot.keyClicks(target, key)
            else:
                qtbot.keyClick(target, key)
            n += 1
    return n


def outcomes(page: DebriefPage) -> list[str]:
    return [page.grid.rows.text(row, Col.OUTCOME) for row in page.grid.rows.shown]


def kept(office: Office) -> Day:
    return office.saved()


# --- opening ---


def test_without_a_sheet_it_says_what_to_do(page: DebriefPage, said: list[str]) -> None:
    assert page.empty.isVisible() and not page.grid.isVisible()
    assert not page.footer.close_route.isEnabled()
    scan(page, codes.piece(A2, 1))
    assert said == ["Scan a sheet first."]


def test_a_scanned_sheet_opens_its_route(page: DebriefPage, said: list[str]) -> None:
    scan(page, codes.sheet(BEN, 1))
    assert page.head.title.text() == "Debrief: Ben Rook"
    scan(page, codes.sheet(ADA, 3))
    assert page.head.title.text() == "Debrief: Ada Quill"
    assert page.state.how == "opened by scan 14:31"
    assert said == []
    scan(page, codes.sheet(ADA, 2))
    assert said == ["This is version 2; version 3 was printed later. Look for that one too."]


def test_tours_are_told_as_on_the_day_summary(qtbot: QtBot) -> None:
    """See `tours_day`: at 9:00 Ada is on her first tour, at 10:00 on her second."""
    session = DaySession(factories.tours_day())
    days.approve(session, "Mara", NOON)
    told = [words.tours(session.day, ADA)]
    statuses.on_route(session, ADA, FactKind.OUT, Said("Mara", 8 * H))
    for now in (9 * H, 10 * H):
        session.tick(now)
        told.append(words.tours(session.day, ADA))
    statuses.on_route(session, ADA, FactKind.BACK, Said("Mara", 12 * H))
    assert [*told, words.tours(session.day, ADA)] == ["2 tours", "tour 1 of 2", "2 tours", "2 tours"]
    assert words.tours(session.day, BEN) == ""
    head = Head(SheetState(Desk(session)))
    qtbot.addWidget(head)
    head._state.open(ADA)
    assert "2 tours" in head._note.text()


def test_codes_of_elsewhere_get_a_sentence(
    page: DebriefPage, office: Office, qtbot: QtBot, said: list[str]
) -> None:
    scan(page, codes.sheet(ADA, 3))
    scan(page, codes.order(OrderId(4)))
    scan(page, codes.order(OrderId(6)))
    scan(page, codes.piece(OrderId(4), 1))
    scan(page, "S1234")
    assert said == [
        "A4 is on Ben Rook's sheet.",
        "A6 is on no sheet of this day.",
        "This piece is of A4, which is on Ben Rook's sheet. Put it aside.",
        "S1234 is no barcode of ours. Scan it again, or type the number.",
    ]
    friday = replace(page.desk.day.shifts[ADA], id=ShiftId(87))
    change, date = PlanChange("x", shifts=(Swap(None, friday),)), DAY - dt.timedelta(days=3)
    office.store.save_change(change, DEPOT.id, date, 0, "Kim", new_command())
    for number, expected in (
        (87, "S00008701 is of Fri 20 Nov. Open that day (Ctrl+G), then scan it again."),
        (88, "S00008801 is of no day of this depot. Look at the paper again."),
    ):
        before = len(said)
        scan(page, codes.sheet(ShiftId(number), 1))
        qtbot.waitUntil(lambda n=before: len(said) > n)
        assert said[-1] == expected


def test_a_page_that_is_not_shown_opens_for_a_sheet_that_is_back_and_for_nothing_else(page: DebriefPage) -> None:
    page.hide()
    heard: list[str] = []
    page.desk.scans.scanned.connect(heard.append)
    page.opened.connect(page.show)
    said = Said("Mara", AT)
    statuses.on_route(page.desk.session, BEN, FactKind.OUT, said)
    others = [codes.sheet(BEN, 1), codes.order(A1), codes.piece(A1, 1), codes.sheet(ShiftId(88), 1)]
    for code in others:
        scan(page, code)
    assert (heard, page.isVisible(), page.state.route) == (others, False, None)  # the phone's
    scan(page, codes.sheet(ADA, 3))
    assert (heard, page.isVisible(), page.state.route) == (others, True, ADA)
    scan(page, codes.sheet(BEN, 1))  # on the page itself any sheet opens
    assert page.state.route == BEN


def test_what_is_typed_at_the_side_belongs_to_the_sheet_it_was_typed_at(page: DebriefPage, qtbot: QtBot) -> None:
    scan(page, codes.sheet(ADA, 3))
    page.van.fuel.setFocus()
    keys(qtbot, page, "31.4")
    scan(page, codes.sheet(BEN, 1))
    assert (page.van.fuel.text(), page.head.entry.hasFocus()) == ("", True)
    last = page.desk.day.facts.last
    assert last[ADA, FactKind.FUEL].value == 3140 and (BEN, FactKind.FUEL) not in last


# --- typing ---


def test_a_sheet_with_exceptions_from_scan_to_closed(
    page: DebriefPage, office: Office, qtbot: QtBot, said: list[str]
) -> None:
    scan(page, codes.sheet(ADA, 3))
    assert outcomes(page) == ["open", "open", "open"]
    keys(qtbot, page, "2F1")
    assert outcomes(page) == ["open", "Failed", "open"]
    keys(qtbot, page, Key.Key_F9)
    assert outcomes(page) == ["Delivered", "Failed", "Collected"]
    assert page.footer.reasons.text().splitlines() == [
        "scan 7 more pieces of A2 and A3",
        "count the cash: 20.00 CHF",
        "decide what becomes of A2",
    ]
    keys(qtbot, page, Key.Key_Return)  # what is proposed
    step = page.desk.day.orders[A2].next
    assert step is not None and (step.kind, step.day) == (NextKind.AGAIN, dt.date(2026, 11, 24))
    for piece in (1, 2):
        scan(page, codes.piece(A2, piece))
    for piece in range(1, 6):
        scan(page, codes.piece(A3, piece))
    assert said[-1] == "A3: 5 of 5 back."
    assert page.pieces.total.text() == "7 of 7 back"
    page.cash.purses[0].counted.setFocus()
    keys(qtbot, page, "15", Key.Key_Return)
    assert page.footer.reasons.text() == "explain the difference of −5.00 CHF"
    assert not page.footer.close_route.isEnabled()
    assert page.footer.close_route.toolTip() == "explain the difference of −5.00 CHF"
    page.cash.purses[0].why.setFocus()
    keys(qtbot, page, Key.Key_Down, Key.Key_Return)
    assert page.footer.close_route.isEnabled()
    # Counted again: another difference, another explanation.
    page.cash.purses[0].counted.setFocus(Qt.FocusReason.TabFocusReason)
    keys(qtbot, page, "20", Key.Key_Return)
    assert not page.cash.purses[0].why.isVisible()
    page.cash.purses[0].counted.setFocus(Qt.FocusReason.TabFocusReason)
    keys(qtbot, page, "14", Key.Key_Tab)
    assert page.cash.purses[0].why.hasFocus()  # asked for by what was typed, and next
    assert page.footer.reasons.text() == "explain the difference of −6.00 CHF"
    page.cash.purses[0].why.setFocus()
    keys(qtbot, page, Key.Key_Down, Key.Key_Return)
    assert page.footer.close_route.isEnabled()
    qtbot.keyClick(QApplication.focusWidget() or page, Key.Key_Return, Mod.ControlModifier)
    assert page.state.route == BEN  # the next sheet that waits
    assert kept(office).facts.state(ADA) is FactKind.CLOSED
    assert page.routes.head.count == "1 of 2 closed"


def test_half_typed_is_shown_and_forgotten_by_esc(page: DebriefPage, qtbot: QtBot) -> None:
    scan(page, codes.sheet(ADA, 3))
    left: list[int] = []
    page.closed.connect(lambda: left.append(1))
    keys(qtbot, page, "1P3")
    assert page.head.entry.text() == "1P3"
    assert page.state.row is not None and page.state.row.order.id == A1
    keys(qtbot, page, Key.Key_Escape)
    assert (page.head.entry.text(), left) == ("", [])
    keys(qtbot, page, Key.Key_Escape)
    assert left == [1]
    assert page.desk.day.facts.by_stop == {}


def test_partial_time_cash_and_back_to_delivered(page: DebriefPage, qtbot: QtBot) -> None:
    scan(page, codes.sheet(ADA, 3))
    keys(qtbot, page, "1P3/03", "1T0812", "2F1", "2 ")
    rows = page.state.rows
    assert [(row.kind, row.reason, row.done) for row in rows[:2]] == [
        (FactKind.PARTIAL, Reason.MISSING_PIECE, 3),
        (FactKind.DELIVERED, None, 2),
    ]
    assert rows[0].arrive == 8 * H + 12 * M
    keys(qtbot, page, "1C18.50", Key.Key_Return)
    assert page.state.rows[0].taken == 1850
    assert page.grid.rows.text(page.state.rows[0], Col.REASON) == "1 piece missing"
    kinds = [fact.kind for fact in page.desk.day.facts.by_stop[StopId(2)]]
    assert kinds == [FactKind.ARRIVED, FactKind.FAILED, FactKind.DELIVERED]  # corrected, not erased


def test_what_cannot_be_typed_gets_one_sentence_and_changes_nothing(
    page: DebriefPage, qtbot: QtBot, said: list[str]
) -> None:
    scan(page, codes.sheet(ADA, 3))
    keys(qtbot, page, "F", "99", "F1", Key.Key_Escape, "2Z", "C", "F", "X", Key.Key_Return)
    assert said == [
        "Type the number of the stop first, or scan it.",
        "99 is neither a stop nor an order of this sheet. Esc, and type it again.",
        "Z is none of the keys above.",
        "A2 has no cash on delivery.",
        "X does not fit here: reason 1–9.",
        "Not complete yet: reason 1–9.",
    ]
    assert page.desk.day.facts.by_stop == {}
    keys(qtbot, page, "1")  # what was right of it still holds
    assert outcomes(page) == ["open", "Failed", "open"]


def test_arrows_a_scan_and_an_order_s_number_choose_a_row(page: DebriefPage, qtbot: QtBot) -> None:
    scan(page, codes.sheet(ADA, 3))
    keys(qtbot, page, Key.Key_Down, Key.Key_Down)
    assert page.state.order == A2
    scan(page, codes.order(A3))
    assert page.state.order == A3
    keys(qtbot, page, Key.Key_Up, "S04")
    assert [row.kind for row in page.state.rows] == [None, FactKind.SKIPPED, None]
    keys(qtbot, page, Key.Key_F8)  # round to the next that is open
    assert page.state.order == A3


def test_pieces_counted_by_eye(page: DebriefPage, qtbot: QtBot) -> None:
    scan(page, codes.sheet(ADA, 3))
    keys(qtbot, page, Key.Key_F9, "3", "b")
    assert page.pieces.total.text() == "5 of 5 back"
    keys(qtbot, page, "b")
    assert page.pieces.total.text() == "0 of 5 back"


def test_tabs_show_exceptions_and_cash(page: DebriefPage, qtbot: QtBot) -> None:
    scan(page, codes.sheet(ADA, 3))
    keys(qtbot, page, "2F4", Key.Key_F9)
    for at, expected in ((1, [A2]), (2, [A1]), (0, [A1, A2, A3])):
        page.tabs.chosen.emit(at)
        assert [row.order.id for row in page.grid.rows.shown] == expected
    assert page.sums.text == "3 stops: 2 delivered or collected in full, 1 exception"


def test_the_side_keeps_what_is_entered(page: DebriefPage, qtbot: QtBot, said: list[str]) -> None:
    scan(page, codes.sheet(ADA, 3))
    box = page.van
    box.out.setFocus()
    keys(qtbot, page, "48212", Key.Key_Return)
    assert box.home.hasFocus()
    keys(qtbot, page, "48200", Key.Key_Return)
    assert said[-1] == "From 48212 to 48200 km is no day's driving. Read the odometer again, out or in."
    assert (box.home.text(), box.home.hasFocus()) == ("", True)  # it is typed again
    keys(qtbot, page, "48277", Key.Key_Return, "31.4", Key.Key_Return, "1413", Key.Key_Return)
    assert [field.text() for field in (box.out, box.home, box.fuel, box.back)] == [
        "48 212",
        "48 277",
        "31.40",
        "14:13",
    ]
    assert box.out.placeholderText() == ""
    box.nil.click()
    last = page.desk.day.facts.last
    assert (ADA, FactKind.NIL_DEFECT) in last and last[ADA, FactKind.ODOMETER_IN].value == 48277


def test_the_odometer_out_is_where_the_van_s_last_day_left_it(
    page: DebriefPage, office: Office, qtbot: QtBot, said: list[str]
) -> None:
    for n, (back, km) in enumerate(((3, 48_150), (2, 48_212))):
        date, van = DAY - dt.timedelta(days=back), replace(page.desk.day.shifts[ADA], id=ShiftId(11 + n))
        office.store.save_change(
            PlanChange("x", shifts=(Swap(None, van),)), DEPOT.id, date, 0, "Kim", new_command()
        )
        read = Fact(StopId(0), van.id, FactKind.ODOMETER_IN, AT, value=km)
        office.store.add_facts(DEPOT.id, date, [read], "Kim", new_command())
    assert office.store.day_of_route(DEPOT.id, ShiftId(12)) == DAY - dt.timedelta(days=2)
    scan(page, codes.sheet(BEN, 1))  # another van: nothing is known of it
    scan(page, codes.sheet(ADA, 3))
    box = page.van
    qtbot.waitUntil(lambda: box.out.placeholderText() == "48 212")
    assert box.out_word == "Odometer out (as of Sat 21 Nov)"
    box.home.setFocus()
    keys(qtbot, page, "48000", Key.Key_Return)
    assert said[-1] == (
        "From 48212 (on Sat 21 Nov) to 48000 km is no day's driving. Read the odometer again, out or in."
    )
    box.home.setFocus()
    keys(qtbot, page, "48277", Key.Key_Return)
    last = page.desk.day.facts.last
    assert last[ADA, FactKind.ODOMETER_OUT].value == 48_212
    assert last[ADA, FactKind.ODOMETER_OUT].note == "as read on Sat 21 Nov"
    assert (box.out.text(), box.out_word) == ("48 212", "Odometer out")
    scan(page, codes.sheet(BEN, 1))
    assert (box.out.text(), box.out.placeholderText()) == ("", "")


def test_nothing_is_told_of_a_closed_route_until_it_opens_again(
    page: DebriefPage, qtbot: QtBot, said: list[str]
) -> None:
    scan(page, codes.sheet(BEN, 1))
    keys(qtbot, page, Key.Key_F9)
    assert page.state.close_route()
    scan(page, codes.sheet(BEN, 1))
    assert page.head.reopen.isVisible() and not page.head.entry.isVisible()
    keys(qtbot, page, "1")
    assert said[-1].startswith("This route is closed.")
    page.head.reopen.click()
    assert page.head.entry.isVisible()
    assert page.desk.day.facts.state(BEN) is FactKind.BACK


def test_after_a_button_the_next_key_goes_to_the_next_sheet(
    page: DebriefPage, qtbot: QtBot, said: list[str]
) -> None:
    scan(page, codes.sheet(BEN, 1))
    page.footer.later.setFocus()
    keys(qtbot, page, Key.Key_Space)
    assert page.state.route == ADA and page.head.entry.hasFocus()
    scan(page, codes.sheet(BEN, 1))
    keys(qtbot, page, Key.Key_F9)
    page.footer.close_route.setFocus()
    keys(qtbot, page, Key.Key_Space)
    assert page.state.route == ADA and page.head.entry.hasFocus()
    page.footer.later.setFocus()
    keys(qtbot, page, Key.Key_Space)
    assert said[-1] == "No other sheet waits: this one stays on the table."
    assert page.head.entry.hasFocus()
    scan(page, codes.sheet(BEN, 1))
    page.head.reopen.setFocus()
    keys(qtbot, page, Key.Key_Space)
    assert page.head.entry.hasFocus()
    page.footer.close_route.setFocus()
    keys(qtbot, page, Key.Key_Space, "1")
    assert page.state.route == ADA and page.state.entry.number == "1"


# --- forty stops in a minute ---


def _forty() -> Day:
    orders = [order(k, place=order(k % 6 + 1).place, size=Size(0, 0, 2)) for k in range(1, 41)]
    orders[6] = replace(orders[6], cod=Money(4990, "CHF"))
    van = shift(1, "Ada Quill")
    van = replace(van, end=23 * H, vehicle=replace(van.vehicle, capacity=Capacity()))
    plan = Plan({POOL: Route(POOL), ADA: Route(ADA, tuple(StopId(k) for k in range(1, 41)))})
    return open_day(DEPOT, DAY, orders, [van], line_matrix(), plan)


def test_forty_stops_with_three_exceptions_take_few_keys(office: Office, qtbot: QtBot) -> None:
    desk = Desk(DaySession(_forty()))
    _ready(desk)
    statuses.on_route(desk.session, ADA, FactKind.OUT, Said("Mara", 8 * H))
    page = _shown(qtbot, desk, office)
    scan(page, codes.sheet(ADA, 3))
    n = keys(qtbot, page, "14F1", "23P1/03", "31F4", Key.Key_F9, Key.Key_Return)
    for id in (14, 31):
        for piece in (1, 2):
            scan(page, codes.piece(OrderId(id), piece))
    while not page.cash.purses[0].counted.hasFocus():
        n += keys(qtbot, page, Key.Key_Tab)
        assert n < 40, "the cash is some tabs away at most"
    n += keys(qtbot, page, "49.90", Key.Key_Return)
    while not page.van.home.hasFocus():
        n += keys(qtbot, page, Key.Key_Tab)
        assert n < 60
    n += keys(qtbot, page, "48277", Key.Key_Return, "31.40", Key.Key_Return, "2230", Key.Key_Return)
    assert page.state.left() == []
    qtbot.keyClick(QApplication.focusWidget() or page, Key.Key_Return, Mod.ControlModifier)
    n += 1
    assert desk.day.facts.state(ADA) is FactKind.CLOSED
    assert n <= 45  # at two keys a second not half a minute; sheet and pieces are scanned
    page.close()
    page.close_page()
    page.deleteLater()


# --- proofs ---


def _picture(path: Path, text: str = "") -> Path:
    import zxingcpp

    image = QImage(900, 400, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    if text:
        made = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.Code128)
        bars = zxingcpp.write_barcode_to_image(made, scale=2)
        height, width = bars.shape
        raw = bytes(memoryview(bars).cast("B"))
        painter = QPainter(image)
        painter.drawImage(60, 60, QImage(raw, width, height, width, QImage.Format.Format_Grayscale8))
        painter.end()
    assert image.save(str(path))
    return path


def test_a_scan_finds_its_route_by_the_barcode_even_if_another_is_open(
    page: DebriefPage, office: Office, qtbot: QtBot, tmp_path: Path, said: list[str]
) -> None:
    scan(page, codes.sheet(BEN, 1))
    with qtbot.waitSignal(page.attaching.attached):
        page.take_files([_picture(tmp_path / "IMG_1.png", codes.sheet(ADA, 3))])
    assert said[-1] == "IMG_1.png: Ada Quill, by its barcode."
    (proof,) = office.store.proofs_of_day(DEPOT.id, DAY)
    assert (proof.route, proof.order, proof.kind) == (ADA, None, ProofKind.SHEET)
    assert office.store.proof_data(proof.id) == (tmp_path / "IMG_1.png").read_bytes()
    scan(page, codes.sheet(ADA, 3))
    qtbot.waitUntil(lambda: len(page.proofs.proofs) == 1)
    assert all(page.grid.rows.signs(row) == (False, True) for row in page.state.rows)
    qtbot.waitUntil(lambda: page.proofs.all_drawn)
    # Looked at by keys alone, and away again.
    page.proofs.tiles[0].setFocus()
    keys(qtbot, page, Key.Key_Return)
    assert page.large.isVisible() and not page.grid.isVisible()
    qtbot.waitUntil(lambda: page.large.is_drawn)
    keys(qtbot, page, Key.Key_Right)  # the only one there is
    assert page.large.isVisible()
    keys(qtbot, page, Key.Key_Escape)
    assert page.grid.isVisible() and page.proofs.tiles[0].hasFocus()
    page.desk.actions["debrief.look"].run()
    assert page.large.isVisible()
    keys(qtbot, page, "2F1")  # whoever types is at the sheet again
    assert page.grid.isVisible() and outcomes(page)[1] == "Failed"


def test_a_pdf_is_read_page_by_page(page: DebriefPage, qtbot: QtBot, tmp_path: Path, said: list[str]) -> None:
    picture = QImage(str(_picture(tmp_path / "x.png", codes.sheet(ADA, 3))))
    writer = QPdfWriter(str(tmp_path / "scan.pdf"))
    painter = QPainter(writer)
    painter.drawText(100, 400, "A page without a code")
    writer.newPage()
    painter.drawImage(QRect(0, 0, writer.width(), writer.width() * 4 // 9), picture)
    painter.end()
    scan(page, codes.sheet(BEN, 1))
    with qtbot.waitSignal(page.attaching.attached):
        page.take_files([tmp_path / "scan.pdf"])
    assert said[-1] == "scan.pdf: Ada Quill, by its barcode."


def test_by_hand_it_is_of_the_order_in_talk(
    page: DebriefPage, office: Office, qtbot: QtBot, tmp_path: Path, said: list[str]
) -> None:
    scan(page, codes.sheet(ADA, 3))
    keys(qtbot, page, "2")
    with qtbot.waitSignal(page.attaching.attached):
        page.take_files([_picture(tmp_path / "IMG_2.png")])
    assert said[-1].startswith("IMG_2.png: A2. No barcode was found in it;")
    qtbot.waitUntil(lambda: [proof.order for proof in page.proofs.proofs] == [A2])
    assert [page.grid.rows.signs(row) for row in page.state.rows] == [(False, False), (True, True), (False, False)]
    assert [proof.kind for proof in office.store.proofs_of_order(A2)] == [ProofKind.PHOTO]
    qtbot.waitUntil(lambda: page.proofs.all_drawn)


def test_what_is_no_picture_is_said(page: DebriefPage, qtbot: QtBot, tmp_path: Path, said: list[str]) -> None:
    page.take_files([tmp_path / "a.jpg"])
    assert said == ["Scan or choose a sheet first; then drop its pictures."]
    scan(page, codes.sheet(ADA, 3))
    letter, torn = tmp_path / "letter.docx", tmp_path / "torn.png"
    letter.write_bytes(b"PK\x03\x04 a letter")
    torn.write_bytes(b"\x89PNG\r\n\x1a\n torn")
    for path, expected in ((letter, "letter.docx is no picture."), (torn, "torn.png is damaged")):
        with qtbot.waitSignal(page.attaching.refused):
            page.take_files([path])
        assert said[-1].startswith(expected)


def test_a_one_time_code_is_kept_with_its_order(
    page: DebriefPage, office: Office, qtbot: QtBot, said: list[str]
) -> None:
    scan(page, codes.sheet(ADA, 3))
    page.proofs.ask_code()
    assert said == ["Choose the stop first: type its number."]
    keys(qtbot, page, "1")
    page.proofs.ask_code()
    keys(qtbot, page, "7F2K", Key.Key_Return)
    qtbot.waitUntil(lambda: len(page.proofs.proofs) == 1)
    (proof,) = office.store.proofs_of_order(A1)
    assert (proof.kind, proof.note) == (ProofKind.CODE, "7F2K")


# --- the window ---


def test_a_narrow_window_folds_the_routes_and_hides_the_address(page: DebriefPage, qtbot: QtBot) -> None:
    scan(page, codes.sheet(ADA, 3))
    assert (page.routes.width(), page.grid.isColumnHidden(Col.ADDRESS)) == (236, False)
    page.resize(1366, 660)
    qtbot.waitUntil(lambda: page.routes.width() == 40)
    assert page.grid.isColumnHidden(Col.ADDRESS)
    side: list[QWidget] = [page.footer]
    assert side[0].width() == 340


def test_every_deed_stands_in_the_palette_with_its_reason(page: DebriefPage) -> None:
    actions = page.desk.actions
    assert actions["debrief.close"].why_not() == "Scan a sheet, or choose a route at the left."
    scan(page, codes.sheet(ADA, 3))
    reason = actions["debrief.close"].why_not()
    assert reason == "Still to do: say how stops 1, 2 and 3 ended, or F9: delivered."
    assert actions["debrief.others"].why_not() is None
    page.hide()
    assert actions["debrief.others"].why_not() == "Open the debrief first."
