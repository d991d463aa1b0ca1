"""What can be known here of the program on Windows: its modules load, its packages have wheels."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest
from devkit import environment, lint, lock, pythons
from devkit.console import ROOT

from tests.patience import PATIENCE_S


def test_every_module_loads_on_what_windows_has_of_python() -> None:
    command = [sys.executable, "-m", "tests.packaging.as_windows"]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=5 * PATIENCE_S, check=False
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["modules"] > 500
    assert told["failed"] == {}


def test_the_linter_reads_the_code_as_on_windows_too() -> None:
    """Inside of functions, where importing sees nothing: pyright knows what Windows lacks."""
    assert "--pythonplatform" in lint.CHECKS["types on Windows"]
    assert lint.CHECKS["types on Windows"][-1] == "Windows"


@pytest.mark.parametrize("name", lock.LOCKS)
def test_the_check_of_wheels_reads_every_lock(name: str) -> None:
    words = lock.check_command("uv", "python", name, "x86_64-pc-windows-msvc", "3.13", "target")
    assert words[words.index("--requirements") + 1] == f"packaging/requirements/{name}.txt"
    assert {"--dry-run", "--require-hashes"} <= set(words)
    assert words[words.index("--only-binary") + 1] == ":all:"


def test_wheels_are_checked_for_windows_and_for_both_pythons() -> None:
    assert "x86_64-pc-windows-msvc" in lock.PLATFORMS
    assert pythons.VERSIONS == ("3.12", "3.13")


#: One line of a lock: name, version, and where it holds.
PINNED = re.compile(r"^(?P<name>[a-z0-9-]+)==(?P<version>\S+?)(?: ; (?P<marker>.+?))? \\$", re.MULTILINE)


def test_what_only_windows_or_only_others_get_is_pinned_for_both() -> None:
    """The road engine has other versions for Windows; the keyring needs another library there."""
    text = (environment.REQUIREMENTS / "run.txt").read_text(encoding="utf-8")
    markers: dict[str, list[str]] = {}
    for found in PINNED.finditer(text):
        markers.setdefault(found["name"], []).append(found["marker"] or "")
    assert sorted(markers["osrm-bindings"]) == ["sys_platform != 'win32'", "sys_platform == 'win32'"]
    assert markers["pywin32-ctypes"] == ["sys_platform == 'win32'"]
    assert [name for name, where in markers.items() if len(where) > 1] == ["osrm-bindings"]
    # A database of time zones that Windows itself has not.
    assert markers["tzdata"] == [""]
