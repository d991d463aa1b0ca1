"""A plan on the roads of a pack: it names them, and orders without a road are left out with a sentence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dispatch_console.cli import plan
from dispatch_console.roads import providers
from dispatch_console.services import travel
from dispatch_console.services.regions import use
from tests.roads.tiny import CORNERS, FAR, ISLAND, YARD, plan_words


def test_a_plan_drives_on_roads(
    tiny_pack: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(use, "cache_folder", lambda: tmp_path / "cache")
    places = {"A1": CORNERS[1], "A2": CORNERS[2], "A3": YARD, "B1": ISLAND, "B2": FAR}
    out = tmp_path / "out"
    words = [*plan_words(tmp_path, places), "--out", str(out), "--seconds", "0.2"]
    assert plan.main([*words, "--roads", str(tiny_pack)]) == 0
    planned = json.loads((out / "plan.json").read_text("utf-8"))
    name = planned["roads"]["provider"]
    assert name.startswith("pack:tiny-")
    assert planned["roads"]["class"] == "van"
    assert planned["roads"]["attribution"] == "© OpenStreetMap contributors"
    assert (planned["totals"]["assigned"], planned["totals"]["unassigned"]) == (3, 2)
    assert {entry["reasons"][0]["rule"] for entry in planned["unassigned"]} == {"no_place"}
    said = capsys.readouterr().err
    assert (
        "B1 B1 Lane 1, Town is on a road that no van can come to from the others: set its pin on another road"
        in said
    )
    assert (
        "B2 B2 Lane 1, Town is 2.2 km from the nearest road that a van may drive: set its pin nearer to a road"
        in said
    )
    assert list((tmp_path / "cache").rglob("*.npz"))
    # The pack is closed again: what was planned on it is not planned on by others.
    with pytest.raises(providers.UserError, match=r"The roads of this plan .tiny-.* are not here"):
        travel.matrix([CORNERS[0]], name)


def test_a_class_that_the_pack_has_no_roads_for(tiny_pack: Path, tmp_path: Path) -> None:
    with (
        pytest.raises(providers.UserError, match=r"no roads for a bicycle. Choose of: truck, van"),
        use.roads(str(tiny_pack), "bicycle", tmp_path),
    ):
        pass


def test_the_estimate_has_no_roads_to_follow() -> None:
    assert travel.legs([(CORNERS[0], CORNERS[1])], travel.ESTIMATE) == [None]
    assert not travel.matrix([FAR]).off_road
