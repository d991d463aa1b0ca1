"""Settings → Online road service: what is typed, what is told, what is kept secret."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from dispatch_console.domain.errors import UserError
from dispatch_console.services.regions import online
from dispatch_console.services.regions.online import KINDS, Service
from dispatch_console.ui.settings_page.online import OnlineDeeds, OnlineSection


class Desk:
    """What the section asked for."""

    def __init__(self) -> None:
        self.service: Service | None = None
        self.state = (False, (0, 0))
        self.last: tuple[str, str, str] | None = None
        self.told: list[str] = []
        self.left = 0
        self.holder = QWidget()  # of the section's fields

    def use(self, kind: str, address: str, vehicle: str, key: str) -> None:
        self.service = online.chosen(kind, address, vehicle, key)

    def leave(self) -> None:
        self.left += 1
        self.service = None

    def do(self, call: Callable[[], object]) -> bool:
        try:
            call()
        except UserError as error:
            self.told.append(error.message)
            return False
        return True


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch, themed: QApplication) -> Desk:
    monkeypatch.delenv(online.KEY_VARIABLE, raising=False)
    return Desk()


def make(desk: Desk, qtbot: QtBot) -> OnlineSection:
    deeds = OnlineDeeds(lambda: desk.service, lambda: desk.state, lambda: desk.last, desk.use, desk.leave, desk.do)
    section = OnlineSection(deeds)
    for field in (section.words, section.note, *(row[1] for row in section.rows())):
        field.setParent(desk.holder)
    qtbot.addWidget(desk.holder)
    desk.holder.show()
    return section


def test_a_service_is_typed_and_left(desk: Desk, qtbot: QtBot, themed: QApplication) -> None:
    section = make(desk, qtbot)
    assert section.words.text() == "Off: no road service is asked."
    assert not section.leave.isEnabled()
    assert section.key.echoMode() == QLineEdit.EchoMode.Password
    assert [section.kind.itemText(i) for i in range(section.kind.count())] == [k.title for k in KINDS.values()]

    section.address.setText("  http://127.0.0.1:5000/ ")
    section.vehicle.setCurrentIndex(section.vehicle.findData("truck"))
    QTest.keyClick(section.address, Qt.Key.Key_Return)
    assert desk.service == online.chosen("osrm", "http://127.0.0.1:5000", "truck", "")
    desk.state = (True, (3, 36))
    section.refresh()
    assert section.words.text() == "Asking OSRM, truck · 3 of 36 questions answered"
    assert section.leave.text() == "Stop asking"
    desk.state = (False, (0, 0))
    section.refresh()
    assert section.words.text() == "In use: OSRM, truck"
    section.leave.click()
    assert desk.left == 1


def test_what_each_service_is_told_and_needs(desk: Desk, qtbot: QtBot, themed: QApplication) -> None:
    section = make(desk, qtbot)
    for kind in KINDS.values():
        section.kind.setCurrentIndex(section.kind.findData(kind.key))
        assert section.address.placeholderText() == (kind.address or "http://server:5000")
        assert "no names, no addresses" in section.note.text()
        assert kind.note in section.note.text() and kind.attribution in section.note.text()
        vehicles = [section.vehicle.itemData(i) for i in range(section.vehicle.count())]
        assert vehicles == list(kind.vehicles)
    section.use.click()
    assert desk.told == ["HERE answers only with a key. Type the one that you have from it."]
    section.key.setText("s3cr3t")
    QTest.keyClick(section.key, Qt.Key.Key_Return)
    assert desk.service is not None and desk.service.key == "s3cr3t"
    assert len(desk.told) == 1


@pytest.mark.parametrize(
    ("kept", "address"),
    [(("here", KINDS["here"].address, "bicycle"), ""), (("osrm", "http://a:5000", "truck"), "http://a:5000")],
)
def test_it_begins_with_that_of_last_time(
    desk: Desk, qtbot: QtBot, themed: QApplication, kept: tuple[str, str, str], address: str
) -> None:
    desk.last = kept
    section = make(desk, qtbot)
    assert (section.kind.currentData(), section.vehicle.currentData()) == (kept[0], kept[2])
    assert (section.address.text(), section.key.text()) == (address, "")
