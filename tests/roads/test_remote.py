"""Road services on the net: what each is asked, and what is made of its answers."""

from __future__ import annotations

import importlib.util
import itertools
import json
import os
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote

import numpy as np
import pytest

from dispatch_console.cli import plan
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.off_road import OffRoad
from dispatch_console.domain.places import Place
from dispatch_console.domain.travel import UNREACHABLE, TravelMatrix
from dispatch_console.roads.remote import service as remote_service
from dispatch_console.roads.remote.routing import Remote
from dispatch_console.services import travel
from dispatch_console.services.regions import online, use
from tests import patience
from tests.roads import road_services
from tests.roads.road_services import KEY, Services, at, seconds

KINDS = tuple(remote_service.KINDS)
KEYLESS = ("osrm", "valhalla")

Open = Callable[..., Remote]


@pytest.fixture
def services() -> Iterator[Services]:
    with road_services.serving() as served:
        yield served


@pytest.fixture
def open_remote(services: Services, tmp_path: Path) -> Open:
    """One of the services, with matrices kept in the test's folder."""

    def open_(kind: str, cache: str = "cache") -> Remote:
        key = "" if kind in KEYLESS else KEY
        return Remote(remote_service.service(kind, services.base(kind), "car", key), tmp_path / cache)

    return open_


def expected(numbers: list[int], gone: frozenset[int] = frozenset()) -> tuple[list[list[int]], list[list[int]]]:
    durations = [[UNREACHABLE if {i, j} & gone and i != j else seconds(i, j) for j in numbers] for i in numbers]
    distances = [[one if one == UNREACHABLE else one * 7 for one in row] for row in durations]
    return durations, distances


def as_lists(matrix: TravelMatrix) -> tuple[list[list[int]], list[list[int]]]:
    return matrix.durations.tolist(), matrix.distances.tolist()


@pytest.mark.parametrize("kind", KINDS)
def test_blocks_are_put_together(kind: str, open_remote: Open, services: Services) -> None:
    """More places than any service takes at once; one of them has no road, and fails the rest of nobody."""
    services.cut_off = {17}
    numbers = [*range(0, 210, 2), 17]
    remote = open_remote(kind)
    matrix = remote.matrix([at(i) for i in numbers])
    assert as_lists(matrix) == expected(numbers, frozenset({17}))
    assert matrix.durations.dtype == matrix.distances.dtype == np.int32
    assert matrix.provider == remote.name
    assert remote.name.startswith(f"remote:{kind}:car:")
    assert KEY not in remote.name + repr(remote.service)
    assert services.address not in remote.name
    assert len(services.asked) > 1
    assert remote.asked == (0, 0)


@pytest.mark.parametrize("kind", KINDS)
def test_only_what_is_new_is_asked_for(kind: str, open_remote: Open, services: Services) -> None:
    remote = open_remote(kind)
    matrix = remote.matrix([at(i) for i in range(30)])
    services.pairs.clear()
    grown = remote.extend(matrix, [at(7), at(31), at(30), at(31)])
    numbers = [*range(30), 31, 30]
    assert as_lists(grown) == expected(numbers)
    assert grown.places == tuple(at(i) for i in numbers)
    assert set(services.pairs) == {(i, j) for i in numbers for j in numbers if {i, j} & {30, 31}}
    assert remote.extend(grown, [at(3)]) is grown
    assert (grown.provider, len(remote.matrix([]).places)) == (matrix.provider, 0)


