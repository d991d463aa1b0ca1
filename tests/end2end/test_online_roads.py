"""The whole program with an online road service: used, remembered, away, stopped. The service is on 127.0.0.1."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from dispatch_console import app
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.places import Place
from dispatch_console.roads.remote import client
from dispatch_console.services import placing, sample, travel
from dispatch_console.services.regions import online
from dispatch_console.services.regions.current import NONE
from dispatch_console.ui.settings_page import SettingsPage
from dispatch_console.ui.shell import online_roads
from dispatch_console.ui.shell.memory import Memory
from dispatch_console.ui.shell.regional import KEY as PACK
from tests import patience
from tests.end2end.windows import Open
from tests.roads import road_services
from tests.roads.road_services import KEY, Reply, Services

Said = list[tuple[str, str]]
KEPT = online_roads.KEY.format(region=PACK)
AWAY = Reply(body="{", cut=0)


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "PAUSE_S", 0.001)
    monkeypatch.setattr(online_roads, "_LOOK_MS", 20)
    monkeypatch.delenv(online.KEY_VARIABLE, raising=False)


@pytest.fixture
def services() -> Iterator[Services]:
    with road_services.serving() as served:
        served.numbered = {}
        yield served


def listen(program: app.Program) -> Said:
    said: Said = []
    program.desk.message.connect(lambda text, kind: text and said.append((text, kind)))
    return said


def errors(said: Said) -> list[str]:
    return [text for text, kind in said if kind == "error"]


def test_a_service_is_used_remembered_and_left(
    open_program: Open, services: Services, tmp_path: Path, qtbot: QtBot
) -> None:
    program = open_program()
    said, desk = listen(program), program.desk
    page = program.window.show_page("settings")
    assert isinstance(page, SettingsPage)
    section = page.online
    assert section.words.text() == "Off: no road service is asked."
    assert not services.asked

    section.address.setText(services.base("osrm"))
    section.use.click()
    qtbot.waitUntil(lambda: desk.day.travel.provider.startswith("remote:osrm:car:"))
    assert desk.day.travel.provider == desk.region.roads == travel.current()
    assert section.words.text() == "In use: OSRM, car"
    assert "roads: OSRM online, car" in list(program.window.status.texts())
    assert any(text.startswith("OSRM online: ") and "of driving" in text for text, _ in said)
    assert desk.region.attribution == "© OpenStreetMap contributors"
    lines = program.parts.map.view.lines
    qtbot.waitUntil(lambda: lines.follow_roads and not lines.waiting)
    assert any("/route/" in path for path, _, _ in services.asked)

    # Another day is followed, and times that are known are not asked for again.
    program.window.run_id("day.next")
    qtbot.waitUntil(lambda: desk.day.date > sample.day() and desk.day.travel.provider == desk.region.roads)
    asked = len(services.asked)
    program.window.run_id("day.previous")
    qtbot.waitUntil(lambda: desk.day.date == sample.day() and desk.day.travel.provider == desk.region.roads)
    assert not [path for path, _, _ in services.asked[asked:] if "/table/" in path]

    # A pin is set at once, with the day estimated as a whole until the service has told of the new place.
    stop, home = desk.day.without_place[0], desk.day.depot.place
    placing.set_pin(desk.session, stop, Place(home.lat + 0.001, home.lon + 0.001))
    assert desk.day.travel.provider == travel.ESTIMATE
    assert stop not in desk.day.without_place
    qtbot.waitUntil(lambda: desk.day.travel.provider == desk.region.roads)
    assert not errors(said)

    program = open_program()
    desk = program.desk
    qtbot.waitUntil(lambda: desk.day.travel.provider.startswith("remote:osrm:car:"))
    program.parts.regional.online.leave()
    assert desk.region is NONE
    qtbot.waitUntil(lambda: desk.day.travel.provider == travel.ESTIMATE)
    assert not Memory(tmp_path / "window.ini").text(KEPT)


def test_the_net_is_away_when_it_is_chosen(
    open_program: Open, services: Services, town_pack: Path, qtbot: QtBot
) -> None:
    """One sentence; the pack's roads stay."""
    program = open_program(town_pack)
    desk, roads = program.desk, program.parts.regional
    qtbot.waitUntil(lambda: desk.day.travel.provider.startswith("pack:"))
    region, day, said = desk.region, desk.day, listen(program)
    services.always = AWAY
    with qtbot.waitSignal(roads.settled):
        roads.online.use("osrm", services.base("osrm"), "car", "")
    sentence = "OSRM cannot be reached. Check the net and the address, or use other roads."
    assert errors(said) == [sentence]
    assert (desk.region, desk.day) == (region, day)
    assert not program.memory.text(KEPT)

    # The net is back: its roads in place of the pack's, which keeps its addresses and its map.
    services.always = None
    roads.online.use("osrm", services.base("osrm"), "car", "")
    qtbot.waitUntil(lambda: desk.day.travel.provider.startswith("remote:"))
    assert desk.region.pack is region.pack
    assert desk.region.finder.knows and desk.region.map_file == region.map_file
    with qtbot.waitSignal(roads.settled):
        roads.online.leave()
    assert desk.day.travel.provider == region.roads
    assert desk.region == region


