"""`import --dry-run --json`: what scripts rely on."""

from __future__ import annotations

import argparse
import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

from dispatch_console.cli import import_
from tests.unit.intake.tables import table_of

SHARED = Path(__file__).resolve().parents[4] / "shared" / "orders"
LIST = "Auftrag;Name;Straße;PLZ;Ort;kg\n1;Käthe;Weg 1;9490;Vaduz;2,5\n2;Max;;;;1\n"


def _run(*arguments: object) -> int:
    return import_.main([str(argument) for argument in arguments])


def test_one_file_gives_one_object(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    table_of(tmp_path, LIST)
    assert _run(tmp_path / "orders.csv", "--dry-run", "--json", "-", "--country", "li") == 0
    out, err = capfd.readouterr()
    found = json.loads(out)
    assert list(found) == ["file", "format", "mapping", "orders", "rejected", "duplicates", "ignored_rows"]
    assert found["format"] == {"kind": "csv", "encoding": "utf-8", "delimiter": ";", "header_row": 1}
    assert (found["orders"][0]["name"], found["orders"][0]["country"]) == ("Käthe", "LI")
    assert found["rejected"][0]["problem"] == "missing_address"
    assert err == ""


def test_several_files_give_a_list(tmp_path: Path) -> None:
    table_of(tmp_path, LIST)
    table_of(tmp_path, "Fahrer;Kennzeichen;Nutzlast (kg);Dienst\nUte;FL 1;800;8-16\n", name="fleet.csv")
    out = tmp_path / "out.json"
    assert _run(tmp_path / "orders.csv", tmp_path / "fleet.csv", "--dry-run", "--json", out) == 0
    orders, fleet = json.loads(out.read_text(encoding="utf-8"))
    assert (orders["file"], fleet["file"]) == ("orders.csv", "fleet.csv")
    assert fleet["vehicles"][0]["shift"] == ["08:00", "16:00"]


def test_without_json_one_line_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table_of(tmp_path, LIST)
    assert _run(tmp_path / "orders.csv", "--dry-run") == 0
    assert capsys.readouterr().out == "orders.csv: 1 orders, 1 rejected, 0 duplicates, 0 rows left out\n"


def test_what_cannot_be_read_is_said_in_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "orders.xlsx").write_bytes(b"PK\x03\x04 not really")
    assert _run(tmp_path / "orders.xlsx", "--dry-run", "--json", "-") == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err == "orders.xlsx is damaged. Open it in the program it comes from and save it again.\n"


def test_it_is_one_of_several_commands(tmp_path: Path) -> None:
    parser = argparse.ArgumentParser()
    import_.register(parser.add_subparsers())
    args = parser.parse_args(["import", str(tmp_path / "a.csv"), "--dry-run"])
    assert args.run is import_.run


def _files() -> list[Path]:
    return sorted(SHARED.glob("*.expected.json"))


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="the shared order files are not beside the project")
@pytest.mark.parametrize("expected", _files(), ids=lambda path: path.name.removesuffix(".expected.json"))
def test_the_shared_files_score(tmp_path: Path, expected: Path) -> None:
    score: Any = _score_module()
    wanted = score.load(expected)
    out = tmp_path / "out.json"
    assert _run(SHARED / wanted["file"], "--dry-run", "--json", out) == 0
    result = score.score(score.load(out), wanted, 10)
    assert result["total"] >= 99, result


def _score_module() -> Any:
    spec = importlib.util.spec_from_file_location("score", SHARED / "score.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