@pytest.mark.parametrize("kind", KINDS)
def test_times_are_kept_where_the_service_allows_it(
    kind: str, open_remote: Open, services: Services, tmp_path: Path
) -> None:
    places = [at(i) for i in range(12)]
    remote = open_remote(kind)
    assert remote.known(places) is None
    remote.matrix(places)
    asked = len(services.asked)
    assert as_lists(remote.matrix(places[::-1])) == expected([*range(11, -1, -1)])
    assert len(services.asked) == asked

    kept = open_remote(kind).known(places)
    assert (kept is not None) == (kind not in ("google", "here"))
    assert kept is None or as_lists(kept) == expected([*range(12)])
    other = remote_service.service("osrm", f"{services.address}/elsewhere")
    assert Remote(other, tmp_path / "cache").known(places) is None


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "google"])
def test_ways_that_follow_each_other_are_one_question(kind: str, open_remote: Open, services: Services) -> None:
    services.cut_off = {9}
    remote = open_remote(kind)
    legs = remote.legs([(at(0), at(1)), (at(1), at(2)), (at(2), at(3)), (at(8), at(9)), (at(1), at(2))])
    assert len(services.asked) == 2
    for (i, j), leg in zip([(0, 1), (1, 2), (2, 3)], legs, strict=False):
        assert leg is not None
        assert (leg.seconds, leg.metres) == (seconds(i, j), 7 * seconds(i, j))
        assert list(leg.line) == road_services.way(i, j)
    assert legs[3] is None
    assert legs[4] == legs[1]
    assert remote.legs([(at(8), at(9)), (at(0), at(1))]) == [None, legs[0]]
    assert len(services.asked) == 2

    # One place without a road in a course: the other ways are found all the same.
    found = remote.legs([(at(3), at(4)), (at(4), at(9)), (at(9), at(5)), (at(5), at(6))])
    assert [leg is None for leg in found] == [False, True, True, False]


def test_the_api_of_google_before_this_one(services: Services, tmp_path: Path) -> None:
    """Projects that have it keep it: its address says so, and it takes 100 pairs at once."""
    services.cut_off = {17}
    service = remote_service.service("google", f"{services.base('google')}/maps/api", "car", KEY)
    numbers = [*range(0, 60, 2), 17]
    assert as_lists(Remote(service, tmp_path).matrix([at(i) for i in numbers])) == expected(
        numbers, frozenset({17})
    )
    assert "distancematrix/json" in services.asked[-1][0]


def test_googles_lines_are_not_drawn(open_remote: Open) -> None:
    assert open_remote("google").provider().legs is None
    assert open_remote("here").provider().legs is not None


def test_places_far_from_roads(open_remote: Open, services: Services) -> None:
    """OSRM alone tells how far it moved a place; it goes to the nearest road however far that is."""
    services.far = {3}
    remote = open_remote("osrm")
    snaps = remote.check([at(i) for i in range(250)])
    assert [(snap.place, snap.metres) for snap in snaps if snap.problem] == [(at(3), 900.0)]
    assert len(services.asked) == 3
    assert as_lists(remote.matrix([at(i) for i in range(5)])) == expected([*range(5)], frozenset({3}))
    matrix = remote.matrix([at(i) for i in range(5)])
    assert matrix.off_road == {at(3): OffRoad(900, vehicle="car")}
    grown = remote.extend(remote.matrix([at(i) for i in range(3)]), [at(3), at(20)])
    assert grown.off_road == matrix.off_road


@pytest.mark.parametrize("kind", KINDS)
def test_a_plan_with_smaller_limits(kind: str, open_remote: Open, services: Services) -> None:
    """GraphHopper's smallest plan takes five places; what is refused is asked for in smaller pieces."""
    services.most = 5
    remote = open_remote(kind)
    assert as_lists(remote.matrix([at(i) for i in range(23)])) == expected([*range(23)])
    refused = len(services.asked)
    remote.matrix([at(i) for i in range(40, 63)])
    assert len(services.asked) - refused <= refused  # the second time it is known


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_but_coordinates_is_sent(kind: str, open_remote: Open, services: Services) -> None:
    """In millionths of a degree; and the key to the service only."""
    remote = open_remote(kind)
    remote.matrix([Place(47.1, 9.512), at(1)])
    path, headers, body = services.asked[0]
    sent = unquote(path) + str(body)
    assert "9.512" in sent
    assert headers["User-Agent"] == "dispatch-console"
    assert set(headers) <= {
        "Host", "User-Agent", "Accept-Encoding", "Accept", "Connection", "Content-Type", "Content-Length",
        "Authorization", "X-Goog-Api-Key", "X-Goog-FieldMask",
    }  # fmt: skip
    assert (KEY in sent + str(headers)) == (kind not in KEYLESS)


