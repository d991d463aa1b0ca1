"""How keys become an entry: what is typed into which field, and where the next key goes. No Qt."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import NamedTuple

from dispatch_console.domain.day import Day
from dispatch_console.services import lookup, phone
from dispatch_console.services.phone import Detail, Entry
from dispatch_console.ui import texts

_tr = texts.of("Phone")


class Field(StrEnum):
    """The four of them, from left to right."""

    WHAT = "what"
    LETTER = "letter"
    DETAIL = "detail"
    TIME = "time"


FIELDS = tuple(Field)
_MOST_TIME = 5


class Step(NamedTuple):
    """The entry after a key, the field that has the focus then, and a sentence if the key could not be taken."""

    entry: Entry
    field: Field
    note: str = ""


def typed(day: Day, entry: Entry, field: Field, text: str) -> Step:
    """`text` is what the field holds after the key."""
    if field == Field.WHAT:
        return _what(day, entry, text)
    if text[-1:].isalpha() and not (field == Field.TIME and text[-1] == "h"):
        return press(day, entry, field, text[-1])
    if field == Field.DETAIL:
        return _detail(day, entry, text)
    if field == Field.TIME:
        return _time(entry, text)
    return _after_letter(day, entry, text)


def choose(day: Day, entry: Entry, hit: lookup.Hit) -> Step:
    """One of several was chosen: the entry is about it from now on, under its full name."""
    name = entry.what
    if isinstance(hit, lookup.OrderHit) and hit.order in day.orders:
        name = day.orders[hit.order].reference
    elif isinstance(hit, lookup.RouteHit) and hit.route in day.shifts:
        name = day.shifts[hit.route].driver.initials
    letter = entry.letter if phone.letter(day, hit, entry.letter or "-") else ""
    return Step(replace(entry, what=name, hit=hit, letter=letter), Field.LETTER)


def press(day: Day, entry: Entry, field: Field, key: str) -> Step:
    """A status letter, wherever it was typed: it replaces the one before."""
    if entry.hit is None:
        return Step(entry, Field.WHAT, missing(day, entry))
    one = phone.letter(day, entry.hit, key)
    if one is None:
        keys = " ".join(letter.key for letter in phone.letters(day, entry.hit))
        return Step(entry, field, _tr("{key} is none of {keys}.").format(key=key.upper(), keys=keys))
    detail = entry.detail if one.key == entry.letter else ""
    return Step(
        replace(entry, letter=one.key, detail=detail), Field.DETAIL if one.detail is not Detail.NONE else Field.TIME
    )


def next_field(day: Day, entry: Entry, field: Field, by: int) -> Field:
    """The field beside one; the detail is left out where nothing is asked for."""
    one = phone.letter(day, entry.hit, entry.letter) if entry.letter else None
    fields = [f for f in FIELDS if f != Field.DETAIL or one is None or one.detail is not Detail.NONE]
    at = fields.index(field) if field in fields else fields.index(Field.LETTER)
    return fields[max(0, min(len(fields) - 1, at + by))]


def _what(day: Day, entry: Entry, text: str) -> Step:
    grew = len(text) > 1 and text[:-1] == entry.what
    if grew and text[-1].isalpha() and not lookup.could_go_on(day, text):
        return press(day, entry, Field.WHAT, text[-1])
    hits = lookup.find(day, text)
    hit = hits[0] if len(hits) == 1 else None
    letter = entry.letter if hit is not None and entry.letter and phone.letter(day, hit, entry.letter) else ""
    detail = entry.detail if letter else ""
    return Step(replace(entry, what=text.strip(), hit=hit, letter=letter, detail=detail, whole=True), Field.WHAT)


def missing(day: Day, entry: Entry) -> str:
    """Why it is not clear whom the entry is about."""
    if not entry.what:
        return _tr("Type the number of the order first, or its last digits.")
    if lookup.find(day, entry.what):
        return _tr("Which one? Choose with ↓ and Enter, or type one digit more.")
    if lookup.is_scanned(entry.what) and lookup.code(entry.what) is None:
        return _tr("{what} is no barcode of ours. Scan it again, or type the number.").format(what=entry.what)
    return _tr("{what} is not on this day. Look at the number; Ctrl+K searches all days.").format(what=entry.what)


def _after_letter(day: Day, entry: Entry, text: str) -> Step:
    """Digits behind the letter belong to the next field; deleting it takes it away."""
    if not text:
        return Step(replace(entry, letter="", detail=""), Field.LETTER)
    if not entry.letter:
        return Step(entry, Field.LETTER, _tr("First a letter: what happened?"))
    one = phone.letter(day, entry.hit, entry.letter)
    rest = text[len(entry.letter) :] if text.startswith(entry.letter) else ""
    if one is None or not rest:
        return Step(entry, Field.LETTER)
    return typed(day, entry, Field.DETAIL if one.detail is not Detail.NONE else Field.TIME, rest)


def _detail(day: Day, entry: Entry, text: str) -> Step:
    one = phone.letter(day, entry.hit, entry.letter) if entry.letter else None
    if one is None or one.detail is Detail.NONE:
        return _time(entry, text)
    if text.startswith(entry.detail) and len(text) > len(entry.detail) and phone.is_full(one, entry.detail):
        return _time(entry, text[len(entry.detail) :])
    good = {
        Detail.REASON: text in ("", "0") or phone.is_full(one, text),
        Detail.MINUTES: text in ("",) or (text.isdecimal() and len(text) <= 3),
        Detail.PIECES: all(c in "0123456789,/" for c in text) and len(text) <= 20,
    }[one.detail]
    if not good:
        return Step(entry, Field.DETAIL, _tr("{key} is none of the keys above.").format(key=text[-1:]))
    if one.kind is phone.FactKind.REOPENED and text == "0":
        return Step(entry, Field.DETAIL, _tr("1 if the customer came back, 2 if the entry was wrong."))
    return Step(replace(entry, detail=text), Field.DETAIL)


def _time(entry: Entry, text: str) -> Step:
    text = text.strip()
    if len(text) > _MOST_TIME or any(c not in "0123456789:.h-−" for c in text):
        return Step(entry, Field.TIME, _tr("A time is 1042 or 10:42; -5 is five minutes ago."))
    return Step(replace(entry, time=text), Field.TIME)
