"""`main.py geocode`: rows of addresses → places, and one sentence for whatever cannot be read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dispatch_console.cli import main
from tests.geocoding import packs
from tests.geocoding.test_index import HOUSES, LINES, TOWNS

HEAD = "street,house_number,postcode,city,country\n"
ROWS = (
    HEAD + "Dorfstrasse,3,9490,Vaduz,LI\n"
    '"Dorfstr. 3, 9494 Schaan",,,,\n'
    "Dorfstrasse,77,9490,Vaduz,\n"
    ",,,,\n"
    "Rue de Rivoli,12,75001,Paris,FR\n"
)


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return packs.write(tmp_path_factory.mktemp("packs") / "town", HOUSES, LINES, TOWNS)


def geocode(region: Path, file: Path, *more: str) -> int:
    argv = ["geocode", "--region", str(region), "--in", str(file), "--json", "-", *more]
    return main.run(argv, lambda _: pytest.fail("no window was asked for"))


def answers(capsysbinary: pytest.CaptureFixture[bytes]) -> list[dict[str, object]]:
    out, err = capsysbinary.readouterr()
    assert err == b""
    return json.loads(out)


def test_one_entry_for_each_row_in_order(
    pack: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    file = tmp_path / "in.csv"
    file.write_text(ROWS, encoding="utf-8")
    assert geocode(pack, file) == 0
    found = answers(capsysbinary)
    assert [one["row"] for one in found] == [2, 3, 4, 5, 6]
    assert found[0] == {
        "row": 2, "lat": 47.14072, "lon": 9.52, "quality": "house",
        "certain": True, "matched": "Dorfstrasse 3, 9490 Vaduz",
    }  # fmt: skip
    assert (found[1]["certain"], found[1]["matched"]) == (True, "Dorfstrasse 3, 9494 Schaan")
    assert (found[2]["certain"], found[2]["quality"]) == (False, "street")
    nothing = {"lat": None, "lon": None, "quality": "none", "certain": False, "matched": ""}
    assert found[3:] == [{"row": row, **nothing} for row in (5, 6)]


@pytest.mark.parametrize(
    "data",
    [
        "Street;City;House Number\nDorfstrasse;Vaduz;3\n".encode("utf-8-sig"),
        "city\tstreet\nVaduz\tDorfstraße 3\n".encode("cp1252"),
        'street,city,extra\n"Dorfstrasse\n3",Vaduz,x\n'.encode("utf-16"),
    ],
)
def test_other_ways_to_write_the_file(
    data: bytes, pack: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    file = tmp_path / "in.csv"
    file.write_bytes(data)
    assert geocode(pack, file) == 0
    assert [one["matched"] for one in answers(capsysbinary)] == ["Dorfstrasse 3, 9490 Vaduz"]


def test_an_empty_line_counts_as_a_row_but_is_none(
    pack: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    file = tmp_path / "in.csv"
    file.write_text(f"{HEAD}\nNowhere,1,,,\n", encoding="utf-8")
    assert geocode(pack, file) == 0
    assert [one["row"] for one in answers(capsysbinary)] == [3]


def test_into_a_file(pack: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "in.csv").write_text(HEAD, encoding="utf-8")
    assert geocode(pack, tmp_path / "in.csv", "--json", str(tmp_path / "out.json")) == 0
    assert capsys.readouterr().out == ""
    assert json.loads((tmp_path / "out.json").read_text("utf-8")) == []
    assert geocode(pack, tmp_path / "in.csv", "--json", str(tmp_path / "no" / "out.json")) == 1
    assert "cannot be written" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (None, "There is no file"),
        (b"", "is empty"),
        (b"PK\x03\x04\0\0\0\0", "is not a CSV file"),
        (b"a,b\n1,2\n", "has none of the columns street"),
        (b'street\n"' + b"x" * 200_000, "is not a CSV file"),
    ],
)
def test_a_bad_file_is_one_sentence(
    data: bytes | None, says: str, pack: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "in.csv"
    if data is not None:
        file.write_bytes(data)
    assert geocode(pack, file) == 1
    _one_sentence(capsys, says)


def test_a_folder_that_is_no_pack_or_was_changed_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "in.csv"
    file.write_text(ROWS, encoding="utf-8")
    assert geocode(tmp_path / "none", file) == 1
    _one_sentence(capsys, "is not a region pack")
    pack = packs.write(tmp_path / "town", HOUSES)
    with (pack / "addresses.sqlite").open("r+b") as index:
        index.seek(5000)
        index.write(b"!")
    assert geocode(pack, file) == 1
    _one_sentence(capsys, "was changed or is incomplete (addresses.sqlite)")
    (pack / "addresses.sqlite").unlink()
    assert geocode(pack, file) == 1
    _one_sentence(capsys, "was changed or is incomplete (addresses.sqlite)")


def _one_sentence(capsys: pytest.CaptureFixture[str], says: str) -> None:
    out, err = capsys.readouterr()
    assert out == ""
    assert says in err
    assert err.count("\n") == 1
