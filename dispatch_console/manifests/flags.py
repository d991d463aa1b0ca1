"""Flags: what a driver must not overlook at a stop, as a word with a symbol; from the orders and the schedule."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal, NamedTuple

from dispatch_console.domain.orders import Order, Priority
from dispatch_console.domain.rules import minutes
from dispatch_console.domain.schedule import Visit
from dispatch_console.domain.stops import Stop

Kind = Literal[
    "late", "spare", "collect", "urgent", "adr", "cold", "age", "two", "heavy", "fragile", "again", "other"
]

#: Less time than this before the window closes is a late risk, in seconds.
SPARE_S = 20 * 60
#: Goods are heavy from this weight a piece, or altogether, in grams.
HEAVY_PIECE, HEAVY_STOP = 25_000, 75_000

#: Skills come as words from the customer's files, in his language.
_WORDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("adr", re.compile(r"\badr\b|hazmat|hazard|danger|gefahr(gut|stoff)|gevaarlijk|peligros|perigos|pericolos")),
    ("cold", re.compile(r"\b(cold|cool|chill|froz|fridge|reefer|froid|frais|koel|koud|fredd|frigo|kylm|jäähd)")),
    ("cold", re.compile(r"kühl|kuehl|réfrig|refrig|vries|\bfr[ií]o\b|pakast")),
    ("two", re.compile(r"^(2|two|zwei|deux|twee|dos|due|dois|kaksi)\W*(m[ae]n|people|pers|homm|hombr|uomini)")),
    ("age", re.compile(r"\bage\b|\balter\b|âge|\bedad|\bet[àa]\b|idade|leeftijd|\bikä|\bid\b|ausweis")),
    ("age", re.compile(r"\b(16|18|21)\b")),
    ("heavy", re.compile(r"\bheavy\b|\bschwer\b|\blourd|\bzwaar|\bpesad|\bpesant|\braska")),
    ("fragile", re.compile(r"fragil|frágil|zerbrech|breekbaar|särky")),
)
_DEGREES = re.compile(r"[-−+]?\d+(\s*[-–…]\s*[-−+]?\d+)?\s*°\s*C")
_YEARS = re.compile(r"\b(16|18|21)\b")
_UN = re.compile(r"\bUN\s?\d{4}\b")


class Flag(NamedTuple):
    """`kind` chooses the symbol; `inverse`: white on black."""

    kind: Kind
    text: str
    inverse: bool = False


def kind_of(skill: str) -> Kind:
    """What a skill in the customer's words means to a driver; `other` if we do not know the word."""
    word = skill.casefold()
    for kind, pattern in _WORDS:
        if pattern.search(word):
            return kind
    return "other"


def of_goods(stop: Stop) -> tuple[Flag, ...]:
    """Flags that the goods carry wherever they are: on the sheet, the loading list and the label."""
    found = {
        flag.kind: flag for flag in (_skill_flag(skill, stop) for skill in _skills(stop)) if flag.kind != "other"
    }
    if "adr" not in found and any(un_lines(order) for order in stop.orders):
        found["adr"] = Flag("adr", "ADR")
    if "heavy" not in found and _is_heavy(stop):
        found["heavy"] = Flag("heavy", "HEAVY")
    known = (found[kind] for kind in ("adr", "cold", "age", "two", "heavy", "fragile") if kind in found)
    others = (Flag("other", skill.upper()) for skill in _skills(stop) if kind_of(skill) == "other")
    return (*known, *others)


def of_visit(stop: Stop, visit: Visit) -> tuple[Flag, ...]:
    """Flags of the stop on its route: time, collection, priority, attempts; then those of the goods."""
    flags: list[Flag] = []
    spare = spare_s(stop, visit)
    if visit.late_s:
        flags.append(Flag("late", f"{minutes(visit.late_s)} MIN LATE", inverse=True))
    elif spare is not None and spare < SPARE_S:
        flags.append(Flag("spare", f"{spare // 60} MIN SPARE"))
    if stop.collection.pieces or stop.collection.grams or _only_collects(stop):
        flags.append(Flag("collect", "COLLECT", inverse=True))
    if stop.priority in (Priority.HIGH, Priority.CRITICAL):
        flags.append(Flag("urgent", "URGENT" if stop.priority is Priority.CRITICAL else "PRIORITY"))
    attempts = max(order.attempts for order in stop.orders)
    if attempts:
        flags.append(Flag("again", f"ATTEMPT {attempts + 1}"))
    return (*flags, *of_goods(stop))


def spare_s(stop: Stop, visit: Visit) -> int | None:
    """Seconds left before the window closes in which service begins; None without windows, negative if late."""
    if visit.late_s:
        return -visit.late_s
    return next((w.end - visit.begin for w in stop.windows if w.start <= visit.begin <= w.end), None)


def un_lines(order: Order) -> tuple[str, ...]:
    """Items that are dangerous goods by their UN number, as the transport document must name them."""
    return tuple(
        f"{item.description} · {item.quantity} {'package' if item.quantity == 1 else 'packages'}"
        for item in order.items
        if _UN.search(item.description)
    )


def is_dangerous(description: str) -> bool:
    return _UN.search(description) is not None


def _skills(stop: Stop) -> Iterable[str]:
    """The skills of all orders as written, each once."""
    return dict.fromkeys(skill.strip() for order in stop.orders for skill in order.skills if skill.strip())


def _skill_flag(skill: str, stop: Stop) -> Flag:
    kind = kind_of(skill)
    if kind == "cold":
        degrees = _DEGREES.search(" ".join((skill, *_descriptions(stop))))
        return Flag(kind, f"COLD {degrees[0]}" if degrees else "COLD")
    if kind == "age":
        years = _YEARS.search(skill)
        return Flag(kind, f"ID {years[0] if years else 18}+")
    texts: dict[Kind, str] = {"adr": "ADR", "two": "TWO PEOPLE", "heavy": "HEAVY", "fragile": "FRAGILE"}
    return Flag(kind, texts.get(kind, skill.upper()))


def _descriptions(stop: Stop) -> Iterable[str]:
    return (text for order in stop.orders for text in (*(item.description for item in order.items), order.notes))


def _is_heavy(stop: Stop) -> bool:
    size = stop.size
    return size.grams >= HEAVY_STOP or (size.pieces > 0 and size.grams >= HEAVY_PIECE * size.pieces)


def _only_collects(stop: Stop) -> bool:
    return all(order.kind == "collection" for order in stop.orders)
