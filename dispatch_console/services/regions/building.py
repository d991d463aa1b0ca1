"""A pack from the extract to the manifest: the roads in one thread, reading, addresses and map in another."""

from __future__ import annotations

import datetime as dt
import errno
import os
import re
import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from dispatch_console.domain.region import BuildStep
from dispatch_console.geocoding import index_build
from dispatch_console.roads.engine import hub
from dispatch_console.roads.pack import manifest, ordering, profiles, reading, roads_build, source
from dispatch_console.roads.pack.extract import Extract
from dispatch_console.roads.pack.manifest import ADDRESSES, FREE, MAP, SET, STATIC, Manifest, RoadClass, Source
from dispatch_console.roads.tiles import building as tiles
from dispatch_console.services.regions import makers
from dispatch_console.services.regions.order import Done, Order

#: How much of the work each step is, measured on Liechtenstein.
_SHARES = {"reading": 8.0, "roads": 60.0, "addresses": 6.0, "map": 30.0, "checks": 4.0}
#: Before this share is done nobody can say how long the rest takes.
_SAYABLE = 0.1
_NAME = re.compile(r"[^a-z0-9]+")


class Building:
    """One build, from the extract to the manifest."""

    def __init__(self, order: Order, send: Callable[[BuildStep], None]) -> None:
        self._order = order
        self._pbf = order.pbf
        self._tell = _Teller(send, order)

    def build(self) -> Done:
        order = self._order
        source.check(order.pbf)
        self._pbf = ordering.ordered(order.pbf, order.part)
        began = dt.datetime.now(dt.UTC).replace(microsecond=0)
        read: Future[Extract] = Future()
        pool = ThreadPoolExecutor(1, "roads")
        try:
            roads = pool.submit(self._roads, read) if "roads" not in order.without else None
            extract = self._read(read)
            addresses = self._addresses(extract)
            if roads is not None and roads.done():
                roads.result()  # raises what went wrong there, before the map is begun
            has_map = self._map(extract)
            classes = roads.result() if roads is not None else {}
        finally:
            # If something failed, the roads are not waited for: who began ends this process and all in it.
            pool.shutdown(wait=False)
        made = self._manifest(extract, classes, began, addresses, has_map)
        manifest.write(order.part, made)
        self._tell.at("checks", "done", 1.0)
        return Done(made, self._notes(extract))

    def _read(self, read: Future[Extract]) -> Extract:
        """The extract, handed to those who wait for it too."""
        try:
            read.set_result(reading.read(self._pbf, self._tell.step("reading", "reading the extract")))
        except BaseException as error:
            read.set_exception(error)
        return read.result()

    def _roads(self, read: Future[Extract]) -> dict[str, RoadClass]:
        order, found = self._order, dict[str, RoadClass]()
        for number, klass in enumerate(order.classes):

            def tell(step: BuildStep, number: int = number) -> None:
                self._tell.at("roads", step.text, (number + step.done) / len(order.classes))

            job = roads_build.Job(self._pbf, str(order.pbf), order.part, klass, self._buckets, _threads())
            built = roads_build.build(job, lambda: read.result().ways, tell)
            middle = hub.find(order.part / built.sets[FREE], SET, built.pieces)
            found[klass] = RoadClass(profiles.sha256(klass), built.sets, middle, built.edges)
        self._tell.at("roads", "roads", 1.0)
        return found

    @property
    def _buckets(self) -> manifest.Buckets:
        return profiles.by_daytime(self._order.hours) if self._order.hours is not None else STATIC

    def _addresses(self, extract: Extract) -> int:
        """How many houses there are. An extract without any has streets and places all the same."""
        order = self._order
        if "addresses" in order.without:
            return 0
        tell = self._tell.step("addresses", "addresses")
        country = (extract.countries[0] if extract.countries else order.country).upper()
        out = order.part / ADDRESSES
        try:
            return index_build.build(extract.houses, extract.streets, extract.towns, out, country, tell).houses
        except sqlite3.Error as error:  # all that can go wrong with a fresh file is the disk
            raise OSError(errno.ENOSPC, str(error)) from error

    def _map(self, extract: Extract) -> bool:
        """Whether there is a map: the one thing that is never missing, unless it is not wanted."""
        if "map" in self._order.without:
            return False
        tell = self._tell.step("map", "map")
        tiles.build(extract.shapes, extract.bbox, self._order.part / MAP, self._order.name, tell)
        return True

    def _manifest(
        self, extract: Extract, classes: dict[str, RoadClass], began: dt.datetime, addresses: int, has_map: bool
    ) -> Manifest:
        order = self._order
        self._tell.at("checks", "checking", 0.0)
        (order.part / roads_build.LOG).unlink(missing_ok=True)
        (order.part / ordering.NAME).unlink(missing_ok=True)
        hashed = manifest.sha256(order.pbf)
        made_from = Source(order.pbf.name, order.pbf.stat().st_size, hashed, extract.data_until)
        made_by = makers.versions()
        shas = {klass: one.profile_sha256 for klass, one in classes.items()}
        countries = extract.countries or ((order.country.upper(),) if order.country else ())
        word = _NAME.sub("-", order.name.lower()).strip("-") or "region"
        return Manifest(
            manifest.make_id(word, made_from, shas, self._buckets, made_by),
            order.name,
            began.isoformat(),
            made_from,
            extract.bbox,
            countries,
            made_by,
            classes,
            self._buckets if classes else STATIC,
            addresses,
            has_map,
            files=manifest.list_files(order.part),
        )

    def _notes(self, extract: Extract) -> tuple[str, ...]:
        if extract.houses or "addresses" in self._order.without:
            return ()
        return (f"{self._order.pbf} holds no addresses: orders are placed by street or by hand.",)


def _threads() -> int:
    """For the road engine's programs: more than eight are of no use to them."""
    return max(1, min(8, os.cpu_count() or 2))


class _Teller:
    """Adds up how far all steps are, and reckons how long the rest takes."""

    def __init__(self, send: Callable[[BuildStep], None], order: Order) -> None:
        self._send = send
        self._shares = {name: share for name, share in _SHARES.items() if name not in order.without}
        self._done = dict.fromkeys(self._shares, 0.0)
        self._began = time.monotonic()
        self._lock = threading.Lock()

    def step(self, name: str, text: str) -> Callable[[float], None]:
        return lambda done: self.at(name, text, done)

    def at(self, name: str, text: str, done: float) -> None:
        """Step `name` is so far. From any thread."""
        with self._lock:
            self._done[name] = done
            parts = sum(self._shares[key] * value for key, value in self._done.items())
            whole = min(1.0, parts / sum(self._shares.values()))
            took = time.monotonic() - self._began
            left = took * (1 - whole) / whole if whole >= _SAYABLE else None
            self._send(BuildStep(text, whole, left))
