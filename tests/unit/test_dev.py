"""The set-up script: what it believes in, what it says, and that its locks are whole."""

from __future__ import annotations

import ast
import itertools
import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from devkit import commands, display, environment, index, pythons, system, uv
from devkit.console import ROOT, StepFailed

from tests.patience import PATIENCE_S

posix = pytest.mark.skipif(os.name != "posix", reason="makes executable scripts by their first line")
linux = pytest.mark.skipif(sys.platform != "linux", reason="system libraries are Linux's")

DEV = ROOT / "packaging" / "dev.py"


def script(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


# --- which Python


def test_this_python_is_believed_after_it_ran() -> None:
    found = pythons.probe([sys.executable])
    assert found is not None
    assert Path(found).exists()


@posix
@pytest.mark.parametrize(
    "text", ["exit 127", "echo 3.12", "echo 3.11; echo /usr/bin/python", "echo Python 3.12.1 >&2"]
)
def test_a_shim_that_only_looks_like_python_is_not_believed(tmp_path: Path, text: str) -> None:
    assert pythons.probe([str(script(tmp_path / "python3.12", text))]) is None


def test_a_python_that_is_not_there_is_not_believed(tmp_path: Path) -> None:
    assert pythons.probe([str(tmp_path / "python3.12")]) is None


@posix
def test_a_good_python_behind_a_broken_shim_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = script(tmp_path / "shims" / "python3.12", "exit 127")
    good = script(tmp_path / "good" / "python3.12", f'exec "{sys.executable}" "$@"')
    monkeypatch.setenv("PATH", os.pathsep.join([str(broken.parent), str(good.parent)]))
    assert list(pythons.on_path("python3.12")) == [broken, good]
    assert pythons.probe([str(broken)]) is None
    assert pythons.probe([str(good)]) is not None


@posix
def test_versions_beside_the_shims_are_found_newest_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "shims"))
    older = script(tmp_path / "versions" / "3.12.1" / "bin" / "python", "exit 0")
    newer = script(tmp_path / "versions" / "3.12.9" / "bin" / "python", "exit 0")
    script(tmp_path / "versions" / "3.11.7" / "bin" / "python", "exit 0")
    found = [path for path in pythons.in_version_folders("3.12") if path.is_relative_to(tmp_path)]
    assert found == [newer, older]


# --- old Pythons


def test_the_first_file_can_be_read_by_pythons_it_refuses() -> None:
    ast.parse(DEV.read_bytes(), feature_version=(3, 7))


@pytest.mark.parametrize("path", sorted((ROOT / "packaging" / "devkit").glob("*.py")), ids=lambda path: path.name)
def test_the_others_can_be_read_by_the_oldest_it_accepts(path: Path) -> None:
    ast.parse(path.read_bytes(), feature_version=(3, 9))


