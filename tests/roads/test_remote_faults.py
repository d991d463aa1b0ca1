"""Road services that are away, slow, spent or wrong: one sentence each, and never the key in it."""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dispatch_console.domain.errors import UserError
from dispatch_console.roads.remote import client, routing
from dispatch_console.roads.remote import service as remote_service
from dispatch_console.roads.remote.routing import Remote
from dispatch_console.services import travel
from dispatch_console.services.regions import online
from tests import patience
from tests.roads import road_services
from tests.roads.road_services import KEY, Reply, Services, at, seconds

PLACES = [at(i) for i in range(4)]
EXPECTED = [[seconds(i, j) for j in range(4)] for i in range(4)]


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "PAUSE_S", 0.001)
    monkeypatch.setattr(client, "ENOUGH_S", 0.001)


@pytest.fixture
def services() -> Iterator[Services]:
    with road_services.serving() as served:
        yield served


@pytest.fixture
def remote(services: Services, tmp_path: Path) -> Remote:
    return ask(services, tmp_path, "graphhopper")


def ask(services: Services, folder: Path, kind: str) -> Remote:
    return Remote(remote_service.service(kind, services.base(kind), "car", KEY), folder)


@pytest.mark.parametrize(
    "fault",
    [
        Reply(429, '{"message": "Minutely API limit heavily violated"}', Retry_After="0"),
        Reply(429, "{}", X_RateLimit_Reset="1"),
        Reply(429, "{}", Retry_After="Fri, 27 Nov 2020 12:00:00 GMT"),
        Reply(429, "{}", Retry_After="soon"),
        Reply(500, "{}"),
        Reply(502, "<html>Bad gateway</html>"),
        Reply(503, "{}"),
        Reply(200, '{"times": [[0, 1', cut=5),
        Reply(200, '{"times": [[0, 1', cut=0),
    ],
)
def test_what_passes_is_asked_again(remote: Remote, services: Services, fault: Reply) -> None:
    services.faults = [fault, fault]
    assert remote.matrix(PLACES).durations.tolist() == EXPECTED
    assert len(services.asked) == 3


def table(times: object, distances: object = None) -> Reply:
    return Reply(body=json.dumps({"times": times, "distances": EXPECTED if distances is None else distances}))


