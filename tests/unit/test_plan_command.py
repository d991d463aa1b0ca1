"""`main.py plan` on files: the sample's, odd ones, and what it says about mistakes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dispatch_console import resources
from dispatch_console.cli import plan
from dispatch_console.domain.day import Day
from dispatch_console.domain.places import Place
from dispatch_console.domain.weights import UNWEIGHED, Weights
from dispatch_console.services import zones

FLEET = resources.path("sample", "fleet.csv")
ORDERS = resources.path("sample", "orders.csv")

HEADS = "reference,street,number,postcode,city,country,lat,lon,date,window_from,window_to,weight_kg\n"


def run(tmp_path: Path, *more: str, orders: Path = ORDERS, fleet: Path = FLEET) -> dict:
    out = tmp_path / "out"
    argv = ["--orders", str(orders), "--fleet", str(fleet), "--seconds", "0.5", "--out", str(out), *more]
    assert plan.main(argv) == 0
    return json.loads((out / "plan.json").read_text(encoding="utf-8"))


def orders_file(tmp_path: Path, *rows: str) -> Path:
    path = tmp_path / "orders.csv"
    path.write_text(HEADS + "".join(row + "\n" for row in rows), encoding="utf-8")
    return path


def test_the_sample_is_planned(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = run(tmp_path, "--timezone", "Europe/Vaduz", "--workers", "2")
    totals = found["totals"]
    assert totals["orders"] == totals["assigned"] + len(found["unassigned"])
    assert totals["assigned"] > 100
    assert totals["late_stops"] == 0
    assert all(route["violations"] == [] for route in found["routes"])
    assert found["day"] == "2026-11-23"
    assert found["timezone"] == "Europe/Vaduz"
    assert found["roads"] == {"provider": "estimate"}
    said = capsys.readouterr()
    assert said.out == ""
    assert "km" in said.err


def test_orders_that_cannot_be_planned_are_in_it_all_the_same(tmp_path: Path) -> None:
    path = orders_file(
        tmp_path,
        "A1,Linden Row,1,4100,Lindmoor,,54.90,2.60,2026-11-23,08:00,18:00,5",
        "A2,Linden Row,2,4100,Lindmoor,,,,2026-11-23,,,5",
        "A3,Linden Row,3,4100,Lindmoor,,54.91,2.61,2026-11-23,02:00,03:00,5",
        "A4,Linden Row,4,4100,Lindmoor,,54.92,2.61,2026-11-23,,,99999",
    )
    found = run(tmp_path, orders=path)
    assert [stop["orders"] for route in found["routes"] for stop in route["stops"]] == [["A1"]]
    reasons = {entry["order"]: {reason["rule"] for reason in entry["reasons"]} for entry in found["unassigned"]}
    assert reasons.keys() == {"A2", "A3", "A4"}
    assert reasons["A2"] == {"no_place"}
    assert reasons["A3"] == {"window"}
    assert "capacity_kg" in reasons["A4"]


def test_what_an_order_asks_of_the_plan_counts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Ada alone would do, and costs less. But she may not serve A2, whose goods are not there before ten."""
    fleet = tmp_path / "fleet.csv"
    rows = ["driver,vehicle,shift_start,shift_end,start_location,end_location,fixed_cost"]
    for name, cost in (("Ada Quill", 1), ("Ben Rook", 90)):
        rows.append(f'{name},Van {name},08:00,16:00,"54.90,2.60","54.90,2.60",{cost}')
    fleet.write_text("\n".join(rows) + "\n", encoding="utf-8")
    file = tmp_path / "orders.csv"

    def drives(asked: str) -> dict[str, tuple[str, str]]:
        file.write_text(
            HEADS.replace("weight_kg", "ready at,not with driver")
            + "A1,Linden Row,1,4100,Lindmoor,,54.90,2.61,2026-11-23,08:00,09:00,,\n"
            + f"A2,Linden Row,2,4100,Lindmoor,,54.90,2.62,2026-11-23,,,{asked}\n",
            encoding="utf-8",
        )
        routes = run(tmp_path, orders=file, fleet=fleet)["routes"]
        return {
            stop["orders"][0]: (route["driver"], stop["arrive"][11:16])
            for route in routes
            for stop in route["stops"]
        }

    assert {driver for driver, _ in drives(",").values()} == {"Ada Quill"}
    found = drives('10:00,"Quill, Ada; Cy Fern"')
    assert (found["A1"][0], found["A2"][0]) == ("Ada Quill", "Ben Rook")
    assert found["A2"][1] > "10:00" > found["A1"][1]
    assert "orders.csv, row 3: “Cy Fern” is no driver of this depot" in capsys.readouterr().err


def test_prices_and_goods_apart_are_those_of_the_day_that_is_planned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    planned: list[Day] = []

    def search(day: Day, _options: object) -> Day:
        planned.append(day)
        return day

    monkeypatch.setattr(plan, "_search", search)
    path = orders_file(tmp_path, "A1,Linden Row,1,4100,Lindmoor,,54.90,2.60,2026-11-23,,,5")
    run(tmp_path, orders=path)
    more = "--apart food,acid --apart acid,acid --price balance_stops=0.5 --price unfamiliar=2.50".split()
    run(tmp_path, *more, orders=path)
    assert [(day.weights, day.apart) for day in planned] == [
        (UNWEIGHED, frozenset()),
        (
            Weights(unfamiliar=250, balance_stops=50),
            frozenset({frozenset({"food", "acid"}), frozenset({"acid"})}),
        ),
    ]
    for wrong in (["--price", "moved_driver=1"], ["--price", "unfamiliar=dear"], ["--apart", "food"]):
        with pytest.raises(SystemExit) as left:
            run(tmp_path, *wrong, orders=path)
        assert left.value.code == 2
    said = capsys.readouterr().err
    assert "there are unfamiliar, off_zone" in said
    assert "“dear” is not an amount of money" in said
    assert "a pair is written food,cleaner" in said


