"""Lists as shops, ERP systems, route apps and other lands export them: `systems/*.csv` and `expected.json`.

`no_header` has no header at all; `written_as` is the encoding the text is turned into before it is read.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.unit.intake.tables import as_read, table_of

FOLDER = Path(__file__).parent / "systems"
EXPECTED: dict[str, dict[str, Any]] = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", EXPECTED)
def test_lists_of_other_systems(tmp_path: Path, name: str) -> None:
    expected = EXPECTED[name]
    text = (FOLDER / f"{name}.csv").read_text(encoding="utf-8")
    table = table_of(tmp_path, text, encoding=expected["written_as"])
    found = as_read(table)
    assert found["format"]["encoding"] == expected["written_as"]
    assert found["mapping"] == expected["mapping"]
    orders = [{k: v for k, v in o.items() if v not in (None, "normal", "delivery")} for o in found["orders"]]
    assert orders == expected["orders"]
    assert {str(error["row"]): error["problem"] for error in found["rejected"]} == expected["rejected"]
    assert found["ignored_rows"] == expected["ignored_rows"]


def test_every_list_has_its_result() -> None:
    assert {path.stem for path in FOLDER.glob("*.csv")} == set(EXPECTED)
