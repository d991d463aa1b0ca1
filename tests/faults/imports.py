"""Spoiled order files: whatever is in one, an import ends in orders or in one sentence, soon and within its memory.

Each file goes the way of `main.py import --dry-run`: what the child says of it, and what is made of the table. The
processes are kept for many files, since starting one takes longer than reading one; a file that ends its process,
keeps it for too long, or makes it too large is found out, and a new process goes on with the next.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import multiprocessing
import random
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

import psutil
from openpyxl import Workbook

from dispatch_console import resources
from dispatch_console.intake import child, limits, reader
from dispatch_console.intake.table import Table
from dispatch_console.services import importing_reading
from tests.faults import spoiled_book, spoiled_text
from tests.faults.table import Figure, Size, broken, dice

TODAY = dt.date(2026, 11, 20)
#: (text files, workbooks)
NUMBERS = {Size.CI: (2_000, 300), Size.FULL: (50_000, 5_000)}
#: Rows of a good file that are spoiled: what can go wrong with a hundred goes wrong with ten.
ROWS = 10
_SYSTEMS = Path(__file__).parents[1] / "unit" / "intake" / "systems"
_WORKERS = 2
_POLL_S = 0.02


class Good(NamedTuple):
    """A file as it should be. `ending` as its name has it."""

    name: str
    ending: str
    data: bytes


class Told(NamedTuple):
    """What became of one file. `wrong` is empty if all is well; `read`: it was read as a table."""

    wrong: str
    read: bool
    seconds: float
    bytes: int


def run(size: Size, seed: int) -> list[Figure]:
    texts, books = NUMBERS[size]
    return [
        *_figures("spoiled text files", good_texts(), spoiled_text.spoiled, texts, seed),
        *_figures("spoiled workbooks", good_books(), spoiled_book.spoiled, books, seed),
    ]


def _figures(
    what: str,
    good: Sequence[Good],
    spoil: Callable[[bytes, random.Random], bytes],
    number: int,
    seed: int,
) -> list[Figure]:
    """The case `seed/what/n` is file `n`, so that one can be made again by itself."""
    files = (_spoiled(good, spoil, dice(seed, what, n), n) for n in range(number))
    told = list(try_all(files))
    wrong = [one.wrong for one in told if one.wrong]
    read = sum(one.read for one in told)
    slowest = max(told, key=lambda one: one.seconds)
    largest = max(one.bytes for one in told) / 1e6
    done = f"{number:,} files of {len(good)} shapes"
    return [
        broken(f"{what}: crashes, hangs, too much memory", done, wrong, [f"{read:,} still read as tables"]),
        Figure(f"{what}: the slowest", done, slowest.seconds, limits.DEFAULT.seconds, "s", clock=True),
        Figure(f"{what}: most memory", done, largest, limits.DEFAULT.memory_bytes / 1e6, "MB"),
    ]


def _spoiled(
    good: Sequence[Good], spoil: Callable[[bytes, random.Random], bytes], chance: random.Random, n: int
) -> Good:
    one = chance.choice(good)
    return Good(f"{n}-{one.name}", one.ending, spoil(one.data, chance))


# --- good files ---


def good_texts() -> list[Good]:
    """Lists of many systems and languages, and of drivers; each with its first rows."""
    files = [*sorted(_SYSTEMS.glob("*.csv")), *sorted(resources.path("sample", "orders.csv").parent.glob("*.csv"))]
    return [Good(path.stem, "csv", b"".join(path.read_bytes().splitlines(keepends=True)[:ROWS])) for path in files]


def good_books() -> list[Good]:
    """The same lists as workbooks: XLSX with shared and with inline strings, and ODS."""
    found: list[Good] = []
    with tempfile.TemporaryDirectory() as folder:
        for n, text in enumerate(good_texts()):
            path = Path(folder, "list.csv")
            path.write_bytes(text.data)
            table = reader.read(path)
            make = (_shared, _inline, _ods)[n % 3]
            found.append(Good(text.name, "ods" if make is _ods else "xlsx", make(table)))
    return found


def _shared(table: Table) -> bytes:
    """With numbers, dates, a formula, a hidden row and a second sheet."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in table.rows:
        sheet.append([float(cell) if str(cell).isdecimal() else cell for cell in row.cells])
    sheet.append([TODAY, dt.time(8, 30), "=1+1", True, None, 12.5])
    sheet.row_dimensions[2].hidden = True
    sheet.merge_cells("A1:B1")
    book.create_sheet("Info").append(["About", "nothing"])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _inline(table: Table) -> bytes:
    """As programs write them that keep no list of texts."""
    cell = '<c t="inlineStr"><is><t>{0}</t></is></c>'
    rows = "".join(
        f'<row r="{n}">' + "".join(cell.format(_escaped(text)) for text in row.cells) + "</row>"
        for n, row in enumerate(table.rows, 1)
    )
    made = io.BytesIO(_shared(table))
    members = spoiled_book.unpacked(made.getvalue())
    head, _, tail = members["xl/worksheets/sheet1.xml"].partition(b"<sheetData>")
    rest = tail.partition(b"</sheetData>")[2]
    members["xl/worksheets/sheet1.xml"] = head + b"<sheetData>" + rows.encode() + b"</sheetData>" + rest
    return spoiled_book.packed(members, random.Random(0))


