"""The page of drivers, vehicles and shifts: typed, clicked, imported; absent today by one click."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from dispatch_console.domain.fleet import Driver, DriverId, DrivingBreaks, ShiftId, ShiftPattern, Vehicle, VehicleId
from dispatch_console.services import days, fleet, fleet_record
from dispatch_console.services.fleet_record import Record
from dispatch_console.ui.fleet import rule_words
from dispatch_console.ui.fleet.model import Col, FleetModel
from dispatch_console.ui.fleet.page import FleetPage
from dispatch_console.ui.fleet.table import weekday_box
from tests.gui.office import DAY, Office, dress, opened
from tests.patience import PATIENCE_S

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester

Key, Mod = Qt.Key, Qt.KeyboardModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def office(tmp_path: Path, qapp: QApplication) -> Iterator[Office]:
    """The small day; its two drivers have a usual shift, Monday to Friday, 08:00 to 16:00."""
    dress(qapp)
    with opened(tmp_path) as office:
        depot = office.desk.day.depot.id
        kept = fleet.load(office.store, depot)
        for driver, vehicle in zip(kept.drivers, kept.vehicles, strict=True):
            pattern = ShiftPattern(driver.id, vehicle.id, 8 * 3600, 16 * 3600)
            fleet.save_pattern(office.store, depot, None, pattern, "tester")
        yield office


@pytest.fixture
def page(office: Office, qtbot: QtBot) -> Iterator[FleetPage]:
    page = FleetPage(office.desk, office.store)
    qtbot.addWidget(page)
    page.resize(1920, 974)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    if fleet.load(office.store, office.desk.day.depot.id).drivers:
        qtbot.waitUntil(lambda: bool(page.table.rows.records))
    yield page
    qtbot.waitUntil(lambda: not page.is_busy)  # what is saved is read again: not from a store that is closed
    page.close()


def names(page: FleetPage) -> list[str]:
    return [record.driver.name if record.driver else "" for record in page.table.rows.records]


def kept(office: Office) -> fleet_record.Fleet:
    """The fleet as the store has it once what was done is saved."""
    office.saver.flush(PATIENCE_S)
    return fleet.load(office.store, office.desk.day.depot.id)


def type_into(qtbot: QtBot, page: FleetPage, **texts: str) -> None:
    for name, text in texts.items():
        field = page.form.boxes[name.removesuffix("_")].field
        field.setFocus()
        field.selectAll()
        if text:
            qtbot.keyClicks(field, text)
        else:
            qtbot.keyClick(field, Key.Key_Delete)


def save(page: FleetPage, qtbot: QtBot) -> None:
    qtbot.keyClick(page.window().focusWidget(), Key.Key_Return, Mod.ControlModifier)
    qtbot.waitUntil(lambda: not page.is_busy)
    qtbot.wait(1)


def cell(page: FleetPage, row: int, column: Col) -> QPoint:
    return page.table.visualRect(page.table.rows.index(row, column)).center()


def test_the_fleet_is_listed_by_name(page: FleetPage):
    assert names(page) == ["Ada Quill", "Ben Rook"]
    assert page.table.rows.index(0, Col.HOURS).data() == "08:00–16:00"
    assert page.table.isColumnHidden(Col.RULES)  # nobody has any
    assert page.form.boxes["name"].text == "Ada Quill"


def test_who_comes_to_the_page_walks_it_by_arrows(page: FleetPage):
    page.form.setFocus()
    page.setFocus()  # as the window does with each page
    assert page.window().focusWidget() is page.table


def test_a_warning_leads_to_the_field_of_the_form(office: Office, page: FleetPage, qtbot: QtBot):
    ada, ben = office.desk.day.shifts.values()
    for shift, field in ((ben, "inspection"), (ada, "licence")):
        page.seek(shift.driver.id, shift.vehicle.id, field)
        qtbot.waitUntil(page.form.boxes[field].field.hasFocus)
        assert page.form.boxes["name"].text == shift.driver.name


def test_absent_today_is_one_click_and_undone(office: Office, page: FleetPage, qtbot: QtBot):
    qtbot.mouseClick(page.table.viewport(), LEFT, pos=cell(page, 1, Col.TODAY))
    absent = [shift.driver.name for shift in office.desk.day.shifts.values() if shift.absent]
    assert absent == ["Ben Rook"]
    assert page.table.rows.index(1, Col.TODAY).data() == "absent"
    assert office.labels == ["Ben Rook absent"]
    assert office.saved().shifts[office.desk.day.routes[1].id].absent
    qtbot.keyClick(page.table, Key.Key_Space)
    assert not any(shift.absent for shift in office.desk.day.shifts.values())
    office.desk.session.undo()
    assert page.table.rows.index(1, Col.TODAY).data() == "absent"


def test_a_weekday_is_ticked_by_click_and_by_key(office: Office, page: FleetPage, qtbot: QtBot):
    rect = page.table.visualRect(page.table.rows.index(0, Col.WEEKDAYS))
    qtbot.mouseClick(page.table.viewport(), LEFT, pos=weekday_box(rect, 5).center())
    qtbot.waitUntil(lambda: 5 in kept(office).patterns[0].weekdays)
    qtbot.waitUntil(lambda: page.table.rows.index(0, Col.WEEKDAYS).data() == "Mo Tu We Th Fr Sa")
    page.table.setFocus()
    qtbot.keyClick(page.table, Key.Key_1)
    qtbot.waitUntil(lambda: kept(office).patterns[0].weekdays == {1, 2, 3, 4, 5})


def test_a_new_driver_with_vehicle_and_shift(office: Office, page: FleetPage, qtbot: QtBot):
    qtbot.mouseClick(page.add, LEFT)
    type_into(
        qtbot, page, name="Lea Sommer", phone="+41791234567", vehicle="Daily 05", kg="1400", start="7", end="15:30"
    )
    qtbot.mouseClick(page.form.rules.kind.segments.findChildren(QAbstractButton)[1], LEFT)
    type_into(qtbot, page, break_="30", break_window="11-13")
    save(page, qtbot)
    qtbot.waitUntil(lambda: "Lea Sommer" in names(page))
    record = page.table.record
    assert record is not None and record.driver is not None and record.driver.name == "Lea Sommer"
    assert record.pattern is not None and record.pattern.end == 15 * 3600 + 1800
    assert [v.capacity.grams for v in kept(office).vehicles if v.name == "Daily 05"] == [1_400_000]


def test_breaks_by_driving_and_the_rules_of_a_shift(office: Office, page: FleetPage, qtbot: QtBot):
    rules = page.form.rules
    assert not rules.boxes["break"].isVisible() and not rules.boxes["drive_limit"].isVisible()
    _, window, driving = rules.kind.segments.findChildren(QAbstractButton)
    qtbot.mouseClick(window, LEFT)
    assert rules.boxes["break"].isVisible() and rules.boxes["break"].text == "30"
    qtbot.mouseClick(driving, LEFT)
    assert [rules.boxes[name].text for name in ("drive_limit", "drive_break", "drive_split")] == [
        "4:30",
        "45",
        "15+30",
    ]
    type_into(qtbot, page, max_drive="9:00", overtime="30", overtime_hour="12", tours="2", zones="north")
    type_into(qtbot, page, no_zones="centre", max_km="300", reload="20")
    save(page, qtbot)
    qtbot.waitUntil(lambda: page.table.rows.index(0, Col.BREAK).data() == "45 min after 4:30")
    (pattern, _), (van, _) = kept(office).patterns, kept(office).vehicles
    assert (pattern.pause, pattern.zones, van.no_zones) == (DrivingBreaks(), {"north"}, {"centre"})
    assert (pattern.max_drive_s, pattern.max_drive_m, pattern.tours, pattern.reload_s) == (32_400, 300_000, 2, 1200)
    assert (pattern.overtime_s, pattern.overtime_per_hour) == (1800, 1200)
    row = page.table.rows.index(0, Col.RULES)
    assert row.data() == "2 tours · +30 min · ≤ 9:00 h · ≤ 300 km · north · not centre"
    assert rule_words.fitting(row.data(), lambda some: len(some) <= 24) == "2 tours · +30 min · +4"
    assert "loading for a further tour: 20 min" in row.data(Qt.ItemDataRole.ToolTipRole)
    assert not page.table.isColumnHidden(Col.RULES)
    page.also_today()
    qtbot.waitUntil(lambda: office.desk.day.shifts[ShiftId(1)].driving is not None)
    qtbot.mouseClick(rules.kind.segments.findChildren(QAbstractButton)[0], LEFT)
    save(page, qtbot)
    qtbot.waitUntil(lambda: kept(office).patterns[0].pause is None)


def test_what_cannot_be_read_is_said_beside_its_field(office: Office, page: FleetPage, qtbot: QtBot):
    before = kept(office)
    type_into(qtbot, page, end="07:00")
    save(page, qtbot)
    assert page.form.boxes["end"].trouble.sentence.startswith("The shift ends before it starts.")
    assert page.form.boxes["end"].field.hasFocus()
    assert kept(office) == before


def test_an_edit_and_also_today(office: Office, page: FleetPage, qtbot: QtBot):
    type_into(qtbot, page, end="17:00", max_stops="20")
    save(page, qtbot)
    qtbot.waitUntil(lambda: page.table.rows.index(0, Col.HOURS).data() == "08:00–17:00")
    first = next(iter(office.desk.day.shifts.values()))
    assert first.end == 16 * 3600  # the day keeps what it has until it is told
    qtbot.mouseClick(page.editor.today, LEFT)
    qtbot.waitUntil(lambda: next(iter(office.desk.day.shifts.values())).end == 17 * 3600)
    assert next(iter(office.desk.day.shifts.values())).max_stops == 20
    assert office.labels == ["Driver Ada Quill", "Shift of Ada Quill"]
    office.desk.session.undo()
    assert next(iter(office.desk.day.shifts.values())).end == 16 * 3600


def test_another_vehicle_by_its_name(office: Office, page: FleetPage, qtbot: QtBot):
    vans = {vehicle.name: vehicle for vehicle in kept(office).vehicles}
    type_into(qtbot, page, vehicle="van 02")
    qtbot.keyClick(page.form.boxes["vehicle"].field, Key.Key_Tab)
    assert page.form.boxes["plate"].text == vans["Van 02"].plate
    save(page, qtbot)
    qtbot.waitUntil(lambda: page.table.rows.index(0, Col.VEHICLE).data() == "Van 02")
    ada = next(pattern for pattern in kept(office).patterns if pattern.driver == 1)
    assert ada.vehicle == vans["Van 02"].id
    assert {vehicle.name for vehicle in kept(office).vehicles} == {"Van 01", "Van 02"}
    assert names(page)[-1] == ""  # Van 01 is spare now


def test_walking_away_from_typed_values_is_stopped(page: FleetPage, qtbot: QtBot):
    type_into(qtbot, page, phone="123456")
    page.table.setFocus()
    qtbot.keyClick(page.table, Key.Key_Down)
    qtbot.waitUntil(lambda: page.table.currentIndex().row() == 0)
    assert page.form.boxes["phone"].text == "123456"
    assert "Save first" in page.editor.warning.text()


def test_esc_warns_once_then_leaves(page: FleetPage, qtbot: QtBot):
    type_into(qtbot, page, phone="123456")
    qtbot.keyClick(page.window().focusWidget(), Key.Key_Escape)
    assert "not saved" in page.editor.warning.text()
    with qtbot.waitSignal(page.closed):
        qtbot.keyClick(page.window().focusWidget(), Key.Key_Escape)


def test_removing_a_driver_keeps_today(office: Office, page: FleetPage, qtbot: QtBot):
    line = next(action for action in page.editor.removals.actions() if action.text().startswith("Driver Ada Quill"))
    line.trigger()
    qtbot.waitUntil(lambda: "Ada Quill" not in names(page))
    assert [shift.driver.name for shift in office.desk.day.shifts.values()] == ["Ada Quill", "Ben Rook"]


def test_a_vehicle_in_use_is_not_removed_and_says_why(office: Office, page: FleetPage, qtbot: QtBot):
    line = next(action for action in page.editor.removals.actions() if action.text() == "Vehicle Van 01")
    line.trigger()
    qtbot.waitUntil(lambda: "is driven by Ada Quill" in page.editor.warning.text())
    assert len(kept(office).vehicles) == 2


def test_a_day_without_shifts_takes_its_weekday_s(office: Office, page: FleetPage, qtbot: QtBot):
    depot = office.desk.day.depot.id
    office.desk.session.replace_day(days.open_day(office.store, depot, DAY + dt.timedelta(days=1)))
    assert not office.desk.day.shifts
    assert page.use.isVisible() and page.use.text() == "Use Tuesday's 2 shifts"
    qtbot.mouseClick(page.use, LEFT)
    qtbot.waitUntil(lambda: len(office.desk.day.shifts) == 2)
    assert not page.use.isVisible()
    assert office.labels == ["Shifts of Tuesday"]


def test_a_file_becomes_the_fleet_and_bad_rows_are_listed(
    office: Office, page: FleetPage, qtbot: QtBot, tmp_path: Path
):
    path = tmp_path / "vans.csv"
    head = "driver,vehicle,plate,capacity_kg,shift_start,shift_end,skills"
    rows = [
        "Nadia Voss,Sprinter 07,FL 7,1200,07:00,15:00,tail-lift",
        "Oskar Lindt,Sprinter 08,FL 8,900,16:00,08:00,",
    ]
    rows += ["Ruth Hallam,Sprinter 09,FL 9,900,08:00,16:00,", "Cem Aydar,Sprinter 10,FL 7,900,08:00,16:00,"]
    path.write_text("\n".join([head, *rows, ""]), encoding="utf-8")
    page.ask_open = lambda parent: str(path)
    qtbot.mouseClick(page.file, LEFT)
    qtbot.waitUntil(lambda: "Nadia Voss" in names(page))
    assert "Ruth Hallam" in names(page) and "Oskar Lindt" not in names(page)
    assert page.report.isVisible()
    assert page.report.head.count == "2"
    assert page.report.sentence.text().startswith("2 rows taken.")
    qtbot.mouseClick(page.report.back, LEFT)
    assert page.editor.isVisible()


def test_an_order_file_is_refused_in_a_sentence(office: Office, page: FleetPage, qtbot: QtBot, tmp_path: Path):
    path = tmp_path / "orders.csv"
    rows = [f"{n},Customer {n},Linden Row,{n},4100,Lindmoor" for n in range(1, 9)]
    path.write_text("\n".join(["order_no,name,street,house_no,postcode,city", *rows, ""]), encoding="utf-8")
    said: list[str] = []
    office.desk.message.connect(lambda text, kind: said.append(text))
    page.open_file(path)
    qtbot.waitUntil(lambda: any("list of orders" in text for text in said))


def test_an_empty_depot_says_what_to_do(tmp_path: Path, qapp: QApplication, qtbot: QtBot):
    dress(qapp)
    with opened(tmp_path, empty=True) as office:
        page = FleetPage(office.desk, office.store)
        qtbot.addWidget(page)
        page.resize(1366, 660)
        page.show()
        qtbot.waitUntil(page.empty.isVisible)
        assert page.empty_file.isVisible() and page.empty_add.isVisible()
        page.close()


def test_keys_of_the_table_win_over_the_window_s(page: FleetPage, qtbot: QtBot):
    heard: list[str] = []
    for key in ("1", "Space", "A", "Ctrl+Return"):
        QShortcut(key, page.window()).activated.connect(lambda key=key: heard.append(key))
    page.table.setFocus()
    qtbot.keyClick(page.table, Key.Key_1)
    qtbot.keyClick(page.table, Key.Key_A)
    qtbot.waitUntil(lambda: not page.is_busy)
    assert heard == []


def test_the_model_keeps_the_rules_of_models(office: Office, qtmodeltester: ModelTester):
    model = FleetModel()
    records = fleet_record.records(kept(office))
    idle = Record(Driver(DriverId(9), "Zoe Idle")), Record(vehicle=Vehicle(VehicleId(9), "Spare"))
    model.show([*records, *idle], office.desk.day)
    qtmodeltester.check(model)
    model.show(records, replace(office.desk.day))
    assert model.rowCount() == 2


# --- taking back ---


def undo_key(widget: QWidget, qtbot: QtBot) -> None:
    qtbot.keyClick(widget.window().focusWidget() or widget, Key.Key_Z, Mod.ControlModifier)


def driver_names(office: Office) -> list[str]:
    return [driver.name for driver in kept(office).drivers]


def test_a_driver_typed_in_is_taken_back_and_done_again_from_the_field(
    office: Office, page: FleetPage, qtbot: QtBot
):
    """By the keys of the window, right after saving, with the cursor still in the form."""
    session, actions = office.desk.session, (("Ctrl+Z", "undo"), ("Ctrl+Y", "redo"))
    for key, name in actions:
        QShortcut(key, page.window()).activated.connect(getattr(session, name))
    qtbot.mouseClick(page.add, LEFT)
    type_into(qtbot, page, name="Ben Arlt", vehicle="Van 07")
    save(page, qtbot)
    qtbot.waitUntil(lambda: "Ben Arlt" in names(page))
    assert office.labels == ["New driver Ben Arlt"]
    assert page.form.boxes["vehicle"].field.hasFocus()
    undo_key(page, qtbot)
    qtbot.waitUntil(lambda: names(page) == ["Ada Quill", "Ben Rook"])
    assert driver_names(office) == ["Ada Quill", "Ben Rook"]
    qtbot.keyClick(page.window().focusWidget(), Key.Key_Y, Mod.ControlModifier)
    qtbot.waitUntil(lambda: "Ben Arlt" in names(page))
    assert office.desk.session.history.undone == []


def test_typing_is_taken_back_first_then_what_was_saved(office: Office, page: FleetPage, qtbot: QtBot):
    QShortcut("Ctrl+Z", page.window()).activated.connect(office.desk.session.undo)
    box = page.form.boxes["max_stops"]
    type_into(qtbot, page, max_stops="20")
    save(page, qtbot)
    qtbot.waitUntil(lambda: not box.field.isUndoAvailable())
    assert box.text == "20"
    type_into(qtbot, page, max_stops="99")
    while box.field.isUndoAvailable():
        undo_key(page, qtbot)
    assert (box.text, office.labels) == ("20", ["Driver Ada Quill"])
    undo_key(page, qtbot)
    qtbot.waitUntil(lambda: box.text == "")
    assert (kept(office).patterns[0].max_stops, office.labels) == (None, [])


def test_undo_takes_plan_and_fleet_back_in_the_order_of_work(office: Office, page: FleetPage, qtbot: QtBot):
    qtbot.mouseClick(page.table.viewport(), LEFT, pos=cell(page, 1, Col.TODAY))
    page.table.setFocus()
    page.table.choose(0)
    qtbot.keyClick(page.table, Key.Key_6)
    qtbot.waitUntil(lambda: page.table.rows.index(0, Col.WEEKDAYS).data() == "Mo Tu We Th Fr Sa")
    qtbot.mouseClick(page.table.viewport(), LEFT, pos=cell(page, 0, Col.TODAY))
    assert office.labels == ["Ben Rook absent", "Weekdays of Ada Quill", "Ada Quill absent"]
    session = office.desk.session
    session.undo()
    assert page.table.rows.index(0, Col.TODAY).data() != "absent"
    assert session.undo().label == "Weekdays of Ada Quill"
    qtbot.waitUntil(lambda: page.table.rows.index(0, Col.WEEKDAYS).data() == "Mo Tu We Th Fr")
    assert page.table.rows.index(1, Col.TODAY).data() == "absent"
    session.undo()
    assert not any(shift.absent for shift in office.saved().shifts.values())


def test_a_step_of_the_fleet_is_taken_back_while_another_day_is_open(office: Office, page: FleetPage, qtbot: QtBot):
    session, monday = office.desk.session, office.desk.day
    page.table.setFocus()
    qtbot.keyClick(page.table, Key.Key_6)
    qtbot.waitUntil(lambda: 5 in kept(office).patterns[0].weekdays)
    session.replace_day(days.open_day(office.store, monday.depot.id, DAY + dt.timedelta(days=1)))
    assert office.labels == ["Weekdays of Ada Quill"]
    session.undo()
    qtbot.waitUntil(lambda: page.table.rows.index(0, Col.WEEKDAYS).data() == "Mo Tu We Th Fr")
    session.replace_day(days.open_day(office.store, monday.depot.id, DAY))
    assert office.labels == [] and office.desk.day.revision == monday.revision


def test_a_removal_and_an_import_are_taken_back(office: Office, page: FleetPage, qtbot: QtBot, tmp_path: Path):
    before = kept(office)
    line = next(action for action in page.editor.removals.actions() if action.text().startswith("Driver Ada Quill"))
    line.trigger()
    qtbot.waitUntil(lambda: "Ada Quill" not in names(page))
    path = tmp_path / "vans.csv"
    head = "driver,vehicle,plate,capacity_kg,shift_start,shift_end,skills"
    path.write_text(
        f"{head}\nNadia Voss,Sprinter 07,FL 7,1200,07:00,15:00,\nBen Rook,Van 02,,7,06:00,12:00,\n",
        encoding="utf-8",
    )
    page.open_file(path)
    qtbot.waitUntil(lambda: "Nadia Voss" in names(page))
    assert office.labels == ["Remove driver Ada Quill", "Import vans.csv"]
    office.desk.session.undo()
    qtbot.waitUntil(lambda: names(page)[0] == "Ben Rook")
    office.desk.session.undo()
    qtbot.waitUntil(lambda: names(page) == ["Ada Quill", "Ben Rook"])
    assert kept(office) == before


def test_what_is_undone_while_a_step_is_prepared_is_seen_by_it(office: Office, page: FleetPage, qtbot: QtBot):
    """The second tick was prepared on the fleet with the first one, which is taken back before it is made."""
    page.table.setFocus()
    qtbot.keyClick(page.table, Key.Key_6)
    qtbot.waitUntil(lambda: office.labels == ["Weekdays of Ada Quill"])
    qtbot.waitUntil(lambda: page.table.rows.index(0, Col.WEEKDAYS).data() == "Mo Tu We Th Fr Sa")
    said: list[str] = []
    office.desk.message.connect(lambda text, kind: said.append(text) if kind == "error" else None)
    qtbot.keyClick(page.table, Key.Key_7)
    office.desk.session.undo()
    qtbot.waitUntil(lambda: not page.is_busy)
    assert said == ["This shift was changed in the meantime. Look at it and do it again."]
    assert office.labels == []
    office.saver.flush(PATIENCE_S)
    assert kept(office).patterns[0].weekdays == {0, 1, 2, 3, 4}


# --- somebody new ---


def test_a_new_driver_s_shift_is_filled_in_and_counts(office: Office, page: FleetPage, qtbot: QtBot):
    qtbot.mouseClick(page.add, LEFT)
    boxes = page.form.boxes
    assert (boxes["start"].text, boxes["end"].text) == ("08:00", "16:00")
    assert page.form.days.days == {0, 1, 2, 3, 4} and not page.form.note.isVisible()
    type_into(qtbot, page, name="Ben Arlt", vehicle="Van 07")
    save(page, qtbot)
    qtbot.waitUntil(lambda: "Ben Arlt" in names(page))
    made = page.table.record
    assert made is not None and made.pattern is not None
    assert (made.pattern.start, made.pattern.end) == (8 * 3600, 16 * 3600)


def test_cleared_hours_say_that_there_is_no_shift(office: Office, page: FleetPage, qtbot: QtBot):
    said: list[str] = []
    office.desk.message.connect(lambda text, kind: said.append(text))
    qtbot.mouseClick(page.add, LEFT)
    type_into(qtbot, page, name="Ben Arlt")
    save(page, qtbot)
    assert page.form.boxes["vehicle"].trouble.sentence.startswith("A shift needs a vehicle.")
    type_into(qtbot, page, start="", end="")
    assert page.form.note.isVisible() and page.form.note.text() == "Without hours Ben Arlt gets no shift."
    assert not page.form.days.isEnabled()
    save(page, qtbot)
    qtbot.waitUntil(lambda: "Ben Arlt" in names(page))
    assert said[-1] == "Ben Arlt is saved, without a shift."


def test_a_date_is_read_by_the_desk_s_clock(office: Office, page: FleetPage, qtbot: QtBot):
    office.desk.clock = lambda: dt.datetime(2031, 5, 1, 8, 0, tzinfo=dt.UTC)
    type_into(qtbot, page, licence="1.7.")
    save(page, qtbot)
    qtbot.waitUntil(lambda: kept(office).drivers[0].licence_until == dt.date(2031, 7, 1))
