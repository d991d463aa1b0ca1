"""Statuses by phone, as they are typed: the small day, approved; its clock shows 08:12."""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dispatch_console.domain.day import Approval, Day, DayState, open_day
from dispatch_console.domain.facts import FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import Item, NextKind, OrderId, StopId
from dispatch_console.domain.plan import PlanChange, Swap
from dispatch_console.domain.reasons import Reason
from dispatch_console.domain.sizes import Size
from dispatch_console.services import lookup
from dispatch_console.store.base import new_command
from dispatch_console.store.store import open_store
from dispatch_console.ui import scanner
from dispatch_console.ui.phone import PhoneServices, PhoneStrip
from dispatch_console.ui.phone.flow import Field
from dispatch_console.ui.scanner import Scanner
from dispatch_console.ui.shell.window import MainWindow
from tests import factories
from tests.gui.conftest import OpenWindow
from tests.gui.office import fill
from tests.patience import PATIENCE_MS

ADA = ShiftId(1)
H, M = 3600, 60
NUMBERS = ("4223", "5223", "4187", "4190", "4191", "4192")


def day_with(numbers: tuple[str, ...] = NUMBERS, date: dt.date | None = None) -> Day:
    """The small day with four-digit numbers; order 1 has four pieces in two lines."""
    small = factories.small_day()
    orders = [
        replace(order, reference=number, phone=f"+423 555 {number}")
        for order, number in zip(small.orders.values(), numbers, strict=True)
    ]
    orders[0] = replace(orders[0], size=Size(10_000, 100, 4), items=(Item("", "chairs", 3), Item("", "table", 1)))
    day = open_day(small.depot, date or small.date, orders, small.shifts.values(), small.travel, small.plan)
    return replace(day, approval=Approval(DayState.APPROVED, "Kim"))


class Phone:
    """The strip in its window, and hands that type."""

    def __init__(self, window: MainWindow, kept: str = "", store: object = None) -> None:
        self.window, self.desk = window, window.desk
        self.kept: list[str] = [kept]
        self.went: list[dt.date] = []
        services = PhoneServices(lambda: "Kim", self.went.append, self.kept.append, kept, store)
        self.strip = PhoneStrip(window.desk, services)
        self.talk = self.strip.talk
        window.add_strip(self.strip, self.strip.set_narrow)
        window.desk.clock = lambda: dt.datetime(2026, 11, 23, 7, 12, tzinfo=dt.UTC)  # 08:12 in the depot

    def open(self) -> None:
        self.window.activateWindow()
        self.window.run_id("phone.open")

    def type(self, keys: str) -> None:
        """Letters and digits as they are; `⏎` Enter, `⎋` Esc, `⇥` Tab, `⇤` Shift+Tab, `↓` `↑`, `⌫`."""
        named = {
            "⏎": Qt.Key.Key_Return,
            "⎋": Qt.Key.Key_Escape,
            "⇥": Qt.Key.Key_Tab,
            "⇤": Qt.Key.Key_Backtab,
            "↓": Qt.Key.Key_Down,
            "↑": Qt.Key.Key_Up,
            "⌫": Qt.Key.Key_Backspace,
        }
        for key in keys:
            box = self.strip.boxes[self.talk.field]
            if key in named:
                QTest.keyClick(box, named[key])
            else:
                QTest.keyClicks(box, key)

    @property
    def facts(self) -> tuple:
        return self.desk.day.facts.entries

    @property
    def texts(self) -> dict[str, str]:
        return {field: box.text() for field, box in self.strip.boxes.items() if box.text()}

    @property
    def said(self) -> str:
        return self.strip.saying.text

    @property
    def focused(self) -> str:
        return next((field for field, box in self.strip.boxes.items() if box.hasFocus()), "")

    @property
    def waiting(self) -> list[str]:
        return [button.text() for button in self.strip.waiting.buttons]