def test_only_the_standard_library_is_used() -> None:
    allowed = sys.stdlib_module_names | {"devkit"}
    for path in [DEV, *(ROOT / "packaging" / "devkit").glob("*.py")]:
        for node in ast.walk(ast.parse(path.read_bytes())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert {name.partition(".")[0] for name in names} <= allowed, path.name


# --- what it says


def dev(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(DEV), *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", timeout=PATIENCE_S, check=False)


def test_help_names_every_command() -> None:
    answer = dev("--help")
    assert answer.returncode == 0
    for command in commands.COMMANDS:
        assert re.search(rf"^  {command} ", answer.stdout, re.MULTILINE)


def test_an_unknown_command_ends_with_the_usage() -> None:
    answer = dev("fly")
    assert answer.returncode == 1
    assert "no command 'fly'" in answer.stderr
    assert "usage:" in answer.stderr


def test_a_failed_step_is_a_message_not_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_arguments: list[str]) -> int:
        raise StepFailed("Making tea", "the kettle is empty", "fill it")

    monkeypatch.setitem(commands.COMMANDS, "run", fail)
    assert commands.start("run", []) == 1
    said = capsys.readouterr().err
    assert "Making tea: the kettle is empty" in said
    assert "What to do: fill it" in said


# --- the stamp


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose environment looks set up, but for its stamp."""
    monkeypatch.setattr(environment, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(environment, "STAMP", tmp_path / ".venv" / "set-up.json")
    monkeypatch.setattr(environment, "REQUIREMENTS", tmp_path)
    environment.python().parent.mkdir(parents=True)
    environment.python().touch()
    (tmp_path / ".venv" / "pyvenv.cfg").write_text("version_info = 3.12.1\n", encoding="utf-8")
    for kind in ("run", "dev"):
        (tmp_path / f"{kind}.txt").write_text(f"{kind}==1\n", encoding="utf-8")
    return tmp_path


def test_without_a_stamp_nothing_fits(project: Path) -> None:
    assert not environment.is_set_up("run")
    environment.STAMP.write_text("not json", encoding="utf-8")
    assert not environment.is_set_up("run")


def test_what_serves_the_tests_serves_the_program_but_not_the_other_way(project: Path) -> None:
    environment.write_stamp("run")
    assert environment.is_set_up("run")
    assert not environment.is_set_up("dev")
    environment.write_stamp("dev")
    assert environment.is_set_up("run")
    assert environment.is_set_up("dev")


def test_a_changed_lock_or_another_python_sets_up_again(project: Path) -> None:
    environment.write_stamp("dev")
    (project / "dev.txt").write_text("dev==2\n", encoding="utf-8")
    assert not environment.is_set_up("dev")
    environment.write_stamp("dev")
    (project / ".venv" / "pyvenv.cfg").write_text("version_info = 3.13.0\n", encoding="utf-8")
    assert not environment.is_set_up("dev")


def test_a_copied_environment_does_not_fit(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    environment.write_stamp("dev")
    shutil.copytree(project / ".venv", project / "copy")
    monkeypatch.setattr(environment, "VENV", project / "copy")
    monkeypatch.setattr(environment, "STAMP", project / "copy" / "set-up.json")
    assert not environment.is_set_up("dev")


def test_pip_s_own_index_is_used_by_uv_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "https://mirror.example/simple")
    monkeypatch.delenv("UV_DEFAULT_INDEX", raising=False)
    assert index.settings()["UV_DEFAULT_INDEX"] == "https://mirror.example/simple"
    monkeypatch.setenv("UV_DEFAULT_INDEX", "https://chosen.example/simple")
    assert index.settings()["UV_DEFAULT_INDEX"] == "https://chosen.example/simple"


def test_pip_s_own_certificates_are_used_by_uv_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_CERT", "network.pem")
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    assert index.settings()["SSL_CERT_FILE"] == "network.pem"


# --- the display


@pytest.mark.parametrize(
    ("variables", "platform", "reason"),
    [
        ({}, "win32", None),
        ({}, "linux", "There is no display here"),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", None),
        ({"DISPLAY": "no display"}, "linux", "does not answer"),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, "linux", "No window will be seen"),
    ],
)
def test_why_no_window(variables: dict[str, str], platform: str, reason: str | None) -> None:
    said = display.why_no_window(variables, platform)
    assert said is None if reason is None else reason in (said or "")


def test_a_display_is_believed_when_it_answers() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        number = server.getsockname()[1] - 6000
        assert display.why_no_window({"DISPLAY": f"127.0.0.1:{number}.0"}, "linux") is None
    assert display.why_no_window({"DISPLAY": f"127.0.0.1:{number}.0"}, "linux") is not None


@pytest.mark.parametrize(
    ("arguments", "window"),
    [
        ([], True),
        (["--demo"], True),
        (["--store", "sqlite:///a.db"], True),
        (["--help"], False),
        (["plan", "--out", "x"], False),
    ],
)
def test_which_arguments_open_a_window(arguments: list[str], window: bool) -> None:
    assert commands.opens_a_window(arguments) is window


# --- system libraries


@linux
def test_what_is_missing_is_found_without_rights() -> None:
    assert system.missing_things(with_test_programs=False) == []


def test_every_missing_thing_has_a_package() -> None:
    things = [*system.LIBRARIES, *system.TEST_PROGRAMS, "a font"]
    packages = system.packages_for(things)
    assert len(packages) == len(things)
    assert len(set(packages)) == len(packages)


@linux
def test_without_rights_the_exact_line_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "missing_things", lambda with_test_programs: ["libxcb-cursor.so.0", "a font"])
    monkeypatch.setattr(system, "is_root", lambda: False)
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    line = "apt-get update && apt-get install -y --no-install-recommends libxcb-cursor0 fonts-dejavu-core"
    with pytest.raises(StepFailed, match=re.escape(line)):
        system.ensure(with_test_programs=False)


# --- the locks


def pins(name: str) -> dict[str, str]:
    text = (ROOT / "packaging" / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==([^\s;]+)", text, re.MULTILINE))


@pytest.mark.parametrize("name", ["run", "dev", "freeze", "tools"])
def test_a_lock_holds_names_versions_and_hashes_only(name: str) -> None:
    lines = (ROOT / "packaging" / "requirements" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith(f"# Made from {name}.in")
    pin = re.compile(r"[a-z0-9-]+==[0-9][^\s;]*( ; [^\\]+)? \\")
    checksum = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")
    for before, line in itertools.pairwise(lines):
        assert pin.fullmatch(line) or checksum.fullmatch(line), line
        assert line.startswith(" ") or not before.endswith("\\"), f"no hash before {line}"


def test_what_is_tested_is_what_is_shipped_and_frozen() -> None:
    run = pins("run")
    assert len(run) > 30
    assert run.items() <= pins("dev").items()
    assert run.items() <= pins("freeze").items()


def test_every_wish_is_in_the_lock() -> None:
    for name in ("run", "dev", "freeze"):
        text = (ROOT / "packaging" / "requirements" / f"{name}.in").read_text(encoding="utf-8")
        wished = re.findall(r"^([A-Za-z][A-Za-z0-9-]*)", text, re.MULTILINE)
        assert {wish.lower() for wish in wished} <= set(pins(name))


def test_uv_is_pinned() -> None:
    assert uv.pinned_version() == pins("tools")["uv"]
