"""The legend's rows for an entry: the letters, then what can follow."""

from __future__ import annotations

from dispatch_console.domain import reasons
from dispatch_console.domain.day import Day
from dispatch_console.domain.facts import ALL_ORDERS
from dispatch_console.services import phone
from dispatch_console.services.lookup import OrderHit
from dispatch_console.services.phone import Detail, Entry, FactKind, Letter
from dispatch_console.ui import texts
from dispatch_console.ui.phone.flow import Field
from dispatch_console.ui.phone.legend import Entry as Key

_tr = texts.of("Phone")


def rows(day: Day, entry: Entry, field: Field, *, narrow: bool, settled: bool) -> list[list[Key]]:
    """Two rows; in a narrow window the one of the field in focus. `settled`: there is a sentence below."""
    one = phone.letter(day, entry.hit, entry.letter) if entry.letter else None
    letters = _letters(day, entry)
    if one is None:
        first = [letters] if entry.hit is not None else [letters, _route_letters(day)]
        return first[:1] if narrow else first
    below = _below(day, entry, one)
    if not narrow:
        return [letters, below]
    if settled:
        return [[key for key in (*letters, *below) if key.on]]
    return [letters if field in (Field.WHAT, "letter") else below]


def _letters(day: Day, entry: Entry) -> list[Key]:
    return [
        Key(one.key, _tr(one.word), one.key == entry.letter, one.key if entry.hit is not None else "")
        for one in phone.letters(day, entry.hit)
    ]


def _route_letters(day: Day) -> list[Key]:
    first = next(iter(day.shifts.values()), None)
    initials = first.driver.initials if first is not None else "AB"
    words = _tr("or a route: initials ({initials}), #slot or a scanned sheet, then").format(initials=initials)
    return [Key("", words), *(Key(one.key, _tr(one.word)) for one in phone.ROUTE_LETTERS)]


def _below(day: Day, entry: Entry, one: Letter) -> list[Key]:
    match one.detail:
        case Detail.REASON:
            found = _reasons(one, entry.detail)
        case Detail.PIECES:
            found = [Key("2", _tr("two pieces done")), Key("/4", _tr("with a reason"), "/" in entry.detail)]
            if _lines(day, entry) > 1:
                found.insert(1, Key("2,0,1", _tr("by item line"), "," in entry.detail))
        case Detail.MINUTES:
            found = [Key("20", _tr("minutes later than on his sheet"))]
        case Detail.NONE:
            found = [Key("1042", _tr("when, if not now")), Key("-5", _tr("five minutes ago"))]
    return [*found, *_scope(day, entry)]


def _reasons(one: Letter, typed: str) -> list[Key]:
    found = [
        Key(key, _tr(reasons.WORDS[reason]), key == typed, key)
        for key, reason in phone.keys(one.kind, typed).items()
    ]
    if one.kind is not FactKind.REOPENED and not typed.startswith("0"):
        found.append(Key("0", _tr("more…"), typed="0"))
    return found


def _scope(day: Day, entry: Entry) -> list[Key]:
    """Of a stop with several orders: all of it, or only the one."""
    hit = entry.hit
    if not isinstance(hit, OrderHit) or hit.stop not in day.stops or len(day.stops[hit.stop].orders) < 2:
        return []
    whole = phone.order_of(day, entry) == ALL_ORDERS
    return [Key("*", _tr("only this order") if whole else _tr("all orders of the stop"), typed="*")]


def _lines(day: Day, entry: Entry) -> int:
    hit = entry.hit
    if not isinstance(hit, OrderHit) or hit.stop not in day.stops:
        return 0
    return sum(len(order.items) for order in day.stops[hit.stop].orders)
