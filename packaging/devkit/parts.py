"""The list of parts of what we ship (SBOM, CycloneDX 1.6 as JSON): hashes, and licences where they are declared."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from devkit import environment
from devkit.console import ROOT, StepFailed, finished, say

_STEP = "Listing the parts"
_COMMON = ("--output-reproducible", "--of", "JSON", "--sv", "1.6")
_PROJECT = ("--pyproject", "pyproject.toml", "--mc-type", "application")
#: A line of the table of what lies in `resources/` and comes from others: files, package and version, licence.
_OTHERS = ROOT / "resources" / "THIRD-PARTY.md"
_LINE = re.compile(
    r"^\| `[^|]*\| (?P<name>\S+) (?P<version>\d[\d.]*)[^|]*\| (?P<licence>[^,|]+),(?P<rest>[^|]*)\|$", re.MULTILINE
)


def run(arguments: Sequence[str]) -> int:
    """Write the list to stdout or to the file after `--out`. Raises StepFailed."""
    target = target_of(_STEP, "sbom", arguments)
    python = str(environment.ensure("dev"))
    made = _made([python, "-m", "cyclonedx_py", "requirements", "packaging/requirements/run.txt", *_PROJECT])
    installed = _made([python, "-m", "cyclonedx_py", "environment", python])
    text = json.dumps(completed(made, installed), indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    give(text, target, f"{len(made['components'])} parts are listed in {target}")
    return 0


def completed(made: dict[str, Any], installed: dict[str, Any]) -> dict[str, Any]:
    """The list from the lock, with the licences and descriptions that the installed packages declare, and with what
    lies among our own files. Places of registries are left out: hashes say which files are meant.
    """
    known = {plain(part["name"]): part for part in installed["components"]}
    for part in made["components"]:
        about = known.get(plain(part["name"]), {})
        part.pop("description", None)
        for field in ("description", "licenses"):
            if field in about:
                part[field] = about[field]
        hashes = [one for place in part.pop("externalReferences", ()) for one in place.get("hashes", ())]
        # Of a package any of several files may be installed: a component has one hash of a kind, properties many.
        part["properties"] = [{"name": "dispatch:file-sha256", "value": one["content"]} for one in hashes]
    made["components"] += [_inside(line) for line in others()]
    return made


def _inside(line: re.Match[str]) -> dict[str, Any]:
    return {
        "bom-ref": f"resources/{line['name']}",
        "type": "library",
        "name": line["name"],
        "version": line["version"],
        "licenses": [{"license": {"name": line["licence"].strip()}}],
    }


def plain(name: str) -> str:
    return name.lower().replace("_", "-").replace(".", "-")


def others() -> Iterator[re.Match[str]]:
    """What lies in `resources/` and comes from others, a line each."""
    return _LINE.finditer(_OTHERS.read_text(encoding="utf-8"))


def target_of(step: str, command: str, arguments: Sequence[str]) -> Path | None:
    """The file after `--out`; None without one. Raises StepFailed for any other words."""
    if not arguments:
        return None
    if len(arguments) == 2 and arguments[0] == "--out":
        return Path(arguments[1])
    raise StepFailed(step, f"'{' '.join(arguments)}' is not understood", f"use: {command} [--out FILE]")


def give(text: str, target: Path | None, told: str) -> None:
    """Write a list into the file that was asked for, and say so; else to stdout."""
    if target is None:
        sys.stdout.write(text)
    else:
        target.write_text(text, encoding="utf-8")
        say(told)


def _made(command: Sequence[str]) -> dict[str, Any]:
    answer = finished([*command, *_COMMON], 300, None)
    if answer.returncode != 0:
        raise StepFailed(_STEP, f"cyclonedx ended with {answer.returncode}", "see what it says above")
    return json.loads(answer.stdout)
