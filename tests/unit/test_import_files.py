"""`main.py import` into a store: the walk of the window; a second import of the same file changes nothing."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from dispatch_console.cli import main as cli
from dispatch_console.domain.fleet import DepotId
from dispatch_console.services import days, fleet
from dispatch_console.store.store import open_store
from tests import factories

ORDERS = """reference;name;street;postcode;city;date;window;kg
X1;Rosa Quill;Linden Row 1;4100;Lindmoor;23.11.2026;08:00-10:00;2,5
X2;Ben Rook;Linden Row 2;4100;Lindmoor;23.11.2026;;1
X3;Ada Vale;Linden Row 3;4100;Lindmoor;24.11.2026;;1
X4;Tim Oak;Linden Row 4;4100;Lindmoor;31.11.2026;;1
"""


def window(_: object) -> int:
    raise AssertionError("no window is asked for")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "depot.db"
    opened = open_store(path)
    fleet.save_depot(opened, None, factories.DEPOT, "test")
    opened.close()
    return path


@pytest.fixture
def orders(tmp_path: Path) -> Path:
    path = tmp_path / "orders.csv"
    path.write_text(ORDERS, encoding="utf-8")
    return path


def test_import_into_a_store(store: Path, orders: Path, capsys: pytest.CaptureFixture[str]):
    command = ["import", str(orders), "--store", str(store), "--day", "2026-11-23"]
    assert cli.run(command, window) == 0
    assert cli.run(command, window) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("orders.csv: 3 new, 0 changed, 0 unchanged, 1 rejected")
    assert second.startswith("orders.csv: 0 new, 0 changed, 3 unchanged, 1 rejected")
    opened = open_store(store)
    day = days.open_day(opened, DepotId(1), dt.date(2026, 11, 23))
    other = days.open_day(opened, DepotId(1), dt.date(2026, 11, 24))
    opened.close()
    assert sorted(order.reference for order in day.orders.values()) == ["X1", "X2"]
    assert [order.reference for order in other.orders.values()] == ["X3"]
    assert len(day.plan.pool.stops) == 2


def test_a_file_that_is_no_table_is_one_sentence(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    picture = tmp_path / "photo.csv"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    assert cli.run(["import", str(picture), "--store", str(store)], window) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.strip().splitlines()) == 1
    assert "Traceback" not in said.err


def test_a_store_without_a_depot_says_what_to_do(tmp_path: Path, orders: Path, capsys: pytest.CaptureFixture[str]):
    assert cli.run(["import", str(orders), "--store", str(tmp_path / "new.db")], window) == 1
    assert "no depot yet" in capsys.readouterr().err
