"""The floors of the house: imports only go down, and each library has one home."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

from devkit import lint

from tests.architecture.sources import PACKAGE, ROOT, python_files

#: Libraries without a home: plain tools that any floor above the domain may use.
TOOLS = {"numpy", "phonenumbers", "platformdirs", "psutil", "rapidfuzz"}


def test_contracts_hold() -> None:
    check = subprocess.run(
        [sys.executable, *lint.CHECKS["floors"]], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert check.returncode == 0, check.stdout + check.stderr


def test_domain_is_pure() -> None:
    assert set(_libraries_by_floor()["domain"]) <= {"numpy"}


def test_services_and_commands_have_no_library_of_their_own() -> None:
    by_floor = _libraries_by_floor()
    assert by_floor["services"] <= TOOLS
    assert by_floor["cli"] <= TOOLS


def test_each_library_has_one_home() -> None:
    homes: dict[str, set[str]] = defaultdict(set)
    for floor, libraries in _libraries_by_floor().items():
        for library in libraries - TOOLS:
            homes[library].add(floor)
    assert {library: floors for library, floors in homes.items() if len(floors) > 1} == {}


def test_relative_imports_are_not_used() -> None:
    relative = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in python_files(PACKAGE)
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert relative == []


def _libraries_by_floor() -> dict[str, set[str]]:
    """Folder of the package (the composition root apart) → third-party libraries imported below it."""
    found: dict[str, set[str]] = {
        folder.name: set() for folder in PACKAGE.iterdir() if folder.is_dir() and folder.name != "__pycache__"
    }
    for floor, libraries in found.items():
        for path in python_files(PACKAGE / floor):
            libraries |= _imported(path) - sys.stdlib_module_names - {"dispatch_console"}
    return found


def _imported(path: Path) -> set[str]:
    """Top-level names of all modules a file imports, wherever in the file."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.add((node.module or "").partition(".")[0])
    return names
