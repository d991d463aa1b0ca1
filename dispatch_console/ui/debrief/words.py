"""Short words of a returned sheet."""

from __future__ import annotations

from dispatch_console.domain.day import Day
from dispatch_console.domain.facts import FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.reasons import WORDS, Reason
from dispatch_console.domain.sizes import symbol
from dispatch_console.services import actuals
from dispatch_console.services.debrief import typing
from dispatch_console.services.debrief.sheet import Row
from dispatch_console.services.debrief.typing import Entry
from dispatch_console.ui import texts
from dispatch_console.ui.models import words

_tr = texts.of("Debrief")

#: So much later than planned needs a look.
LATE_S = 15 * 60


def outcome(row: Row) -> str:
    """How it ended; what nobody told of is open."""
    match row.kind:
        case None:
            return _tr("open")
        case FactKind.DELIVERED:
            return _tr("Collected") if row.collects else _tr("Delivered")
        case kind:
            return kind_word(kind)


def kind_word(kind: FactKind) -> str:
    found = {
        FactKind.PARTIAL: _tr("Partial"),
        FactKind.FAILED: _tr("Failed"),
        FactKind.SKIPPED: _tr("Skipped"),
    }
    return found[kind]


def letter(key: str) -> str:
    """What a half-typed letter stands for: `F Failed`."""
    kind = typing.OUTCOMES.get(key)
    word = kind_word(kind) if kind is not None else {"T": _tr("Time"), "C": _tr("Cash")}[key]
    return f"{key} {word}"


def hint(row: Row, key: str) -> str:
    """What is still to type after a letter."""
    if key == "P":
        most = row.pieces - 1
        return _tr("pieces done, then / and why") if most > 1 else _tr("/ and why")
    return {"T": _tr("1042"), "C": _tr("what was paid")}.get(key, _tr("reason 1–9"))


def refusal(entry: Entry, key: str, row: Row | None) -> str:
    """Why a key changed nothing, in a sentence; empty: there is nothing to say."""
    shown = key.strip().upper()
    if key == "\b":
        return ""
    if row is None:
        if entry.number:
            text = _tr("{n} is neither a stop nor an order of this sheet. Esc, and type it again.")
            return text.format(n=entry.number)
        return _tr("Type the number of the stop first, or scan it.")
    if not entry.letter:
        if shown == "C":
            return _tr("{name} has no cash on delivery.").format(name=row.order.reference)
        return _tr("{key} is none of the keys above.").format(key=shown) if shown else ""
    wanted = hint(row, entry.letter)
    if not shown:
        return _tr("Not complete yet: {wanted}.").format(wanted=wanted)
    return _tr("{key} does not fit here: {wanted}.").format(key=shown, wanted=wanted)


def reason(row: Row) -> str:
    """Why: `absent`, `1 piece missing`, `1 of 4 refused`."""
    word = reason_word(row.reason) if row.reason is not None else ""
    if row.kind is not FactKind.PARTIAL:
        return word
    left = row.pieces - row.done
    if row.reason is Reason.MISSING_PIECE:
        return _tr("1 piece missing") if left == 1 else _tr("{n} pieces missing").format(n=left)
    what = word if row.reason not in (None, Reason.PARTIAL) else _tr("left")
    return _tr("{n} of {all} {what}").format(n=left, all=row.pieces, what=what)


def reason_word(found: Reason) -> str:
    return _tr(WORDS[found])


def told(row: Row) -> str:
    """`Failed: absent`."""
    why = reason(row)
    return f"{outcome(row)}: {why}" if why else outcome(row)


def difference(row: Row) -> str:
    """Minutes later than planned; `new` for what came after the plan was approved."""
    if row.planned is None:
        return _tr("new")
    minutes = round((row.arrive - row.planned) / 60)
    return "0" if minutes == 0 else words.signed_minutes(minutes * 60)


def state(day: Day, route: ShiftId) -> tuple[str, str]:
    """(word, kind) of a route in the list; kind `closed`, `waits`, `out` or `in`."""
    match day.facts.state(route):
        case FactKind.CLOSED:
            return _tr("closed"), "closed"
        case FactKind.BACK | FactKind.DEBRIEFED:
            return _tr("sheet waits"), "waits"
        case FactKind.OUT:
            end = actuals.end_of(day, day.schedules[route])
            text = _tr("out, back {at}") if end >= day.now else _tr("out, due {at}")
            return text.format(at=words.wall(end, day.date, day.depot.timezone)), "out"
        case _:
            return _tr("not out"), "in"


def money(value: int, currency: str) -> str:
    """`€ 1,360.40`, `CHF 5.00`."""
    return f"{symbol(currency)} {cents(value)}"


def tours(day: Day, route: ShiftId) -> str:
    """`tour 1 of 2` while another one comes, else `2 tours`; empty where there is one. As on the day summary."""
    found = actuals.tours(day, route)
    if found.all < 2:
        return ""
    if found.under_way:
        return _tr("tour {n} of {all}").format(n=found.now, all=found.all)
    return _tr("{n} tours").format(n=found.all)


def cents(value: int) -> str:
    """`1,360.40`, `−5.00`."""
    sign = "−" if value < 0 else ""
    return f"{sign}{abs(value) // 100:,}.{abs(value) % 100:02d}"