@pytest.mark.parametrize(
    ("fault", "said", "tries"),
    [
        (Reply(401, '{"message": "Wrong credentials."}'), "refuses the key", 1),
        (Reply(403, '{"error": "Access to this API has been disallowed"}'), "refuses the key", 1),
        (Reply(403, '{"error": "Quota exceeded"}'), "no more questions for now. Try again later", 1),
        (Reply(402, "{}"), "no more questions", 1),
        (Reply(429, "{}", Retry_After="7200"), "Try again in 120 min", 1),
        (Reply(429, "{}", Retry_After="0"), "no more questions", client.TRIES),
        (Reply(500, "{}"), "a fault of its own", client.TRIES),
        (Reply(503, "{}"), "a fault of its own", client.TRIES),
        (Reply(body="{", cut=0), "cannot be reached", client.TRIES),
        (Reply(400, '{"message": "Profile not found"}'), r"does not take the question \(400\)", 1),
        (Reply(404, "<html>nothing here</html>"), "not GraphHopper, or not as it should", 1),
        (Reply(302, "", Location="https://elsewhere.example/"), "not as it should", 1),
        (Reply(body="<html>Log in to this hotel's WLAN</html>"), "not as it should", 1),
        (Reply(body="[" * 100_000), "not as it should", 1),
        (Reply(body="null"), "not as it should", 1),
        (Reply(body="{}"), "not as it should", 1),
        (table([[0, 1], [1, 0]]), "not as it should", 1),
        (table(EXPECTED[:3]), "not as it should", 1),
        (table([[0, 1, 2, 3]] * 3 + [[0, 1, 2]]), "not as it should", 1),
        (table([["1"] * 4] * 4), "not as it should", 1),
        (table([[True] * 4] * 4), "not as it should", 1),
        (table([[-1] * 4] * 4), "not as it should", 1),
        (table([[1e9] * 4] * 4), "not as it should", 1),
        (table([[float("nan"), float("inf"), 0, 0]] * 4), "not as it should", 1),
        (table([[[]] * 4] * 4), "not as it should", 1),
        (table({"0": 1}), "not as it should", 1),
        (table(EXPECTED, 5), "not as it should", 1),
    ],
)
def test_what_stays_is_said(
    remote: Remote, services: Services, fault: Reply, said: str, tries: int, caplog: pytest.LogCaptureFixture
) -> None:
    services.always = fault
    with caplog.at_level(logging.DEBUG), pytest.raises(UserError, match=said) as told:
        remote.matrix(PLACES)
    assert len(services.asked) == tries
    sentence = told.value.message
    assert sentence.startswith(("GraphHopper", "What answers"))
    assert sentence.endswith(".")
    assert KEY not in sentence + caplog.text + str(told.getrepr(showlocals=False, style="native"))

    services.always = None  # what has passed leaves nothing behind
    assert remote.matrix(PLACES).durations.tolist() == EXPECTED


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("REQUEST_DENIED", "Google refuses the key"),
        ("OVER_DAILY_LIMIT", "no more questions"),
        ("OVER_QUERY_LIMIT", "no more questions"),
        ("INVALID_REQUEST", "not as it should"),
    ],
)
def test_google_refuses_with_a_200(services: Services, tmp_path: Path, status: str, said: str) -> None:
    services.always = Reply(body=json.dumps({"rows": [], "status": status}))
    with pytest.raises(UserError, match=said):
        service = remote_service.service("google", f"{services.base('google')}/maps/api", "car", KEY)
        Remote(service, tmp_path).matrix(PLACES)


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (Reply(400, '{"error": {"details": [{"reason": "API_KEY_INVALID"}]}}'), "Google refuses the key"),
        (Reply(403, '[{"error": {"code": 403, "status": "PERMISSION_DENIED"}}]'), "Google refuses the key"),
        (Reply(429, '{"error": {"code": 429, "status": "RESOURCE_EXHAUSTED"}}'), "no more questions"),
        (Reply(body='[{"originIndex": 0, "condition": "ROUTE_EXISTS"}]'), "not as it should"),
        (Reply(body='{"elements": []}'), "not as it should"),
    ],
)
def test_google_refuses(services: Services, tmp_path: Path, fault: Reply, said: str) -> None:
    services.always = fault
    with pytest.raises(UserError, match=said):
        ask(services, tmp_path, "google").matrix(PLACES)


def test_a_slow_answer(remote: Remote, services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "ANSWER_S", 0.1)
    monkeypatch.setattr(client, "TRIES", 2)
    services.faults = [Reply(wait_s=patience.PATIENCE_S)]
    assert remote.matrix(PLACES).durations.tolist() == EXPECTED
    services.faults = [Reply(wait_s=patience.PATIENCE_S)] * 2
    with pytest.raises(UserError, match="did not answer within"):
        remote.matrix([at(i) for i in range(6)])