@pytest.fixture
def phone(open_window: OpenWindow, qtbot: QtBot) -> Phone:
    window = open_window(day_with())
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    phone = Phone(window)
    phone.open()
    return phone


def test_three_keys_after_the_number_write_a_failure_and_its_next_step(phone: Phone) -> None:
    phone.type("4223f1")
    assert phone.texts == {"what": "4223", "letter": "F", "detail": "1"}
    assert phone.said.startswith("Then: again on Tue 24 Nov")
    assert phone.facts == ()
    phone.type("⏎")
    (fact,) = phone.facts
    assert (fact.stop, fact.kind, fact.reason, fact.who) == (StopId(1), FactKind.FAILED, Reason.ABSENT, "Kim")
    assert fact.at == 8 * H + 12 * M
    step = phone.desk.day.orders[OrderId(1)].next
    assert step is not None
    assert (step.kind, step.day) == (NextKind.AGAIN, dt.date(2026, 11, 24))
    assert phone.said.startswith("4223: failed, absent, 08:12.")
    assert (phone.texts, phone.focused) == ({}, "what")


def test_delivered_takes_two_keys_and_enter(phone: Phone) -> None:
    phone.type("4187d")
    assert phone.focused == "time"
    assert phone.said == "4187: Delivered, 08:12."
    phone.type("⏎")
    assert [fact.kind for fact in phone.facts] == [FactKind.DELIVERED]


def test_the_window_shows_who_it_is(phone: Phone) -> None:
    phone.type("4223")
    texts = phone.strip.who.texts()
    assert texts[0] == "Customer 1 stop 1 of 3"
    assert texts[1:3] == ["Linden Row 1, Lindmoor", "4 pcs · 10 kg"]
    assert texts[3:] == ["expected 08:10, Ada Quill", "first attempt · +423 555 4223"]
    assert phone.desk.current == StopId(1)


def test_the_time_is_typed_after_the_reason_or_after_a_blank(phone: Phone) -> None:
    phone.type("4223f1805")
    assert phone.texts == {"what": "4223", "letter": "F", "detail": "1", "time": "805"}
    phone.type("⏎4187s 8:11⏎")
    assert [fact.at for fact in phone.facts] == [8 * H + 5 * M, 8 * H + 11 * M]


def test_what_is_skipped_stays_on_the_route_to_come_later(phone: Phone) -> None:
    phone.type("4223s")
    assert phone.said == "Then: later today, at the best place of what Ada Quill has left."
    phone.type("⏎")
    (fact,) = phone.facts  # one word: it was never closed, so nothing is opened again
    assert (fact.kind, fact.reason) == (FactKind.REOPENED, Reason.PASSED_BY)
    day = phone.desk.day
    _, index = day.position(StopId(1))
    assert index > 0 and StopId(1) not in day.facts.ended
    begin = phone.desk.hhmm(day.schedules[ADA].visits[index].begin)
    assert phone.said == f"4223: passed by for now, 08:12. Now stop {index + 1} of 3, expected {begin}."
    # Which cannot be has nothing contradictory either: what was told before was never so.
    phone.type("5223d⏎5223s⏎")
    assert [(f.kind, f.reason) for f in phone.facts[1:]] == [
        (FactKind.DELIVERED, None),
        (FactKind.REOPENED, Reason.WRONG_ENTRY),
    ]
    assert "In place of: delivered, 08:12." in phone.said
    # Another way is a key away: then the visit has ended, and its next step is another day.
    phone.type("4187s⇥⏎")
    assert phone.facts[-1].kind is FactKind.SKIPPED
    step = phone.desk.day.orders[OrderId(3)].next
    assert step is not None and step.kind is NextKind.AGAIN


def test_a_time_that_is_none_is_told_and_nothing_is_written(phone: Phone) -> None:
    phone.type("4223d2599⏎")
    assert "is no time" in phone.said
    assert (phone.strip.saying.kind, phone.facts) == ("problem", ())
    phone.type("⌫⌫⌫⌫0810⏎")
    assert [fact.at for fact in phone.facts] == [8 * H + 10 * M]


