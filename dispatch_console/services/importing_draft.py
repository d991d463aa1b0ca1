"""An import in hand: one file as it is read and understood now, and what each step by hand makes of it.

Every function returns the next draft with its picture and changes nothing else. All read files, parse, or ask the
store: not for the window's thread. What asks the store does so on the store's own thread.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from dispatch_console.domain import saying
from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import UserError
from dispatch_console.intake import export
from dispatch_console.intake import mapping as mappings
from dispatch_console.intake.fields import Field
from dispatch_console.intake.guess import guess as guess_mapping
from dispatch_console.services import importing, importing_accounts, importing_facts
from dispatch_console.services.finding_places import NOWHERE, Finder
from dispatch_console.services.importing import (
    FIND,
    Columns,
    FormatChoice,
    Guess,
    ImportRecord,
    OrderReader,
    Prepared,
    Preview,
    Reject,
    Store,
    Table,
)
from dispatch_console.services.importing_picture import Mark, Picture

__all__ = ["Draft", "FleetFile", "Repairs", "Store", "Study"]


class FleetFile(UserError):
    """The file is a list of drivers and vehicles, not of orders."""


class Study(NamedTuple):
    """What a draft is judged against."""

    store: Store
    day: Day
    finder: Finder = NOWHERE

    def ask[T](self, question: Callable[[], T]) -> T:
        """The answer of the store, from its own thread."""
        return self.store.submit(question).result()

    @property
    def home(self) -> str:
        return self.day.depot.country


@dataclass(frozen=True, slots=True)
class Repairs:
    """What was mended by hand: (row number, column from 0) → text; and rows that are not wanted."""

    cells: Mapping[tuple[int, int], str] = field(default_factory=dict[tuple[int, int], str])
    left_out: frozenset[int] = frozenset()

    def with_cells(self, row: int, cells: Mapping[int, str]) -> Repairs:
        return replace(self, cells={**self.cells, **{(row, column): text for column, text in cells.items()}})

    def without_rows(self, rows: frozenset[int]) -> Repairs:
        return replace(self, left_out=self.left_out | rows)

    def __len__(self) -> int:
        return len(self.cells) + len(self.left_out)


@dataclass(frozen=True, slots=True)
class Draft:
    path: Path
    choice: FormatChoice
    guess: Guess
    reader: OrderReader
    repairs: Repairs
    preview: Preview
    picture: Picture
    last: dt.datetime | None = None

    @property
    def table(self) -> Table:
        return self.preview.table

    @property
    def mapping(self) -> Columns:
        return self.preview.mapping


def open_file(study: Study, path: Path, choice: FormatChoice = FIND) -> Draft:
    """Read a file and guess what it means. UserError if it is no table, FleetFile if it lists vehicles."""
    table = importing.read(path, choice)
    today = study.day.date
    guess = study.ask(lambda: importing.guess(study.store, table, today, study.home))
    return _first(study, path, choice, table, guess)


def guessed_again(study: Study, draft: Draft) -> Draft:
    """As if no file like this had ever been imported."""
    fresh = Guess(guess_mapping(draft.table, study.day.date, study.home))
    return _judged(study, replace(draft, guess=fresh), fresh.mapping, draft.repairs)


def with_fact(study: Study, draft: Draft, key: str, value: str) -> Draft:
    """A fact set by hand. What concerns reading reads the file again; repairs stay if the columns are the same."""
    choice = importing_facts.chosen_format(draft.choice, key, value)
    if choice is None:
        return _judged(study, draft, importing_facts.chosen_mapping(draft.mapping, key, value), draft.repairs)
    after = open_file(study, draft.path, choice)
    if after.table.headers == draft.table.headers:
        return _judged(study, after, draft.mapping, draft.repairs)
    return after


def with_field(study: Study, draft: Draft, column: int, field: str) -> Draft:
    """A column taken for another field; "": not used."""
    return _judged(study, draft, draft.mapping.with_field(column, Field(field) if field else None), draft.repairs)


def with_repairs(study: Study, draft: Draft, repairs: Repairs) -> Draft:
    """The same reading with other repairs: only the rows they touch are read again."""
    return _shown(study, draft, draft.mapping, draft.reader, repairs)


def prepared(study: Study, draft: Draft) -> Prepared:
    """Ready for `importing.commit`. UserError if there is nothing to take."""
    seen, found = importing.with_places(draft.preview, study.finder)  # the store waits for no net
    return study.ask(lambda: importing.prepare_found(study.store, study.day, seen, found))


def export_rejects(draft: Draft, path: Path) -> int:
    """Write the bad rows to mend and import again: their cells, why, and where they stood. Returns how many."""
    return export.export_rejected(draft.table, draft.preview.result, path)


def export_kept(rejects: Sequence[Reject], record: ImportRecord, path: Path) -> int:
    """The same for an import of before, whose bad rows the store has kept."""
    headers = [str(header) for header in record.mapping.get("headers", ())]
    rows = [[*_padded(r.cells, len(headers)), _why(r), f"{record.file}, row {r.row}"] for r in rejects]
    export.write(path, headers, rows)
    return len(rows)


def _padded(cells: Sequence[str], width: int) -> list[str]:
    return [*cells[:width], *[""] * (width - len(cells))]


def _why(reject: Reject) -> str:
    return ": ".join(part for part in (reject.column, reject.text, reject.reason) if part)


def _first(study: Study, path: Path, choice: FormatChoice, table: Table, guess: Guess) -> Draft:
    if guess.mapping.target == "fleet":
        raise FleetFile(f"{path.name} is a list of drivers and vehicles. Import it on the fleet page.")
    last = study.ask(lambda: _last_import(study, table))
    reader = _reader(study, table, guess.mapping)
    preview = study.ask(lambda: importing.judge(study.store, study.day, table, guess.mapping, reader.result()))
    draft = Draft(path, choice, guess, reader, Repairs(), preview, Picture(), last)
    return replace(draft, picture=_picture(study, draft))


def _last_import(study: Study, table: Table) -> dt.datetime | None:
    mine = mappings.fingerprint(table.headers)
    records = study.store.list_imports(study.day.depot.id)
    return next((r.at for r in records if r.fingerprint == mine and not r.undone), None)


def _judged(study: Study, draft: Draft, mapping: Columns, repairs: Repairs) -> Draft:
    return _shown(study, draft, mapping, _reader(study, draft.table, mapping), repairs)


def _reader(study: Study, table: Table, mapping: Columns) -> OrderReader:
    known = study.ask(lambda: importing.drivers(study.store, study.day.depot.id))
    return OrderReader(table, mapping, study.day.date, known)


def _shown(study: Study, draft: Draft, mapping: Columns, reader: OrderReader, repairs: Repairs) -> Draft:
    result = reader.result(repairs.cells, repairs.left_out)
    preview = study.ask(lambda: importing.judge(study.store, study.day, draft.table, mapping, result))
    after = replace(draft, reader=reader, repairs=repairs, preview=preview)
    return replace(after, picture=_picture(study, after))


def _picture(study: Study, draft: Draft) -> Picture:
    seen, mapping, date = draft.preview, draft.mapping, study.day.date
    found = importing_accounts.problems(seen.table, mapping, seen.result)
    lines = importing_accounts.lines(seen, draft.repairs.cells)
    last = draft.last.astimezone() if draft.last else None
    return Picture(
        columns=importing_facts.columns(seen.table, mapping, draft.guess.new),
        lines=lines,
        facts=importing_facts.facts(seen.table, mapping, study.home),
        fields=importing_facts.fields(mapping),
        problems=found,
        doubts=importing_accounts.doubts(seen.comparison, mapping),
        counts=importing_accounts.counts(seen.result, seen.comparison, found),
        notes=importing_accounts.notes(seen, date, last),
        entries=importing_accounts.entries(seen, found, date),
        sentence=importing_accounts.sentence(seen, len(lines), found),
        banner=_banner(draft, last),
        joined=_joined(mapping),
    )


def _banner(draft: Draft, last: dt.datetime | None) -> str:
    """Empty for a file whose like was not seen before."""
    guess = draft.guess
    if not guess.remembered:
        return ""
    since = f" from {saying.date(last.date())}" if last else ""
    new = [draft.table.headers[at] for at in guess.new]
    fresh = f", one is new: {new[0]}" if len(new) == 1 else f", {len(new)} are new: {', '.join(new)}" if new else ""
    gone = f", gone: {', '.join(guess.missing)}" if guess.missing else ""
    return f"Columns remembered{since}{fresh}{gone}"


def _joined(mapping: Columns) -> tuple[int, int] | None:
    street, number = mapping.column(Field.STREET), mapping.column(Field.HOUSE_NUMBER)
    return (street, number) if street is not None and number is not None else None


def rejected(draft: Draft) -> int:
    return draft.picture.counts.get(Mark.REJECTED, 0)
