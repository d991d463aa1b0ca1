"""The freezing itself: which version it may be, how large it is, and how it is packed."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import time
from pathlib import Path

import pytest
from devkit import archive, freezing, product, sizes, smoking, stripping
from devkit.console import StepFailed

MB = 1_000_000


def test_a_work_tree_as_it_was_committed_is_a_version() -> None:
    assert freezing.version_to_build([], allowed=False) == product.version()


def test_one_with_changes_is_none() -> None:
    with pytest.raises(StepFailed, match=r"a\.py, b\.py, c\.py and 1 more(.|\n)*commit or remove(.|\n)*--dirty"):
        freezing.version_to_build(["a.py", "b.py", "c.py", "d.py"], allowed=False)


def test_but_for_oneself_with_a_mark() -> None:
    assert freezing.version_to_build(["a.py"], allowed=True) == product.version() + "+dirty"
    assert freezing.version_to_build([], allowed=True) == product.version()


def test_changes_are_what_git_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(freezing, "ROOT", tmp_path)
    with pytest.raises(StepFailed, match="git cannot say"):
        freezing.changes()
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    assert freezing.changes() == []
    (tmp_path / "new.py").touch()
    assert freezing.changes() == ["new.py"]


def test_words_it_does_not_know_are_refused() -> None:
    with pytest.raises(StepFailed, match="'--onefile' is not understood"):
        freezing.run(["--onefile"])


def test_there_must_be_something_to_try(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(product, "FROZEN", tmp_path)
    with pytest.raises(StepFailed, match=r"run `dev\.py freeze` first"):
        smoking.run([])


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("_internal/PySide6/Qt/lib/libQt6WebEngineCore.so.6", "WebEngine (the map, printing)"),
        ("_internal/PySide6/Qt6WebEngineCore.dll", "WebEngine (the map, printing)"),
        ("_internal/PySide6/Qt/lib/libicudata.so.73", "Qt"),
        ("_internal/search_core.dll", "the compiled search"),
        ("_internal/ortools/.libs/libortools.so.9", "OR-Tools"),
        ("_internal/osrm/bin/osrm-extract", "region data tools"),
        ("_internal/numpy.libs/libscipy_openblas64_.so", "NumPy"),
        ("_internal/psycopg_binary.libs/libpq.so.5", "databases"),
        ("_internal/resources/sample/orders.csv", "our own files"),
        ("_internal/libpython3.12.so.1.0", "Python"),
        ("_internal/libxcb.so.1", "libraries of the system"),
        ("_internal/qtawesome/fonts/a.ttf", sizes.OTHER),
        ("dispatch-console", sizes.PROGRAM),
    ],
)
def test_every_file_counts_to_a_component(file: str, name: str) -> None:
    assert sizes.component(Path(file)) == name


def test_the_report_adds_up_and_names_the_goal(tmp_path: Path) -> None:
    inside = tmp_path / "_internal" / "ortools"
    inside.mkdir(parents=True)
    (inside / "a.so").write_bytes(bytes(3 * MB))
    (tmp_path / "dispatch-console").write_bytes(bytes(2 * MB))
    report = sizes.report(tmp_path).splitlines()
    assert report[2:4] == ["| OR-Tools | 3.0 |", f"| {sizes.PROGRAM} | 2.0 |"]
    assert report[-1] == "| **all** (at most 450) | **5** |"
    assert sizes.estimate(tmp_path) == "As an installer about 0 MB (at most 170)."


@pytest.mark.skipif(sys.platform != "linux", reason="a .tar.gz is made on Linux")
def test_the_same_folder_is_packed_to_the_same_bytes(tmp_path: Path) -> None:
    folder = tmp_path / "dispatch-console"
    (folder / "_internal").mkdir(parents=True)
    (folder / "dispatch-console").write_text("run me", encoding="utf-8")
    (folder / "dispatch-console").chmod(0o700)
    (folder / "_internal" / "b.so.1").write_text("library", encoding="utf-8")
    (folder / "_internal" / "b.so").symlink_to("b.so.1")
    first = archive.pack(folder, tmp_path, "1.2.3").read_bytes()
    time.sleep(0.01)
    (folder / "_internal" / "b.so.1").touch()
    made = archive.pack(folder, tmp_path, "1.2.3")
    assert made.read_bytes() == first
    assert made.name.startswith("dispatch-console-1.2.3-linux-")
    with tarfile.open(made) as packed:
        entries = {entry.name.partition("/")[2]: entry for entry in packed}
    assert entries["dispatch-console"].mode == 0o755
    assert entries["_internal/b.so"].linkname == "b.so.1"
    assert {(entry.uid, entry.uname) for entry in entries.values()} == {(0, "")}


@pytest.mark.skipif(sys.platform != "linux", reason="libraries are stripped on Linux")
def test_what_may_not_be_stripped_is_left_alone(tmp_path: Path) -> None:
    for name in ("dispatch-console", "_internal/a.so", "_internal/PySide6/b.so", "_internal/numpy.libs/c.so"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"\x7fELF and more")
    (tmp_path / "_internal" / "d.txt").write_text("words", encoding="utf-8")
    (tmp_path / "_internal" / "e.so").symlink_to("a.so")
    assert list(stripping.libraries(tmp_path)) == [tmp_path / "_internal" / "a.so"]
    stripping.run(tmp_path)
    assert (tmp_path / "_internal" / "a.so").read_bytes() == b"\x7fELF and more", "what cannot be stripped stays"
