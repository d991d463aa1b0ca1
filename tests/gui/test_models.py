"""The Qt models of the plan and of the orders, by themselves."""

from __future__ import annotations

import datetime as dt
import random
import re
from dataclasses import replace

import pytest
from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QPersistentModelIndex, Qt, QTranslator
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from dispatch_console.domain.day import open_day
from dispatch_console.domain.edits import Pin
from dispatch_console.domain.facts import Fact, FactKind, Facts
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import OrderId, OrderKind, StopId, Window
from dispatch_console.domain.plan import POOL, PlanChange, Swap
from dispatch_console.domain.rules import BrokenRule, Rule
from dispatch_console.domain.sizes import Money
from dispatch_console.services import dispatch
from dispatch_console.services.session import DaySession
from dispatch_console.ui.board import hint
from dispatch_console.ui.desk import STOPS_MIME, Desk
from dispatch_console.ui.models import marks, mime, order_rows, tooltips, why, words
from dispatch_console.ui.models.arranging import Column, Group
from dispatch_console.ui.models.idle import Idle, Job
from dispatch_console.ui.models.orders_model import OrdersModel
from dispatch_console.ui.models.plan_model import PlanModel, Role
from dispatch_console.ui.models.sync import runs_apart, sync_rows
from dispatch_console.ui.shell.figures import figures
from tests.factories import DAY, order, small_day
from tests.gui.board_day import big_day, rich_day

_MOVE = Qt.DropAction.MoveAction
NOWHERE = QModelIndex()


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(DaySession(small_day()))


def plan_rows(model: PlanModel) -> list[list[int]]:
    tops = [model.index(row, 0) for row in range(model.rowCount())]
    return [[model.index(r, 0, top).data(Role.STOP) for r in range(model.rowCount(top))] for top in tops]


def lines(model: OrdersModel) -> list[str]:
    """Titles of groups and references of orders, as they stand."""
    found: list[str] = []
    for row in range(model.rowCount()):
        line = model.line(row)
        found.append(line.title if isinstance(line, Group) else model.order(line).ref)
    return found


# --- the plan ---


def test_the_plan_model_shows_pool_and_routes(desk: Desk, qtmodeltester: ModelTester) -> None:
    model = PlanModel(desk)
    qtmodeltester.check(model)
    assert plan_rows(model) == [[6], [1, 2, 3], [4, 5]]
    assert model.index(1, 0).data() == "Ada Quill"
    # 08:00 + 600 s to stop 1, 300 s there, 600 s to stop 2
    second = model.index(1, 0, model.index(1, 0))
    assert (second.data(), second.data(Role.WHEN)) == ("Customer 2", "2 08:25")


def test_the_plan_model_follows_moves_undo_and_absence(desk: Desk, qtmodeltester: ModelTester) -> None:
    model = PlanModel(desk)
    qtmodeltester.check(model)
    dispatch.move(desk.session, [StopId(6), StopId(2)], desk.day.routes[1].id, 1)
    assert plan_rows(model) == [[], [1, 3], [4, 6, 2, 5]]
    dispatch.reverse(desk.session, desk.day.routes[1].id)
    assert plan_rows(model) == [[], [1, 3], [5, 2, 6, 4]]
    desk.session.undo()
    desk.session.undo()
    assert plan_rows(model) == [[6], [1, 2, 3], [4, 5]]
    dispatch.set_absent(desk.session, desk.day.routes[0].id, True)
    assert plan_rows(model) == [[6], [1, 2, 3], [4, 5]]


def test_only_touched_routes_are_announced(desk: Desk, qtbot: QtBot) -> None:
    model = PlanModel(desk)
    heard: list[int] = []
    model.dataChanged.connect(lambda top, *_: heard.append(top.row() if not top.parent().isValid() else -1))
    dispatch.move(desk.session, [StopId(6)], desk.day.routes[1].id, 0)
    assert {row for row in heard if row >= 0} == {0, 2}, "the pool and the second route"


def test_a_drop_on_the_plan_model_is_a_move(desk: Desk) -> None:
    model = PlanModel(desk)
    first = model.index_of_route(desk.day.routes[0].id)
    data = model.mimeData([model.index_of_stop(StopId(5)), model.index_of_stop(StopId(4))])
    assert mime.unpacked(data, desk.day.stops) == [4, 5], "in driving order, whatever the order of clicks"
    assert model.dropMimeData(data, _MOVE, 1, 0, first)
    assert plan_rows(model) == [[6], [1, 4, 5, 2, 3], []]
    assert desk.session.history.done[-1].label == "Move 2 stops to Ada Quill"


