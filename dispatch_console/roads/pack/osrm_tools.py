"""Runs the road engine's own programs, which its library brings along: they have no call from Python."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path

from dispatch_console.domain.errors import UserError

#: Told each line a program writes.
OnLine = Callable[[str], None]

_TAIL = 20


class ToolFailed(Exception):
    """A program of the road engine ended with `code`; `tail` is the last it said."""

    def __init__(self, tool: str, code: int, tail: Sequence[str]) -> None:
        super().__init__(f"{tool} ended with {code}:\n" + "\n".join(tail))
        self.tool = tool
        self.code = code
        self.tail = tuple(tail)

    def said(self, words: str) -> bool:
        return any(words in line for line in self.tail)


def run(tool: str, arguments: Sequence[str], folder: Path, on_line: OnLine = lambda line: None) -> None:
    """Run `tool` (extract, contract, partition, customize) in `folder` until it ends. Raises ToolFailed.

    `arguments` name files by relative ASCII names: the path of a user's folder never reaches the C++ side.
    """
    binary = _package() / "bin" / (f"osrm-{tool}.exe" if sys.platform == "win32" else f"osrm-{tool}")
    flags = subprocess.CREATE_NO_WINDOW if sys.platform == "win32" else 0
    tail: deque[str] = deque(maxlen=_TAIL)
    with subprocess.Popen(
        [str(binary), *arguments],
        cwd=folder,
        env=_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        creationflags=flags,
        encoding="utf-8",
        errors="replace",
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            tail.append(line.rstrip())
            on_line(tail[-1])
    if process.returncode:
        raise ToolFailed(f"osrm-{tool}", process.returncode, tail)


def profiles_folder() -> Path:
    """The engine's own profiles."""
    return _package() / "share" / "profiles"


def _package() -> Path:
    """Where the engine lies. It is not imported: that belongs into a process of its own."""
    found = importlib.util.find_spec("osrm")
    if found is None or found.origin is None:
        raise UserError(
            "The road engine is not installed, so no roads can be built or driven. Install the program again; "
            "until then travel times are estimated."
        )
    return Path(found.origin).parent


def _environment() -> dict[str, str]:
    environment = dict(os.environ)
    if sys.platform == "win32":  # the runtime libraries of the engine, not those of the system
        libraries = _package().parent / "osrm_bindings.libs"
        environment["PATH"] = os.pathsep.join((str(libraries), environment.get("PATH", "")))
    return environment
