"""Backups of a store on a server by PostgreSQL's own programs, where there are some that know the server.

`pg_dump` writes one compressed file; of it `pg_restore` reads the rows of one table at a time, which go into tables
that the migrations have made, on a server or in a store file: rights and triggers stay as they are, no statement of
the file is run, and for a store file no server is needed.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from itertools import batched
from pathlib import Path
from typing import IO, NamedTuple

from sqlalchemy import Connection, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import OperationalError, StatementError

from dispatch_console.domain.errors import UserError
from dispatch_console.store import copied_text, location
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
    return min((one for one in _found() if one.major >= server), key=lambda tools: tools.major, default=None)


def newest() -> Tools | None:
    """Those that can read the dumps of all others; None: there are none."""
    return max(_found(), key=lambda tools: tools.major, default=None)


def server_version(connection: Connection) -> int:
    return int(connection.execute(text("SHOW server_version_num")).scalar_one()) // 10_000


def write(tools: Tools, url: URL, snapshot: str, file: Path) -> None:
    """All of a database as a transaction that exported `snapshot` sees it. Raises UserError."""
    place = f"--dbname={location.as_text(location.without_secrets(url))}"
    options = [
        "--format=custom",
        "--encoding=UTF8",
        "--no-password",
        f"--snapshot={snapshot}",
        f"--file={file}",
        place,
    ]
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
        _take(process.stdout, content, connection)
        said = process.stderr.read()
    if process.returncode:
        raise UserError(f"{file.name} cannot be read: {_last_line(said)} Choose another backup.")


def _take(stream: IO[bytes], content: Content, connection: Connection) -> None:
    put = _copy_in if connection.dialect.name == "postgresql" else _insert
    for line in stream:
        found = _COPY.fullmatch(line)
        if found is not None:
            names = [name.strip().strip('"') for name in found[2].decode("ascii").split(",")]
            if found[1].decode("ascii") != content.table.name or not set(names) <= set(content.names):
                raise UserError(f"{content.table.name} has other columns in this backup. Choose another.")
            columns = dict(zip(content.names, content.columns, strict=True))
            put(connection, content._replace(columns=tuple(columns[name] for name in names)), _rows(stream))


def _copy_in(connection: Connection, content: Content, rows: Iterator[bytes]) -> None:
    raw = connection.connection.driver_connection
    assert raw is not None
    into = f'COPY "{content.table.name}" ({", ".join(f'"{name}"' for name in content.names)}) FROM STDIN'
    with raw.cursor() as cursor, cursor.copy(into) as copy:
        for row in rows:
            copy.write(row)


def _insert(connection: Connection, content: Content, rows: Iterator[bytes]) -> None:
    """Raises UserError for what is no row of this table."""
    values = copied_text.values(rows, [one.type for one in content.columns])
    try:
        for some in batched(values, content.at_once):
            connection.execute(content.insert(), [dict(zip(content.names, row, strict=True)) for row in some])
    except (ValueError, StatementError) as error:
        if isinstance(error, OperationalError):  # a full disk
            raise
        raise UserError(f"A row of {content.table.name} in this backup cannot be read. Choose another.") from error


def _rows(stream: IO[bytes]) -> Iterator[bytes]:
    for line in stream:
        if line.rstrip(b"\r\n") == b"\\.":
            return
        yield line


def _found() -> Iterator[Tools]:
    return (tools for folder in _folders() if (tools := _tools(folder)) is not None)


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