def test_a_drop_on_a_route_itself_finds_the_best_place(desk: Desk) -> None:
    model = PlanModel(desk)
    # Between 4 and 5 stop 6 costs 2 × 10 min more than behind 5 on the way home.
    assert model.dropMimeData(mime.packed([StopId(6)]), _MOVE, -1, 0, model.index_of_route(desk.day.routes[1].id))
    assert desk.day.position(StopId(6)) in {(2, 2), (2, 1), (2, 0)}
    costs = {desk.day.schedules[desk.day.routes[1].id].drive_s}
    assert costs == {2 * 6 * 600}, "out to the farthest place and back"


@pytest.mark.parametrize("junk", [b"", b"no json", b"{}", b'["4"]', b"[true]", b"[4.0]", b"[99]", b"\xff"])
def test_junk_in_a_drag_is_passed_over(desk: Desk, junk: bytes) -> None:
    model, data = PlanModel(desk), QMimeData()
    data.setData(STOPS_MIME, junk)
    assert not model.dropMimeData(data, _MOVE, 0, 0, model.index(1, 0))
    assert desk.session.history.done == []


# --- the orders ---


def test_the_orders_model_groups_by_state(desk: Desk, qtmodeltester: ModelTester) -> None:
    model = OrdersModel(desk, why.of(desk))
    qtmodeltester.check(model)
    assert lines(model) == ["Unassigned", "A6", "Planned", "A1", "A2", "A3", "A4", "A5"]
    assert [model.index(3, c).data() for c in Column] == ["", "A1", "Customer 1", "Lindmoor", "", "10", "AQ 1"]


def test_the_orders_model_follows_the_day(desk: Desk, qtmodeltester: ModelTester) -> None:
    model = OrdersModel(desk, why.of(desk))
    qtmodeltester.check(model)
    first, second = (route.id for route in desk.day.routes)
    dispatch.move(desk.session, [StopId(6)], first, 0)
    assert lines(model) == ["Planned", "A1", "A2", "A3", "A4", "A5", "A6"]
    assert model.index(1, Column.STATE).data() == "AQ 2"
    dispatch.unassign(desk.session, [StopId(1), StopId(4)])
    assert lines(model) == ["Unassigned", "A1", "A4", "Planned", "A2", "A3", "A5", "A6"]
    desk.session.undo()
    desk.session.undo()
    assert lines(model) == ["Unassigned", "A6", "Planned", "A1", "A2", "A3", "A4", "A5"]
    dispatch.swap_routes(desk.session, first, second)
    assert model.index(3, Column.STATE).data() == "BR 1"


def test_orders_come_and_go_with_an_import(desk: Desk, qtmodeltester: ModelTester) -> None:
    model = OrdersModel(desk, why.of(desk))
    qtmodeltester.check(model)
    new = order(7, stop=StopId(7), place=None, place_quality=None)
    pool = desk.day.plan.pool
    change = PlanChange("Import", (Swap(pool, pool.with_stops((*pool.stops, StopId(7)))),), (Swap(None, new),))
    order_rows.make_ahead(change.orders)
    desk.session.apply(change)
    assert model.order(new.id) is order_rows.row_of(new)  # made ahead, and not again
    assert lines(model)[:4] == ["Needs a place", "A7", "Unassigned", "A6"]
    assert model.index(1, Column.STATE).data() == "no place"
    desk.session.undo()
    assert lines(model)[:2] == ["Unassigned", "A6"]


def test_where_vans_meet_is_a_line_and_no_order(desk: Desk) -> None:
    model = OrdersModel(desk, why.of(desk))
    planned = next(line for line in model._lines if isinstance(line, Group) and line.title == "Planned")
    meeting = replace(desk.day.orders[OrderId(1)], kind=OrderKind.HANDOVER)
    desk.session.apply(PlanChange("Hand over", orders=(Swap(desk.day.orders[OrderId(1)], meeting),)))
    assert "A1" in lines(model)
    assert (model.shown, model.total, model.count(planned)) == (5, 5, 4)
    assert [count.text for count in figures(desk.day).counts] == ["5 orders", "4 planned", "1 unassigned"]
    model.arrange(grouping="none")
    assert model.shown == 5


