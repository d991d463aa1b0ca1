"""Settings → Backups: what there is, one made now, a second folder, and a look before the way back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dispatch_console.domain.plan import Swap as Swapped
from dispatch_console.services import restoring
from dispatch_console.services.session import DaySession
from dispatch_console.store import backups
from dispatch_console.store.base import new_command
from dispatch_console.store.store import Store, open_store
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.file_dialogs import FileDialogs
from dispatch_console.ui.settings_page.backups import BackupSection
from dispatch_console.ui.shell.backing_up import BackingUp, Swap
from dispatch_console.ui.shell.memory import Memory
from tests.store.filling import WHO, small_store


class Office:
    """A store with the small day, its backups, and the section of the settings."""

    def __init__(self, store: Store, memory: Memory) -> None:
        self.store, self.memory = store, memory
        self.day = small_store(store)
        self.desk = Desk(DaySession(self.day))
        self.backing = BackingUp(self.desk, memory, store.file)
        self.told: list[tuple[str, str]] = []
        self.desk.message.connect(lambda text, kind: self.told.append((text, kind)))
        self.closed = 0
        self.backing.closes(self.close)
        self.may_close = True

    def close(self) -> bool:
        self.closed += 1
        return self.may_close

    def rename(self, name: str) -> None:
        depot = self.store.depots()[0]
        self.store.save_depot(Swapped(depot, replace(depot, name=name)), WHO, new_command())


@pytest.fixture
def office(tmp_path: Path, qtbot: QtBot, themed: QApplication) -> Iterator[Office]:
    store = open_store(tmp_path / "store.db")
    office = Office(store, Memory(tmp_path / "window.ini"))
    yield office
    office.backing.close()
    store.close()


@pytest.fixture
def section(office: Office, qtbot: QtBot) -> BackupSection:
    section = BackupSection(office.backing.deeds(), FileDialogs())
    qtbot.addWidget(section)
    section.show()
    section.refresh()
    qtbot.waitUntil(lambda: bool(section.words.text()))
    return section


def _made(section: BackupSection, qtbot: QtBot) -> None:
    before = section.list.count()
    section.make.click()
    qtbot.waitUntil(lambda: section.list.count() == before + 1)


def test_one_is_made_now_and_listed(section: BackupSection, qtbot: QtBot) -> None:
    assert section.words.text() == "There is none yet."
    assert not section.look.isEnabled()
    _made(section, qtbot)
    assert section.words.text().startswith("The last one: today ")
    assert section.list.itemText(0).endswith(", made by hand")
    assert section.look.isEnabled()


def test_a_look_comes_before_the_way_back(section: BackupSection, office: Office, qtbot: QtBot) -> None:
    _made(section, qtbot)
    office.rename("New name")
    assert section.bring_back.isHidden() or not section.bring_back.isVisible()
    section.look.click()
    qtbot.waitUntil(section.bring_back.isVisible)
    said = section.preview.text()
    assert "It holds 6 orders on 1 day: Mon 23 Nov (6)." in said
    assert "1 change since would be lost: today" in said
    section.stay.click()
    assert not section.bring_back.isVisible() and not section.preview.isVisible()
    assert (office.closed, office.backing.wanted) == (0, None)


def test_what_is_brought_back_waits_until_the_window_has_closed(
    section: BackupSection, office: Office, qtbot: QtBot
) -> None:
    _made(section, qtbot)
    office.rename("New name")
    section.look.click()
    qtbot.waitUntil(section.bring_back.isVisible)
    office.may_close = False
    section.bring_back.click()
    assert (office.closed, office.backing.wanted) == (1, None), "something was not saved: nothing happens"
    office.may_close = True
    section.bring_back.click()
    wanted = office.backing.wanted
    assert wanted is not None
    office.store.close()
    told, kind = wanted.do()
    assert kind == "info" and "is in place. What was there before is kept as" in told
    again = open_store(wanted.file)
    assert [depot.name for depot in again.depots()] == [office.day.depot.name]
    again.close()
    reasons = [backup.reason for backup in backups.list_all(wanted.file, backups.folder_of(wanted.file))]
    assert sorted(reasons) == ["hand", "restore"]


def test_what_cannot_be_brought_back_is_told(office: Office) -> None:
    made = office.backing.keeper.make().result()
    assert made is not None and office.store.file is not None
    made.file.write_bytes(b"spoilt")
    told, kind = Swap(office.store.file, made).do()
    assert kind == "error" and "not a store" in told
    assert restoring.preview(str(office.store.file), _newest(office)).holds.orders == 6


def _newest(office: Office) -> Path:
    assert office.store.file is not None
    made = backups.list_all(office.store.file, backups.folder_of(office.store.file))
    return next(backup.file for backup in made if backup.reason == "restore")


def test_a_spoilt_one_says_so(section: BackupSection, office: Office, qtbot: QtBot) -> None:
    _made(section, qtbot)
    made = office.backing.keeper.list_all().result()[0]
    made.file.write_bytes(b"spoilt")
    section.look.click()
    qtbot.waitUntil(lambda: "not a store" in section.preview.text())
    assert not section.bring_back.isVisible()


def test_a_second_folder_is_remembered_and_filled_at_once(
    section: BackupSection, office: Office, qtbot: QtBot, tmp_path: Path
) -> None:
    second = tmp_path / "stick"
    second.mkdir()
    office.backing.use_second(second).result()
    section.refresh()
    assert section.second.text() == f"Each lies in {second} too."
    assert len(list(second.glob("*.db"))) == 1
    assert BackingUp(office.desk, office.memory, None).second == second
    section.leave.click()
    qtbot.waitUntil(lambda: office.backing.second is None)
    assert office.memory.text("backups/second") == ""


def test_a_folder_that_is_away_is_told(office: Office, tmp_path: Path, qtbot: QtBot) -> None:
    office.backing.use_second(tmp_path / "pulled").result()
    qtbot.waitUntil(lambda: bool(office.told))
    assert office.told[0][1] == "error" and "is away. Backups go on in the first one." in office.told[0][0]


def test_a_store_on_a_server_says_who_backs_it_up(office: Office, qtbot: QtBot) -> None:
    server = BackingUp(office.desk, Memory(), None)
    section = BackupSection(server.deeds(), FileDialogs())
    qtbot.addWidget(section)
    section.show()
    assert "store backup" in section.words.text()
    assert not section.list.isVisible()
    server.close()