def test_names_and_what_plans_say_of_them() -> None:
    ors = remote_service.service("ors", "", "truck", "k")
    assert ors.name == "remote:ors:truck"
    assert travel.about(ors.name) == {
        "provider": "remote:ors:truck",
        "service": "openrouteservice",
        "class": "truck",
        "attribution": "© OpenStreetMap contributors",
    }
    one, same, other = (remote_service.service("osrm", f"http://{host}:5000") for host in ("a", "a", "b"))
    assert one.name == same.name != other.name
    said = {kind: travel.about(f"remote:{kind}:car")["attribution"] for kind in KINDS}
    assert [kind for kind in KINDS if "OpenStreetMap" in said[kind]] == ["osrm", "valhalla", "ors", "graphhopper"]
    assert "Google" in said["google"] and "HERE" in said["here"]
    with pytest.raises(UserError, match=r"The road service of this plan \(osrm\) is not in use here"):
        travel.matrix([at(0)], "remote:osrm:car:12345678")


@pytest.mark.parametrize(
    ("kind", "address", "vehicle", "key", "said"),
    [
        ("osm", "", "car", "", "no road service called"),
        ("osrm", "", "car", "", "Type its address"),
        ("osrm", "server:5000", "car", "", "no address"),
        ("osrm", "ftp://server", "car", "", "no address"),
        ("osrm", "http://ser ver", "car", "", "no address"),
        ("osrm", "http://[::1", "car", "", "no address"),
        ("osrm", "http://me:secret@server", "car", "", "no key or password"),
        ("ors", "https://server/?key=secret", "car", "", "no key or password"),
        ("ors", "", "car", "", "only with a key"),
        ("ors", "http://example.com", "car", "secret", "could be read"),
        ("ors", "", "car", "secret\nX: y", "no key"),
        ("google", "", "truck", "secret", "no roads for a truck"),
    ],
)
def test_what_is_no_service(kind: str, address: str, vehicle: str, key: str, said: str) -> None:
    with pytest.raises(UserError, match=said) as refused:
        remote_service.service(kind, address, vehicle, key)
    assert "secret" not in refused.value.message


def test_days_open_at_once(services: Services, tmp_path: Path) -> None:
    """Over the net nothing is asked for when a day is opened; what is known is used."""
    places = [at(i) for i in range(4)]
    opened = online.open_service(remote_service.service("osrm", services.base("osrm")), tmp_path)
    online.answer(opened)
    try:
        travel.use(opened.roads)
        assert travel.matrix_now(places).provider == travel.ESTIMATE
        assert not services.asked
        travel.matrix(places, opened.roads)
        assert travel.matrix_now(places).provider == opened.roads
    finally:
        travel.use(travel.ESTIMATE)
        online.close_service(opened)


def test_what_is_kept_of_a_service(monkeypatch: pytest.MonkeyPatch) -> None:
    service = online.chosen("ors", "", "truck", KEY)
    assert KEY not in online.to_text(service)
    with pytest.raises(UserError, match="only with a key"):
        online.from_text(online.to_text(service))
    monkeypatch.setenv(online.KEY_VARIABLE, KEY)
    assert online.from_text(online.to_text(service)) == service
    for text in ("", "[]", "{", '{"kind": "osm"}'):
        assert online.from_text(text) is None


