"""An import in hand without a window: every row is accounted for, every fact can be changed, nothing is stored."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from dispatch_console.domain.errors import UserError
from dispatch_console.services import importing_draft
from dispatch_console.services.importing_draft import Draft, Repairs, Study
from dispatch_console.services.importing_picture import Mark
from tests.gui.office import opened

HEAD = "Bestellnr.;Name;Straße;Nr.;PLZ;Ort;Artikel;Menge;Gewicht kg"


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Study]:
    with opened(tmp_path_factory.mktemp("store")) as office:
        study = Study(office.store, office.desk.day)
        study.ask(lambda: None)  # the store's thread is there before the first test
        yield study


def line(number: int, *, item: str = "Kiste", weight: str = "") -> str:
    weight = weight or f"{3 + number % 11},5"
    return f"{number};Kunde {number};Lindenweg;{number % 80 + 1};4100;Lindmoor;{item};2;{weight}"


def read(study: Study, folder: Path, rows: list[str]) -> Draft:
    path = folder / "items.csv"
    path.write_bytes("\r\n".join([HEAD, *rows, ""]).encode("cp1252"))
    return importing_draft.open_file(study, path)


def items(first: int = 700, n: int = 12) -> list[str]:
    """Each order of two rows with one item each."""
    numbers = range(first, first + n)
    return [line(number, item=item) for number in numbers for item in ("Kiste", "Sack")]


def test_every_row_is_accounted_for(study: Study, tmp_path: Path):
    rows = [*items(), ";;;;;;;;", "Summe;;;;;;;24;"]
    picture = read(study, tmp_path, rows).picture
    assert len(picture.lines) == 26
    assert picture.counts[Mark.NEW] == 12
    assert picture.sentence == (
        "26 rows = 12 orders + 12 further item rows + 1 empty row + 1 totals line left out. "
        "0 orders of the last import are gone."
    )
    left = [shown for shown in picture.lines if shown.mark is Mark.LEFT_OUT]
    assert [(shown.number, shown.note) for shown in left] == [(26, "left out: empty"), (27, "left out: totals")]


def test_rows_can_be_taken_one_by_one_instead_of_joined(study: Study, tmp_path: Path):
    draft = read(study, tmp_path, items())
    fact = next(fact for fact in draft.picture.facts if fact.key == "rows")
    assert fact.text == "joined by Bestellnr."
    each = importing_draft.with_fact(study, draft, "rows", "each")
    assert sum(each.picture.counts.values()) == 24
    assert importing_draft.with_fact(study, each, "rows", "joined").picture.counts == draft.picture.counts


def test_a_bad_line_rejects_its_order_and_leaving_it_out_takes_all_its_rows(study: Study, tmp_path: Path):
    rows = items()
    rows[3] = line(701, item="Sack", weight="viel")
    draft = read(study, tmp_path, rows)
    (problem,) = draft.picture.problems
    assert (problem.row, problem.field, problem.rows) == (5, "Weight", (4, 5))
    repaired = importing_draft.with_repairs(study, draft, Repairs().with_cells(5, {8: "4,5"}))
    assert repaired.picture.counts[Mark.NEW] == 12
    assert repaired.picture.lines[3].cells[8] == "4,5"
    without = importing_draft.with_repairs(study, draft, Repairs().without_rows(frozenset(problem.rows)))
    assert without.picture.counts == {mark: 11 if mark is Mark.NEW else 0 for mark in without.picture.counts}
    assert "2 rows by hand left out" in without.picture.sentence


def test_a_cell_that_an_order_is_taken_without_is_told_of(study: Study, tmp_path: Path):
    path = tmp_path / "rules.csv"
    head = "order;name;street;number;postcode;town;date;weight kg;ready at;late price;parking min"
    bad = "41;Ada Quill;Linden Row;1;4101;Lindmoor;23.11.2026;10;25:10;-2;-3"
    good = "42;Ben Rook;Linden Row;2;4102;Lindmoor;23.11.2026;20;10:00;0.50;3"
    lines = [head, bad, good, good.replace("42;", "43;").replace("10:00", "-2"), ""]
    path.write_text("\n".join(lines), encoding="utf-8")
    draft = importing_draft.open_file(study, path)
    told = [(one.row, one.column, one.field, one.text, one.message) for one in draft.picture.doubts]
    assert told == [
        (2, 8, "Ready at", "25:10", "25:10 is not a time of day: taken without it"),
        (2, 9, "Late, a minute", "-2", "is below zero: taken without it"),
        (2, 10, "Parking, min", "-3", "must be 0 or more: taken without it"),
        (4, 8, "Ready at", "-2", "is not a time of day: taken without it"),
    ]
    assert draft.picture.counts[Mark.NEW] == 3 and not draft.picture.problems
    mended = importing_draft.with_repairs(study, draft, Repairs().with_cells(2, {8: "9:10", 9: "2", 10: "3"}))
    assert [one.row for one in mended.picture.doubts] == [4]


def test_another_header_row_is_another_table_and_drops_repairs(study: Study, tmp_path: Path):
    draft = importing_draft.with_repairs(study, read(study, tmp_path, items()), Repairs().with_cells(2, {1: "X"}))
    assert len(draft.repairs) == 1
    none = importing_draft.with_fact(study, draft, "header", "0")
    assert len(none.picture.lines) == len(draft.picture.lines) + 1
    assert len(none.repairs) == 0


def test_a_column_not_used_is_not_read(study: Study, tmp_path: Path):
    draft = importing_draft.with_field(study, read(study, tmp_path, items()), 8, "")
    assert draft.picture.columns[8].field == ""
    assert all(read.order.size.grams == 0 for read in draft.preview.result.orders)


def test_a_list_of_vehicles_is_no_order_file(study: Study, tmp_path: Path):
    path = tmp_path / "vans.csv"
    head = "driver,vehicle,plate,capacity_kg,shift_start,shift_end"
    path.write_text(f"{head}\nAda Quill,Van 1,FL 1,900,07:00,15:00\n", encoding="utf-8")
    with pytest.raises(importing_draft.FleetFile, match="drivers and vehicles"):
        importing_draft.open_file(study, path)


@pytest.mark.parametrize(
    ("text", "written"),
    [("=1+1", "'=1+1"), ("@x", "'@x"), ("-5,5", "-5,5"), ("+41 79 1", "+41 79 1"), ("-cmd", "'-cmd"), ("a=", "a=")],
)  # fmt: skip
def test_saved_rows_are_harmless_in_a_spreadsheet(study: Study, tmp_path: Path, text: str, written: str):
    rows = items()
    rows[3] = line(701, item=text, weight="viel")
    out = tmp_path / "bad.csv"
    draft = read(study, tmp_path, rows)
    assert importing_draft.export_rejects(draft, out) == len(draft.preview.result.rejected_rows)
    with out.open(encoding="utf-8-sig", newline="") as stream:
        saved = list(csv.reader(stream, delimiter=";"))
    assert saved[0] == [*draft.table.headers, "Rejected because", "Origin"]
    faulty = next(cells for cells in saved if cells[-1].endswith("row 5"))
    assert faulty[-2].startswith("Gewicht kg: viel")
    assert written in faulty


def test_a_file_that_cannot_be_written_is_said(study: Study, tmp_path: Path):
    draft = read(study, tmp_path, items())
    with pytest.raises(UserError, match="cannot be written"):
        importing_draft.export_rejects(draft, tmp_path / "no such folder" / "bad.csv")
