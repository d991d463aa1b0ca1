"""Customers as persons: whose orders are whose, and where else somebody is named."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch_console.domain.orders import Address, OrderId, OrderKind
from dispatch_console.domain.places import ERASED
from dispatch_console.store.finding import words_of
from dispatch_console.store.order_rows import fold
from dispatch_console.store.schema import DayRow, OrderRow, PersonalRow

_CHUNK = 5_000
_LEAST, _MOST_WORDS = 4, 8
_WORD = re.compile(r"\w+")


class Person(NamedTuple):
    """A customer: all orders of one name that a phone, an e-mail or an address tie to the ones that were found.

    `words`: what was looked for, folded. `first`, `last`: the days of the oldest and the newest order; None: no
    order was found, but rows of files hold all words.
    """

    name: str
    company: str
    words: tuple[str, ...]
    orders: tuple[OrderId, ...]
    phones: tuple[str, ...]
    emails: tuple[str, ...]
    addresses: tuple[Address, ...]
    first: dt.date | None = None
    last: dt.date | None = None

    @property
    def who(self) -> tuple[str, str]:
        """What he is called, folded: the same in every copy of a store."""
        return fold(self.name), fold(self.company)

    def is_named(self, text: str) -> bool:
        """Whether a text names this person, by name, phone or e-mail."""
        folded = fold(text)
        digits = _digits(text)
        names = [fold(name) for name in (self.name or self.company, *self.emails) if name]
        named = any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", folded) for name in names)
        return named or any(_digits(p) in digits for p in self.phones if _digits(p))


class _One(NamedTuple):
    id: OrderId
    name: str
    company: str
    phone: str
    email: str
    address: Address
    reference: str
    kind: str
    date: dt.date

    def is_just(self, text: str) -> bool:
        names = {self.name, self.company, self.email, self.reference}
        phone = _digits(self.phone)
        return fold(text.strip()) in map(fold, names) or (bool(phone) and _digits(text) == phone)

    @property
    def who(self) -> tuple[str, str]:
        return fold(self.name), fold(self.company)

    @property
    def ties(self) -> set[str]:
        told = {_digits(self.phone), fold(self.email), fold(self.address.one_line)}
        return told - {""}


def names(db: Session) -> frozenset[str]:
    """Everything by which the store knows customers, as folded words with single blanks: whole, and of the names of
    persons each word too. What is shorter than `_LEAST` letters would be found everywhere, a long note nowhere.
    """
    columns = PersonalRow.name, PersonalRow.company, PersonalRow.phone, PersonalRow.email, PersonalRow.street
    query = select(*columns, PersonalRow.notes, PersonalRow.cells).execution_options(yield_per=_CHUNK)
    found: set[str] = set()
    for name, *others, cells in db.execute(query):
        for text in (name, *others, *map(str, cells or ())):
            found.add(" ".join(_WORD.findall(text.casefold())))
        found |= {*_WORD.findall(name.casefold())}
    return frozenset(one for one in found if len(one) >= _LEAST and one.count(" ") < _MOST_WORDS)


def people(db: Session, text: str) -> list[Person]:
    """Those who have all words of a text, each once, by name. Who is called just so, or has just this phone, e-mail
    or order, comes alone: `Keller 2` is no part of `Keller 21`.
    """
    words = tuple(words_of(text.replace(",", " ")))
    if not words:
        return []
    holding = _holding(db, words)
    exact = [one for one in holding if one.is_just(text)]
    found: dict[tuple[str, str], list[_One]] = {}
    for one in exact or holding:
        found.setdefault(one.who, []).append(one)
    if not found:
        stranger = Person("", "", words, (), (), (), ())
        return [stranger] if rows_of(db, stranger) else []
    return sorted((_person(db, words, ones) for ones in found.values()), key=lambda one: one.who)


def rows_of(db: Session, person: Person) -> list[int]:
    """The rejected rows of files that name a person."""
    query = select(PersonalRow.reject_id, PersonalRow.cells).where(PersonalRow.reject_id.is_not(None))
    found: list[int] = []
    for id, cells in db.execute(query.execution_options(yield_per=_CHUNK)):
        text = " ".join(map(str, cells or ()))
        folded = fold(text)
        if person.is_named(text) or (not person.orders and all(word in folded for word in person.words)):
            found.append(id)
    return found


def _person(db: Session, words: tuple[str, ...], ones: list[_One]) -> Person:
    """`ones`: the orders that were found; those of the same name that share something with them are his too."""
    name = fold(ones[0].name or ones[0].company)
    ties = {tie for one in ones for tie in one.ties}
    known = {one.id: one for one in ones}
    for other in _holding(db, name.split()) if name else ():
        if other.who == ones[0].who and not ties.isdisjoint(other.ties):
            known[other.id] = other
    known |= {one.id: one for one in _met_there(db, known.values())}
    his = sorted(known.values())
    return Person(
        ones[0].name,
        ones[0].company,
        words,
        tuple(one.id for one in his),
        _each(one.phone for one in his),
        _each(one.email for one in his),
        tuple(dict.fromkeys(one.address for one in his if one.address.one_line)),
        min(one.date for one in his),
        max(one.date for one in his),
    )


def _met_there(db: Session, his: Iterable[_One]) -> list[_One]:
    """Where two vans met at his address: such a stop has the address of the customer it was beside."""
    addresses = {one.address for one in his if one.address.street}
    held = (one for address in addresses for one in _holding(db, fold(address.one_line.replace(",", "")).split()))
    return [one for one in held if one.kind == OrderKind.HANDOVER and one.address in addresses]


def _holding(db: Session, words: Iterable[str]) -> list[_One]:
    """The orders whose text to be found by holds all words, and whose customer is still known."""
    query = (
        select(PersonalRow, OrderRow.reference, OrderRow.kind, DayRow.date)
        .join(OrderRow, OrderRow.id == PersonalRow.order_id)
        .join(DayRow, DayRow.id == OrderRow.day_id)
        .where(PersonalRow.quality.is_distinct_from(ERASED))
    )
    for word in words:
        query = query.where(PersonalRow.search.contains(word, autoescape=True))
    return [_one(*row) for row in db.execute(query)]


def _one(row: PersonalRow, reference: str, kind: str, date: dt.date) -> _One:
    address = Address(row.street, row.house_number, row.postcode, row.city, row.country)
    told = row.name, row.company, row.phone, row.email
    return _One(OrderId(row.order_id or 0), *told, address, reference, kind, date)


def _each(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())