def test_what_can_hardly_be_right_is_doubted_and_written_all_the_same(phone: Phone) -> None:
    phone.type("4223d 610")
    doubt = "4223 is due at 08:10, 2 h later. Is it the right one?"
    assert (phone.strip.saying.kind, phone.said) == ("doubt", doubt)
    phone.type("⏎")
    assert [fact.at for fact in phone.facts] == [6 * H + 10 * M]
    assert phone.said == f"4223: delivered, 06:10. {doubt} If not so: 4223 R2."
    phone.type("4223r2⏎5223f1 610")
    assert phone.said.startswith("5223 is due at 08:25, 2 h 15 min later. Is it the right one? Then: again on Tue")


def test_last_digits_that_several_have_are_chosen_with_the_arrows(phone: Phone) -> None:
    phone.type("223")
    assert phone.strip.who.texts() == [
        "4223 Customer 1 · Lindmoor · stop 1 of 3",
        "5223 Customer 2 · Lindmoor · stop 2 of 3",
        "",
    ]
    phone.type("f")
    assert phone.said == "Which one? Choose with ↓ and Enter, or type one digit more."
    assert phone.texts == {"what": "223"}
    phone.type("↓⏎")
    assert phone.texts == {"what": "5223"}
    assert phone.focused == "letter"
    phone.type("d⏎")
    assert [fact.stop for fact in phone.facts] == [StopId(2)]


def test_a_number_of_no_order_is_told(phone: Phone) -> None:
    phone.type("999d")
    assert phone.said == "999 is not on this day. Look at the number; Ctrl+K searches all days."
    assert phone.strip.who.texts() == ["999 is not on this day."]
    phone.type("⎋")
    assert (phone.texts, phone.waiting) == ({}, [])  # nobody is no memory


def test_a_second_enter_takes_nothing_back_and_says_nothing_else(phone: Phone) -> None:
    phone.type("4223d⏎⏎⏎")
    assert [fact.kind for fact in phone.facts] == [FactKind.DELIVERED]
    assert phone.said == "4223: delivered, 08:12."


