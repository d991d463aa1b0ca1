"""The six road services on 127.0.0.1, each with its own way of asking and answering, and with faults on demand.

Place `at(i)` is known to them by its number i. From i to j it takes 3·i + 5·j + 1 seconds and seven times as many
metres: never the same in both directions, and nothing from a place to itself. `cut_off` are places without any way.
"""

from __future__ import annotations

import itertools
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from dispatch_console.domain.places import Place

KEY = "s3cr3t-k3y"
_STEP = 1000  # places lie a thousandth of a degree apart


def at(i: int) -> Place:
    return Place(47.1, round(9.5 + i / _STEP, 6))


def seconds(i: int, j: int) -> int:
    return 0 if i == j else 3 * i + 5 * j + 1


class Refused(Exception):
    """An answer that is not a 200: status, body."""


class Reply:
    """What is sent in place of an answer. `cut`: so many bytes of the body, then the connection ends."""

    def __init__(
        self, status: int = 200, body: str = "{}", wait_s: float = 0.0, cut: int | None = None, **headers: str
    ) -> None:
        self.status, self.body, self.wait_s, self.cut, self.headers = status, body, wait_s, cut, headers


class Services:
    """`asked`: (path with query, headers, body) of each question; `faults`: replies to the next ones; `always`:
    to all. `most`: so many places a matrix may have, in the words of each service."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.asked: list[tuple[str, dict[str, str], Any]] = []
        self.faults: list[Reply] = []
        self.always: Reply | None = None
        self.cut_off: set[int] = set()
        self.far: set[int] = set()
        self.pairs: list[tuple[int, int]] = []
        self.most = 10_000
        #: (lon, lat) → number, where places are those of a day and not `at(i)`.
        self.numbered: dict[tuple[float, float], int] | None = None
        self.ended = threading.Event()

    def number(self, lon: float, lat: float) -> int:
        if self.numbered is None:
            return _number(lon, lat)
        return self.numbered.setdefault((lon, lat), len(self.numbered))

    def way(self, i: int, j: int) -> list[Place]:
        if self.numbered is None:
            return way(i, j)
        places = list(self.numbered)
        return [Place(places[k][1], places[k][0]) for k in (i, j)]

    def base(self, kind: str) -> str:
        return f"{self.address}/{kind}"

    def answer(self, path: str, headers: dict[str, str], body: Any) -> Any:
        parts = urlsplit(path)
        _, kind, *rest = parts.path.split("/")
        return getattr(self, f"_{kind}")("/".join(rest), parse_qs(parts.query), headers, body)

    def cells(self, rows: list[int], columns: list[int], null: Any, cell: Callable[[int, int], Any]) -> list[Any]:
        self.pairs += [(i, j) for i in rows for j in columns]
        gone = self.cut_off
        return [[null if i in gone or j in gone else cell(i, j) for j in columns] for i in rows]

    # -- the services --------------------------------------------------------------------------------

    def _osrm(self, path: str, query: dict[str, list[str]], headers: dict[str, str], body: Any) -> Any:
        service, _, profile, coordinates = path.split("/")
        assert profile == "driving"
        numbers = [self.number(*map(float, pair.split(","))) for pair in coordinates.split(";")]
        points = [
            {
                "hint": "",
                "distance": 900.0 if i in self.far else 4.2,
                "name": "",
                "location": [at(i).lon, at(i).lat],
            }
            for i in numbers
        ]
        if service == "route":
            return self._osrm_route(numbers, query, points)
        if len(numbers) > min(100, self.most):
            raise Refused(400, {"code": "TooBig", "message": "Too many table coordinates"})
        rows, columns = ([int(i) for i in query[name][0].split(";")] for name in ("sources", "destinations"))
        assert query["annotations"] == ["duration,distance"]
        from_, to = [numbers[i] for i in rows], [numbers[i] for i in columns]
        return {
            "code": "Ok",
            "durations": self.cells(from_, to, None, lambda i, j: seconds(i, j) + 0.4),
            "distances": self.cells(from_, to, None, lambda i, j: seconds(i, j) * 7 + 0.4),
            "sources": [points[i] for i in rows],
            "destinations": [points[i] for i in columns],
        }

    def _osrm_route(self, numbers: list[int], query: dict[str, list[str]], points: list[Any]) -> Any:
        if self.cut_off & set(numbers):
            raise Refused(400, {"code": "NoRoute", "message": "Impossible route between points"})
        assert query["steps"] == ["true"] and query["geometries"] == ["polyline6"]
        legs = [
            {
                "steps": [
                    {"geometry": polyline6(half)}
                    for half in (self.way(i, j)[:2], self.way(i, j)[1:], self.way(i, j)[-1:] * 2)
                ],
                "distance": seconds(i, j) * 7.0,
                "duration": float(seconds(i, j)),
            }
            for i, j in itertools.pairwise(numbers)
        ]
        route = {"geometry": polyline6([at(i) for i in numbers]), "legs": legs, "distance": 1.0, "duration": 1.0}
        return {"code": "Ok", "routes": [route], "waypoints": points}

    def _valhalla(self, path: str, query: dict[str, list[str]], headers: dict[str, str], body: Any) -> Any:
        assert body["costing"] == "auto"
        said = body["locations"] if path == "route" else (*body["sources"], *body["targets"])
        numbers = [_number(one["lon"], one["lat"]) for one in said]
        if self.cut_off & set(numbers):
            raise Refused(400, _valhalla_error(171, "No suitable edges near location"))
        if path == "route":
            legs = [
                {"shape": polyline6(way(i, j)), "summary": {"time": seconds(i, j), "length": seconds(i, j) * 0.007}}
                for i, j in itertools.pairwise(numbers)
            ]
            return {"trip": {"legs": legs, "status": 0, "units": "kilometers"}}
        rows, columns = numbers[: len(body["sources"])], numbers[len(body["sources"]) :]
        if len(rows) * len(columns) > 2500 or len(numbers) > self.most:
            raise Refused(400, _valhalla_error(150, "Exceeded max locations: 50"))
        cells = self.cells(
            rows, columns, None, lambda i, j: {"time": seconds(i, j), "distance": seconds(i, j) * 0.007}
        )
        return {"units": "kilometers", "sources_to_targets": cells}

    def _ors(self, path: str, query: dict[str, list[str]], headers: dict[str, str], body: Any) -> Any:
        assert headers["Authorization"] == KEY
        if path == "v2/directions/driving-car/geojson":
            return self._ors_route([_number(*pair) for pair in body["coordinates"]])
        assert path == "v2/matrix/driving-car/json" and body["metrics"] == ["duration", "distance"]
        numbers = [_number(*pair) for pair in body["locations"]]
        rows, columns = ([numbers[i] for i in body[name]] for name in ("sources", "destinations"))
        if len(rows) * len(columns) > 3500 or len(numbers) > self.most:
            raise Refused(400, {"error": {"code": 6004, "message": "Request parameters exceed the server limits."}})
        return {
            "durations": self.cells(rows, columns, None, lambda i, j: float(seconds(i, j))),
            "distances": self.cells(rows, columns, None, lambda i, j: seconds(i, j) * 7.0),
            "metadata": {"service": "matrix"},
        }

    def _ors_route(self, numbers: list[int]) -> Any:
        if self.cut_off & set(numbers):
            raise Refused(404, {"error": {"code": 2010, "message": "Could not find routable point"}})
        pairs = list(itertools.pairwise(numbers))
        told = {
            "segments": [
                {"distance": seconds(*p) * 7.0, "duration": float(seconds(*p)), "steps": []} for p in pairs
            ],
            "way_points": [2 * i for i in range(len(numbers))],
            "summary": {},
        }
        line = {"type": "LineString", "coordinates": _line(numbers)}
        return {"type": "FeatureCollection", "features": [{"properties": told, "geometry": line}]}

    def _graphhopper(self, path: str, query: dict[str, list[str]], headers: dict[str, str], body: Any) -> Any:
        assert query["key"] == [KEY]
        if path == "route":
            return self._graphhopper_route([_number(*pair) for pair in body["points"]], body)
        assert path == "matrix" and query["profile"] == ["car"] and query["fail_fast"] == ["false"]
        rows, columns = ([_latlon(pair) for pair in query[name]] for name in ("from_point", "to_point"))
        if len({*rows, *columns}) > self.most:
            raise Refused(400, {"message": "Too many points for Matrix API: 60, allowed: 5"})
        return {
            "times": self.cells(rows, columns, None, seconds),
            "distances": self.cells(rows, columns, None, lambda i, j: seconds(i, j) * 7),
            "info": {"copyrights": ["GraphHopper", "OpenStreetMap contributors"], "took": 1},
        }

    def _graphhopper_route(self, numbers: list[int], body: Any) -> Any:
        if self.cut_off & set(numbers):
            raise Refused(400, {"message": "Cannot find point 0", "hints": [{"details": "PointNotFoundException"}]})
        assert body["points_encoded"] is False and body["details"] == ["leg_time", "leg_distance"]
        pairs = list(enumerate(itertools.pairwise(numbers)))
        details = {
            "leg_time": [[2 * n, 2 * n + 2, 1000 * seconds(*pair)] for n, pair in pairs],
            "leg_distance": [[2 * n, 2 * n + 2, 7.0 * seconds(*pair)] for n, pair in pairs],
        }
        total = sum(seconds(*pair) for _, pair in pairs)
        points = {"type": "LineString", "coordinates": _line(numbers)}
        return {"paths": [{"distance": total * 7.0, "time": total * 1000, "points": points, "details": details}]}

    def _google(self, path: str, query: dict[str, list[str]], headers: dict[str, str], body: Any) -> Any:
        if path == "distanceMatrix/v2:computeRouteMatrix":
            return self._google_routes(headers, body)
        assert path == "maps/api/distancematrix/json" and query["mode"] == ["driving"] and query["key"] == [KEY]
        rows, columns = ([_latlon(p) for p in query[name][0].split("|")] for name in ("origins", "destinations"))
        if max(len(rows), len(columns)) > 25:
            return {"rows": [], "status": "MAX_DIMENSIONS_EXCEEDED"}
        if len(rows) * len(columns) > 100 or len({*rows, *columns}) > self.most:
            return {"rows": [], "status": "MAX_ELEMENTS_EXCEEDED"}

        def cell(i: int, j: int) -> Any:
            took, far = seconds(i, j), seconds(i, j) * 7
            return {
                "status": "OK",
                "duration": {"text": f"{took} s", "value": took},
                "distance": {"text": f"{far} m", "value": far},
            }

        elements = self.cells(rows, columns, {"status": "ZERO_RESULTS"}, cell)
        return {"status": "OK", "rows": [{"elements": row} for row in elements]}

    def _google_routes(self, headers: dict[str, str], body: Any) -> Any:
        assert headers["X-Goog-Api-Key"] == KEY and "condition" in headers["X-Goog-FieldMask"]
        assert body["travelMode"] == "DRIVE"
        points = [
            [one["waypoint"]["location"]["latLng"] for one in body[side]] for side in ("origins", "destinations")
        ]
        rows, columns = ([_number(one["longitude"], one["latitude"]) for one in side] for side in points)
        if len(rows) * len(columns) > 625 or len({*rows, *columns}) > self.most:
            said = "The number of elements (origins multiplied by destinations) exceeds the max"
            raise Refused(400, {"error": {"code": 400, "message": said, "status": "INVALID_ARGUMENT"}})

        def cell(i: int, j: int) -> Any:
            far = {"distanceMeters": seconds(i, j) * 7} if i != j else {}
            return {"condition": "ROUTE_EXISTS", "duration": f"{seconds(i, j)}s", "status": {}, **far}

        table = self.cells(rows, columns, {"condition": "ROUTE_NOT_FOUND", "status": {}}, cell)
        told = [
            one | {"originIndex": r, "destinationIndex": c}
            for r, row in enumerate(table)
            for c, one in enumerate(row)
        ]
        return told[::-1]

    def _here(self, path: str, query: dict[str, list[str]], headers: dict[str, str], body: Any) -> Any:
        assert query["apiKey"] == [KEY]
        if path == "routes":
            return self._here_route(
                [_latlon(p) for n in ("origin", "via", "destination") for p in query.get(n, [])]
            )
        assert path == "matrix" and query["async"] == ["false"]
        assert (body["profile"], body["regionDefinition"]) == ("carFast", {"type": "world"})
        rows, columns = ([_number(p["lng"], p["lat"]) for p in body[name]] for name in ("origins", "destinations"))
        if max(len(rows), len(columns)) > min(500, self.most):
            raise Refused(413, {"title": "Payload Too Large"})
        times = list(itertools.chain.from_iterable(self.cells(rows, columns, 0, seconds)))
        wrong = [2 if self.cut_off & {i, j} else 0 for i in rows for j in columns]
        matrix = {
            "numOrigins": len(rows),
            "numDestinations": len(columns),
            "travelTimes": times,
            "distances": [7 * one for one in times],
        }
        return {"matrixId": "1", "matrix": matrix | ({"errorCodes": wrong} if any(wrong) else {})}

    def _here_route(self, numbers: list[int]) -> Any:
        if self.cut_off & set(numbers):
            return {"notices": [{"title": "Route calculation failed", "code": "noRouteFound"}], "routes": []}
        sections = [
            {"summary": {"duration": seconds(i, j), "length": 7 * seconds(i, j)}, "polyline": flexible(way(i, j))}
            for i, j in itertools.pairwise(numbers)
        ]
        return {"routes": [{"id": "1", "sections": sections}]}


@contextmanager
def serving() -> Iterator[Services]:
    """The services, on a port of 127.0.0.1 that is free."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            size = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(size)) if size else None
            said = dict(self.headers.items())
            services.asked.append((self.path, said, body))
            reply = services.faults.pop(0) if services.faults else services.always
            if reply is None:
                try:
                    reply = Reply(200, json.dumps(services.answer(self.path, said, body)))
                except Refused as refused:
                    reply = Reply(refused.args[0], json.dumps(refused.args[1]))
            self._send(reply)

        do_POST = do_GET

        def _send(self, reply: Reply) -> None:
            services.ended.wait(reply.wait_s)
            data = reply.body.encode()
            self.close_connection = True
            try:
                self.send_response(reply.status)
                for name, text in {"Content-Type": "application/json", **reply.headers}.items():
                    self.send_header(name.replace("_", "-"), text)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data if reply.cut is None else data[: reply.cut])
            except OSError:  # who asked has gone away
                pass

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    services = Services(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield services
    finally:
        services.ended.set()
        server.shutdown()
        server.server_close()
        thread.join()


def way(i: int, j: int) -> list[Place]:
    """From i to j over a corner that both have in common."""
    return [at(i), Place(47.2, round((at(i).lon + at(j).lon) / 2, 6)), at(j)]


def _line(numbers: list[int]) -> list[list[float]]:
    places = [at(numbers[0])]
    for i, j in itertools.pairwise(numbers):
        places += way(i, j)[1:]
    return [[place.lon, place.lat] for place in places]


def polyline6(places: list[Place]) -> str:
    text, last = "", (0, 0)
    for place in places:
        now = round(place.lat * 1e6), round(place.lon * 1e6)
        for step in (now[0] - last[0], now[1] - last[1]):
            value = ~(step << 1) if step < 0 else step << 1
            while value >= 32:
                text += chr((value & 31 | 32) + 63)
                value >>= 5
            text += chr(value + 63)
        last = now
    return text


def flexible(places: list[Place]) -> str:
    """HERE's encoding: version 1, six digits, no heights."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    numbers, last = [1, 6], (0, 0)
    for place in places:
        now = round(place.lat * 1e6), round(place.lon * 1e6)
        numbers += [step << 1 ^ step >> 63 for step in (now[0] - last[0], now[1] - last[1])]
        last = now
    text = ""
    for value in numbers:
        while value >= 32:
            text += letters[value & 31 | 32]
            value >>= 5
        text += letters[value]
    return text


def _valhalla_error(code: int, text: str) -> dict[str, Any]:
    return {"error_code": code, "error": text, "status_code": 400, "status": "Bad Request"}


def _number(lon: float, lat: float) -> int:
    assert abs(lat - 47.1) < 1e-9
    return round((lon - 9.5) * _STEP)


def _latlon(text: str) -> int:
    lat, lon = map(float, text.split(","))
    return _number(lon, lat)