@pytest.mark.logs_warnings
def test_the_net_goes_away_in_the_middle(
    open_program: Open, services: Services, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    """What needs a new place is estimated as a whole, with one sentence; the service is asked again by itself."""
    monkeypatch.setattr(online_roads, "_AGAIN", 10)
    program = open_program()
    desk, roads = program.desk, program.parts.regional
    roads.online.use("osrm", services.base("osrm"), "car", "")
    qtbot.waitUntil(lambda: desk.day.travel.provider.startswith("remote:"))
    said = listen(program)
    services.always = AWAY
    stop, home = desk.day.without_place[0], desk.day.depot.place
    with qtbot.waitSignal(roads.settled):
        placing.set_pin(desk.session, stop, Place(home.lat + 0.001, home.lon + 0.001))
    asked = len(services.asked)
    qtbot.waitUntil(lambda: len(services.asked) > asked)
    assert len(errors(said)) == 1
    assert desk.day.travel.provider == travel.ESTIMATE
    assert desk.region.online is not None
    services.always = None
    qtbot.waitUntil(lambda: desk.day.travel.provider == desk.region.roads)
    assert len(errors(said)) == 1


def test_a_slow_service_is_stopped(open_program: Open, services: Services, qtbot: QtBot) -> None:
    program = open_program()
    desk, roads = program.desk, program.parts.regional
    day, said = desk.day, listen(program)
    services.always = Reply(wait_s=patience.PATIENCE_S)
    page = program.window.show_page("settings")
    assert isinstance(page, SettingsPage)
    page.online.address.setText(services.base("osrm"))
    page.online.use.click()
    qtbot.waitUntil(lambda: "questions answered" in page.online.words.text())
    assert page.online.words.text().startswith("Asking OSRM, car · 0 of ")
    qtbot.waitUntil(lambda: any("Asking OSRM: 0 of" in text for text, _ in said))
    page.online.leave.click()
    assert page.online.words.text() == "Off: no road service is asked."
    services.always = None
    roads.online.use("osrm", services.base("osrm"), "car", "")  # the thread is free again
    assert desk.day is day
    qtbot.waitUntil(lambda: desk.day.travel.provider.startswith("remote:"))
    assert not errors(said)
    services.always = Reply(wait_s=patience.PATIENCE_S)
    with pytest.raises(UserError, match="Type its address"):
        roads.online.use("valhalla", "", "car", "")
    assert desk.region.online is not None
    assert desk.region.online.service.kind.key == "osrm"
    roads.online.use("osrm", services.base("osrm") + "/other", "car", "")  # asked when the window closes
    qtbot.waitUntil(lambda: roads.online.deeds().state() != (True, (0, 0)))


def test_keys_are_for_one_session(
    open_program: Open, services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    program = open_program()
    said = listen(program)
    roads = program.parts.regional
    services.always = Reply(401, "{}")
    with qtbot.waitSignal(roads.settled):
        roads.online.use("ors", services.base("ors"), "car", KEY)
    assert errors(said) == ["openrouteservice refuses the key. Type it again."]
    service = online.chosen("ors", "", "car", KEY)
    program.memory.set_text(KEPT, online.to_text(service))
    program = open_program()
    desk = program.desk
    assert desk.region is NONE
    assert "only with a key" in program.window.status.message.label.text()
    page = program.window.show_page("settings")
    assert isinstance(page, SettingsPage)
    assert (page.online.kind.currentData(), page.online.key.text()) == ("ors", "")
    written = (path for path in tmp_path.rglob("*") if path.is_file())
    assert not [path for path in written if KEY.encode() in path.read_bytes()]