def test_numbers_and_codes_of_other_days_are_found_there(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    with closing(open_store(str(tmp_path / "store.db"))) as store:
        fill(store)
        depot, monday = store.depots()[0].id, factories.DAY
        more = PlanChange("More", orders=(Swap(None, factories.order(7)),))
        store.save_change(more, depot, monday, 1, "Kim", new_command())
        found = {code: lookup.elsewhere(store, depot, code) for code in ("D00000004", "S00000201", "S00000901")}
        assert [[(o.reference, o.date) for o in found[code]] for code in found] == [
            [("A4", monday)],
            [("S00000201", monday)],
            [],
        ]
        phone = Phone(open_window(day_with(date=monday + dt.timedelta(days=1))), store=store)
        phone.open()
        phone.desk.scans.take("D00000099")
        assert phone.said == "D00000099 is not on this day. Look at the number; Ctrl+K searches all days."
        phone.desk.scans.take("S1234")
        assert phone.said == "S1234 is no barcode of ours. Scan it again, or type the number."
        phone.desk.scans.take("D00000007")
        qtbot.waitUntil(lambda: len(phone.strip.who.texts()) == 3)
        assert phone.strip.who.texts()[1:] == ["A7 Customer 7, Mon 23 Nov", "Enter goes to that day."]
        phone.type("⏎")
        assert phone.went == [monday]


def test_partial_by_pieces_and_by_line(phone: Phone) -> None:
    phone.type("4223p2⏎")
    phone.type("4223p2,0/5⏎")
    first, second = phone.facts
    assert (first.kind, first.value, first.reason) == (FactKind.PARTIAL, 2, Reason.PARTIAL)
    assert (second.items, second.reason) == ((2, 0), Reason.DAMAGED)
    phone.type("4223p4⏎")
    assert phone.said == "4223 has 4 pieces: for all of it use D."


def test_a_second_word_says_that_it_corrects_the_first(phone: Phone) -> None:
    phone.type("4223d⏎4223a")
    assert phone.strip.saying.kind == "correction"
    assert phone.said == "Was delivered, 08:12. This corrects it; the first entry stays in the history."
    phone.type("f1⏎")
    assert [fact.kind for fact in phone.facts] == [FactKind.DELIVERED, FactKind.FAILED]
    assert "In place of: delivered, 08:12." in phone.said
    phone.type("4223r")
    assert [key.key for key in phone.strip.legend.rows[1]] == ["1", "2"]
    phone.type("1⏎")
    assert phone.facts[-1].reason is Reason.CAME_BACK
    assert StopId(1) in phone.desk.day.facts.reopened


def test_a_wrong_letter_is_replaced_by_the_right_one(phone: Phone) -> None:
    phone.type("4223fd")
    assert phone.texts == {"what": "4223", "letter": "D"}
    phone.type("z")
    assert phone.said == "Z is none of A D P F S R."
    phone.type("⌫⌫")
    assert phone.texts == {"what": "4223"}


def test_esc_keeps_what_is_half_typed_and_ctrl_up_brings_it_back(phone: Phone) -> None:
    phone.type("4187d⎋")
    assert (phone.waiting, phone.texts) == (["4187 D"], {})
    phone.type("4223f1")
    phone.window.run_id("phone.recall")
    assert phone.texts == {"what": "4187", "letter": "D"}
    assert phone.waiting == ["4223 F1"]
    phone.type("⏎")
    phone.strip.waiting.buttons[0].click()
    assert (phone.texts["what"], phone.waiting, phone.focused) == ("4223", [], "detail")
    phone.type("⏎")
    assert [fact.stop for fact in phone.facts] == [StopId(3), StopId(1)]


def test_a_new_call_keeps_what_is_half_typed(phone: Phone) -> None:
    phone.type("4187")
    phone.open()
    assert (phone.waiting, phone.texts, phone.focused) == (["4187"], {}, "what")


def test_coming_back_to_the_strip_goes_on_where_it_was(phone: Phone) -> None:
    phone.type("4187f")
    phone.window.area.panes["board"].setFocus()
    phone.open()
    assert (phone.waiting, phone.texts, phone.focused) == ([], {"what": "4187", "letter": "F"}, "detail")


def test_half_typed_entries_outlive_pages_and_a_closed_strip(phone: Phone) -> None:
    phone.type("4187d")
    phone.window.show_page("main")
    assert phone.texts == {"what": "4187", "letter": "D"}
    phone.open()
    phone.type("⎋⎋")
    assert phone.strip.height() == 32
    assert phone.strip.waiting.isVisible()
    assert not phone.strip.boxes["what"].isVisible()
    phone.window.run_id("phone.recall")
    assert phone.texts == {"what": "4187", "letter": "D"}


def test_esc_closes_an_empty_strip_and_gives_the_focus_back(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(day_with())
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    phone = Phone(window)
    board = window.area.panes["board"]
    board.setFocus()
    before = QApplication.focusWidget()
    phone.open()
    assert (phone.strip.height(), phone.focused) == (124, "what")
    phone.type("⎋")
    assert not phone.strip.isVisible()
    assert QApplication.focusWidget() is before


def test_a_half_typed_entry_belongs_to_its_day(phone: Phone) -> None:
    phone.type("4187f")
    other = day_with(("7001", "7002", "7003", "7004", "7005", "7006"), dt.date(2026, 11, 20))
    today = phone.desk.day
    phone.desk.session.replace_day(other)
    assert phone.texts == {}
    assert phone.waiting == ["4187 F · 23 Nov"]
    phone.window.run_id("phone.recall")
    assert phone.went == [dt.date(2026, 11, 23)]
    phone.desk.session.replace_day(today)
    assert phone.texts == {"what": "4187", "letter": "F"}
    phone.type("2⏎")
    assert [fact.reason for fact in phone.facts] == [Reason.NO_ACCESS]


def test_half_typed_entries_outlive_a_restart(phone: Phone, open_window: OpenWindow) -> None:
    phone.type("223↓⏎f⎋")
    again = Phone(open_window(day_with()), phone.kept[-1])
    assert again.strip.height() == 32
    again.window.run_id("phone.recall")
    assert again.texts == {"what": "5223", "letter": "F"}
    assert Phone(open_window(day_with()), "[{]").waiting == []


def test_yesterdays_statuses_count_for_when_they_were_due_or_as_typed(phone: Phone) -> None:
    phone.desk.session.replace_day(day_with(date=dt.date(2026, 11, 20)))
    phone.type("4223d")
    time = phone.strip.boxes[Field.TIME]
    assert (time._ghost, time._hint) == ("08:15", "as forecast")
    assert "4223: Delivered, 08:15." in phone.said
    phone.type("⏎5223d1010⏎")
    assert [fact.at for fact in phone.facts] == [8 * H + 15 * M, 10 * H + 10 * M]
    phone.type("aqx")
    assert (time._ghost, time._hint) == ("", "when?")  # no plan says when a van breaks down
    phone.type("⏎")
    assert (len(phone.facts), phone.focused) == (2, "time")


def test_of_tomorrow_nothing_is_known(phone: Phone) -> None:
    phone.desk.session.replace_day(day_with(date=dt.date(2026, 11, 24)))
    phone.type("4223d⏎")
    assert phone.said == "This day has not begun: nothing can have happened yet."
    assert phone.facts == ()


def test_tab_goes_to_the_next_action_and_the_last_one_decides_later(phone: Phone) -> None:
    phone.type("4223f1")
    usual = phone.said
    phone.type("⇥")
    assert phone.said.startswith("Then: ")
    assert phone.said != usual
    phone.type("⇤⇤")
    assert phone.said == "Then: decide later: it waits among the incidents."
    phone.type("⏎")
    assert [fact.kind for fact in phone.facts] == [FactKind.FAILED]
    assert phone.desk.day.orders[OrderId(1)].next is None


def test_tab_goes_to_the_next_field_where_nothing_is_to_decide(phone: Phone) -> None:
    phone.type("4223⇥")
    assert phone.focused == "letter"
    phone.type("d⇤")
    assert phone.focused == "letter"


def test_a_route_by_initials(phone: Phone) -> None:
    phone.type("AQ")
    assert phone.strip.who.texts()[0] == "Ada Quill 0 of 3 stops done"
    phone.type("o⏎aql20⏎#1x⏎")
    assert [fact.kind for fact in phone.facts] == [FactKind.OUT, FactKind.DELAYED, FactKind.BROKEN_DOWN]
    assert [fact.route for fact in phone.facts] == [ADA] * 3
    phone.type("aq")
    assert [key.word for key in phone.strip.legend.rows[0]] == ["Out", "Back", "Late by minutes", "Goes again"]
    phone.type("b⏎")
    assert phone.facts[-1].kind is FactKind.BACK


def test_a_scan_opens_the_strip_on_its_order_and_keeps_what_was_typed(phone: Phone) -> None:
    phone.type("4187f")
    phone.desk.scans.take("d00000001")
    assert (phone.texts, phone.focused, phone.waiting) == ({"what": "4223"}, "letter", ["4187 F"])
    phone.type("f1⏎")
    phone.desk.scans.take("S00000201")
    assert phone.texts == {"what": "BR"}
    phone.desk.scans.take("D00000099")
    assert phone.said.startswith("D00000099 is not on this day.")


def test_all_orders_of_a_stop_or_one(phone: Phone) -> None:
    day = day_with()
    orders = [replace(o, stop=StopId(1)) if o.id == 2 else o for o in day.orders.values()]
    without = {id: tuple(s for s in route.stops if s != 2) for id, route in day.plan.routes.items()}
    routes = {id: day.plan.route(id).with_stops(stops) for id, stops in without.items()}
    two = open_day(day.depot, day.date, orders, day.shifts.values(), day.travel, replace(day.plan, routes=routes))
    phone.desk.session.replace_day(replace(two, approval=day.approval))
    phone.type("5223d")
    assert "all 2 orders of the stop: 4223, 5223" in phone.strip.who.texts()
    phone.type("*")
    assert "only 5223, one of 2 orders of the stop" in phone.strip.who.texts()
    phone.type("⏎")
    assert [fact.order for fact in phone.facts] == [OrderId(2)]
    assert phone.desk.day.facts.outcome(StopId(1), OrderId(1)) is None


def test_a_draft_is_told_at_once(phone: Phone) -> None:
    phone.desk.session.set_approval(Approval())
    assert phone.said == "This plan is a draft. Approve it first: then the day can be followed."
    phone.type("4223d⏎")
    assert phone.facts == ()
    assert "draft" in phone.said


def test_the_legend_can_be_clicked(phone: Phone) -> None:
    phone.type("4223")
    phone.strip.legend.clicked.emit("F")
    phone.strip.legend.clicked.emit("0")
    assert [key.key for key in phone.strip.legend.rows[1]][:2] == ["01", "02"]
    phone.strip.legend.clicked.emit("02")
    assert phone.texts == {"what": "4223", "letter": "F", "detail": "02"}


def test_a_narrow_window_has_a_lower_strip_with_one_row_of_keys(open_window: OpenWindow) -> None:
    window = open_window(day_with(), size=(1366, 736))
    phone = Phone(window)
    phone.open()
    assert phone.strip.height() == 96
    phone.type("4223")
    assert [[key.key for key in row] for row in phone.strip.legend.rows] == [list("ADPFSR")]
    phone.type("f")
    assert [key.key for key in phone.strip.legend.rows[0]] == [*"123456789", "0"]
    window.resize(1920, 1048)
    assert phone.strip.height() == 124
    assert len(phone.strip.legend.rows) == 2


def test_the_strip_pushes_the_panes_down(phone: Phone) -> None:
    # 1048 − 48 − 124 − 26 = 850 = 583 + 1 + 266
    assert phone.window.area.height() == 850
    assert phone.strip.geometry().top() == 48


def test_keys_of_the_board_do_not_reach_through(phone: Phone) -> None:
    phone.desk.select((StopId(2),), StopId(2))
    plan = phone.desk.day.plan
    phone.type("1l")
    assert phone.desk.day.plan is plan


def test_a_scan_opens_a_closed_strip_and_the_next_key_is_its_status(
    phone: Phone, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    paces = {name: getattr(scanner, name) for name in ("PACE_MS", "SURE_MS")}
    for name in paces:  # on a busy machine any pause may be between two of these keys
        monkeypatch.setattr(scanner, name, PATIENCE_MS)
    phone.type("⎋")
    phone.window.area.panes["board"].setFocus()
    wedge = Scanner(phone.desk.scans, phone.window.keys.press)
    handle = phone.window.windowHandle()
    assert handle is not None
    for key in "D00000003":
        QTest.keyClick(handle, Qt.Key(ord(key)))
    QTest.keyClick(handle, Qt.Key.Key_Return)
    assert (phone.texts, phone.focused) == ({"what": "4187"}, "letter")
    for name, pace in paces.items():
        monkeypatch.setattr(scanner, name, pace)
    QTest.keyClick(handle, Qt.Key.Key_D)
    qtbot.waitUntil(lambda: phone.texts.get("letter") == "D")
    QTest.keyClick(handle, Qt.Key.Key_Return)
    wedge.stop()
    assert [fact.kind for fact in phone.facts] == [FactKind.DELIVERED]
