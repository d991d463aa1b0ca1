"""Where every row of a file went: marks, counts, and the sentences that add up to all of it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence

from dispatch_console.domain import saying
from dispatch_console.domain.orders import Order, Window
from dispatch_console.intake.mapping import Mapping as Columns
from dispatch_console.intake.orders import ImportResult, edited
from dispatch_console.intake.problems import RowError
from dispatch_console.intake.table import Table, text_of
from dispatch_console.services.importing import Edits, Preview
from dispatch_console.services.importing_facts import long_word
from dispatch_console.services.importing_matching import Comparison, Match
from dispatch_console.services.importing_picture import Entry, Line, Mark, Problem, Way

#: Reasons of the reader for rows that are no orders → (one, many) for the sentence.
_LEFT_OUT = {
    "above the header": ("line above the header", "lines above the header"),
    "part of the header": ("line of the header", "lines of the header"),
    "hidden": ("hidden row", "hidden rows"),
    "empty": ("empty row", "empty rows"),
    "totals": ("totals line", "totals lines"),
    "a line": ("ruled line", "ruled lines"),
    "end of the list": ("closing line", "closing lines"),
    "a remark": ("remark", "remarks"),
    "the header again": ("repeated header", "repeated headers"),
    "left out": ("row by hand", "rows by hand"),
}
#: Parts of an order, as a change of them is named.
_PARTS = {
    "reference": "order no.", "kind": "kind", "name": "name", "company": "company", "phone": "phone",
    "email": "e-mail", "address": "address", "place": "place", "windows": "window", "service_s": "stop time",
    "priority": "priority", "skills": "skills", "cod": "cash", "notes": "note", "items": "items",
    "release_s": "ready at", "late_per_min": "price of lateness", "parking_s": "parking", "zone": "zone",
    "goods": "goods class", "not_drivers": "excluded driver", "known_by": "usual driver",
}  # fmt: skip
_SIZES = {"grams": "weight", "litres": "volume", "pieces": "pieces"}


def lines(seen: Preview, edits: Edits) -> tuple[Line, ...]:
    """Every row of the file but its header, as it is after the repairs."""
    marks, notes = _marks(seen.result, seen.comparison)
    by_row: dict[int, dict[int, str]] = {}
    for (number, column), text in edits.items():
        by_row.setdefault(number, {})[column] = text
    header = frozenset(seen.table.header_rows) | {seen.table.format.header_row}
    made: list[Line] = []
    for row in seen.table.rows:
        if row.number in header:
            continue
        cells = edited(row, by_row[row.number]).cells if row.number in by_row else row.cells
        texts = tuple(cell if isinstance(cell, str) else text_of(cell) for cell in cells)
        made.append(Line(row.number, texts, marks.get(row.number, Mark.LEFT_OUT), notes.get(row.number, "")))
    return tuple(made)


def _marks(result: ImportResult, compared: Comparison) -> tuple[dict[int, Mark], dict[int, str]]:
    marks: dict[int, Mark] = {}
    notes: dict[int, str] = {}
    for match in compared.matches:
        mark = mark_of(match)
        for row in match.read.rows:
            marks[row] = mark
        if mark is Mark.CHANGED:
            notes[match.read.row] = "changed: " + ", ".join(changes(match))
        for notice in match.read.notices:
            notes.setdefault(notice.row, f"“{notice.text}” {notice.sentence}")
    for double in result.duplicates:
        for row in double.rows:
            marks[row], notes[row] = Mark.DUPLICATE, _double_note(double.kind, double.of_row)
    for ignored in result.ignored:
        notes[ignored.row] = f"left out: {ignored.reason}" if ignored.reason != "left out" else "left out by hand"
    for row in result.rejected_rows:
        marks[row] = Mark.REJECTED
    return marks, notes


def mark_of(match: Match) -> Mark:
    if match.before is None:
        return Mark.NEW
    return Mark.SAME if match.before == match.after else Mark.CHANGED


def _double_note(kind: str, of_row: int) -> str:
    if kind == "identical":
        return f"the same as row {of_row}, taken once"
    return f"the number of row {of_row} with other contents: not taken"


# --- problems ---


def problems(table: Table, mapping: Columns, result: ImportResult) -> tuple[Problem, ...]:
    """The first problem of each bad order, in the order of the file."""
    seen: set[int] = set()
    found: list[Problem] = []
    for error in result.rejected:
        rows = error.rows or (error.row,)
        if seen.isdisjoint(rows):
            seen.update(rows)
            found.append(_problem(error, mapping))
    return tuple(sorted(found, key=lambda problem: problem.row))


def doubts(compared: Comparison, mapping: Columns) -> tuple[Problem, ...]:
    """Cells of taken orders that they were taken without, each with why, in the order of the file."""
    notices = sorted(notice for match in compared.matches for notice in match.read.notices)
    return tuple(
        Problem(one.row, one.column, long_word(use.field) if use else "", one.text, one.sentence, taken=True)
        for one in notices
        for use in (mapping.uses[one.column],)
    )


def _problem(error: RowError, mapping: Columns) -> Problem:
    use = mapping.uses[error.column] if error.column is not None else None
    ways = tuple(Way(suggestion.label, suggestion.edits) for suggestion in error.suggestions)
    name = long_word(use.field) if use else ""
    return Problem(error.row, error.column, name, error.text, error.message, ways, error.rows)


# --- counts and sentences ---


def counts(result: ImportResult, compared: Comparison, found: Sequence[Problem]) -> dict[Mark, int]:
    marks = Counter(mark_of(match) for match in compared.matches)
    return {
        Mark.NEW: marks[Mark.NEW],
        Mark.CHANGED: marks[Mark.CHANGED],
        Mark.SAME: marks[Mark.SAME],
        Mark.DUPLICATE: len(result.duplicates),
        Mark.REJECTED: len(found),
    }


def notes(seen: Preview, day: dt.date, last: dt.datetime | None) -> dict[Mark, str]:
    """A line below each count. `last` (local time) is when a file like this was imported before."""
    compared, result = seen.comparison, seen.result
    kinds = Counter(double.kind for double in result.duplicates)
    doubled = "identical rows, taken once"
    if kinds["conflict"]:
        same = f"{kinds['identical']} identical, " if kinds["identical"] else ""
        doubled = f"{same}{kinds['conflict']} with the same number but other contents"
    return {
        Mark.NEW: _new_note(compared.new, day),
        Mark.CHANGED: _changed_note(compared.changed, day, last),
        Mark.SAME: "nothing to do",
        Mark.DUPLICATE: doubled,
        Mark.REJECTED: "kept in the repair list, never lost",
    }


def _new_note(new: Iterable[Match], day: dt.date) -> str:
    dates = Counter(match.date for match in new)
    here, others = dates.pop(day, 0), sorted(dates.items())
    if not others:
        return f"come into {saying.date(day)}"
    first = f"{here} into {saying.date(day)}, " if here else ""
    if len(others) == 1:
        return f"{first}{others[0][1]} into {saying.date(others[0][0])}"
    return f"{first}{sum(n for _, n in others)} into {len(others)} other days, from {saying.date(others[0][0])}"


def _changed_note(changed: Sequence[Match], day: dt.date, last: dt.datetime | None) -> str:
    parts = Counter(part for match in changed for part in changes(match))
    said = ", ".join(f"{part} {n}" for part, n in parts.most_common(3)) or "none"
    if last is None or not parts:
        return said
    since = f"{last:%H:%M}" if last.date() == day else saying.date(last.date())
    return f"since {since}: {said}"


def changes(match: Match) -> list[str]:
    """The parts in which an order of the file differs from the one that is there."""
    before, after = match.before, match.after
    if before is None:
        return []
    found = [word for name, word in _PARTS.items() if getattr(before, name) != getattr(after, name)]
    sizes = [word for name, word in _SIZES.items() if getattr(before.size, name) != getattr(after.size, name)]
    if "address" in found and "place" in found:
        found.remove("place")
    return found + sizes


def sentence(seen: Preview, shown: int, found: Sequence[Problem]) -> str:
    """`264 rows = 248 orders + 15 further item rows + 1 totals line left out. 0 orders … are gone.`"""
    result = seen.result
    groups = [read.rows for read in result.orders] + [double.rows for double in result.duplicates]
    groups += [problem.rows or (problem.row,) for problem in found]
    further = sum(len(rows) - 1 for rows in groups)
    left = Counter(ignored.reason for ignored in result.ignored if ignored.reason != "part of the header")
    parts = [_count(len(groups), "order", "orders")]
    parts += [_count(further, "further item row", "further item rows")] if further else []
    parts += [_count(n, *_LEFT_OUT.get(reason, (reason, reason))) for reason, n in sorted(left.items())]
    out = " left out" if left else ""
    gone = len(seen.comparison.gone)
    was = "1 order of the last import is gone." if gone == 1 else f"{gone} orders of the last import are gone."
    return f"{_count(shown, 'row', 'rows')} = {' + '.join(parts)}{out}. {was}"


def _count(n: int, one: str, many: str) -> str:
    return f"{n} {one if n == 1 else many}"


# --- the rows behind each count ---


def entries(seen: Preview, found: Sequence[Problem], day: dt.date) -> dict[Mark, tuple[Entry, ...]]:
    made: dict[Mark, list[Entry]] = {mark: [] for mark in Mark}
    for match in seen.comparison.matches:
        made[mark_of(match)].append(_match_entry(match, day))
    for double in seen.result.duplicates:
        note = _double_note(double.kind, double.of_row)
        made[Mark.DUPLICATE].append(Entry(double.row, "Order no.: ", double.reference or "none", note))
    for problem in found:
        about = f"{problem.field}: " if problem.field else ""
        value = " ".join(problem.text.split()) or ("empty" if problem.column is not None else "")
        more = problem.message.removeprefix("has ")
        made[Mark.REJECTED].append(
            Entry(problem.row, about or ("Row: " if value else "Whole row"), value, more, problem)
        )
    for order in seen.comparison.gone:
        made[Mark.GONE].append(
            Entry(0, f"{order.reference} ", order.recipient, "in the last file, not in this one")
        )
    return {mark: tuple(rows) for mark, rows in made.items()}


def _match_entry(match: Match, day: dt.date) -> Entry:
    after = match.after
    more = after.address.one_line
    if match.date != day:
        more = f"{saying.date(match.date)} · {more}"
    if match.before is not None and match.before != after:
        more = "; ".join(_told(part, match.before, after) for part in changes(match))
    return Entry(match.read.row, f"{after.reference} " if after.reference else "", after.recipient, more)


def _told(part: str, before: Order, after: Order) -> str:
    """`window 08–12 → 09–13`; of longer things only that they changed."""
    match part:
        case "window":
            return f"window {_windows(before.windows)} → {_windows(after.windows)}"
        case "weight":
            return f"{before.size.kg:g} → {after.size.kg:g} kg"
        case "volume":
            return f"{before.size.m3:g} → {after.size.m3:g} m³"
        case "pieces":
            return f"pieces {before.size.pieces} → {after.size.pieces}"
        case "cash":
            return f"cash {before.cod or 'none'} → {after.cod or 'none'}"
        case "address":
            return f"address: was {before.address.one_line}"
        case _:
            return part


def _windows(windows: tuple[Window, ...]) -> str:
    return ", ".join(f"{_hm(w.start)}–{_hm(w.end)}" for w in windows) or "any time"


def _hm(seconds: int) -> str:
    text = f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}"
    return text.removesuffix(":00")
