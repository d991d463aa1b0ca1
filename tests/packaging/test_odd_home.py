"""A user's name with a space and an umlaut, folders deeper than Windows used to allow: all works there."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pypdf
import pytest
from devkit.console import ROOT

from dispatch_console import resources
from dispatch_console.store.store import open_store
from tests.patience import PATIENCE_S

#: More than 260 characters below any home.
DEEP = Path(*["Geschäftsführung und Büro für Auslieferung (Außenlager Ost) – bitte nichts löschen"] * 4)
APP = "Dispatch Console"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("Users") / "Jörg Müller"
    (made / DEEP).mkdir(parents=True)
    assert len(str(made / DEEP)) > 260
    return made


def folder(home: Path, kind: str) -> Path:
    return home / DEEP / kind / APP


def run(home: Path, *words: str, module: str = "main") -> subprocess.CompletedProcess[str]:
    """A command in that home, which is all that it knows of this machine."""
    kinds = {
        "XDG_DATA_HOME": "data",
        "XDG_CONFIG_HOME": "config",
        "XDG_CACHE_HOME": "cache",
        "XDG_STATE_HOME": "state",
    }
    settings = {name: str(home / DEEP / kind) for name, kind in kinds.items()}
    local = str(home / DEEP / "data")
    settings |= {"HOME": str(home), "USERPROFILE": str(home), "WIN_PD_OVERRIDE_LOCAL_APPDATA": local}
    settings |= {"QT_QPA_PLATFORM": "offscreen", "TMPDIR": str(home), "TEMP": str(home), "TMP": str(home)}
    done = subprocess.run(
        [sys.executable, "-m", module, *words],
        cwd=ROOT,
        env={**os.environ, **settings},
        capture_output=True,
        encoding="utf-8",
        timeout=3 * PATIENCE_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done


@pytest.fixture(scope="module")
def files(home: Path) -> Path:
    """The sample's files, where a dispatcher would have them."""
    place = home / "Aufträge für Montag"
    place.mkdir()
    lines = resources.path("sample", "orders.csv").read_text(encoding="utf-8").splitlines()
    (place / "Aufträge 23.11.csv").write_text("\n".join(lines[:13]) + "\n", encoding="utf-8")
    shutil.copy(resources.path("sample", "fleet.csv"), place / "Fuhrpark.csv")
    return place


@pytest.fixture(scope="module")
def opened(home: Path) -> set[Path]:
    """The program was opened and closed there for the first time; the files it made."""
    before = {path for path in home.rglob("*") if path.is_file()}
    run(home, module="tests.packaging.opened")
    return {path for path in home.rglob("*") if path.is_file()} - before


def test_everything_lies_in_the_user_s_folders(home: Path, opened: set[Path]) -> None:
    assert [path for path in opened if not path.is_relative_to(home / DEEP)] == []
    assert {"dispatch.db", "window.ini"} <= {path.name for path in opened}
    assert "main=" in (folder(home, "config") / "window.ini").read_text(encoding="utf-8")
    logs = [path for path in home.rglob("*") if path.is_dir() and path.name.lower() in ("log", "logs")]
    assert [path.is_relative_to(home / DEEP) for path in logs] == [True]


def test_a_file_is_imported_into_the_user_s_store(home: Path, files: Path, opened: set[Path]) -> None:
    run(home, "import", str(files / "Aufträge 23.11.csv"))
    store = open_store(folder(home, "data") / "dispatch.db")
    try:
        assert sum(day.orders for depot in store.depots() for day in store.list_days(depot.id)) == 12
    finally:
        store.close()


def test_a_day_is_planned_and_printed(home: Path, files: Path) -> None:
    out = home / DEEP / "Pläne & Blätter"
    orders, fleet = str(files / "Aufträge 23.11.csv"), str(files / "Fuhrpark.csv")
    run(home, "plan", "--orders", orders, "--fleet", fleet, "--seconds", "1", "--workers", "1", "--out", str(out))
    plan = json.loads((out / "plan.json").read_text(encoding="utf-8"))
    assert sum(len(route["stops"]) for route in plan["routes"]) > 0
    assert len(pypdf.PdfReader(out / "manifests.pdf").pages) > 1
