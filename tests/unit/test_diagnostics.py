"""What goes to support tells of the program and of no customer."""

from __future__ import annotations

import json
import logging
import zipfile
from collections.abc import Iterator
from pathlib import Path

import platformdirs
import pytest

from dispatch_console.cli import main as cli
from dispatch_console.domain.errors import UserError
from dispatch_console.services import diagnostics, importing, logs, proofs
from dispatch_console.store.store import open_store
from tests.marked import Lived, leaks


@pytest.fixture
def lived(tmp_path: Path) -> Iterator[Lived]:
    store = open_store(tmp_path / "dispatch.db")
    yield Lived(store, tmp_path).live()
    store.close()


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The log of this user, in a folder of its own."""
    monkeypatch.setattr(platformdirs, "user_log_path", lambda *_a, **_k: tmp_path / "log")
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    file = logs.set_up()
    assert file is not None
    yield file
    for handler in set(root.handlers) - set(before):
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


def contents(bundle: Path) -> dict[str, str]:
    with zipfile.ZipFile(bundle) as files:
        return {name: files.read(name).decode() for name in files.namelist()}


def provoke(lived: Lived) -> int:
    """Errors as they come in a day's work, each with customers in its text or its values; how many."""
    log = logging.getLogger("dispatch_console.test")
    store, someone = lived.store, lived.session.day.orders[lived.order(2)]

    def unreadable() -> object:
        path = lived.folder / "Zqxorders.xlsx"
        path.write_bytes(b"PK\x03\x04" + someone.name.encode())
        return importing.read(path)

    deeds = (
        lambda: proofs.media_type(b"", f"{someone.name}.png"),
        lambda: proofs.read_file(lived.folder / "Zqxnowhere.jpg"),
        unreadable,
        lambda: store.save_settings({someone.name: someone}),
        lambda: store.find_orders(lived.session.day.depot.id, someone.name, limit=someone.phone),
        lambda: int(someone.name),
        lambda: {}[someone.name],
    )
    for deed in deeds:
        try:
            deed()
        except Exception as error:
            log.error("a deed failed: %s", error, exc_info=error)
        else:
            raise AssertionError("every one of them fails")
    return len(deeds)


@pytest.mark.logs_warnings
def test_the_log_tells_where_it_failed_and_of_nobody(lived: Lived, log: Path) -> None:
    n = provoke(lived)
    text = log.read_text(encoding="utf-8")
    assert text.count("a deed failed") == n
    assert "test_diagnostics.py" in text
    quoted = "Zqxnowhere.jpg"  # the line of this file that failed
    assert leaks(line for line in text.splitlines() if quoted not in line) == []


@pytest.mark.logs_warnings
def test_the_bundle_holds_no_customer_whatever_is_in_the_log(lived: Lived, log: Path, tmp_path: Path) -> None:
    n = provoke(lived)
    for order in lived.session.day.orders.values():
        logging.getLogger("dispatch_console.test").warning(f"asked for {order.name} of {order.company}")
    log.with_name("console.log.1").write_text(
        "an older version: Zqxname 2 of Zqxstreet 2, phone +423 777 000 12\n", encoding="utf-8"
    )
    target = tmp_path / "support.zip"
    diagnostics.write(target, None, lived.store, lived.session.day, window={"qt": "6"})
    found = contents(target)
    assert leaks([*found, *found.values()]) == []
    assert found["log/console.log"].count("a deed failed") == n
    assert found["log/console.log.1"] == "an older version: … of …, phone …\n"


def test_it_tells_of_versions_counts_and_the_plan(lived: Lived, log: Path, tmp_path: Path) -> None:
    target = tmp_path / "support.zip"
    diagnostics.write(target, None, lived.store, lived.session.day)
    found = {name: json.loads(text) for name, text in contents(target).items() if name.endswith(".json")}
    assert found["about.json"]["packages"]["SQLAlchemy"]
    assert found["store.json"]["kind"] == "sqlite"
    assert found["store.json"]["rows"]["orders"] >= 10
    assert found["store.json"]["problems"] == []
    assert found["plan.json"]["orders"] == len(lived.session.day.orders)
    assert found["plan.json"]["facts"]["failed"] == 1


def test_the_command_writes_it_for_a_store_that_cannot_be_opened_too(
    log: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    harmed, target = tmp_path / "harmed.db", tmp_path / "support.zip"
    harmed.write_bytes(b"SQLite format 3\0" + b"\xff" * 9000)
    words = ["store", "diagnostics", "--store", str(harmed), "--out", str(target)]
    assert cli.run(words, window=lambda _: 2) == 0
    assert "cannot be read" in json.loads(contents(target)["store.json"])
    assert "no customers" in capsys.readouterr().out


def test_a_file_that_cannot_be_written_is_said(lived: Lived, log: Path, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be written"):
        diagnostics.write(tmp_path / "no" / "folder.zip", None, lived.store)


def test_names_go_whole_and_by_the_word(lived: Lived) -> None:
    names = lived.store.names_of_customers()
    assert {"zqxname 2", "zqxname", "zqxfirm 2", "423 777 000 12", "zqxmail2 example org"} <= names
    said = diagnostics.without("Zqxname 2 and ZQXNAME; Zqxfirm 2: +423 777 000 12!", names, 8)
    assert said == "… and …; …: +…!"