def test_done_and_failed_orders_have_their_group(desk: Desk) -> None:
    model = OrdersModel(desk, why.of(desk))
    route = desk.day.routes[0].id
    facts = Facts(
        (Fact(StopId(1), route, FactKind.DELIVERED, 30_000), Fact(StopId(2), route, FactKind.FAILED, 31_000))
    )
    desk.session.replace_day(desk.day.with_facts(facts, 31_000))
    assert lines(model)[-3:] == ["Done", "A1", "A2"]
    assert model.standing(StopId(2)).failed
    assert not model.standing(StopId(1)).failed


def test_sorting_filtering_folding(desk: Desk, qtmodeltester: ModelTester) -> None:
    model = OrdersModel(desk, why.of(desk))
    qtmodeltester.check(model)
    model.arrange(descending=True)
    assert lines(model) == ["Unassigned", "A6", "Planned", "A5", "A4", "A3", "A2", "A1"]
    model.arrange(sought="LINDEN a4")
    assert lines(model) == ["Planned", "A4"], "every word, anywhere, in any case"
    assert (model.shown, model.total) == (1, 6)
    model.arrange(sought="")
    planned = model.line(2)
    assert isinstance(planned, Group)
    model.fold(planned)
    assert lines(model) == ["Unassigned", "A6", "Planned"]
    assert model.count(planned) == 5, "folded orders still count"
    model.arrange(grouping="driver", descending=False)
    assert lines(model) == ["Unassigned", "A6", "Ada Quill", "A1", "A2", "A3", "Ben Rook", "A4", "A5"]
    model.arrange(grouping="none", column=Column.STATE, descending=True)
    assert lines(model) == ["A5", "A4", "A3", "A2", "A1", "A6"]


@pytest.mark.parametrize("tested", [False, True])
def test_every_arrangement_holds_every_order(qtbot: QtBot, qtmodeltester: ModelTester, tested: bool) -> None:
    """Of a whole day; and of a small one, where Qt looks at every row after every step: that takes their square."""
    desk = Desk(DaySession(big_day(40, 4) if tested else rich_day()))
    model = OrdersModel(desk, why.of(desk))
    if tested:
        qtmodeltester.check(model)
    everyone = {o.reference for o in desk.day.orders.values()}
    rnd = random.Random(1)
    for _ in range(30):
        model.arrange(
            grouping=rnd.choice(("state", "driver", "town", "window", "none")),
            column=rnd.choice(list(Column)),
            descending=rnd.random() < 0.5,
        )
        stops = rnd.sample(sorted(desk.day.stops), 3)
        dispatch.move(desk.session, stops, rnd.choice([POOL, *desk.day.shifts]), 0)
        shown = [line for row in range(model.rowCount()) if not isinstance(line := model.line(row), Group)]
        assert len(shown) == len(everyone)
        assert {model.order(id).ref for id in shown} == everyone


def test_dropping_into_the_orders_unassigns(desk: Desk) -> None:
    model = OrdersModel(desk, why.of(desk))
    assert model.dropMimeData(mime.packed([StopId(2), StopId(5)]), _MOVE, -1, 0, QModelIndex())
    assert desk.day.plan.pool.stops == (6, 2, 5)
    assert not model.dropMimeData(mime.packed([StopId(6)]), _MOVE, -1, 0, QModelIndex()), "it is there already"


def test_natural_order_of_references(qtbot: QtBot) -> None:
    day = small_day()
    orders = {id: replace(o, reference=ref) for (id, o), ref in zip(day.orders.items(), _REFS, strict=True)}
    desk = Desk(DaySession(replace(day, orders=orders)))
    model = OrdersModel(desk, why.of(desk))
    model.arrange(grouping="none")
    assert lines(model) == ["7", "12", "A2", "A10", "A10b", "B1"]


_REFS = ("A10", "A2", "B1", "12", "7", "A10b")


# --- why ---


def test_the_reason_word_is_found_in_idle_moments(qtbot: QtBot) -> None:
    desk = Desk(DaySession(rich_day()))
    known = why.of(desk)
    heavy, crane = desk.day.plan.pool.stops[1:3]
    assert known.word(heavy) is None, "not at once"
    with qtbot.waitSignal(known.known, check_params_cb=lambda stop: stop == heavy):
        pass
    assert known.word(heavy) == "impossible", "800 kg: heavier than any van carries, as F2 says"
    assert known.word(crane) is None
    qtbot.waitUntil(lambda: known.word(crane) == "skill")


