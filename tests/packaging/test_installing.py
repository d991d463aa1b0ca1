"""The trial of an installer, with a stand-in that installs as the real one does, or does one thing wrong."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from devkit import installing, product
from devkit.console import StepFailed

pytestmark = pytest.mark.skipif(os.name != "posix", reason="makes executable scripts by their first line")

#: What the real ones do, as far as the trial sees it; {fault} is one thing that goes wrong.
_SETUP = '''#!{python}
import os, pathlib, shutil, sys
fault = {fault!r}
words = dict(word.lstrip("/").partition("=")[::2] for word in sys.argv[1:])
target = pathlib.Path(words["DIR"])
assert "CURRENTUSER" in words and "VERYSILENT" in words
pathlib.Path(words["LOG"]).write_text("the last line of the log", encoding="utf-8")
inside = target / {contents!r}
if fault != "old files":
    shutil.rmtree(inside, ignore_errors=True)
inside.mkdir(parents=True, exist_ok=True)
def program(name, text):
    (target / name).write_text("#!{python}\\nimport pathlib, shutil, sys\\n" + text, encoding="utf-8")
    (target / name).chmod(0o755)
program("{slug}.exe", "")
program("{command}.exe", """
if sys.argv[1] == "--version":
    print("Dispatch Console " + {told!r})
else:
    out = pathlib.Path(sys.argv[sys.argv.index("--out") + 1])
    out.mkdir()
    (out / "manifests.pdf").touch()
""")
program("unins000.exe", "shutil.rmtree(pathlib.Path(__file__).parent)")
if fault == "data":
    program("unins000.exe", "shutil.rmtree(pathlib.Path(__file__).parents[2])")
refused = "secret" in words["STORE"]
if not refused or fault == "password":
    text = "[workstation]\\nstore = " + words["STORE"] + "\\nlanguage = " + words["LANG"] + "\\n"
    (target / "workstation.ini").write_text(text, encoding="utf-8")
sys.exit(10 if refused and fault != "exit code" else 0)
'''


@pytest.fixture
def setup(tmp_path: Path) -> Path:
    return tmp_path / "setup"


def written(setup: Path, fault: str) -> None:
    told = "0.0" if fault == "version" else product.version()
    names = {"contents": product.CONTENTS, "slug": product.SLUG, "command": product.COMMAND, "told": told}
    setup.write_text(_SETUP.format(python=sys.executable, fault=fault, **names), encoding="utf-8")
    setup.chmod(0o755)


def test_an_installer_that_does_all_of_it_passes(setup: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(setup, "")
    installing.tried(setup)
    assert "installed, planned, updated and removed" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("old files", "an update leaves old files"),
        ("password", "a password was written"),
        ("exit code", "setup ended with 0"),
        ("version", "the installed version is"),
        ("data", "the user's data is gone"),
    ],
)
def test_one_that_does_one_thing_wrong_fails_with_the_log(setup: Path, fault: str, told: str) -> None:
    written(setup, fault)
    with pytest.raises(StepFailed, match=told) as failure:
        installing.tried(setup)
    assert fault == "data" or "the last line of the log" in str(failure.value)