def test_nothing_to_plan_is_still_a_plan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = orders_file(tmp_path, "A1,Linden Row,1,4100,Lindmoor,,,,2026-11-23,,,5")
    found = run(tmp_path, orders=path)
    assert found["routes"] == []
    assert [entry["order"] for entry in found["unassigned"]] == ["A1"]
    assert "no order with a place" in capsys.readouterr().err


def test_orders_of_other_days_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = orders_file(
        tmp_path,
        "A1,Linden Row,1,4100,Lindmoor,,54.90,2.60,2026-11-23,,,5",
        "A2,Linden Row,2,4100,Lindmoor,,54.91,2.60,2026-11-24,,,5",
    )
    found = run(tmp_path, "--day", "2026-11-24", orders=path)
    assert found["day"] == "2026-11-24"
    assert found["totals"]["orders"] == 1
    assert "1 orders are for other days" in capsys.readouterr().err


def test_the_depot_is_the_commonest_start_unless_told(tmp_path: Path) -> None:
    rows = (
        "driver,vehicle,shift_start,shift_end,start_location,end_location",
        'Ada Quill,Van 1,08:00,16:00,"54.90,2.60","54.90,2.60"',
        'Ben Rook,Van 2,08:00,16:00,"54.95,2.65","54.95,2.65"',
        'Cleo Marsh,Van 3,08:00,16:00,"54.95,2.65","54.95,2.65"',
        "Dan Thorne,Van 4,08:00,16:00,,",
    )
    fleet = tmp_path / "fleet.csv"
    fleet.write_text("\n".join(rows) + "\n", encoding="utf-8")
    order = orders_file(tmp_path, "A1,Linden Row,1,4100,Lindmoor,,54.96,2.65,2026-11-23,,,5")
    start = run(tmp_path, orders=order, fleet=fleet)["routes"][0]["start"]
    assert (start["lat"], start["lon"]) == (54.95, 2.65)


def test_a_rule_in_the_fleet_file_changes_the_plan(tmp_path: Path) -> None:
    """Two orders fill the van each: a second tour takes both; who may drive no kilometre takes none."""
    orders = orders_file(
        tmp_path,
        "A1,Linden Row,1,4100,Lindmoor,,54.91,2.60,2026-11-23,,,80",
        "A2,Linden Row,2,4100,Lindmoor,,54.92,2.60,2026-11-23,,,80",
    )
    fleet, head = tmp_path / "fleet.csv", "driver,vehicle,capacity_kg,shift_start,shift_end,start_location"
    plans: dict[str, dict] = {}
    for name, header, said in (("plain", "", ""), ("tours", ",tours,reload min", ",2,20"), ("km", ",max km", ",1")):
        row = f'Ada Quill,Van 1,100,08:00,16:00,"54.90,2.60"{said}'
        fleet.write_text(f"{head}{header}\n{row}\n", encoding="utf-8")
        plans[name] = run(tmp_path, orders=orders, fleet=fleet)
    assert {name: plan["totals"]["assigned"] for name, plan in plans.items()} == {"plain": 1, "tours": 2, "km": 0}
    (route,) = plans["tours"]["routes"]
    assert route["violations"] == []
    assert [reason["rule"] for reason in plans["km"]["unassigned"][0]["reasons"]] == ["max_distance"]


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (["--timezone", "Mars/Olympus"], "is not a time zone"),
        (["--roads", "atlantis"], "There are no roads called “atlantis”"),
        (["--fleet", str(ORDERS)], "is a list of orders"),
        (["--orders", str(FLEET)], "is a list of drivers"),
    ],
)
def test_mistakes_are_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], argv: list[str], words: str
) -> None:
    usual = {"--orders": str(ORDERS), "--fleet": str(FLEET), "--out": str(tmp_path), "--seconds": "0.2"}
    usual |= dict(zip(argv[::2], argv[1::2], strict=True))
    assert plan.main([text for pair in usual.items() for text in pair]) == 1
    said = capsys.readouterr().err.strip().splitlines()
    assert words in said[-1]
    assert "Traceback" not in "".join(said)


@pytest.mark.parametrize(
    "argv", [["--depot", "here"], ["--depot", "99,0"], ["--day", "soon"], ["--seconds", "0"], ["--workers", "0"]]
)
def test_wrong_arguments_end_with_2(tmp_path: Path, argv: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        plan.main(["--orders", str(ORDERS), "--fleet", str(FLEET), "--out", str(tmp_path), *argv])
    assert ended.value.code == 2


def test_the_nearest_zone_of_the_country() -> None:
    assert zones.nearest(Place(47.14, 9.52), ["LI"]) == "Europe/Vaduz"
    assert zones.nearest(Place(40.7, -74.0), []) == "America/New_York"
    assert zones.nearest(Place(51.5, 3.6), ["NL"]) == "Europe/Amsterdam"
