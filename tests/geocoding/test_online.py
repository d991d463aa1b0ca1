"""Addresses on the net: one question a second, each once, and one sentence where it is away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from geopy.exc import GeocoderInsufficientPrivileges, GeocoderQuotaExceeded, GeocoderTimedOut, GeocoderUnavailable

from dispatch_console.domain.errors import UserError
from dispatch_console.domain.orders import Address
from dispatch_console.geocoding.online import OnlineGeocoder

WANTED = Address("Dorfstr.", "12", "9490", "Vaduz", "LI")
SAID = {"house_number": "12", "road": "Dorfstrasse", "town": "Vaduz", "postcode": "9490", "country_code": "li"}
HOUSE = {"lat": "47.14", "lon": "9.52", "address": SAID}
STREET = {"lat": "47.15", "lon": "9.53", "address": {k: v for k, v in SAID.items() if k != "house_number"}}
BROKEN = ({"lat": "north", "lon": "9"}, {}, {"lat": "0", "lon": "0"}, {"lat": "47", "lon": "9", "address": None})


class Net:
    """Stands for the net and the clock."""

    def __init__(self, answer: Callable[[], list[dict[str, Any]]]) -> None:
        self.answer = answer
        self.asked: list[tuple[dict[str, str], list[str]]] = []
        self.now = 100.0
        self.waited: list[float] = []

    def ask(self, query: dict[str, str], codes: Sequence[str]) -> list[dict[str, Any]]:
        self.asked.append((query, list(codes)))
        return self.answer()

    def wait(self, seconds: float) -> None:
        self.waited.append(seconds)
        self.now += seconds

    def geocoder(self, folder: Path) -> OnlineGeocoder:
        return OnlineGeocoder(folder / "online.sqlite", ask=self.ask, clock=lambda: self.now, wait=self.wait)


def test_a_house_is_certain_and_anything_less_is_not(tmp_path: Path) -> None:
    net = Net(lambda: [STREET, *BROKEN, HOUSE])
    hits = net.geocoder(tmp_path)(WANTED)
    assert [(hit.quality, hit.certain) for hit in hits[:2]] == [("house", True), ("street", False)]
    assert hits[0].matched == "Dorfstrasse 12, 9490 Vaduz"
    assert not any(hit.certain for hit in hits[1:])
    assert net.asked == [({"street": "12 Dorfstr.", "city": "Vaduz", "postalcode": "9490"}, ["li"])]


@pytest.mark.parametrize(
    "other", [{"road": "Bergstrasse"}, {"town": "Bern", "postcode": "3000"}, {"house_number": "13"}]
)
def test_another_house_is_not_certain(other: dict[str, str], tmp_path: Path) -> None:
    answer = {**HOUSE, "address": SAID | other}
    assert [hit.certain for hit in Net(lambda: [answer]).geocoder(tmp_path)(WANTED)] == [False]


def test_a_house_at_two_places_is_not_certain(tmp_path: Path) -> None:
    hits = Net(lambda: [HOUSE, {**HOUSE, "lat": "47.2"}]).geocoder(tmp_path)(WANTED)
    assert [hit.certain for hit in hits] == [False, False]


def test_an_address_is_asked_once_and_one_a_second(tmp_path: Path) -> None:
    net = Net(lambda: [HOUSE])
    geocoder = net.geocoder(tmp_path)
    geocoder(WANTED)
    geocoder(Address("Dorfstrasse 12", "", "9490", "Vaduz", "LI"))
    net.geocoder(tmp_path)(WANTED)
    assert len(net.asked) == 1
    geocoder(Address("Dorfstrasse", "14", "9490", "Vaduz"))
    assert net.waited == [0.0, 1.0]
    assert geocoder(Address()) == []


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (GeocoderTimedOut("slow"), "cannot be looked up online"),
        (GeocoderUnavailable("no route"), "cannot be looked up online"),
        (OSError("no net"), "cannot be looked up online"),
        (GeocoderQuotaExceeded("429"), "allows no more questions"),
        (GeocoderInsufficientPrivileges("403"), "refuses this program"),
    ],
)
def test_a_net_that_is_away_is_one_sentence_and_nothing_is_remembered(
    error: Exception, says: str, tmp_path: Path
) -> None:
    def fail() -> list[dict[str, Any]]:
        raise error

    net = Net(fail)
    geocoder = net.geocoder(tmp_path)
    with pytest.raises(UserError, match=says):
        geocoder(WANTED)
    net.answer = lambda: [HOUSE]
    assert geocoder(WANTED)[0].certain


def test_a_cache_that_cannot_be_used_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "online.sqlite").write_bytes(b"nonsense" * 200)
    assert Net(lambda: [HOUSE]).geocoder(tmp_path)(WANTED)[0].certain
