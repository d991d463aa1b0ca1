"""Where a store lies: what a URL or a path means, and which places a store file must not lie in."""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path, PurePath

import platformdirs
import psutil
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from dispatch_console.domain.errors import UserError

APP = "Dispatch Console"
FILE = "dispatch.db"

#: What an address may hold after its “?” and nobody else may read.
_SECRETS = {"password", "sslpassword", "oauth_client_secret"}

_REMOTE_DRIVE = 4  # DRIVE_REMOTE of GetDriveTypeW
_NETWORK_FILE_SYSTEMS = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afpfs", "9p", "fuse.sshfs", "webdav", "davfs"}
_SYNC_FOLDERS = (
    "onedrive",
    "dropbox",
    "google drive",
    "googledrive",
    "icloud",
    "nextcloud",
    "owncloud",
    "box sync",
)


def default_folder() -> Path:
    """The folder of this user's data; it may not exist yet."""
    return platformdirs.user_data_path(APP, appauthor=False)


def default_url() -> str:
    return f"sqlite:///{default_folder() / FILE}"


def parse(where: str) -> URL:
    """A database URL, or the path of a SQLite file. Raises UserError for anything else."""
    if "://" not in where:
        return URL.create("sqlite", database=str(Path(where).expanduser()))
    try:
        url = make_url(where)
    except (ArgumentError, ValueError) as error:
        # not repeated here: there may be a password in it
        raise UserError(
            "This is not the address of a store. Name a file, or write postgresql://login@server/database."
        ) from error
    backend = url.get_backend_name()
    if backend not in ("sqlite", "postgresql"):
        raise UserError(f"A store is a SQLite file or a PostgreSQL database, not “{backend}”.")
    return _of_server(url) if backend == "postgresql" else url


def _of_server(url: URL) -> URL:
    """With its password, if it holds one, where nothing shows it by accident."""
    found = url.query.get("password")
    if isinstance(found, str):
        url = with_password(url, found)
    return url.set(drivername="postgresql+psycopg")


def file_of(url: URL) -> Path | None:
    """The SQLite file that a URL names; None for a server or a store in memory."""
    if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        return None
    return Path(url.database)


def is_server(url: URL) -> bool:
    return url.get_backend_name() == "postgresql"


def without_secrets(url: URL) -> URL:
    """The address as it may be shown and written down."""
    query = {name: value for name, value in url.query.items() if name not in _SECRETS}
    return URL.create(url.drivername, url.username, None, url.host, url.port, url.database, query)


def with_password(url: URL, password: str) -> URL:
    return url.difference_update_query(["password"]).set(password=password)


def shown(url: URL) -> str:
    """For people: a file's path, or a server's address without its secrets."""
    file = file_of(url)
    return str(file) if file is not None else as_text(without_secrets(url))


def as_text(url: URL) -> str:
    """What `parse` takes, secrets and all."""
    plain = url.set(drivername="postgresql") if is_server(url) else url
    return plain.render_as_string(hide_password=False)


def prepare(file: Path) -> None:
    """Make the folder of a store file. Raises UserError for a place where SQLite is not safe or cannot write."""
    advice = "Choose a folder on this computer, or use PostgreSQL for several computers."
    if is_network(file):
        raise UserError(f"{file} is on a network drive, where a store file can be damaged. {advice}")
    service = sync_service(file)
    if service:
        raise UserError(f"{file} is in a folder that {service} copies, which can damage a store file. {advice}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(f"The folder {file.parent} cannot be made: {error.strerror}. Choose another.") from error
    if file.is_dir():
        raise UserError(f"{file} is a folder. Name the file of the store.")


def sync_service(file: PurePath) -> str:
    """The folder name that gives a synchronising service away, or an empty string."""
    for part in file.parts[:-1]:
        if part.casefold().startswith(_SYNC_FOLDERS):
            return part
    return ""


def is_network(file: Path) -> bool:
    """True for UNC paths, mapped network drives and network mounts."""
    if str(file).startswith(("\\\\", "//")):
        return True
    if sys.platform == "win32":
        drive = file.absolute().drive  # resolve() would turn a mapped drive into UNC
        return bool(ctypes.windll.kernel32.GetDriveTypeW(drive + "\\") == _REMOTE_DRIVE)
    mounts = {part.mountpoint: part.fstype for part in psutil.disk_partitions(all=True)}
    above = next((str(folder) for folder in file.absolute().parents if str(folder) in mounts), "/")
    return mounts.get(above, "") in _NETWORK_FILE_SYSTEMS
