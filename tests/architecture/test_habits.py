"""Habits of the house that no linter knows."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import PACKAGE, ROOT, python_files, text_files

LONGEST_FILE = 400
LONGEST_MAIN = 40

# Put together here, so that this file does not hold what it forbids.
UNFINISHED = ["TO" + "DO", "FIX" + "ME", "X" + "XX", "NotImplemented" + "Error"]
REGISTRIES = [
    "py" + "pi.org",
    "python" + "hosted.org",
    "npm" + "js.",
    "yarn" + "pkg.",
    "ana" + "conda.org",
    "crates" + ".io",
]
MACHINE_PATHS = [f"/{name}/" for name in ("wo" + "rk", "ro" + "ot", "ho" + "me", "Us" + "ers", "t" + "mp")]

OURS = [ROOT / "main.py", PACKAGE, ROOT / "db", ROOT / "packaging", ROOT / "tests"]

#: What starts another program.
CHILDREN = {"run", "Popen", "call", "check_call", "check_output"}

#: Others' work as it came: minified, or not for us to change.
VENDORED = re.compile(r"resources/map/.*(leaflet|protomaps|qwebchannel)", re.IGNORECASE)


def test_no_file_is_too_long() -> None:
    files = python_files(PACKAGE, ROOT / "packaging")
    lengths = {_name(path): len(path.read_bytes().splitlines()) for path in files}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_main_only_hands_over() -> None:
    assert len((ROOT / "main.py").read_bytes().splitlines()) < LONGEST_MAIN


def test_only_commands_print() -> None:
    printing = [
        f"{_name(path)}:{call.lineno}"
        for path in python_files(PACKAGE)
        if not path.is_relative_to(PACKAGE / "cli")
        for call in _calls(path)
        if isinstance(call.func, ast.Name) and call.func.id == "print"
    ]
    assert printing == []


def test_every_text_file_is_opened_with_its_encoding() -> None:
    silent = [
        f"{_name(path)}:{call.lineno}"
        for path in python_files(*OURS)
        for call in _calls(path)
        if _opens_text(call) and not _names_encoding(call)
    ]
    assert silent == []


def test_what_the_program_starts_opens_no_console_on_windows() -> None:
    bare = [
        f"{_name(path)}:{call.lineno}"
        for path in python_files(PACKAGE)
        for call in _calls(path)
        if isinstance(call.func, ast.Attribute)
        and ast.unparse(call.func.value) == "subprocess"
        and call.func.attr in CHILDREN
        and not any(word.arg == "creationflags" for word in call.keywords)
    ]
    assert bare == []


def test_nothing_is_left_unfinished() -> None:
    word = re.compile(r"\b(" + "|".join(UNFINISHED) + r")\b")
    assert _lines_with(word, python_files(*OURS)) == []


def test_what_only_a_with_waits_for_stands_in_one() -> None:
    """pytest-qt's `waitExposed(…)` and the like by themselves wait for nothing."""
    loose = re.compile(r"^\s*qtbot\.(wait(Exposed|Active|Signals?)|assertNotEmitted)\(")
    assert _lines_with(loose, python_files(ROOT / "tests")) == []


def test_no_package_registry_is_named() -> None:
    host = re.compile("|".join(map(re.escape, REGISTRIES)), re.IGNORECASE)
    assert _lines_with(host, _own_text_files()) == []


def test_no_path_of_a_machine_is_named() -> None:
    # Not in the middle of an address or of a longer path; the sockets of X are at the same place everywhere.
    path = re.compile(r"(?<![\w./~{}-])(" + "|".join(MACHINE_PATHS) + r")(?!\.X11-unix)")
    assert _lines_with(path, _own_text_files()) == []


@pytest.mark.parametrize(
    ("source", "opens_text"),
    [
        ("open(p)", True),
        ("open(p, 'rb')", False),
        ("path.open()", False),  # as much a dialog's as a file's; ruff and pyright see no more
        ("path.open('w')", True),
        ("path.open(mode='wb')", False),
        ("path.read_text()", True),
        ("archive.open('sheet.xml')", False),
        ("subprocess.run(c, text=True)", True),
        ("Popen(c, universal_newlines=True)", True),
        ("subprocess.run(c)", False),
        ("NamedTemporaryFile('w')", True),
        ("tempfile.TemporaryFile()", False),  # binary, unless it is told otherwise
        ("RotatingFileHandler(p)", True),
        ("os.fdopen(n)", True),
    ],
)
def test_the_search_for_silent_encodings_sees(source: str, opens_text: bool) -> None:
    call = ast.parse(source, mode="eval").body
    assert isinstance(call, ast.Call)
    assert _opens_text(call) is opens_text


def _calls(path: Path) -> Iterator[ast.Call]:
    return (node for node in ast.walk(ast.parse(path.read_bytes())) if isinstance(node, ast.Call))


def _opens_text(call: ast.Call) -> bool:
    """Whether a call opens a file or pipe as text: `open(…)`, `x.open("w")`, `x.read_text()`, `run(text=True)`."""
    name = _called(call)
    if any(
        word.arg in ("text", "universal_newlines") and ast.unparse(word.value) == "True" for word in call.keywords
    ):
        return name in CHILDREN
    if name in ("TemporaryFile", "NamedTemporaryFile"):
        return "b" not in (_mode(call, 0) or "b")
    if name in ("FileHandler", "RotatingFileHandler", "TimedRotatingFileHandler"):
        return True
    if name == "fdopen" or isinstance(call.func, ast.Name):
        return name in ("open", "fdopen") and "b" not in (_mode(call, 1) or "r")
    if name in ("read_text", "write_text"):
        return isinstance(call.func, ast.Attribute)
    return name == "open" and re.fullmatch(r"[rwax]t?\+?t?", _mode(call, 0) or "") is not None


def _called(call: ast.Call) -> str:
    """`run` of `subprocess.run(…)` and of `run(…)`."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _mode(call: ast.Call, at: int) -> str | None:
    nodes = call.args[at : at + 1] + [word.value for word in call.keywords if word.arg == "mode"]
    values = [node.value for node in nodes if isinstance(node, ast.Constant)]
    return next((value for value in values if isinstance(value, str)), None)


def _names_encoding(call: ast.Call) -> bool:
    """By its keyword, or `**` something, or as the first argument of `read_text`."""
    if isinstance(call.func, ast.Attribute) and call.func.attr == "read_text" and call.args:
        return True
    return any(word.arg in ("encoding", None) for word in call.keywords)


def _own_text_files() -> Iterator[Path]:
    return (path for path in text_files() if not VENDORED.search(path.as_posix()))


def _lines_with(pattern: re.Pattern[str], paths: list[Path] | Iterator[Path]) -> list[str]:
    return [
        f"{_name(path)}:{number}: {line.strip()[:120]}"
        for path in paths
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if pattern.search(line)
    ]


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_the_start_loads_nothing_that_prints_or_plans() -> None:
    """Each of these takes tens of milliseconds that a window needs no earlier than its first paper or plan."""
    code = "import sys; import dispatch_console.app; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    loaded = set(done.stdout.split())
    assert "dispatch_console.ui.shell.window" in loaded
    papers, searches, rest = {"jinja2", "segno", "PIL", "pypdf"}, {"ortools", "numba"}, {"phonenumbers", "folium"}
    regions = {"osrm", "osmium", "shapely", "routingpy", "geopy"}
    late = papers | searches | rest | regions | {"zxingcpp", "rapidfuzz"}
    assert not late & loaded