def test_a_reason_is_found_anew_when_its_route_changes(desk: Desk, qtbot: QtBot) -> None:
    known = why.of(desk)
    qtbot.waitUntil(lambda: known.word(StopId(6)) == "fits")
    for route in desk.day.shifts:
        dispatch.set_absent(desk.session, route, True)
    qtbot.waitUntil(lambda: known.word(StopId(6)) == "absent")
    assert known.reasons(StopId(6)) is not None
    dispatch.set_absent(desk.session, desk.day.routes[0].id, False)
    qtbot.waitUntil(lambda: known.word(StopId(6)) == "fits")


def test_offers_are_those_of_the_service(desk: Desk, qtbot: QtBot) -> None:
    known = why.of(desk)
    qtbot.waitUntil(lambda: known.offers(StopId(6)) is not None)
    assert known.offers(StopId(6)) == dispatch.offers(desk.day, StopId(6))
    qtbot.waitUntil(lambda: known.offers(StopId(1)) is not None)
    assert [offer.route for offer in known.offers(StopId(1)) or []] == [2], "never its own route"


def test_one_for_all_panes(desk: Desk) -> None:
    assert why.of(desk) is why.of(desk)


def test_idle_work_is_done_in_slices(qtbot: QtBot) -> None:
    idle, done = Idle(slice_s=0.001), list[int]()

    def job(n: int) -> Job:
        for _ in range(3):
            yield
        done.append(n)

    idle.add(job(1))
    idle.add(job(2))
    assert done == []
    qtbot.waitUntil(lambda: done == [2, 1])


# --- words and marks ---


@pytest.mark.parametrize(
    ("name", "card", "list_"),
    [
        ("Mara Keller", "Keller M.", "Keller Mara"),
        ("Keller, Mara", "Keller M.", "Keller Mara"),
        ("Jan van der Berg", "van der Berg J.", "van der Berg Jan"),
        ("Ana-Sofia O'Neil", "O'Neil A.", "O'Neil Ana-Sofia"),
        ("Hotel Drei Eichen", "Hotel Drei Eichen", "Hotel Drei Eichen"),
        ("Muster GmbH", "Muster GmbH", "Muster GmbH"),
        ("Studio 54", "Studio 54", "Studio 54"),
        ("Cher", "Cher", "Cher"),
        ("Meet Ada Quill", "Meet Ada Quill", "Meet Ada Quill"),
        ("", "", ""),
        ("A,", "A,", "A,"),
    ],
)
def test_names(name: str, card: str, list_: str) -> None:
    assert (words.short_name(name), words.listed_name(name)) == (card, list_)


def test_windows_and_figures() -> None:
    assert words.told_window(Window(8 * 3600, 12 * 3600)) == "08–12"
    assert words.told_window(Window(34_200, 37_800)) == "09:30–10:30"
    assert words.wall(86_400, DAY, "Europe/Vaduz") == "24:00"
    assert words.wall(8 * 3600, dt.date(2026, 10, 25), "Europe/Vaduz") == "07:00", "a day of 25 hours"
    assert [words.signed_minutes(s) for s in (360, -180, 20, 0)] == ["+6", "−3", "±0", "±0"]
    assert [words.ordinal(n) for n in (1, 2, 3, 7, 11, 12, 21, 112)] == [
        "1st", "2nd", "3rd", "7th", "11th", "12th", "21st", "112th",
    ]  # fmt: skip
    assert [words.kilograms(g) for g in (0, 400, 9_400, 108_000)] == ["0", "0.4", "9", "108"]


def test_every_rule_has_short_words() -> None:
    for rule in Rule:
        assert 0 < len(words.reason_word(rule)) <= 10
        assert words.short(BrokenRule(rule, StopId(1), 61, "crane"))
    assert words.short(BrokenRule(Rule.CAPACITY_KG, None, 46_100)) == "47 kg over"
    assert words.short(BrokenRule(Rule.WINDOW, StopId(1), 119)) == "1 min late"


