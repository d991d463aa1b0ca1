"""The sample depot's files are what its program writes, and hold what every screen needs."""

from __future__ import annotations

import csv
import hashlib
import json
import runpy
import sys
from dataclasses import replace
from pathlib import Path

import osmium
import pytest

from dispatch_console import resources
from dispatch_console.domain.fleet import Depot, DepotId
from dispatch_console.domain.places import Place
from dispatch_console.services import sample
from tests import town

FOLDER = resources.path("sample")


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_files_are_up_to_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Who changes the program runs it, and the same numbers come out on every machine."""
    program = resources.root() / "packaging" / "sample.py"
    monkeypatch.setattr(sys, "path", [str(program.parent), *sys.path])
    module = runpy.run_path(str(program))
    module["main"].__globals__["OUT"] = tmp_path
    module["main"]()
    for name in ("orders.csv", "late-orders.csv", "fleet.csv", "depot.json", "map.json"):
        assert (tmp_path / name).read_bytes() == (FOLDER / name).read_bytes(), name
    # What packs the extract may differ from machine to machine; what it holds does not.
    assert content(tmp_path / "town.osm.pbf") == content(FOLDER / "town.osm.pbf")


def content(extract: Path) -> str:
    """All that an extract holds, as a hash."""
    told = hashlib.sha256()
    for thing in osmium.FileProcessor(str(extract)):
        if thing.is_node():
            there: object = (thing.location.x, thing.location.y)
        else:
            there = (
                [(m.type, m.ref, m.role) for m in thing.members]
                if thing.is_relation()
                else [n.ref for n in thing.nodes]
            )
        told.update(repr((thing.id, there, sorted((tag.k, tag.v) for tag in thing.tags))).encode())
    return told.hexdigest()


def test_sample_has_something_for_every_screen():
    orders = rows("orders.csv")
    assert len(orders) == 150
    assert len({row["order"] for row in orders}) == 150
    assert sum(row["type"] == "collection" for row in orders) == 2
    assert sum(not row["lat"] for row in orders) == 2
    assert sum(bool(row["cod"]) for row in orders) >= 8
    assert {row["skills"] for row in orders} >= {"cold", "two-man", "age-check"}
    assert any("," in row["window"] for row in orders), "an order with two windows"
    assert len(rows("fleet.csv")) == 8


def test_every_order_is_at_an_address_of_the_map_but_the_two_that_no_map_knows():
    houses = town.read().houses
    lost = []
    for row in rows("orders.csv"):
        house = houses.get((row["town"], row["street"], row["number"]))
        if house is None:
            lost.append(row["street"])
        else:
            assert (float(row["lat"]), float(row["lon"])) == pytest.approx((house.lat, house.lon), abs=2e-6)
    assert lost == ["Quarry End 7", "Old Gasworks 3"]
    depot = json.loads((FOLDER / "depot.json").read_text(encoding="utf-8"))
    gate = houses["Lindmoor", "Dock Road", "1"]
    assert (depot["lat"], depot["lon"]) == pytest.approx((gate.lat, gate.lon), abs=2e-6)
    assert {row["start_location"] for row in rows("fleet.csv")} == {f"{depot['lat']:.6f},{depot['lon']:.6f}"}


def test_map_has_names_for_all_towns():
    sketch = json.loads((FOLDER / "map.json").read_text(encoding="utf-8"))
    assert {row["town"] for row in rows("orders.csv")} <= {name[0] for name in sketch["names"]}
    assert all(sketch[kind] for kind in ("parks", "towns", "water", "rail", "lanes", "streets", "roads"))


def test_a_depot_of_the_users_is_not_taken_for_the_sample():
    stored = json.loads((FOLDER / "depot.json").read_text(encoding="utf-8"))
    own = Depot(DepotId(1), "Lindmoor", Place(stored["lat"], stored["lon"]), stored["timezone"])
    assert sample.is_in_town(own)
    assert not sample.is_in_town(replace(own, place=Place(47.141, 9.521)))
