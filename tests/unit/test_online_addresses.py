"""Looking addresses up on the net: off by default, asked as the rules say, done without when it is away."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest

from dispatch_console.domain.errors import UserError
from dispatch_console.domain.orders import Address
from dispatch_console.services import finding_places, online_addresses
from dispatch_console.services.finding_places import Finder
from dispatch_console.services.online_addresses import OFF, PUBLIC, Service
from dispatch_console.services.session import DaySession
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.shell.memory import Memory
from dispatch_console.ui.shell.online_addresses import OnlineAddresses
from tests import factories
from tests.geocoding import packs
from tests.geocoding.test_index import HOUSES, LINES, TOWNS

KNOWN = Address("Dorfstrasse", "3", "9490", "Vaduz", "LI")
ELSEWHERE = Address("Nordweg", "7", "9490", "Vaduz", "LI")
OTHER = Address("Südweg", "9", "9490", "Vaduz", "LI")
SAID = {"house_number": "7", "road": "Nordweg", "town": "Vaduz", "postcode": "9490", "country_code": "li"}


class Net:
    """A service on this machine that knows one house."""

    def __init__(self) -> None:
        self.asked: list[dict[str, list[str]]] = []
        self.agents: list[str] = []
        net = self

        class Answer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                query = parse_qs(urlsplit(self.path).query)
                net.asked.append(query)
                net.agents.append(self.headers["User-Agent"])
                found = [{"lat": "47.15", "lon": "9.51", "display_name": "Nordweg 7", "address": SAID}]
                body = json.dumps(found if "Nordweg" in query["street"][0] else []).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        self._thread = Thread(target=self._server.serve_forever)
        self._thread.start()
        self.service = Service(True, f"http://127.0.0.1:{self._server.server_port}", "dispatch@depot.example")

    def stop(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@pytest.fixture
def net(monkeypatch: pytest.MonkeyPatch) -> Iterator[Net]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    net = Net()
    yield net
    net.stop()


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Finder:
    return finding_places.of_pack(packs.write(tmp_path_factory.mktemp("packs") / "town", HOUSES, LINES, TOWNS))


def test_only_what_nobody_is_certain_of_is_asked_and_once(net: Net, index: Finder, tmp_path: Path) -> None:
    finder = replace(index, online=online_addresses.geocoder(net.service, tmp_path))
    found = finding_places.find(finder, [KNOWN, ELSEWHERE])
    assert {hit.matched for hit in found.placed.values()} == {"Dorfstrasse 3, 9490 Vaduz", "Nordweg 7, 9490 Vaduz"}
    assert [query["street"] for query in net.asked] == [["7 Nordweg"]]
    told = {"street", "city", "postalcode", "countrycodes"}
    assert told <= net.asked[0].keys() <= told | {"format", "limit", "addressdetails"}
    assert net.agents == ["dispatch-console (dispatch@depot.example)"]
    again = replace(index, online=online_addresses.geocoder(net.service, tmp_path))
    assert finding_places.find(again, [ELSEWHERE]).placed == finding_places.find(finder, [ELSEWHERE]).placed
    assert len(net.asked) == 1


def test_a_net_that_is_away_is_one_sentence_and_the_index_goes_on(net: Net, index: Finder, tmp_path: Path) -> None:
    finder = replace(index, online=online_addresses.geocoder(net.service, tmp_path))
    net.stop()
    found = finding_places.find(finder, [OTHER, ELSEWHERE, KNOWN])
    assert [hit.matched for hit in found.placed.values()] == ["Dorfstrasse 3, 9490 Vaduz"]
    assert "cannot be looked up online just now" in found.note
    assert len(found.unsure) == 2
    alone = finding_places.alternatives(finder, ELSEWHERE)
    assert (alone.hits, alone.note) == (finding_places.alternatives(index, ELSEWHERE).hits, found.note)


@pytest.mark.parametrize(
    "wrong",
    [
        Service(url="nominatim"),
        Service(url="ftp://a.example"),
        Service(url="http://nominatim.example"),
        Service(url="https://a.example:x"),
        Service(url="https://me:secret@a.example"),
        Service(email="nobody"),
    ],
)
def test_what_cannot_be_meant_is_refused(wrong: Service) -> None:
    with pytest.raises(UserError):
        online_addresses.checked(wrong)


def test_addresses_are_kept_tidy() -> None:
    assert (
        online_addresses.checked(Service(True, " https://a.example/nominatim/ ")).url
        == "https://a.example/nominatim"
    )
    assert online_addresses.checked(Service(True, "http://192.168.1.7:8080")).url == "http://192.168.1.7:8080"
    assert online_addresses.checked(Service(True, "", "")) == Service(True, PUBLIC)


def test_it_is_off_until_it_is_chosen_and_stays_chosen(net: Net, index: Finder, tmp_path: Path) -> None:
    memory, desk = Memory(tmp_path / "window.ini"), Desk(DaySession(factories.small_day()))
    online = OnlineAddresses(desk, memory, tmp_path)
    assert (online.service, desk.finder.knows) == (OFF, False)
    changed: list[bool] = []
    desk.region_changed.connect(lambda: changed.append(desk.finder.knows))
    online.use(net.service)
    assert changed == [True]
    assert len(finding_places.find(desk.finder, [ELSEWHERE]).placed) == 1
    with pytest.raises(UserError):
        online.use(replace(net.service, url="http://nominatim.example"))
    assert online.service == net.service

    later = Desk(DaySession(factories.small_day()))
    again = OnlineAddresses(later, memory, tmp_path)
    assert later.finder.online is not None
    again.use(replace(again.service, on=False))
    assert (later.finder.knows, again.service.url) == (False, net.service.url)
