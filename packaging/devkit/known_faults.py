"""What we ship, looked up in the list of known faults of Python packages."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Sequence
from typing import Any, NamedTuple

from devkit import environment, index
from devkit.console import StepFailed, finished, say

_STEP = "Looking up known faults"
#: A source that does not answer within so many seconds, in all, is not reachable.
PATIENCE_S = 60
#: The sources that are asked, one after the other until one knows our packages.
_SOURCES = ("pypi", "osv")
_COMMAND = (
    "-m", "pip_audit", "--requirement", "packaging/requirements/run.txt", "--require-hashes", "--disable-pip",
    "--timeout", "5", "--progress-spinner", "off", "--format", "json",
)  # fmt: skip


class Looked(NamedTuple):
    """`known`: so many packages the source knows. `faults`: a line each; `unknown`: packages it does not know."""

    known: int
    faults: list[str]
    unknown: list[str]


def run(arguments: Sequence[str]) -> int:
    """0: nothing is known against what we ship, or nobody could be asked, which is said. Raises StepFailed."""
    python = str(environment.ensure("dev"))
    end = time.monotonic() + _seconds(arguments)
    for source in _SOURCES:
        looked = _ask([python, *_COMMAND, "--vulnerability-service", source], end - time.monotonic())
        if looked is not None and looked.known:
            return _tell(looked)
    say("NOTICE: no source of advisories can be reached from here, so nothing was looked up. Run it where one can.")
    return 0


def _seconds(arguments: Sequence[str]) -> float:
    if not arguments:
        return PATIENCE_S
    if len(arguments) == 2 and arguments[0] == "--seconds" and arguments[1].isdigit():
        return float(arguments[1])
    raise StepFailed(_STEP, f"'{' '.join(arguments)}' is not understood", "use: audit [--seconds N]")


def _ask(command: Sequence[str], seconds: float) -> Looked | None:
    """None: the source did not answer, or in another way."""
    if seconds <= 0:
        return None
    try:
        return read(finished(command, seconds, subprocess.DEVNULL, index.settings()).stdout)
    except (OSError, subprocess.SubprocessError):
        return None


def read(answer: str) -> Looked | None:
    """What pip-audit says, see its JSON. A package that the source does not know counts as not looked up."""
    try:
        packages: list[dict[str, Any]] = json.loads(answer)["dependencies"]
        unknown = [package["name"] for package in packages if "skip_reason" in package]
        faults = [_fault(package, fault) for package in packages for fault in package.get("vulns", ())]
    except (ValueError, KeyError, TypeError):
        return None
    return Looked(len(packages) - len(unknown), faults, unknown)


def _fault(package: dict[str, Any], fault: dict[str, Any]) -> str:
    mended = ", ".join(fault.get("fix_versions", ())) or "no version yet"
    return f"{package['name']} {package.get('version', '')}: {fault['id']}, mended in {mended}"


def _tell(looked: Looked) -> int:
    if looked.unknown:
        say(f"NOTICE: not known to the source, so not looked up: {', '.join(looked.unknown)}")
    if not looked.faults:
        say(f"nothing is known against the {looked.known} packages that were looked up")
        return 0
    raise StepFailed(
        _STEP,
        "something is known against what we ship:\n  " + "\n  ".join(looked.faults),
        "`python3 packaging/dev.py lock --upgrade`, or say in packaging/README.md why it does not concern us",
    )