def test_a_plan_by_an_online_service(
    services: Services, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It names the service and its attribution, not its address; the key comes from the environment."""
    monkeypatch.setattr(use, "cache_folder", lambda: tmp_path / "cache")
    monkeypatch.setenv(online.KEY_VARIABLE, KEY)
    services.far = {3}
    rows = [f'A{i},Lane {i},Town,2026-11-23,"{at(i).lat}","{at(i).lon}"' for i in range(1, 5)]
    orders, fleet, out = tmp_path / "orders.csv", tmp_path / "fleet.csv", tmp_path / "out"
    orders.write_text("\n".join(["order,street,city,date,lat,lon", *rows]) + "\n", encoding="utf-8")
    home = f'"{at(0).lat},{at(0).lon}"'
    fleet.write_text(
        f"driver,vehicle,shift_start,shift_end,start_location\nAda Quill,Van 1,08:00,16:00,{home}\n",
        encoding="utf-8",
    )
    words = ["--orders", str(orders), "--fleet", str(fleet), "--out", str(out), "--seconds", "0.2"]
    assert plan.main([*words, "--roads", f"osrm:{services.base('osrm')}"]) == 0
    text = (out / "plan.json").read_text("utf-8")
    planned = json.loads(text)
    assert planned["roads"]["provider"].startswith("remote:osrm:car:")
    assert planned["roads"]["attribution"] == "© OpenStreetMap contributors"
    assert planned["totals"]["drive_s"] == min(
        seconds(0, a) + seconds(a, b) + seconds(b, c) + seconds(c, 0)
        for a, b, c in itertools.permutations((1, 2, 4))
    )
    said = capsys.readouterr().err
    assert "OSRM is asked for the travel times" in said
    assert "A3 Lane 3, Town is 900 m from the nearest road that a car may drive" in said
    assert services.address not in text and KEY not in text + said

    services.always = road_services.Reply(401)
    assert plan.main([*words, "--roads", f"graphhopper:{services.base('graphhopper')}"]) == 1
    assert capsys.readouterr().err.splitlines()[-1] == "GraphHopper refuses the key. Type it again."


@pytest.mark.skipif(os.name == "nt", reason="its wheel for Windows has other names")
def test_a_real_server_says_what_the_engine_says(town_pack: Path, tmp_path: Path) -> None:
    """osrm-routed on the town's roads, beside the embedded engine on the same."""
    pack = use.open_pack(town_pack, tmp_path / "cache")
    middle = pack.manifest.classes["van"].hub
    places = [Place(middle.lat + dy / 300, middle.lon + dx / 200) for dx in range(-4, 4) for dy in range(-4, 4)]
    try:
        inside = pack.engine.matrix("van", places)
        own = pack.engine.check("van", places)
        ways = pack.engine.legs("van", [(places[0], places[9]), (places[9], places[20])])
        with _routed(town_pack / "roads" / "van" / "free", tmp_path) as address:
            remote = Remote(remote_service.service("osrm", address), tmp_path / "other")
            outside = remote.matrix(places)
            snaps = remote.check(places)
            legs = remote.legs([(places[0], places[9]), (places[9], places[20])])
    finally:
        use.close_pack(pack)
    both = (inside.durations < UNREACHABLE) & (outside.durations < UNREACHABLE)
    assert both.mean() > 0.5
    assert np.abs(inside.durations[both] - outside.durations[both]).max() <= 1
    assert np.abs(inside.distances[both] - outside.distances[both]).max() <= 1
    far = {snap.place: snap.metres for snap in snaps if snap.problem == "far"}
    assert far.keys() == {snap.place for snap in own if snap.problem == "far"} != set()
    assert all(abs(far[snap.place] - snap.metres) <= 1 for snap in own if snap.place in far)
    assert (outside.durations[0] == UNREACHABLE).sum() == len(far)
    for leg, known in zip(legs, ways, strict=True):
        assert leg is not None and known is not None
        assert abs(leg.metres - known.metres) <= 1
        assert set(known.line[1:-1]) <= set(leg.line)


@contextmanager
def _routed(roads: Path, folder: Path) -> Iterator[str]:
    """The address of an osrm-routed that serves a set of the pack."""
    package = importlib.util.find_spec("osrm")
    assert package is not None and package.origin is not None
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    stem = next(roads.glob("*.osrm.hsgr")).name.removesuffix(".hsgr")
    command = [str(Path(package.origin).parent / "bin" / "osrm-routed"), stem]
    with (
        (folder / "routed.log").open("wb") as log,
        subprocess.Popen(
            [*command, "--ip", "127.0.0.1", "--port", str(port)], cwd=roads, stdout=log, stderr=subprocess.STDOUT
        ) as server,
    ):
        try:
            end = time.monotonic() + patience.PATIENCE_S
            while server.poll() is None and time.monotonic() < end:
                try:
                    socket.create_connection(("127.0.0.1", port), 1).close()
                    break
                except OSError:
                    time.sleep(0.05)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