def test_marks_stand_in_their_order() -> None:
    wanted = order(1, skills=("Age-Check", "two_man", "kühlung"), cod=Money(500, "CHF"), kind=OrderKind.COLLECTION)
    assert marks.of_order(wanted) == (marks.COD, marks.TWO_MAN, marks.COLD, marks.AGE, marks.COLLECTION)
    assert marks.of_order(order(1, skills=("forklift", "manage", "garage"))) == ()
    day = small_day()
    desk_session = DaySession(day)
    dispatch.set_pin(desk_session, [StopId(1)], Pin.POSITION)
    assert marks.of_stop(day.stops[StopId(1)], desk_session.day.routes[0]) == (marks.FIXED,)


# --- tooltips ---


def test_tooltips_escape_what_comes_from_orders(qtbot: QtBot) -> None:
    day = small_day()
    evil = "<img src=x onerror=alert(1)>"
    orders = {id: replace(o, name=evil, notes=evil, company=evil) for id, o in day.orders.items()}
    day = open_day(day.depot, day.date, orders.values(), day.shifts.values(), day.travel, day.plan)
    for stop in (StopId(1), StopId(6)):
        text = tooltips.of_reasons(day, stop, dispatch.offers(day, stop), dispatch.reasons(day, stop))
        assert "<img" not in text
        assert "&lt;img" in text
    assert "<img" not in tooltips.of_route(day, day.routes[0].id)


def test_a_tooltip_tells_of_late_stops_and_of_others_who_could() -> None:
    day = rich_day()
    late = next(b for s in day.schedules.values() for b in s.broken if b.rule is Rule.WINDOW)
    assert late.stop is not None
    text = tooltips.of_stop(day, late.stop, dispatch.offers(day, late.stop))
    assert "min after the window closes" in text
    assert text.count("arrives") == 1 + tooltips.ALTERNATIVES
    unassigned = day.plan.pool.stops[2]
    assert "needs crane" in tooltips.of_reasons(day, unassigned, [], dispatch.reasons(day, unassigned))


# --- other languages ---


class _Shouting(QTranslator):
    """A language in which every text is the English one in capitals."""

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, sourceText: str, disambiguation: str | None = None, n: int = -1) -> str:
        return re.sub(r"\{\w+\}", lambda name: name[0].lower(), sourceText.upper())


def test_cards_and_tooltips_speak_the_language_of_the_window(desk: Desk, qapp: QApplication):
    qapp.installTranslator(language := _Shouting())
    try:
        texts = tooltips.of_stop(desk.day, StopId(2), None), words.count(2, "stop")
        assert "ARRIVES " in texts[0] and "LEAVES " in texts[0] and texts[1] == "2 STOPS"
        assert words.short(BrokenRule(Rule.WINDOW, StopId(1), 600)) == "10 MIN LATE"
        assert hint.of_slot(desk.day, [StopId(6)], ShiftId(1), 0, desk.hhmm).text.startswith("ARRIVES ")
    finally:
        qapp.removeTranslator(language)


# --- following rows ---


class _Rows(QAbstractListModel):
    """A plain list that follows by `sync_rows`."""

    def __init__(self, rows: list[int]) -> None:
        super().__init__()
        self.rows = rows

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        return str(self.rows[index.row()]) if index.isValid() and role == Qt.ItemDataRole.DisplayRole else None


@pytest.mark.parametrize("seed", range(40))
def test_rows_are_followed_by_runs(seed: int, qtmodeltester: ModelTester) -> None:
    """Whatever the change, the rows end up right, and the steps told to views fit (the tester watches)."""
    rnd = random.Random(seed)
    model = _Rows(rnd.sample(range(12), rnd.randrange(0, 8)))
    after = rnd.sample(range(12), rnd.randrange(0, 8)) if seed % 3 else rnd.sample(model.rows, len(model.rows))
    qtmodeltester.check(model)
    steps: list[int] = []
    model.rowsInserted.connect(lambda *_: steps.append(1))
    model.rowsRemoved.connect(lambda *_: steps.append(1))
    apart = runs_apart(model.rows, after)
    sync_rows(model, QModelIndex(), model.rows, after)
    assert model.rows == after
    assert len(steps) == apart


def test_one_row_that_moves_far_is_two_steps() -> None:
    assert runs_apart(range(100), [*range(1, 60), 0, *range(60, 100)]) == 2
    assert runs_apart(range(100), [99, *range(99)]) == 2
    assert runs_apart(range(100), range(100)) == 0
