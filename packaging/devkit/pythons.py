"""Find a CPython the program can run on, and believe in it only after it has run."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from devkit.console import ask

#: Newer ones lack wheels, older ones crash in PySide6. The first is what most of the tests ran on.
VERSIONS = ("3.12", "3.13")

#: Prints the version, or nothing: not CPython, 32 bits, without the GIL, or built without a module we need.
_PROBE = """
import sys, sysconfig
import bz2, ctypes, lzma, sqlite3, ssl, zlib
plain = sys.implementation.name == 'cpython' and sys.maxsize > 2**32
if plain and not sysconfig.get_config_var('Py_GIL_DISABLED'):
    print('%d.%d' % sys.version_info[:2], sys.executable, sep='\\n')
"""


@lru_cache(maxsize=1)
def find() -> str | None:
    """Path of a usable CPython 3.12 or 3.13, or None. Each candidate is run before it is believed."""
    tried: set[tuple[str, ...]] = set()
    for command in candidates():
        if tuple(command) in tried:
            continue
        tried.add(tuple(command))
        executable = probe(command)
        if executable is not None:
            return executable
    return None


def probe(command: list[str]) -> str | None:
    """Run a candidate: its executable's path if it is a CPython that will do, else None."""
    lines = (ask([*command, "-X", "utf8", "-I", "-c", _PROBE]) or "").splitlines()
    return lines[1] if len(lines) == 2 and lines[0] in VERSIONS else None


def candidates() -> Iterator[list[str]]:
    """Commands that may start the right Python, the likeliest first; many of them may not exist or not work."""
    if f"{sys.version_info[0]}.{sys.version_info[1]}" in VERSIONS:
        yield [sys.executable]
    for version in VERSIONS:
        yield from ([str(path)] for path in on_path(f"python{version}"))
        if os.name == "nt":
            yield ["py", f"-{version}"]
        yield from ([str(path)] for path in in_version_folders(version))
    for name in ("python3", "python"):
        yield from ([str(path)] for path in on_path(name))


def on_path(name: str) -> Iterator[Path]:
    """Every executable of that name on PATH, not only the first: a broken shim may hide a good one."""
    suffix = ".exe" if os.name == "nt" else ""
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        path = Path(folder or ".") / (name + suffix)
        if path.is_file() and os.access(path, os.X_OK):
            yield path


def in_version_folders(version: str) -> Iterator[Path]:
    """Interpreters of that version in the folders of pyenv, pyenv-win and Python's own Windows installer."""
    for root in _pyenv_roots():
        for folder in sorted((root / "versions").glob(f"{version}.*"), reverse=True):
            yield from (path for path in (folder / "bin" / "python", folder / "python.exe") if path.is_file())
    for variable in ("LOCALAPPDATA", "ProgramFiles"):
        base = os.environ.get(variable)
        if base:
            parts = ("Programs", "Python") if variable == "LOCALAPPDATA" else ()
            path = Path(base, *parts, "Python" + version.replace(".", ""), "python.exe")
            if path.is_file():
                yield path


def _pyenv_roots() -> Iterator[Path]:
    for variable in ("PYENV_ROOT", "PYENV"):
        if os.environ.get(variable):
            yield Path(os.environ[variable])
    for home in _homes():
        yield from (home / ".pyenv", home / ".pyenv" / "pyenv-win")
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        if Path(folder).name == "shims":
            yield Path(folder).parent


def _homes() -> Iterator[Path]:
    """The home folder by the environment and by the user database: they may differ, or be absent."""
    with contextlib.suppress(RuntimeError):
        yield Path("~").expanduser()
    if os.name == "posix":
        import pwd

        with contextlib.suppress(KeyError):
            yield Path(pwd.getpwuid(os.getuid()).pw_dir)
