"""The benchmark on instances reads, rounds and checks as the literature does, and writes what its contract says."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
import vrplib

from tests.benchmarks import instance_problem, instances, search

#: Ten clients around a depot at (30, 40). Loads add up to 20; a van carries 8.
_NODES = [
    (30, 40),
    (33, 44),
    (37, 52),
    (49, 49),
    (52, 64),
    (20, 26),
    (40, 30),
    (21, 47),
    (17, 63),
    (31, 62),
    (52, 33),
]
_WINDOWS = [(0, 400), (0, 300), (50, 300), (0, 300), (60, 250), *[(0, 350)] * 6]


def _write(folder: Path, name: str, windows: bool) -> Path:
    nodes = "".join(f"{k} {x} {y}\n" for k, (x, y) in enumerate(_NODES, 1))
    demands = "".join(f"{k} {0 if k == 1 else 2}\n" for k in range(1, 12))
    times = "".join(f"{k} {begin} {end}\n" for k, (begin, end) in enumerate(_WINDOWS, 1))
    timed = f"TIME_WINDOW_SECTION\n{times}" if windows else ""
    path = folder / f"{name}.vrp"
    path.write_text(
        f"NAME : {name}\nTYPE : CVRP\nDIMENSION : 11\nCAPACITY : 8\nEDGE_WEIGHT_TYPE : EUC_2D\n"
        + ("VEHICLES : 5\nSERVICE_TIME : 10\n" if windows else "")
        + f"NODE_COORD_SECTION\n{nodes}DEMAND_SECTION\n{demands}{timed}DEPOT_SECTION\n1\n-1\nEOF\n",
        encoding="utf-8",
    )
    return path


def test_distances_are_rounded_as_the_name_says(tmp_path: Path) -> None:
    # From (30, 40) to (33, 44): 5. From there to (37, 52): √80 = 8.944…
    nearest = instances.read(_write(tmp_path, "X-n11-k3", windows=False))
    assert nearest.matrix[0, 1] == 5
    assert nearest.matrix[1, 2] == 9
    assert nearest.told(17) == 17
    tenths = instances.read(_write(tmp_path, "R11", windows=True))
    assert tenths.matrix[0, 1] == 50
    assert tenths.matrix[1, 2] == 89
    assert tenths.windows is not None
    assert tenths.windows[2].tolist() == [500, 3000]
    assert tenths.service.tolist() == [0] + [100] * 10
    assert tenths.told(894) == 89.4


def test_enough_vehicles_where_none_are_named(tmp_path: Path) -> None:
    # 20 loaded 8 by 8 are 3 vans; a fifth more and ten: 13.
    assert instances.read(_write(tmp_path, "X-n11-k3", windows=False)).vehicles == 13
    assert instances.read(_write(tmp_path, "R11", windows=True)).vehicles == 5


def test_what_is_wrong_with_routes_is_said(tmp_path: Path) -> None:
    instance = instances.read(_write(tmp_path, "R11", windows=True))
    assert instances.faults(instance, [[1, 2, 3, 4], [5, 6, 7, 8], [9, 10]]) == []
    assert instances.faults(instance, [[1, 2, 3, 4], [5, 6, 7, 8], [9]]) == [
        "1 clients are in no route, 0 visits are one too many."
    ]
    assert instances.faults(instance, [[1, 2, 3, 4, 5], [6, 7, 8], [9, 10]]) == ["Route 1 carries 10, more than 8."]
    # With services of 200: 50 to client 1, until 2050; 2139 at 2, until 4139; 123 to client 3, who closes at 3000.
    slow = replace(instance, service=instance.service * 20)
    late = instances.faults(slow, [[1, 2, 3, 4], [5, 6, 7, 8], [9, 10]])
    assert late[0] == "Route 1: client 3 is late by 1262."


def test_a_metre_is_a_cent_and_the_matrix_is_there_once(tmp_path: Path) -> None:
    instance = instances.read(_write(tmp_path, "R11", windows=True))
    problem = instance_problem.build(instance, 1.0, 7, 3)
    assert problem.durations is problem.distances is instance.matrix
    assert (len(problem.tasks), len(problem.vehicles), problem.seed, problem.workers) == (10, 5, 7, 3)
    assert len(problem.basis.travel.index) == 11


@pytest.mark.parametrize(("name", "windows"), [("R11", True), ("X-n11-k3", False)])
def test_a_run_writes_checked_routes_and_a_trace(
    tmp_path: Path, name: str, windows: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = _write(tmp_path, name, windows), tmp_path / "out.json"
    assert search.main([str(path), "--seconds", "0.3", "--workers", "1", "--json", str(out)]) == 0
    assert "WRONG" not in capsys.readouterr().out
    (told,) = json.loads(out.read_text(encoding="utf-8"))
    instance = instances.read(path)
    assert told["instance"] == name
    assert told["seconds"] == 0.3
    assert instances.faults(instance, told["routes"]) == []
    assert told["cost"] == instance.told(instances.cost(instance, told["routes"]))
    assert told["trace"][-1][1] == told["cost"]
    assert [cost for _, cost in told["trace"]] == sorted((cost for _, cost in told["trace"]), reverse=True)


def test_a_file_that_is_none_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert search.main([str(tmp_path / "none.vrp"), "--seconds", "0.1", "--workers", "1"]) == 1
    assert "none.vrp cannot be read" in capsys.readouterr().err


@pytest.mark.shared
def test_the_best_known_routes_cost_what_is_listed(shared: Path) -> None:
    folder = shared / "instances"
    for name in ("RC108", "X-n101-k25"):
        instance = instances.read(folder / f"{name}.vrp")
        routes = vrplib.read_solution(folder / f"{name}.sol")["routes"]
        assert instances.faults(instance, routes) == []
        assert instance.told(instances.cost(instance, routes)) == instances.best_known(name, folder)
