"""The walk from an ugly file to orders: real files, a real child process, real keys, a real store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from dispatch_console.domain.orders import Window
from dispatch_console.services.importing_picture import Column, Mark
from dispatch_console.ui.importing.cells import CellEditor
from dispatch_console.ui.importing.page import ImportPage
from dispatch_console.ui.importing.rows_model import RowsModel
from dispatch_console.ui.importing.rows_view import shared_out
from dispatch_console.ui.widgets.overlay import OverlayBar
from tests.gui.office import Office, dress, opened
from tests.patience import PATIENCE_S

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester

Key, Mod = Qt.Key, Qt.KeyboardModifier

HEAD = "Bestellnr.;Name;Straße;Nr.;PLZ;Ort;Lieferdatum;Zeitfenster;Standzeit;Gewicht kg;Kolli;Bemerkung"


def row(number: int, *, weight: str = "", window: str = "08 - 12 Uhr", day: str = "23.11.2026") -> str:
    weight = weight or f"{5 + number % 17},0"
    where = f"Harbour Rd;{number % 90 + 1};4100;Lindmoor"
    return f"{number};Quarry Bruno {number};{where};{day};{window};{5 + number % 4};{weight};{1 + number % 3};ring"


def write(folder: Path, rows: list[str], name: str = "orders_23-11.csv") -> Path:
    path = folder / name
    path.write_bytes("\r\n".join([HEAD, *rows, ""]).encode("cp1252"))
    return path


@pytest.fixture
def office(tmp_path: Path, qapp: QApplication) -> Iterator[Office]:
    dress(qapp)
    with opened(tmp_path) as office:
        yield office


@pytest.fixture
def page(office: Office, qtbot: QtBot) -> Iterator[ImportPage]:
    page = ImportPage(office.desk, office.store, lambda: "tester")
    qtbot.addWidget(page)
    page.resize(1920, 974)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    yield page
    page.work.drop()
    page.close()


def load(page: ImportPage, qtbot: QtBot, *paths: Path) -> None:
    with qtbot.waitSignal(page.work.drawn):
        page.open_files(paths)


def settle(page: ImportPage, qtbot: QtBot) -> None:
    QApplication.processEvents()  # a cell hands over what was typed when its key is done with
    qtbot.waitUntil(lambda: not page.work.busy)


def press(page: ImportPage, qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier = Mod.NoModifier) -> None:
    """A key on whatever has the focus in the page."""
    qtbot.keyClick(page.window().focusWidget() or page, key, modifier)


def editor(page: ImportPage) -> CellEditor:
    found = page.face.view.editor()
    assert isinstance(found, CellEditor)
    return found


def counts(page: ImportPage) -> dict[Mark, int]:
    return {mark: n for mark, n in page.face.picture.counts.items() if n}


def test_an_empty_page_says_what_to_do(page: ImportPage):
    assert page.empty.isVisible() and page.pick.isVisible()


def test_the_walk_repair_undo_import_undo(office: Office, page: ImportPage, qtbot: QtBot, tmp_path: Path):
    rows = [row(n) for n in range(4100, 4120)]
    rows[5] = row(4105, weight="12,5,0")
    rows[9] = row(4109, window="14-26 Uhr")
    rows.append(rows[3])
    before = office.desk.day
    load(page, qtbot, write(tmp_path, rows))
    assert counts(page) == {Mark.NEW: 18, Mark.DUPLICATE: 1, Mark.REJECTED: 2}
    assert page.face.head.go.text() == "Import 18 orders"
    assert page.face.head.stays.text() == "2 rejected rows stay in the repair list"
    assert page.face.picture.sentence.startswith("21 rows = 21 orders. 0 orders")

    press(page, qtbot, Key.Key_F8)
    strip = page.face.view.strip
    assert strip.isVisible() and strip.problem is not None and strip.problem.row == 7
    assert editor(page).text() == "12,50 kg"  # the best repair, typed in already
    press(page, qtbot, Key.Key_Return)
    settle(page, qtbot)
    assert counts(page) == {Mark.NEW: 19, Mark.DUPLICATE: 1, Mark.REJECTED: 1}
    assert not strip.isVisible()

    press(page, qtbot, Key.Key_Z, Mod.ControlModifier)
    settle(page, qtbot)
    assert counts(page)[Mark.REJECTED] == 2
    press(page, qtbot, Key.Key_Y, Mod.ControlModifier)
    settle(page, qtbot)
    assert counts(page)[Mark.REJECTED] == 1

    press(page, qtbot, Key.Key_F8)
    field = editor(page)
    field.selectAll()
    qtbot.keyClicks(field, "14-16")
    press(page, qtbot, Key.Key_Return)
    settle(page, qtbot)
    assert counts(page) == {Mark.NEW: 20, Mark.DUPLICATE: 1}
    assert office.desk.day is before  # nothing has happened yet

    with qtbot.waitSignal(page.closed):
        press(page, qtbot, Key.Key_Return, Mod.ControlModifier)
    day = office.desk.day
    made = {order.reference: order for order in day.orders.values()}
    assert len(day.orders) == 26
    assert made["4105"].size.grams == 12_500
    assert made["4109"].windows == (Window(14 * 3600, 16 * 3600),)
    assert office.labels == ["Import orders_23-11.csv"]
    assert len(office.saved().orders) == 26
    office.desk.session.undo()
    assert office.desk.day.orders == before.orders
    assert len(office.saved().orders) == 6


def test_the_same_file_again_is_the_same_and_a_changed_one_names_what_changed(
    office: Office, page: ImportPage, qtbot: QtBot, tmp_path: Path
):
    rows = [row(n) for n in range(4100, 4110)]
    load(page, qtbot, write(tmp_path, rows))
    with qtbot.waitSignal(page.closed):
        press(page, qtbot, Key.Key_Return, Mod.ControlModifier)
    office.saver.flush(PATIENCE_S)
    rows[2] = row(4102, window="10 - 14 Uhr")
    rows[4] = row(4104, weight="10")
    load(page, qtbot, write(tmp_path, [*rows[:-1], row(4999)]))
    assert counts(page) == {Mark.NEW: 1, Mark.CHANGED: 2, Mark.SAME: 7}
    assert "window 1" in page.face.picture.notes[Mark.CHANGED]
    assert page.face.picture.banner.startswith("Columns remembered from ")
    assert "1 order of the last import is gone." in page.face.picture.sentence
    qtbot.mouseClick(page.face.side.rows[Mark.CHANGED], Qt.MouseButton.LeftButton)
    told = [entry.more for entry in page.face.picture.entries[Mark.CHANGED]]
    assert told == ["window 08–12 → 10–14", "12 → 10 kg"]


def test_orders_of_another_day_are_named_and_go_there(
    office: Office, page: ImportPage, qtbot: QtBot, tmp_path: Path
):
    rows = [row(4100), row(4101, day="24.11.2026"), row(4102, day="24.11.2026")]
    load(page, qtbot, write(tmp_path, rows))
    assert page.face.picture.notes[Mark.NEW] == "1 into Mon 23 Nov, 2 into Tue 24 Nov"
    said: list[str] = []
    office.desk.message.connect(lambda text, kind: said.append(text))
    with qtbot.waitSignal(page.closed):
        press(page, qtbot, Key.Key_Return, Mod.ControlModifier)
    assert len(office.desk.day.orders) == 7
    assert said[-1].startswith("3 orders imported, 2 for Tue 24 Nov")
    office.saver.flush(PATIENCE_S)
    other = office.store.load_day(office.desk.day.depot.id, office.desk.day.date.replace(day=24))
    assert len(other.orders) == 2


def test_filters_show_their_rows(page: ImportPage, qtbot: QtBot, tmp_path: Path):
    rows = [row(n) for n in range(4100, 4110)]
    rows[5] = row(4105, weight="many")
    load(page, qtbot, write(tmp_path, [*rows, rows[0]]))
    model = page.face.view.rows
    buttons = page.face.facts.filter.findChildren(type(page.face.head.cancel))
    assert [button.text() for button in buttons] == ["All 11", "Rejected 1", "Changed 0", "Duplicates 1"]
    assert model.rowCount() == 11
    qtbot.mouseClick(buttons[1], Qt.MouseButton.LeftButton)
    assert [model.line(r).number for r in range(model.rowCount())] == [7]
    qtbot.mouseClick(buttons[3], Qt.MouseButton.LeftButton)
    assert [model.line(r).number for r in range(model.rowCount())] == [12]


def test_leaving_out_a_row_and_taking_it_back(page: ImportPage, qtbot: QtBot, tmp_path: Path):
    rows = [row(4100), row(4101, weight="many"), row(4102)]
    load(page, qtbot, write(tmp_path, rows))
    press(page, qtbot, Key.Key_F8)
    qtbot.mouseClick(page.face.view.strip.buttons[-1], Qt.MouseButton.LeftButton)
    settle(page, qtbot)
    assert counts(page) == {Mark.NEW: 2}
    assert "1 row by hand left out" in page.face.picture.sentence
    press(page, qtbot, Key.Key_Z, Mod.ControlModifier)
    settle(page, qtbot)
    assert counts(page) == {Mark.NEW: 2, Mark.REJECTED: 1}


def test_a_way_of_the_strip_by_click(page: ImportPage, qtbot: QtBot, tmp_path: Path):
    load(page, qtbot, write(tmp_path, [row(4100), row(4101, day="31.11.2026")]))
    press(page, qtbot, Key.Key_F8)
    strip = page.face.view.strip
    assert strip.problem is not None and strip.problem.message == "November has 30 days"
    qtbot.mouseClick(strip.buttons[1], Qt.MouseButton.LeftButton)
    settle(page, qtbot)
    assert counts(page) == {Mark.NEW: 2}
    assert page.face.picture.notes[Mark.NEW] == "1 into Mon 23 Nov, 1 into Tue 1 Dec"


def test_f8_goes_round(page: ImportPage, qtbot: QtBot, tmp_path: Path):
    rows = [row(4100, weight="many"), row(4101), row(4102, weight="few"), *map(row, range(4103, 4112))]
    load(page, qtbot, write(tmp_path, rows))
    seen: list[int] = []
    for _ in range(3):
        press(page, qtbot, Key.Key_F8)
        problem = page.face.view.problem
        assert problem is not None
        seen.append(problem.row)
    assert seen == [2, 4, 2]
    press(page, qtbot, Key.Key_F8, Mod.ShiftModifier)
    assert page.face.view.problem is not None and page.face.view.problem.row == 4


def test_f2_in_a_cell_that_is_open_leaves_it_open(page: ImportPage, qtbot: QtBot, tmp_path: Path, qtlog: Any):
    load(page, qtbot, write(tmp_path, [row(4100, weight="12,5,0"), *map(row, range(4101, 4112))]))
    press(page, qtbot, Key.Key_F8)
    opened_by_f8 = editor(page)
    type_in = page.key_action(QKeyEvent(QEvent.Type.KeyPress, Key.Key_F2, Mod.NoModifier))
    assert type_in is not None
    type_in()
    assert editor(page) is opened_by_f8
    assert not [record for record in qtlog.records if "editing failed" in record.message]


def test_an_offer_nobody_took_is_no_repair(page: ImportPage, qtbot: QtBot, tmp_path: Path):
    rows = [row(4100, weight="12,5,0"), row(4101, weight="1,2,3"), *map(row, range(4102, 4112))]
    load(page, qtbot, write(tmp_path, rows))
    press(page, qtbot, Key.Key_F8)
    press(page, qtbot, Key.Key_F8)
    settle(page, qtbot)
    strip = page.face.view.strip
    assert strip.problem is not None and strip.problem.row == 3
    assert len(page.work.repairs) == 0 and counts(page)[Mark.REJECTED] == 2


def test_what_is_typed_takes_the_place_of_an_offer_and_stays_when_f8_goes_on(
    page: ImportPage, qtbot: QtBot, tmp_path: Path
):
    rows = [row(4100, weight="12,5,0"), row(4101, weight="many"), *map(row, range(4102, 4112))]
    load(page, qtbot, write(tmp_path, rows))
    press(page, qtbot, Key.Key_F8)
    qtbot.keyClicks(editor(page), "12,5")
    press(page, qtbot, Key.Key_F8)
    settle(page, qtbot)
    assert counts(page) == {Mark.NEW: 11, Mark.REJECTED: 1}


def test_a_column_can_be_taken_for_another_field(page: ImportPage, qtbot: QtBot, tmp_path: Path):
    load(page, qtbot, write(tmp_path, [row(n) for n in range(4100, 4105)]))
    view = page.face.view
    view.setCurrentIndex(view.rows.index(0, view.rows.section_of(11)))
    qtbot.keyClick(view, Key.Key_Down, Mod.AltModifier)
    menu = next(m for m in page.face.findChildren(QMenu) if m.isVisible())
    choose(menu, "Skills")
    settle(page, qtbot)
    assert page.face.picture.columns[11].short == "Skills"
    assert page.face.picture.columns[11].confidence == 100


def choose(menu: QMenu, text: str) -> None:
    next(action for action in menu.actions() if action.text() == text).trigger()
    menu.close()


def test_a_fact_can_be_changed(page: ImportPage, qtbot: QtBot, tmp_path: Path):
    load(page, qtbot, write(tmp_path, [row(4100, weight="1.249"), row(4101, weight="9,5")]))
    button = page.face.facts.button("separator")
    assert button.text() == "; semicolon"
    menu = page.face.facts.button("decimal").parent().findChild(QMenu)
    choose(menu, ". point")
    settle(page, qtbot)
    assert page.face.facts.button("decimal").text() == ". point"
    menu = page.face.facts.button("encoding").parent().findChild(QMenu)
    choose(menu, "DOS 850")
    settle(page, qtbot)
    assert page.face.picture.columns[2].header != "Straße"
    menu = page.face.facts.button("encoding").parent().findChild(QMenu)
    choose(menu, "Windows-1252")
    settle(page, qtbot)
    assert page.face.picture.columns[2].header == "Straße"


def test_esc_leaves_and_nothing_is_kept(office: Office, page: ImportPage, qtbot: QtBot, tmp_path: Path):
    before = office.desk.day
    load(page, qtbot, write(tmp_path, [row(4100)]))
    with qtbot.waitSignal(page.closed):
        press(page, qtbot, Key.Key_Escape)
    assert office.desk.day is before and page.empty.isVisible()


def test_esc_names_repairs_once_before_they_go(office: Office, page: ImportPage, qtbot: QtBot, tmp_path: Path):
    load(page, qtbot, write(tmp_path, [row(4100, weight="12,5,0"), *map(row, range(4101, 4106))]))
    press(page, qtbot, Key.Key_F8)
    press(page, qtbot, Key.Key_Return)
    settle(page, qtbot)
    said: list[str] = []
    office.desk.message.connect(lambda text, kind: said.append(text))
    press(page, qtbot, Key.Key_Escape)
    assert said == ["1 repair would be lost. Esc again drops them."] and page.face.isVisible()
    press(page, qtbot, Key.Key_Escape)
    assert page.empty.isVisible()


def test_several_files_come_one_after_the_other(office: Office, page: ImportPage, qtbot: QtBot, tmp_path: Path):
    first = write(tmp_path, [row(4100)], "a.csv")
    second = write(tmp_path, [row(4200)], "b.csv")
    load(page, qtbot, first, second)
    assert page.face.head.title.text() == "a.csv" and "1 more after this" in page.face.head.about.text
    with qtbot.waitSignal(page.work.drawn):
        press(page, qtbot, Key.Key_Return, Mod.ControlModifier)
    assert page.face.head.title.text() == "b.csv"
    with qtbot.waitSignal(page.closed):
        press(page, qtbot, Key.Key_Return, Mod.ControlModifier)
    assert office.labels == ["Import a.csv", "Import b.csv"]


def test_the_next_file_has_even_rows_and_its_scroll_bar_at_the_edge(page: ImportPage, qtbot: QtBot, tmp_path: Path):
    load(page, qtbot, write(tmp_path, [row(4100), row(4101), row(4102, weight="schwer")], "a.csv"))
    press(page, qtbot, Key.Key_F8)
    view = page.face.view
    assert view.strip.isVisible() and view.rowHeight(2) > view.rowHeight(0)
    load(page, qtbot, write(tmp_path, [row(n) for n in range(4200, 4300)], "b.csv"))
    assert {view.rowHeight(at) for at in range(100)} == {view.rowHeight(0)}

    page.resize(900, 974)
    QApplication.processEvents()
    bar, across = view.findChild(OverlayBar), view.horizontalScrollBar()
    assert bar is not None and bar.isVisible() and across.maximum() > 0
    across.setValue(across.maximum())
    assert bar.geometry().right() == view.viewport().rect().right()


def test_files_can_be_dropped(page: ImportPage, qtbot: QtBot, tmp_path: Path):
    path = write(tmp_path, [row(4100)])
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    drop = QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Mod.NoModifier)
    with qtbot.waitSignal(page.work.drawn):
        page.dropEvent(drop)
    assert counts(page) == {Mark.NEW: 1}


def test_the_command_asks_for_files(office: Office, page: ImportPage, qtbot: QtBot, tmp_path: Path):
    path = write(tmp_path, [row(4100)])
    page.ask_open = lambda parent: [str(path)]
    with qtbot.waitSignals([page.opened, page.work.drawn]):
        office.desk.actions["import.open"].run()
    assert office.desk.actions["import.take"].why_not() is None


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("picture.csv", b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "picture"),
        ("nothing.csv", b"", "nothing.csv is empty."),
    ],
)
def test_what_cannot_be_read_gets_one_sentence(
    page: ImportPage, qtbot: QtBot, tmp_path: Path, name: str, content: bytes, sentence: str
):
    path = tmp_path / name
    path.write_bytes(content)
    with qtbot.waitSignal(page.work.failed) as failed:
        page.open_files([path])
    assert page.failure.isVisible()
    assert sentence in failed.args[1]


def test_a_list_of_drivers_is_handed_on(page: ImportPage, qtbot: QtBot, tmp_path: Path):
    path = tmp_path / "vans.csv"
    path.write_text(
        "driver,vehicle,plate,capacity_kg,shift_start,shift_end\nAda Quill,Van 1,FL 1,900,07:00,15:00\n",
        encoding="utf-8",
    )
    with qtbot.waitSignal(page.fleet_file) as handed:
        page.open_files([path])
    assert handed.args == [path]


def test_bad_rows_can_be_saved(page: ImportPage, qtbot: QtBot, tmp_path: Path):
    load(page, qtbot, write(tmp_path, [row(4100), row(4101, weight="=cmd|1")]))
    out = tmp_path / "bad.csv"
    page.ask_save = lambda parent, name: str(out)
    qtbot.mouseClick(page.face.side.export, Qt.MouseButton.LeftButton)
    lines = out.read_text("utf-8-sig").splitlines()
    assert lines[0].startswith("Bestellnr.")
    assert lines[0].endswith(";Rejected because;Origin")
    assert lines[1].startswith("4101;")
    assert "Gewicht kg: =cmd|1: is not a number" in lines[1]
    assert ";'=cmd|1;" in lines[1]


def test_keys_of_the_page_win_over_the_window_s(page: ImportPage, qtbot: QtBot, tmp_path: Path):
    from PySide6.QtGui import QShortcut

    heard: list[str] = []
    for key in ("F8", "Ctrl+Z", "Ctrl+Return", "Esc"):
        shortcut = QShortcut(key, page.window())
        shortcut.activated.connect(lambda key=key: heard.append(key))
    told: list[str] = []
    page._desk.message.connect(lambda text, _kind: told.append(text))
    with qtbot.waitSignal(page.work.drawn):
        page.open_files([write(tmp_path, [row(4100), row(4101, weight="12,5,0"), *map(row, range(4102, 4112))])])
        press(page, qtbot, Key.Key_Return, Mod.ControlModifier)
    assert told == ["The file is still being read. Ctrl+Enter imports it once its rows are shown."]
    assert page._desk.actions["import.take"].why_not() is None
    press(page, qtbot, Key.Key_F8)
    press(page, qtbot, Key.Key_Return)
    settle(page, qtbot)
    press(page, qtbot, Key.Key_Z, Mod.ControlModifier)
    settle(page, qtbot)
    assert counts(page)[Mark.REJECTED] == 1
    assert heard == []


def test_a_cell_that_the_order_is_taken_without_is_marked(page: ImportPage, qtbot: QtBot, tmp_path: Path):
    path = write(tmp_path, [row(4100), row(4101), row(4102)])
    text = path.read_bytes().decode("cp1252").split("\r\n")
    lines = [f"{line};{cell}" for line, cell in zip(text, ("Ware bereit ab", "10:00", "25:10", "9"), strict=False)]
    path.write_bytes("\r\n".join([*lines, ""]).encode("cp1252"))
    load(page, qtbot, path)
    rows, last = page.face.view.rows, page.face.view.rows.columnCount() - 1
    assert [rows.is_bad(at, last) for at in range(3)] == [False, True, False]
    why = "25:10 is not a time of day: taken without it"
    assert rows.index(1, last).data(Qt.ItemDataRole.ToolTipRole) == why
    assert (counts(page), page.face.picture.problems) == ({Mark.NEW: 3}, ())
    page.face.view.setCurrentIndex(rows.index(1, last))
    assert page.face.view.strip.isVisible()
    _found = page.grab()
    page.face.view.rows.setData(rows.index(1, last), "8:10")
    settle(page, qtbot)
    assert not rows.is_bad(1, last) and not page.face.view.strip.isVisible()


def test_a_narrow_window_has_a_strip_of_counts_and_joins_the_house_number(
    page: ImportPage, qtbot: QtBot, tmp_path: Path
):
    page.resize(1366, 660)
    load(page, qtbot, write(tmp_path, [row(4100), row(4101, weight="many")]))
    assert page.face.counts.isVisible() and not page.face.side.isVisible()
    model = page.face.view.rows
    texts = [model.index(0, section).data() for section in range(model.columnCount())]
    assert "Harbour Rd 51" in texts
    qtbot.mouseClick(page.face.counts.cells[Mark.REJECTED], Qt.MouseButton.LeftButton)
    assert model.rowCount() == 1


def test_rows_model_keeps_the_rules_of_models(
    page: ImportPage, qtbot: QtBot, tmp_path: Path, qtmodeltester: ModelTester
):
    rows = [row(4100), row(4101, weight="many"), row(4102)]
    load(page, qtbot, write(tmp_path, rows))
    model = RowsModel()
    model.show(page.face.picture, list(page.face.picture.columns))
    qtmodeltester.check(model)
    model.filter(1)
    model.filter(0)
    model.show(page.face.picture, list(page.face.picture.columns)[:4])
    assert model.columnCount() == 5


def test_an_import_of_before_can_be_taken_back_and_its_bad_rows_saved(
    office: Office, page: ImportPage, qtbot: QtBot, tmp_path: Path
):
    rows = [row(4100), row(4101, weight="many"), *map(row, range(4102, 4110)), row(4110, day="24.11.2026")]
    load(page, qtbot, write(tmp_path, rows))
    with qtbot.waitSignal(page.closed):
        press(page, qtbot, Key.Key_Return, Mod.ControlModifier)
    office.saver.flush(PATIENCE_S)
    page.past.reload()
    qtbot.waitUntil(lambda: len(page.earlier.rows) == 1)
    line = page.earlier.rows[0]
    assert line.did.text() == "10 new, 1 rejected"
    out = tmp_path / "bad.csv"
    page.ask_save = lambda parent, name: str(out)
    qtbot.mouseClick(line.rejects, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(out.exists)
    saved = out.read_text("utf-8-sig").splitlines()[1]
    assert saved.startswith("4101;")
    assert saved.endswith(";Gewicht kg: many: is not a number;orders_23-11.csv, row 3")
    office.desk.session.forget_history()  # as after a restart
    qtbot.mouseClick(line.remove, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(office.desk.day.orders) == 6)
    assert office.labels == ["Remove import orders_23-11.csv"]
    office.saver.flush(PATIENCE_S)
    assert sum(day.orders for day in office.store.list_days(office.desk.day.depot.id)) == 6
    page.past.reload()
    qtbot.waitUntil(lambda: page.earlier.rows[0].did.text().startswith("taken back"))


@pytest.mark.shared
def test_a_german_file_from_the_world(office: Office, page: ImportPage, qtbot: QtBot, shared: Path):
    path = shared / "orders" / "02_excel_deutsch.csv"
    before = office.desk.day.orders
    load(page, qtbot, path)
    assert counts(page) == {Mark.NEW: 177, Mark.DUPLICATE: 3, Mark.REJECTED: 12}
    assert page.face.head.go.text() == "Import 177 orders"
    repaired = 0
    for _ in range(12):
        press(page, qtbot, Key.Key_F8)
        first = page.face.view.strip.first
        if first is not None:
            press(page, qtbot, Key.Key_Return)
            settle(page, qtbot)
            repaired += 1
    assert repaired >= 5
    assert counts(page)[Mark.REJECTED] == 12 - repaired
    n = page.face.picture.orders
    with qtbot.waitSignal(page.closed):
        press(page, qtbot, Key.Key_Return, Mod.ControlModifier)
    office.saver.flush(PATIENCE_S)
    days = {day.date: day.orders for day in office.store.list_days(office.desk.day.depot.id)}
    assert sum(days.values()) == n + 6
    office.desk.session.undo()
    assert office.desk.day.orders == before
    office.saver.flush(PATIENCE_S)
    assert sum(day.orders for day in office.store.list_days(office.desk.day.depot.id)) == 6


def test_widths_cut_names_only_where_that_spares_the_scrolling() -> None:
    columns = [Column(at, field, field) for at, field in enumerate(("reference", "email", "name", "weight"))]
    assert shared_out(columns, [80, 200, 150, 60], 490) == [80, 200, 150, 60]
    assert shared_out(columns, [80, 200, 150, 60], 340) == [80, 92, 108, 60], "108 of the e-mail, 42 of the name"
    assert shared_out(columns, [80, 200, 150, 60], 200) == [80, 92, 150, 60], "scrolled all the same"