def _ods(table: Table) -> bytes:
    names = "urn:oasis:names:tc:opendocument:xmlns:"
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{_escaped(c)}</text:p></table:table-cell>'
            for c in row.cells
        )
        + '<table:table-cell table:number-columns-repeated="1000"/></table:table-row>'
        for row in table.rows
    )
    content = (
        f'<office:document-content xmlns:office="{names}office:1.0" xmlns:table="{names}table:1.0"'
        f' xmlns:text="{names}text:1.0"><office:body><office:spreadsheet><table:table table:name="List">{cells}'
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row></table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    members = {
        "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": f'<m:manifest xmlns:m="{names}manifest:1.0"/>'.encode(),
        "content.xml": content.encode(),
    }
    return spoiled_book.packed(members, random.Random(0))


def _escaped(cell: object) -> str:
    return str(cell).replace("&", "&amp;").replace("<", "&lt;")


# --- trying them ---


def try_all(files: Iterable[Good]) -> Iterator[Told]:
    """What became of each, on several processes at once."""
    context = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(_WORKERS) as threads:
        shared = iter(files)
        takers = [_Taker(context, Path(folder)) for _ in range(_WORKERS)]
        try:
            yield from _merged(threads, takers, shared)
        finally:
            for taker in takers:
                taker.end()


def _merged(threads: ThreadPoolExecutor, takers: list[_Taker], files: Iterator[Good]) -> Iterator[Told]:
    """Batches keep the takers apart: each reads its own until it is done."""
    while batch := [one for _, one in zip(range(200), files, strict=False)]:
        shares = [batch[n :: len(takers)] for n in range(len(takers))]
        for told in threads.map(lambda taker, share: [taker.take(one) for one in share], takers, shares):
            yield from told


class _Taker:
    """A process that takes one file after the other, and is watched at each."""

    def __init__(self, context: multiprocessing.context.SpawnContext, folder: Path) -> None:
        self._context, self._folder = context, folder
        self._begin()

    def take(self, file: Good) -> Told:
        path = self._folder / f"{file.name}.{file.ending}"
        path.write_bytes(file.data)
        began = time.perf_counter()
        self._pipe.send(path)
        wrong, largest = self._watch(began)
        read = False
        if not wrong:
            try:
                wrong, read = self._pipe.recv()
            except (EOFError, OSError):
                wrong = "it ended the process"
        path.unlink()
        if wrong:
            self.end()
            self._begin()
        said = f"{file.name}.{file.ending}: {wrong}" if wrong else ""
        return Told(said, read, time.perf_counter() - began, largest)

    def end(self) -> None:
        self._process.kill()
        self._process.join()
        self._process.close()
        self._pipe.close()

    def _begin(self) -> None:
        self._pipe, theirs = self._context.Pipe()
        self._process = self._context.Process(target=_take_files, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()
        self._memory = psutil.Process(self._process.pid)
        assert self._pipe.recv() == "ready"

    def _watch(self, began: float) -> tuple[str, int]:
        """What is wrong by the clock or the memory, until there is an answer; and the most memory that was seen."""
        largest = self._size()
        while not self._pipe.poll(_POLL_S):
            largest = max(largest, self._size())
            if time.perf_counter() - began > limits.DEFAULT.seconds:
                return f"took longer than {limits.DEFAULT.seconds:.0f} s", largest
            if largest > limits.DEFAULT.memory_bytes:
                return f"took {largest / 1e6:.0f} MB", largest
        return "", largest

    def _size(self) -> int:
        try:
            return int(self._memory.memory_info().rss)
        except psutil.Error:
            return 0


def _take_files(pipe: Connection) -> None:
    """In the process."""
    pipe.send("ready")
    while True:
        path = pipe.recv()
        table = child.answer(path)
        if isinstance(table, str):
            one_sentence = table.endswith(".") and "\n" not in table
            pipe.send(("" if one_sentence else f"says {table!r}", False))
            continue
        try:
            json.dumps(importing_reading.account(table, TODAY))
            pipe.send(("", True))
        except Exception as error:
            pipe.send((f"{type(error).__name__}: {error}", True))
