"""What the peers table is made of: gaps, means, and routes that are checked before they count."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks import instance_peers, instances, peers


@pytest.fixture
def square(tmp_path: Path) -> Path:
    """Four clients around a depot, two to a van."""
    path = tmp_path / "X-square.vrp"
    nodes = "".join(f"{k} {x} {y}\n" for k, (x, y) in enumerate([(9, 9), (9, 12), (13, 9), (9, 4), (5, 9)], 1))
    path.write_text(
        "NAME : X-square\nTYPE : CVRP\nDIMENSION : 5\nCAPACITY : 2\nEDGE_WEIGHT_TYPE : EUC_2D\nNODE_COORD_SECTION\n"
        + nodes
        + "DEMAND_SECTION\n1 0\n2 1\n3 1\n4 1\n5 1\nDEPOT_SECTION\n1\n-1\nEOF\n",
        encoding="utf-8",
    )
    return path


@pytest.mark.parametrize("peer", ["vroom", "pyvrp", "ortools"])
def test_each_peer_finds_the_best_routes_of_a_square(peer: str, square: Path) -> None:
    # Pairs 1+2 and 3+4: 3 + 5 + 4 and 5 + 6 + 4 (√41 = 6.4); pairs 1+4 and 2+3: 3 + 5 + 4 and 4 + 6 + 5: 27 both.
    answer = instance_peers.PEERS[peer](square, 0.3, 1)
    assert instance_peers.counted(instances.read(square), answer.routes) == 27
    assert answer.took_s < 60


def test_wrong_routes_do_not_count(square: Path) -> None:
    instance = instances.read(square)
    assert instance_peers.counted(instance, []) is None
    with pytest.raises(ValueError, match="carries 3"):
        instance_peers.counted(instance, [[1, 2, 3], [4]])


def test_a_mean_is_none_where_a_peer_found_nothing() -> None:
    assert peers._mean([1.0, 2.0]) == 1.5
    assert peers._mean([1.0, None]) is None


def test_gaps_are_in_per_cent_of_the_best_known(square: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    line = peers.Line(instances.read(square), 1.0, {"ours": 27, "vroom": None})
    assert line.gap("ours") is None, "nobody knows a best value for it"
    monkeypatch.setattr(instances, "best_known", lambda _: 25.0)
    assert line.gap("ours") == pytest.approx(8.0)
    assert line.gap("vroom") is None
