"""What we ship is looked up and listed: what answers mean, and that the list is whole."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from devkit import known_faults, parts
from devkit.console import ROOT, StepFailed

GOOD = {"name": "good", "version": "1", "vulns": []}
BAD = {"name": "bad", "version": "2", "vulns": [{"id": "X-1", "fix_versions": ["3"]}]}
STRANGE = {"name": "strange", "skip_reason": "not found"}


def answer(*packages: dict[str, object]) -> str:
    return json.dumps({"dependencies": packages, "fixes": []})


def test_a_fault_is_told_with_what_mends_it() -> None:
    looked = known_faults.read(answer(GOOD, BAD))
    assert looked == known_faults.Looked(2, ["bad 2: X-1, mended in 3"], [])


def test_what_a_mirror_does_not_know_was_not_looked_up() -> None:
    looked = known_faults.read(answer(STRANGE))
    assert looked == known_faults.Looked(0, [], ["strange"])


@pytest.mark.parametrize("text", ["", "[]", "{}", "Traceback", '{"dependencies": 3}'])
def test_any_other_answer_is_none(text: str) -> None:
    assert known_faults.read(text) is None


def asked(monkeypatch: pytest.MonkeyPatch, text: str, tmp_path: Path) -> int:
    """`audit`, with a program in pip-audit's place that prints `text`."""
    script = tmp_path / "says.py"
    script.write_text(f"print({text!r})", encoding="utf-8")
    monkeypatch.setattr(known_faults, "_COMMAND", (str(script),))
    return known_faults.run(["--seconds", "30"])


def test_a_fault_fails(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with pytest.raises(StepFailed, match="bad 2: X-1"):
        asked(monkeypatch, answer(GOOD, BAD), tmp_path)


def test_no_fault_passes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert asked(monkeypatch, answer(GOOD, STRANGE), tmp_path) == 0
    said = capsys.readouterr().err
    assert "not looked up: strange" in said
    assert "nothing is known against the 1 packages" in said


@pytest.mark.parametrize("text", ["Traceback: no network", answer(STRANGE)])
def test_where_nobody_can_be_asked_it_says_so_and_passes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    assert asked(monkeypatch, text, tmp_path) == 0
    assert "nothing was looked up" in capsys.readouterr().err


def test_a_source_that_falls_silent_is_given_up(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script = tmp_path / "silent.py"
    script.write_text("import time; time.sleep(600)", encoding="utf-8")
    monkeypatch.setattr(known_faults, "_COMMAND", (str(script),))
    assert known_faults.run(["--seconds", "1"]) == 0
    assert "nothing was looked up" in capsys.readouterr().err


def test_the_list_names_every_package_of_the_lock_with_its_hashes(tmp_path: Path) -> None:
    target = tmp_path / "parts.json"
    assert parts.run(["--out", str(target)]) == 0
    text = target.read_text(encoding="utf-8")
    listed = json.loads(text)
    assert (listed["bomFormat"], listed["specVersion"]) == ("CycloneDX", "1.6")
    assert listed["metadata"]["component"]["name"] == "dispatch-console"
    lock = (ROOT / "packaging" / "requirements" / "run.txt").read_text(encoding="utf-8")
    pinned = set(re.findall(r"^([\w.-]+)==(\S+)", lock, re.MULTILINE))
    shipped = {(one["name"], one["version"]): one for one in listed["components"]}
    assert pinned <= shipped.keys()
    assert all(shipped[one]["properties"] for one in pinned)
    assert ("leaflet", "1.9.4") in shipped
    assert len([one for one in shipped.values() if "licenses" in one]) > len(shipped) * 0.8
    assert "simple/" not in text, "no registry is named"
