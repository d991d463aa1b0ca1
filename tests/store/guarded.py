"""A PostgreSQL as IT runs it: encrypted, its certificate signed by an authority, and nobody in without password."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import psycopg
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from dispatch_console.services import access
from dispatch_console.services.access import Role
from dispatch_console.store.store import open_store
from tests.patience import PATIENCE_S
from tests.store import pg
from tests.store.filling import small_store

LOGIN, PASSWORD = "jürg", "Ge:heim@1/%"
QUOTED = "j%C3%BCrg:Ge%3Aheim%401%2F%25"


class Guarded(NamedTuple):
    """`address` is host, port and database; `superuser` the way past the guard; `ca`, `other_ca` files."""

    address: str
    superuser: str
    ca: Path
    other_ca: Path
    folder: Path

    def url(self, login: str = LOGIN, more: str = "") -> str:
        return f"postgresql://{login}@{self.address}{more}"

    def use_certificate(self, name: str) -> None:
        """From now on the server shows `good` or `expired`."""
        with psycopg.connect(self.superuser, autocommit=True) as connection:
            for key, suffix in (("ssl_cert_file", "crt"), ("ssl_key_file", "key")):
                value = (self.folder / f"{name}.{suffix}").as_posix()
                connection.execute(f"ALTER SYSTEM SET {key} = '{value}'".encode())
            connection.execute("ALTER SYSTEM SET ssl = on")
        _reload(self.superuser)


class Authority:
    """Signs certificates of servers."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder = folder
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        self.file = folder / f"{name}.crt"
        basic = x509.BasicConstraints(ca=True, path_length=None)
        made = _certificate(self.name, self.name, self.key.public_key(), 3650).add_extension(basic, critical=True)
        self.file.write_bytes(made.sign(self.key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))

    def sign(self, name: str, host: str, days: int) -> None:
        """NAME.crt and NAME.key for a server called `host`, good for so many days; below 0: until then."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
        hosts = x509.SubjectAlternativeName([x509.DNSName(host)])
        made = _certificate(subject, self.name, key.public_key(), days).add_extension(hosts, critical=False)
        signed = made.sign(self.key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
        (self._folder / f"{name}.crt").write_bytes(signed)
        secret = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        file = self._folder / f"{name}.key"
        file.write_bytes(secret)
        file.chmod(0o600)


def _certificate(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, days: int
) -> x509.CertificateBuilder:
    now = dt.datetime.now(dt.UTC)
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key)
    begins = now - dt.timedelta(days=400)
    return (
        builder.serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(now + dt.timedelta(days=days))
    )


@contextmanager
def guarded() -> Iterator[Guarded]:
    """A server with a store in which the small day is, and a dispatcher's login with a password."""
    with pg.running(pg.needed()) as server:
        url = pg.create_database(server.url, "depot")
        access.initialise(url)
        access.grant(url, LOGIN, Role.DISPATCHER, create=True, password=PASSWORD)
        store = open_store(url)
        small_store(store)
        store.close()
        with psycopg.connect(url) as connection:
            (data,) = connection.execute("SHOW data_directory").fetchone() or ("",)
        folder = Path(data)
        ours, others = Authority(folder, "ours"), Authority(folder, "others")
        ours.sign("good", "localhost", 30)
        ours.sign("expired", "localhost", -1)
        for file in (*folder.glob("*.crt"), *folder.glob("*.key")):
            pg.hand_over(file)
        guard = "host all postgres 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n"
        (folder / "pg_hba.conf").write_text(guard, encoding="utf-8")
        address = url.partition("@")[2].replace("127.0.0.1", "localhost")
        made = Guarded(address, url, ours.file, others.file, folder)
        made.use_certificate("good")
        yield made


def _reload(superuser: str) -> None:
    """The server reads its settings again; new connections find them as soon as it has."""
    with psycopg.connect(superuser, autocommit=True) as connection:
        before = connection.execute("SELECT pg_conf_load_time()").fetchone()
        connection.execute("SELECT pg_reload_conf()")
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        with psycopg.connect(superuser) as connection:
            if connection.execute("SELECT pg_conf_load_time()").fetchone() != before:
                return
        time.sleep(0.02)
    raise TimeoutError("PostgreSQL did not read its settings again")
