"""A file of addresses looked up in a region: what `main.py geocode` prints."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

from dispatch_console.domain.errors import UserError
from dispatch_console.domain.orders import Address
from dispatch_console.intake import encoding
from dispatch_console.services import finding_places

#: The columns of the file, as `Address` has them. Any may be missing.
COLUMNS = Address._fields

#: No list of addresses is longer; one that is holds something else.
_MOST_BYTES = 200_000_000
#: Nor is any part of an address: a quotation mark that nothing closes swallows the rest of a file. (The limit of
#: the csv module belongs to the whole process; reading orders sets it for itself.)
_LONGEST_CELL = 10_000


def geocode(region: Path, file: Path, country: str = "") -> list[dict[str, Any]]:
    """One entry for each row of `file`, in order; `row` counts lines of a plain file: 2 is the first below the
    header. `country`: what an empty country cell means. UserError, one sentence, for whatever cannot be read."""
    finder = finding_places.of_pack(region, country)
    rows = read(file)
    with finding_places.opened(finder) as lookup:
        return [_entry(lookup, row, address) for row, address in rows]


def read(file: Path) -> list[tuple[int, Address]]:
    """The addresses of a CSV file with the number of their row. UserError if it is none."""
    text = _text(file)
    head = text.partition("\n")[0]
    delimiter = max(",;\t|", key=head.count)
    read = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        rows = [(number, row) for number, row in enumerate(read, 1) if row]
    except csv.Error as error:
        raise UserError(f"{file} is not a CSV file ({error}). Save the addresses as CSV and try again.") from error
    long = next((number for number, row in rows if any(len(cell) > _LONGEST_CELL for cell in row)), None)
    if long is not None:
        raise UserError(f"{file} is not a CSV file (see row {long}). Save the addresses as CSV and try again.")
    names = [name.strip().lower().replace(" ", "_") for name in rows[0][1]] if rows else []
    where = {column: names.index(column) for column in COLUMNS if column in names}
    if not where:
        raise UserError(f"{file} has none of the columns {', '.join(COLUMNS)}. Name them in its first line.")
    return [(number, Address(*(_cell(row, where.get(column)) for column in COLUMNS))) for number, row in rows[1:]]


def _cell(row: list[str], at: int | None) -> str:
    return row[at].strip() if at is not None and at < len(row) else ""


def _text(file: Path) -> str:
    try:
        if file.stat().st_size > _MOST_BYTES:
            raise UserError(f"{file} is too large for a list of addresses. Split it into several files.")
        data = file.read_bytes()
    except FileNotFoundError:
        raise UserError(f"There is no file {file}. Check the name and the folder.") from None
    except OSError as error:
        raise UserError(f"{file} cannot be read ({error.strerror}). Choose a CSV file.") from error
    if b"\0" in data[:4096] and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise UserError(f"{file} is not a CSV file. Save the addresses as CSV and try again.")
    if not data.strip():
        raise UserError(f"{file} is empty. Choose a file with addresses.")
    return encoding.decode(data, encoding.find(data)).lstrip("\ufeff")


def _entry(lookup: finding_places.Lookup, row: int, address: Address) -> dict[str, Any]:
    hit = next(iter(lookup.find(address)), None)
    if hit is None or hit.quality == "none":
        return {"row": row, "lat": None, "lon": None, "quality": "none", "certain": False, "matched": ""}
    return {
        "row": row,
        "lat": round(hit.place.lat, 6),
        "lon": round(hit.place.lon, 6),
        "quality": hit.quality,
        "certain": hit.certain,
        "matched": hit.matched,
    }
