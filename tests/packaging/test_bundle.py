"""What goes into the frozen program and what stays out of it, on Windows and on Linux."""

from __future__ import annotations

import importlib.machinery
import importlib.util
import runpy
import subprocess
import sys
import types
from pathlib import Path
from typing import Any

import pytest
from devkit import bundle, product, windows
from devkit.console import ROOT

from dispatch_console.intake.words.countries import LANGUAGES
from tests.patience import PATIENCE_S

#: Loads everything of ours, with the stand-ins, and what is left out not to be found; then lets OR-Tools decide.
_WITHOUT = """
import importlib, sys
sys.path[:0] = ["packaging/stand_ins", "packaging"]
from devkit import bundle

class Out:
    def find_spec(self, name, path=None, target=None):
        if any(name == out or name.startswith(out + ".") for out in bundle.EXCLUDED):
            raise ModuleNotFoundError(name)

sys.meta_path.insert(0, Out())
sys.frozen = True
for name in bundle.own_modules():
    importlib.import_module(name)
from ortools.sat.python import cp_model
model = cp_model.CpModel()
some = [model.new_bool_var("") for _ in range(3)]
model.add_exactly_one(some)
model.minimize(sum(n * one for n, one in enumerate(some, 1)))
solver = cp_model.CpSolver()
assert solver.solve(model) == cp_model.OPTIMAL and solver.boolean_value(some[0])
assert "stand_ins" in sys.modules["pandas"].__file__
"""


def test_nothing_that_is_left_out_is_missed() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _WITHOUT],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "target",
    [
        "PySide6/Qt/qml/QtQuick/Controls/libplugin.so",
        "PySide6\\qml\\QtQuick\\plugin.dll",
        "PySide6/Qt/resources/qtwebengine_devtools_resources.pak",
        "PySide6\\resources\\qtwebengine_resources.debug.pak",
        "PySide6/resources/v8_context_snapshot.debug.bin",
        "PySide6/Qt/translations/qtbase_sv.qm",
        "PySide6/translations/qtwebengine_locales/sv.pak",
        "PySide6/Qt/lib/libQt6Quick3D.so.6",
        "PySide6\\Qt6Charts.dll",
        "PySide6\\Qt6Multimedia.dll",
        "PySide6\\avcodec-63.dll",
        "PySide6/plugins/sqldrivers/qsqlite.dll",
        "PySide6/Qt/plugins/platforms/libqvnc.so",
        "babel/locale-data/sv.dat",
        "osrm/bin/osrm-routed",
        "osrm/bin/osrm-routed.exe",
        "numpy/core/tests/data/some.csv",
    ],
)
def test_what_is_never_used_stays_out(target: str) -> None:
    assert not bundle.is_wanted(target)


@pytest.mark.parametrize(
    "target",
    [
        "PySide6\\opengl32sw.dll",
        "PySide6/QtWebEngineProcess.exe",
        "PySide6/Qt/libexec/QtWebEngineProcess",
        "PySide6/Qt/resources/qtwebengine_resources.pak",
        "PySide6/resources/icudtl.dat",
        "PySide6/Qt/translations/qtbase_de.qm",
        "PySide6\\translations\\qtwebengine_locales\\en-US.pak",
        "PySide6/Qt/translations/qtwebengine_locales/fr.pak",
        "PySide6/plugins/platforms/qwindows.dll",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/plugins/styles/qmodernwindowsstyle.dll",
        "PySide6/plugins/imageformats/qjpeg.dll",
        "PySide6/Qt/lib/libQt6Quick.so.6",
        "osrm/bin/osrm-extract.exe",
        "osrm/bin/osrm-partition",
        *(f"babel/locale-data/{language}.dat" for language in ("root", *LANGUAGES)),
    ],
)
def test_what_is_needed_is_kept(target: str) -> None:
    assert bundle.is_wanted(target)


def test_versions_of_what_is_shipped_can_be_asked_for() -> None:
    lock = (ROOT / "packaging" / "requirements" / "run.txt").read_text(encoding="utf-8")
    assert {"osrm-bindings", "osmium", "keyring"} <= set(bundle.packages(lock))
    assert not {"pandas", "numba", "llvmlite"} & set(bundle.packages(lock))


def test_all_modules_are_told_of_workers_and_late_ones_too() -> None:
    told = set(bundle.own_modules())
    assert {
        "dispatch_console",
        "dispatch_console.cli.store",
        "dispatch_console.services.regions.building",
        "dispatch_console.roads.engine.worker",
        "dispatch_console.ui.wizards.actions",
    } <= told


