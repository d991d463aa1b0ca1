"""Backups of a store on a server by PostgreSQL's own programs, where there are some that know the server.

`pg_dump` writes one compressed file; of it `pg_restore` reads the rows of one table at a time, which go into tables
that the migrations have made: rights and triggers stay as they are, and no statement of the file is run.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, NamedTuple

from sqlalchemy import Connection, text
from sqlalchemy.engine import URL

from dispatch_console.domain.errors import UserError
from dispatch_console.store import location
from dispatch_console.store.checksums import Content

_EXE = ".exe" if sys.platform == "win32" else ""
_WHERE = ("/usr/lib/postgresql", "/usr/pgsql", "C:/Program Files/PostgreSQL", "/Library/PostgreSQL")
_QUIET: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)
_COPY = re.compile(rb'COPY (?:public\.)?"?(\w+)"? \(([\w", ]+)\) FROM stdin;\s*')
_VERSION = re.compile(r"\(PostgreSQL\) (\d+)")


class Tools(NamedTuple):
    """A folder with pg_dump and pg_restore of a major version."""

    folder: Path
    major: int


def find(server: int) -> Tools | None:
    """The oldest ones that know a server of this major version; None: there are none."""
    fit = [tools for folder in _folders() if (tools := _tools(folder)) is not None and tools.major >= server]
    return min(fit, key=lambda tools: tools.major, default=None)


def server_version(connection: Connection) -> int:
    return int(connection.execute(text("SHOW server_version_num")).scalar_one()) // 10_000


def write(tools: Tools, url: URL, snapshot: str, file: Path) -> None:
    """All of a database as a transaction that exported `snapshot` sees it. Raises UserError."""
    place = f"--dbname={location.as_text(location.without_secrets(url))}"
    options = ["--format=custom", "--no-password", f"--snapshot={snapshot}", f"--file={file}", place]
    secret = {"PGPASSWORD": str(url.password)} if url.password else {}
    _run([_program(tools, "pg_dump"), *options], {**os.environ, **secret})


def check(tools: Tools, file: Path) -> None:
    """Read all of a dump once. Raises UserError if it is not whole."""
    _run([_program(tools, "pg_restore"), f"--file={os.devnull}", str(file)], None)


def load(tools: Tools, file: Path, content: Content, connection: Connection) -> None:
    """The rows of one table into it. Raises UserError if the dump is not whole, or of other columns."""
    name = content.table.name
    command = [_program(tools, "pg_restore"), "--data-only", f"--table={name}", "--file=-", str(file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, creationflags=_QUIET) as process:
        assert process.stdout is not None and process.stderr is not None
        _copy_in(process.stdout, content, connection)
        said = process.stderr.read()
    if process.returncode:
        raise UserError(f"{file.name} cannot be read: {_last_line(said)} Choose another backup.")


def _copy_in(stream: IO[bytes], content: Content, connection: Connection) -> None:
    for line in stream:
        found = _COPY.fullmatch(line)
        if found is None:
            continue
        columns = [name.strip().strip('"') for name in found[2].decode("ascii").split(",")]
        if found[1].decode("ascii") != content.table.name or not set(columns) <= set(content.names):
            raise UserError(f"{content.table.name} has other columns in this backup. Choose another.")
        raw = connection.connection.driver_connection
        assert raw is not None
        into = f'COPY "{content.table.name}" ({", ".join(f'"{name}"' for name in columns)}) FROM STDIN'
        with raw.cursor() as cursor, cursor.copy(into) as copy:
            for row in _rows(stream):
                copy.write(row)


def _rows(stream: IO[bytes]) -> Iterator[bytes]:
    for line in stream:
        if line.rstrip(b"\r\n") == b"\\.":
            return
        yield line


def _folders() -> list[Path]:
    on_path = shutil.which("pg_dump")
    installed = [folder for root in _WHERE for folder in Path(root).glob("*/bin")]
    return [*([Path(on_path).parent] if on_path else []), *installed]


def _tools(folder: Path) -> Tools | None:
    tools = Tools(folder, 0)
    if not all(Path(_program(tools, name)).is_file() for name in ("pg_dump", "pg_restore")):
        return None
    try:
        done = subprocess.run(
            [_program(tools, "pg_dump"), "--version"],
            capture_output=True,
            check=False,
            timeout=20,
            creationflags=_QUIET,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = _VERSION.search(done.stdout.decode("ascii", "replace"))
    return Tools(folder, int(found[1])) if found and not done.returncode else None


def _program(tools: Tools, name: str) -> str:
    return str(tools.folder / f"{name}{_EXE}")


def _run(command: Sequence[str], environment: dict[str, str] | None) -> None:
    try:
        done = subprocess.run(command, env=environment, capture_output=True, check=False, creationflags=_QUIET)
    except OSError as error:
        raise UserError(f"{Path(command[0]).name} cannot be started: {error.strerror}.") from error
    if done.returncode:
        raise UserError(f"{Path(command[0]).name} failed: {_last_line(done.stderr)}")


def _last_line(said: bytes) -> str:
    lines = said.decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else "it said nothing."