def test_a_pin_is_not_waited_for_as_long_as_a_matrix(
    remote: Remote, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    matrix = remote.matrix(PLACES)
    monkeypatch.setattr(routing, "GROWING_S", 0.1)
    monkeypatch.setattr(routing, "EACH_S", 0.1)
    services.faults = [Reply(wait_s=patience.PATIENCE_S)]
    with pytest.raises(UserError, match="did not answer within 0 s"):
        remote.extend(matrix, [at(9)])
    monkeypatch.setattr(routing, "GROWING_S", patience.PATIENCE_S)
    assert remote.extend(matrix, [at(9)]).durations[4, 0] == seconds(9, 0)


def test_a_matrix_takes_no_longer_than_it_may(
    remote: Remote, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was answered until then is not asked for again."""
    monkeypatch.setattr(routing, "MATRIX_S", 0.3)
    many = [at(i) for i in range(60)]  # four questions
    services.faults = [Reply(200, json.dumps(_block(0, 0))), Reply(wait_s=patience.PATIENCE_S)]
    with pytest.raises(UserError, match="did not answer within"):
        remote.matrix(many)
    monkeypatch.setattr(routing, "MATRIX_S", patience.PATIENCE_S)
    assert len(services.asked) == 2
    remote.matrix(many)
    assert len(services.asked) == 2 + 3


def _block(row: int, column: int) -> dict[str, list[list[int]]]:
    times = [[seconds(row + i, column + j) for j in range(30)] for i in range(30)]
    return {"times": times, "distances": [[7 * one for one in line] for line in times]}


def test_whoever_waits_is_told_when_it_is_closed(remote: Remote, services: Services) -> None:
    services.always = Reply(wait_s=patience.PATIENCE_S)
    said: list[str] = []

    def wait() -> None:
        try:
            remote.matrix(PLACES)
        except UserError as error:
            said.append(error.message)

    waiting = threading.Thread(target=wait)
    waiting.start()
    while not services.asked:
        time.sleep(0.01)
    assert remote.asked == (0, 1)
    remote.close()
    waiting.join(patience.PATIENCE_S)
    assert said == ["Asking GraphHopper was stopped. The day keeps its times."]
    assert remote.asked == (0, 0)


def test_a_huge_answer(remote: Remote, services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "MOST_BYTES", 100_000)
    services.always = Reply(body=" " * 200_000 + "{}")
    with pytest.raises(UserError, match="not as it should"):
        remote.matrix(PLACES)


@pytest.mark.logs_warnings
def test_no_net(services: Services, tmp_path: Path) -> None:
    """A day is opened all the same: estimated, as a whole."""
    service = remote_service.service("osrm", services.base("osrm"))
    opened = online.open_service(service, tmp_path)
    online.answer(opened)
    try:
        known = travel.matrix(PLACES, opened.roads)
        travel.use(opened.roads)
        services.always = Reply(body="{", cut=0)
        with pytest.raises(UserError, match="cannot be reached"):
            travel.covering(known, [at(5)])
        assert travel.matrix_now(PLACES).provider == opened.roads
        assert travel.matrix_now([*PLACES, at(5)]).provider == travel.ESTIMATE
        with pytest.raises(UserError, match="cannot be reached"):
            travel.legs([(at(0), at(1))], opened.roads)
    finally:
        travel.use(travel.ESTIMATE)
        online.close_service(opened)
    with pytest.raises(UserError, match="is not in use here"):
        travel.matrix(PLACES, opened.roads)


def test_nobody_listens(tmp_path: Path) -> None:
    with road_services.serving() as gone:
        service = remote_service.service("valhalla", gone.base("valhalla"))
    with pytest.raises(UserError, match="Valhalla cannot be reached"):
        Remote(service, tmp_path).matrix(PLACES)


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("osrm", {"code": "Ok", "routes": [{"geometry": "x", "distance": 1, "duration": 1, "legs": [{}]}]}),
        ("osrm", {"code": "Ok", "routes": []}),
        ("valhalla", {"trip": {"legs": [{"shape": "\u00e9", "summary": {"time": 1, "length": 1}}]}}),
        ("valhalla", {"trip": {}}),
        (
            "ors",
            {"features": [{"geometry": {"coordinates": []}, "properties": {"segments": [], "way_points": []}}]},
        ),
        ("graphhopper", {"paths": [{"distance": 1, "time": 1, "points": {"coordinates": []}}]}),
        ("here", {"routes": [{"sections": [{"summary": {"length": 1, "duration": 1}, "polyline": "~"}]}]}),
        ("here", {"routes": [{"sections": [{"summary": {"length": 1, "duration": 1}, "polyline": "CGAA"}]}]}),
        ("here", {"routes": [{"sections": [{"summary": {"length": -1, "duration": 1}, "polyline": "BGAA"}]}]}),
    ],
)
def test_nonsense_instead_of_ways(kind: str, body: object, services: Services, tmp_path: Path) -> None:
    services.always = Reply(body=json.dumps(body))
    with pytest.raises(UserError, match="not as it should"):
        ask(services, tmp_path, kind).legs([(at(0), at(1))])