class _Freezer:
    """Takes what the spec says, as PyInstaller does."""

    def __init__(self) -> None:
        self.said: dict[str, dict[str, Any]] = {}

    def part(self, name: str) -> Any:
        def take(*arguments: Any, **named: Any) -> types.SimpleNamespace:
            self.said[f"{name} {named['name']}" if name == "EXE" else name] = {"arguments": arguments, **named}
            files = [("PySide6/qml/a.dll", "", "DATA"), ("PySide6/opengl32sw.dll", "", "BINARY")]
            return types.SimpleNamespace(pure=[], scripts=[], binaries=list(files), datas=list(files))

        return take


@pytest.fixture
def freezer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> _Freezer:
    """As the spec is read on a machine with the freezer, which the tests' environment does not have."""
    hooks: Any = types.ModuleType("PyInstaller.utils.hooks")
    hooks.collect_data_files = lambda name: [(f"{name}.data", name)]
    hooks.copy_metadata = lambda name: [(f"{name}.dist-info", f"{name}.dist-info")]
    for name in ("PyInstaller", "PyInstaller.utils"):
        monkeypatch.setitem(sys.modules, name, types.ModuleType(name))
    monkeypatch.setitem(sys.modules, "PyInstaller.utils.hooks", hooks)
    monkeypatch.setenv("DISPATCH_FREEZE_WORK", str(tmp_path))
    monkeypatch.setenv("SYSTEMROOT", str(tmp_path))
    return _Freezer()


def _read(freezer: _Freezer) -> dict[str, dict[str, Any]]:
    spec = ROOT / "packaging" / "dispatch-console.spec"
    parts = {name: freezer.part(name) for name in ("Analysis", "PYZ", "EXE", "COLLECT")}
    runpy.run_path(str(spec), {**parts, "SPECPATH": str(spec.parent)})
    return freezer.said


@pytest.mark.parametrize("platform", ["win32", "linux"])
def test_one_folder_whose_libraries_can_be_replaced(
    platform: str, freezer: _Freezer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    said = _read(freezer)
    programs = [named for part, named in said.items() if part.startswith("EXE")]
    assert all(program["exclude_binaries"] for program in programs)
    assert {program["contents_directory"] for program in programs} == {product.CONTENTS}
    assert said["COLLECT"]["name"] == product.SLUG
    collected = said["COLLECT"]["arguments"]
    assert len(collected) == len(programs) + 2
    assert [entry[0] for entry in collected[-1]] == ["PySide6/opengl32sw.dll"]
    for source, target in said["Analysis"]["datas"]:
        assert target, source
        assert not Path(source).is_absolute() or Path(source).exists() or Path(source).suffix in (".txt", ".json")


def test_on_windows_it_is_a_window_and_once_more_a_command(
    freezer: _Freezer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    runtime = tmp_path / "System32" / "msvcp140.dll"
    runtime.parent.mkdir()
    runtime.touch()
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("SYSTEMROOT", str(tmp_path))
    said = _read(freezer)
    assert (str(runtime), ".") in said["Analysis"]["binaries"]
    for name, console in ((product.SLUG, False), (product.COMMAND, True)):
        program = said[f"EXE {name}"]
        assert program["console"] is console
        assert program["icon"] == str(windows.ICON)
        assert program["manifest"] == str(windows.MANIFEST)
        assert program["version"] == str(tmp_path / "version_info.txt")


def test_on_windows_the_road_engine_comes_with_its_programs_and_their_libraries(
    freezer: _Freezer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """In the folders of its wheel for Windows, where `roads.pack.osrm_tools` looks for them."""
    for place in ("osrm/__init__.py", "osrm/bin/osrm-extract.exe", "osrm_bindings.libs/msvcp140-0.dll"):
        (tmp_path / place).parent.mkdir(exist_ok=True)
        (tmp_path / place).touch()
    there = importlib.machinery.ModuleSpec("osrm", None, origin=str(tmp_path / "osrm" / "__init__.py"))
    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: there if name == "osrm" else find(name))
    monkeypatch.setattr(sys, "platform", "win32")
    analysed = _read(freezer)["Analysis"]
    placed = {(Path(source).name, target) for source, target in analysed["binaries"]}
    assert {("osrm-extract.exe", "osrm/bin"), ("msvcp140-0.dll", "osrm_bindings.libs")} <= placed
    assert "osrm/share" in {target for _, target in analysed["datas"]}


def test_on_linux_there_is_one_program(freezer: _Freezer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    assert [part for part in _read(freezer) if part.startswith("EXE")] == [f"EXE {product.SLUG}"]
