"""One more urgent order while the phone rings, and an earlier one changed: by real keys, into a real store."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from dispatch_console.domain.orders import OrderId, OrderKind, Priority, StopId, Window
from dispatch_console.domain.places import Place
from dispatch_console.geocoding import addresses
from dispatch_console.services import dispatch, finding_places, orders
from dispatch_console.services.regions.current import NONE
from dispatch_console.ui.models import tooltips
from dispatch_console.ui.order_form.panel import OrderForm
from dispatch_console.ui.order_page.side import facts
from tests.geocoding import packs
from tests.geocoding.test_index import HOUSES, LINES, TOWNS
from tests.gui.office import Office, dress, opened
from tests.patience import PATIENCE_S

Key, Mod = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def office(tmp_path: Path, qapp: QApplication) -> Iterator[Office]:
    dress(qapp)
    with opened(tmp_path) as office:
        yield office


@pytest.fixture
def form(office: Office, qtbot: QtBot) -> Iterator[OrderForm]:
    window = QWidget()
    window.resize(1200, 800)
    window.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    qtbot.addWidget(window)
    form = OrderForm(office.desk, office.store, window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    yield form
    window.close()


def type_into(qtbot: QtBot, form: OrderForm, **texts: str) -> None:
    for name, text in texts.items():
        field = form.fields.boxes[name].field
        field.setFocus()
        field.selectAll()
        qtbot.keyClicks(field, text)


def save(qtbot: QtBot, form: OrderForm) -> None:
    """Ctrl+Enter, from wherever the cursor is."""
    qtbot.keyClick(form.window().focusWidget(), Key.Key_Return, Mod.ControlModifier)


def test_a_new_order_by_keys_alone(office: Office, form: OrderForm, qtbot: QtBot):
    office.desk.actions["order.new"].run()
    assert form.isVisible() and form.search.field.hasFocus()
    type_into(qtbot, form, reference="4711", name="Mara Keller", phone="+41 79 123 45 67", street="Orchard Way")
    type_into(
        qtbot, form, house_number="3", postcode="4711", city="Fernhill", windows="8-12", kg="12,5", pieces="2"
    )
    with qtbot.waitSignal(form.closed):
        save(qtbot, form)
    made = next(order for order in office.desk.day.orders.values() if order.reference == "4711")
    assert made.windows == (Window(8 * 3600, 12 * 3600),)
    assert made.size.grams == 12_500 and made.size.pieces == 2
    assert made.phone == "+41791234567"
    assert made.stop in office.desk.day.plan.pool.stops
    assert office.labels == ["New order 4711"]
    assert office.desk.current == made.stop
    assert office.saved().orders[made.id] == made


def test_undo_takes_a_new_order_back(office: Office, form: OrderForm, qtbot: QtBot):
    before = office.desk.day.orders
    form.open_new()
    type_into(qtbot, form, city="Fernhill")
    with qtbot.waitSignal(form.closed):
        save(qtbot, form)
    assert "P1" in {order.reference for order in office.desk.day.orders.values()}
    office.desk.session.undo()
    assert office.desk.day.orders == before
    assert office.saved().orders == before


def test_a_known_address_finds_its_pin(office: Office, form: OrderForm, qtbot: QtBot):
    six = office.desk.day.orders[OrderId(6)].address
    office.store.remember_place(addresses.key(six), Place(50.61, 10.02), "tester")
    form.open_new()
    type_into(qtbot, form, street=six.street.upper(), house_number=six.house_number, postcode=six.postcode)
    with qtbot.waitSignal(form.closed):
        save(qtbot, form)
    made = max(office.desk.day.orders.values(), key=lambda order: order.id)
    assert (made.place, made.place_quality) == (Place(50.61, 10.02), "pin")


@pytest.fixture
def region(office: Office, form: OrderForm, tmp_path: Path) -> Iterator[None]:
    """A region with addresses."""
    pack = packs.write(tmp_path / "town", HOUSES, LINES, TOWNS)
    office.desk.region = replace(NONE, finder=finding_places.of_pack(pack))
    yield
    form.finding.stop()


def test_an_address_of_the_region_is_placed_and_an_uncertain_one_says_so(
    office: Office, form: OrderForm, qtbot: QtBot, region: None
):
    form.open_new()
    type_into(qtbot, form, street="bxrgstr.", house_number="5", postcode="9490", city="Vaduz", country="LI")
    qtbot.keyClick(form.fields.boxes["country"].field, Key.Key_Tab)
    qtbot.waitUntil(lambda: form.place.text.startswith("Not certain: "))
    type_into(qtbot, form, street="dorfstr.", house_number="3")
    qtbot.keyClick(form.fields.boxes["house_number"].field, Key.Key_Tab)
    qtbot.waitUntil(lambda: form.place.text == "On the map: the house is known")
    with qtbot.waitSignal(form.closed):
        save(qtbot, form)
    made = max(office.desk.day.orders.values(), key=lambda order: order.id)
    house = next(one.place for one in HOUSES if (one.street, one.number) == ("Dorfstrasse", "3"))
    assert made.place == pytest.approx(house, abs=1e-6)
    assert made.place_quality == "house"


def test_who_saves_at_once_has_the_place_as_well(office: Office, form: OrderForm, qtbot: QtBot, region: None):
    form.open_new()
    type_into(qtbot, form, postcode="9490", city="Vaduz", country="LI", street="Dorfstrasse", house_number="3")
    with qtbot.waitSignal(form.closed):
        save(qtbot, form)
    made = max(office.desk.day.orders.values(), key=lambda order: order.id)
    assert made.place_quality == "house"


def test_an_address_of_another_order_of_the_day_has_its_place(office: Office, form: OrderForm, qtbot: QtBot):
    three = office.desk.day.orders[OrderId(3)]
    form.open_new()
    address = three.address
    type_into(qtbot, form, street=address.street, house_number=address.house_number, postcode=address.postcode)
    qtbot.keyClick(form.fields.boxes["postcode"].field, Key.Key_Tab)
    qtbot.waitUntil(lambda: form.place.text == "On the map: coordinates came with the order")
    with qtbot.waitSignal(form.closed):
        save(qtbot, form)
    made = max(office.desk.day.orders.values(), key=lambda order: order.id)
    assert (made.place, made.place_quality) == (three.place, "file") and made.stop != three.stop


def test_what_cannot_be_read_is_said_beside_its_field(office: Office, form: OrderForm, qtbot: QtBot):
    form.open_new()
    type_into(qtbot, form, city="Fernhill", windows="12-10")
    save(qtbot, form)
    box = form.fields.boxes["windows"]
    assert form.isVisible() and office.labels == []
    assert box.trouble.isVisible()
    assert box.trouble.sentence == "“12-10”: the end is not after the start."
    assert box.field.hasFocus()
    qtbot.mouseClick(box.trouble.offers[1], Qt.MouseButton.LeftButton)
    assert box.text == "10:00-12:00" and not box.trouble.isVisible()
    with qtbot.waitSignal(form.closed):
        save(qtbot, form)
    made = max(office.desk.day.orders.values(), key=lambda order: order.id)
    assert made.windows == (Window(36000, 43200),)


def test_leaving_a_field_says_at_once_what_is_wrong(form: OrderForm, qtbot: QtBot):
    form.open_new()
    type_into(qtbot, form, kg="12,5,0")
    qtbot.keyClick(form.fields.boxes["kg"].field, Key.Key_Tab)
    assert form.fields.boxes["kg"].trouble.sentence == "“12,5,0” has two decimal marks."
    assert form.fields.boxes["m3"].field.hasFocus()


def test_editing_changes_only_what_was_typed(office: Office, form: OrderForm, qtbot: QtBot):
    before = office.desk.day.orders[OrderId(2)]
    office.desk.select((StopId(2),))
    office.desk.actions["order.edit"].run()
    assert form.head.title == "Order A2"
    type_into(qtbot, form, service="10")
    qtbot.mouseClick(form.fields.priority.segments._buttons[3], Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(form.closed):
        save(qtbot, form)
    assert office.desk.day.orders[OrderId(2)] == replace(before, service_s=600, priority=Priority.CRITICAL)
    assert office.labels == ["Edit A2"]
    office.desk.session.undo()
    assert office.saved().orders[OrderId(2)] == before


def test_what_it_asks_of_the_plan_is_typed_and_shown(office: Office, form: OrderForm, qtbot: QtBot):
    before = office.desk.day.orders[OrderId(2)]
    driver = next(iter(office.desk.day.shifts.values())).driver
    there = office.desk.day.orders[OrderId(1)]
    form.open_order(OrderId(2))
    type_into(qtbot, form, release="10", late="0,50", zone="west", goods="acid", not_drivers=driver.name)
    type_into(qtbot, form, pickup=there.reference[:1])
    offered = form.fields.rules.pickup.field.completer()
    assert offered.completionCount() == 5  # not itself
    offered.popup().hide()
    type_into(qtbot, form, pickup=there.name[-6:])  # whose it is does as well
    assert offered.completionCount() == 1
    assert offered.pathFromIndex(offered.completionModel().index(0, 0)) == there.reference
    offered.popup().hide()
    type_into(qtbot, form, pickup=there.reference)
    offered.popup().hide()
    with qtbot.waitSignal(form.closed):
        save(qtbot, form)
    after = office.desk.day.orders[OrderId(2)]
    assert after == replace(
        before, release_s=36000, late_per_min=50, zone="west", goods=frozenset({"acid"}),
        not_drivers=frozenset({driver.id}), pickup=there.stop,
    )  # fmt: skip
    assert office.saved().orders[OrderId(2)] == after
    told = tooltips.of_customer(office.desk.day, after.stop)
    assert f"picked up at {there.reference} · ready at 10:00 · late: 0.50 a minute · zone west" in told
    assert f"goods: acid · not with {driver.name}" in told
    assert dict(facts(after, {}))["Planning"].endswith(f"not with #{driver.id}")
    form.open_order(OrderId(2))
    assert form.fields.boxes["not_drivers"].text == driver.name
    type_into(qtbot, form, not_drivers="Nobody Known")
    save(qtbot, form)
    assert form.fields.boxes["not_drivers"].trouble.sentence == "“Nobody Known” is no driver of this depot."


def test_an_edit_keeps_what_others_changed_meanwhile(office: Office, form: OrderForm, qtbot: QtBot):
    form.open_order(OrderId(2))
    now = office.desk.day.orders[OrderId(2)]
    orders.edit(office.desk.session, replace(now, notes="ring twice"))
    type_into(qtbot, form, windows="9-11")
    with qtbot.waitSignal(form.closed):
        save(qtbot, form)
    after = office.desk.day.orders[OrderId(2)]
    assert (after.notes, after.windows) == ("ring twice", (Window(32400, 39600),))


def test_another_address_drops_the_old_place(office: Office, form: OrderForm, qtbot: QtBot):
    form.open_order(OrderId(2))
    type_into(qtbot, form, street="Kiln Street")
    qtbot.keyClick(form.fields.boxes["street"].field, Key.Key_Tab)
    qtbot.waitUntil(lambda: form.place.text.startswith("No place yet"))
    with qtbot.waitSignal(form.closed):
        save(qtbot, form)
    after = office.desk.day.orders[OrderId(2)]
    assert after.place is None and after.stop in office.desk.day.without_place


def test_kind_by_click(office: Office, form: OrderForm, qtbot: QtBot):
    form.open_order(OrderId(6))
    qtbot.mouseClick(form.fields.kind.segments._buttons[1], Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(form.closed):
        save(qtbot, form)
    assert office.desk.day.orders[OrderId(6)].kind is OrderKind.COLLECTION


def test_removing_and_bringing_back(office: Office, form: OrderForm, qtbot: QtBot):
    orders.edit(office.desk.session, replace(office.desk.day.orders[OrderId(3)], pickup=StopId(2)))
    before = office.desk.day
    form.open_order(OrderId(2))
    with qtbot.waitSignal(office.desk.message) as told:
        qtbot.mouseClick(form.remove_button, Qt.MouseButton.LeftButton)
    assert told.args is not None and told.args[0] == (
        "Order A2 is removed. A3 was picked up there: its goods come from the depot now. Ctrl+Z brings all back."
    )
    assert not form.isVisible()
    assert OrderId(2) not in office.desk.day.orders
    assert office.labels[-1] == "Remove A2"
    office.desk.session.undo()
    assert office.desk.day.orders == before.orders
    assert office.desk.day.plan.routes == before.plan.routes


def test_an_order_removed_meanwhile_is_said(office: Office, form: OrderForm, qtbot: QtBot):
    form.open_order(OrderId(2))
    orders.remove(office.desk.session, OrderId(2))
    type_into(qtbot, form, kg="3")
    save(qtbot, form)
    assert "removed in the meantime" in form.warning.text()
    assert office.labels == ["Remove A2"]


def test_esc_warns_once_before_typed_values_go(office: Office, form: OrderForm, qtbot: QtBot):
    form.open_new()
    type_into(qtbot, form, name="Mara")
    qtbot.keyClick(form.window().focusWidget(), Key.Key_Escape)
    assert form.isVisible() and "not saved" in form.warning.text()
    qtbot.keyClick(form.window().focusWidget(), Key.Key_Escape)
    assert not form.isVisible()
    assert office.labels == []


def test_who_types_beside_a_field_moves_no_stop(form: OrderForm, qtbot: QtBot):
    moved: list[str] = []
    for key in ("4", "U", "Del"):
        QShortcut(QKeySequence(key), form.window()).activated.connect(lambda key=key: moved.append(key))
    form.open_new()
    buttons = form.fields.priority.segments._buttons
    for beside in (form, buttons[0]):
        beside.setFocus()
        for key in (Key.Key_4, Key.Key_U, Key.Key_Delete):
            qtbot.keyClick(beside, key)
    assert moved == []
    qtbot.keyClick(form.window(), Key.Key_4)
    assert moved == ["4"]


def test_what_a_wrong_text_offers_is_scrolled_to(office: Office, form: OrderForm, qtbot: QtBot):
    form.open_new()
    driver = next(iter(office.desk.day.shifts.values())).driver
    type_into(qtbot, form, known_by=driver.name[:3])
    box = form.fields.boxes["known_by"]
    qtbot.keyClick(box.field, Key.Key_Tab)
    (offer,) = box.trouble.offers
    assert offer.text() == driver.name
    qtbot.waitUntil(lambda: offer.visibleRegion().boundingRect().size() == offer.size())


def test_esc_leaves_an_untouched_form_at_once(form: OrderForm, qtbot: QtBot):
    form.open_new()
    qtbot.keyClick(form.search.field, Key.Key_Escape)
    assert not form.isVisible()


def test_the_caller_is_found_by_phone_and_taken_by_enter(office: Office, form: OrderForm, qtbot: QtBot):
    known = office.desk.day.orders[OrderId(3)]
    orders.edit(office.desk.session, replace(known, phone="+41791234567", notes="back door"))
    office.saver.flush(PATIENCE_S)
    form.open_new()
    qtbot.keyClicks(form.search.field, "079 123 45")
    qtbot.waitUntil(lambda: form.search.matches.count() == 1)
    qtbot.keyClick(form.search.field, Key.Key_Return)
    qtbot.waitUntil(lambda: form.fields.boxes["name"].text == known.name)
    assert form.fields.boxes["street"].text == known.address.street
    assert form.fields.boxes["notes"].text == "back door"
    assert form.fields.boxes["windows"].field.hasFocus()
    with qtbot.waitSignal(form.closed):
        save(qtbot, form)
    made = max(office.desk.day.orders.values(), key=lambda order: order.id)
    assert (made.reference, made.name, made.place) == ("P1", known.name, known.place)
    assert made.size.grams == 0


def test_an_unknown_caller_s_number_goes_into_its_field(form: OrderForm, qtbot: QtBot):
    form.open_new()
    qtbot.keyClicks(form.search.field, "079 999 99 99")
    qtbot.keyClick(form.search.field, Key.Key_Return)
    assert form.fields.boxes["phone"].text == "079 999 99 99"
    assert form.fields.boxes["name"].field.hasFocus()


def test_a_reference_that_stands_already_is_refused_in_a_sentence(office: Office, form: OrderForm, qtbot: QtBot):
    form.open_new()
    type_into(qtbot, form, reference="A1", city="Fernhill")
    save(qtbot, form)
    qtbot.waitUntil(lambda: "A1 already" in form.warning.text())
    assert form.isVisible() and form.save_button.isEnabled()
    assert office.labels == []


def test_actions_say_why_not(office: Office, form: OrderForm):
    assert office.desk.actions["order.edit"].why_not() == "Select an order first."
    office.desk.select((StopId(2),))
    assert office.desk.actions["order.edit"].why_not() is None
    office.desk.actions["order.remove"].run()
    assert office.labels == ["Remove A2"]


def test_a_saved_order_can_be_planned(office: Office, form: OrderForm, qtbot: QtBot):
    form.open_order(OrderId(6))
    type_into(qtbot, form, windows="10-12")
    with qtbot.waitSignal(form.closed):
        save(qtbot, form)
    dispatch.move(office.desk.session, [StopId(6)], next(iter(office.desk.day.shifts)), None)
    assert office.saved().plan.where[StopId(6)] != 0
