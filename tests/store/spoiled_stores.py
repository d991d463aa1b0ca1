"""Ways in which a store's file comes to harm: each spoils a closed store in its own way, alike for like dice."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

#: Spoils the file of a closed store.
Spoil = Callable[[Path, random.Random], object]

PAGE = 4096


def cut_to(share: float) -> Spoil:
    """A copy that was broken off."""
    return lambda file, _dice: file.write_bytes(file.read_bytes()[: int(file.stat().st_size * share)])


def cut_by(count: int) -> Spoil:
    return lambda file, _dice: file.write_bytes(file.read_bytes()[:-count])


def zeroed(first: int, count: int) -> Spoil:
    """What a disk gives back that lost what it said it had written."""
    return lambda file, _dice: _overwrite(file, first, bytes(count))


def noise(first: int, count: int) -> Spoil:
    return lambda file, dice: _overwrite(file, first, dice.randbytes(count))


def zeroed_page(file: Path, dice: random.Random) -> None:
    _overwrite(file, PAGE * dice.randrange(1, file.stat().st_size // PAGE), bytes(PAGE))


def noise_page(file: Path, dice: random.Random) -> None:
    _overwrite(file, PAGE * dice.randrange(1, file.stat().st_size // PAGE), dice.randbytes(PAGE))


def flipped(count: int) -> Spoil:
    """Single bits, anywhere."""

    def spoil(file: Path, dice: random.Random) -> None:
        data = bytearray(file.read_bytes())
        for _ in range(count):
            data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
        file.write_bytes(data)

    return spoil


def swapped_pages(file: Path, dice: random.Random) -> None:
    pages = file.stat().st_size // PAGE
    first, second = dice.sample(range(1, pages), 2)
    data = bytearray(file.read_bytes())
    one, other = (data[PAGE * n : PAGE * (n + 1)] for n in (first, second))
    data[PAGE * first : PAGE * (first + 1)], data[PAGE * second : PAGE * (second + 1)] = other, one
    file.write_bytes(data)


def all_noise(file: Path, dice: random.Random) -> None:
    file.write_bytes(dice.randbytes(file.stat().st_size))


def all_zero(file: Path, _dice: random.Random) -> None:
    file.write_bytes(bytes(file.stat().st_size))


def other_content(content: bytes) -> Spoil:
    """Another program saved its own over it."""
    return lambda file, _dice: file.write_bytes(content)


def other_header(header: bytes) -> Spoil:
    return lambda file, _dice: _overwrite(file, 0, header)


def text_with_line_ends(file: Path, _dice: random.Random) -> None:
    """Sent through something that takes it for text."""
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))


def strange_journal(content: bytes) -> Spoil:
    """A journal that is not this store's lies beside it."""
    return lambda file, _dice: file.with_name(file.name + "-journal").write_bytes(content)


def lost_journal(file: Path, dice: random.Random) -> None:
    """The power goes while pages are written, and the journal with the old ones is gone."""
    zeroed_page(file, dice)
    file.with_name(file.name + "-journal").unlink(missing_ok=True)


def lost_wal(file: Path, _dice: random.Random) -> None:
    """Copied without the file that held its last commits; what is left is older, and whole."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA wal_autocheckpoint=0")
        connection.execute("UPDATE depots SET name = 'In the journal', version = version + 1")
        before = file.read_bytes()
    file.write_bytes(before)
    for suffix in ("-wal", "-shm"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)


def without(table: str) -> Spoil:
    def spoil(file: Path, _dice: random.Random) -> None:
        with closing(sqlite3.connect(file)) as connection, connection:
            connection.execute(f'DROP TABLE "{table}"')

    return spoil


def not_text(table: str, column: str) -> Spoil:
    """Bytes that are no text where text stands: found when it is read."""

    def spoil(file: Path, _dice: random.Random) -> None:
        with closing(sqlite3.connect(file)) as connection, connection:
            version = ", version = version + 1" if table in ("orders", "routes", "depots") else ""
            connection.execute(f'UPDATE "{table}" SET "{column}" = CAST(x\'fffe41\' AS TEXT){version}')

    return spoil


def _overwrite(file: Path, first: int, content: bytes) -> None:
    data = bytearray(file.read_bytes())
    data[first : first + len(content)] = content
    file.write_bytes(data)


#: Forty ways and more, by name.
WAYS: dict[str, Spoil] = {
    "empty": cut_to(0),
    **{f"cut to {share:.0%}": cut_to(share) for share in (0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99)},
    **{f"cut by {count}": cut_by(count) for count in (1, 100, PAGE, PAGE + 1)},
    **{f"zeroed at {first}": zeroed(first, count) for first, count in ((0, 16), (0, 100), (0, PAGE), (100, 500))},
    "zeroed second page": zeroed(PAGE, PAGE),
    "zeroed second half": lambda file, dice: zeroed(file.stat().st_size // 2, file.stat().st_size // 2)(file, dice),
    "all zero": all_zero,
    **{f"noise at {first}": noise(first, count) for first, count in ((0, 16), (0, 100), (16, 84), (100, 1000))},
    "all noise": all_noise,
    **{f"zeroed page {n}": zeroed_page for n in range(3)},
    **{f"noise page {n}": noise_page for n in range(4)},
    **{f"{count} bits flipped": flipped(count) for count in (1, 10, 100, 1000, 10_000)},
    **{f"pages swapped {n}": swapped_pages for n in range(3)},
    "a letter": other_content(b"Dear Sir or Madam"),
    "a picture": other_content(b"\x89PNG\r\n\x1a\n" + bytes(5000)),
    "a table": other_content(b"order;name;street\r\n1;A;B\r\n"),
    "header of another version": other_header(b"SQLite format 2\x00"),
    "header in capitals": other_header(b"SQLITE FORMAT 3\x00"),
    "wrong page size": lambda file, _dice: _overwrite(file, 16, b"\x20\x00"),
    "through a text filter": text_with_line_ends,
    "lost journal": lost_journal,
    "lost WAL": lost_wal,
    "strange journal": strange_journal(b"not a journal" * 100),
    "zeroed journal": strange_journal(bytes(5000)),
    "no orders": without("orders"),
    "no version": without("alembic_version"),
    "no text in orders": not_text("orders", "reference"),
    "no text in a list": not_text("routes", "stops"),
}
