"""What runs for every change: only commands of `dev.py` that there are, on both systems and both Pythons."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from devkit import commands, pythons, signing
from devkit.console import ROOT

FOLDER = ROOT / ".github" / "workflows"
WORKFLOWS = sorted(FOLDER.glob("*.yml"))
CHECKS = (FOLDER / "checks.yml").read_text(encoding="utf-8")

#: `run:` of one line; whatever needs more belongs into dev.py.
RUN = re.compile(r"^ +(?:- )?run: *(.*)$", re.MULTILINE)
DEV = re.compile(r"(?:sudo python3|python) packaging/dev\.py (?P<command>[a-z]+)(?: |$)")
#: The one thing that a runner lacks and no package index of ours has.
BESIDES = {"choco install innosetup --yes --no-progress"}

every_workflow = pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)


def called(text: str) -> list[str]:
    found = (DEV.match(line) for line in RUN.findall(text))
    return [match["command"] for match in found if match is not None]


@every_workflow
def test_every_step_is_a_command_of_dev_that_there_is(file: Path) -> None:
    lines = RUN.findall(file.read_text(encoding="utf-8"))
    assert lines
    assert [line for line in lines if not DEV.match(line) and line not in BESIDES] == []
    assert set(called(file.read_text(encoding="utf-8"))) <= set(commands.COMMANDS)


@every_workflow
def test_actions_are_pinned_and_may_only_read(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    used = re.findall(r"uses: *(\S+)", text)
    assert [action for action in used if not re.search(r"@(v\d+|[0-9a-f]{40})$", action)] == []
    assert re.search(r"^permissions:\n  contents: read\n\n", text, re.MULTILINE)
    assert "write" not in text


@every_workflow
def test_it_is_plain_yaml(file: Path) -> None:
    """There is no reader of YAML in the lock: two spaces a level, no tabs, a key or an item a line."""
    text = file.read_text(encoding="utf-8")
    assert "\t" not in text
    block = False
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        indent = len(line) - len(line.lstrip())
        assert indent % 2 == 0, number
        if block and indent >= 12:
            continue
        assert re.match(r" *(- )?[\w-]+:( .+)?$", line), number
        block = line.rstrip().endswith("|")


def test_both_systems_and_both_pythons_are_tested() -> None:
    assert CHECKS.count("system: [windows-latest, ubuntu-latest]") == 2
    versions = ", ".join(f'"{version}"' for version in pythons.VERSIONS)
    assert f"python: [{versions}]" in CHECKS


def test_everything_that_must_hold_runs_for_every_change() -> None:
    assert re.search(r"^on:\n  push:\n  pull_request:\n", CHECKS, re.MULTILINE)
    wanted = {"lint", "test", "wheels", "audit", "freeze", "installer", "sbom", "licences"}
    assert wanted <= set(called(CHECKS))


def test_what_people_install_is_kept() -> None:
    kept = CHECKS.split("path: |")[1].split()
    assert kept == ["dist/*-setup.exe", "dist/*.tar.gz", "dist/parts.cdx.json", "dist/licences.txt"]


def test_the_secrets_of_signing_are_those_that_it_reads() -> None:
    secrets = re.findall(r"^ +(\w+): \$\{\{ secrets\.(\w+) \}\}$", CHECKS, re.MULTILINE)
    assert secrets
    for variable, secret in secrets:
        assert variable == secret
        assert f"`{variable}`" in (signing.__doc__ or "")
