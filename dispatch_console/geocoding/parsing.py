"""Addresses taken apart: whatever stands in whichever column, as the readings worth looking up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from dispatch_console.domain.orders import Address
from dispatch_console.geocoding import countries
from dispatch_console.geocoding.folding import NUMBER, Number, fold, name, number, of_match, postcode

#: More are not looked up: each costs a search.
MOST_READINGS = 5


class Parsed(NamedTuple):
    """One reading of an address. `postcode` without blanks; `country` as `countries.code` says it."""

    street: str
    number: Number
    postcode: str
    city: str
    country: str


class Town(NamedTuple):
    postcode: str = ""
    city: str = ""
    country: str = ""


_BOX = re.compile(
    r"\b(postfach|pobox|p ?o ?box|postbus|boite postale|bp \d|apartado|casella postale|case postale)\b"
)
_UNIT_FIRST = re.compile(
    r"^(?:flat|apt|apartment|unit|suite|room|floor|appt)[\s.]+[\w-]{1,6}\s*[,\s]\s*(?=\d)", re.IGNORECASE
)
_UNIT_LAST = re.compile(
    r"[\s,]+(?:(?:flat|apt|apartment|unit|suite|ste|appt)[\s.]+|#\s*)[\w-]{1,6}$", re.IGNORECASE
)
_CARE = re.compile(r"^\s*(?:c/o|z\.?\s?hd\.?|attn?\.?:?|t\.a\.v\.)\s", re.IGNORECASE)
_PREFIX = re.compile(
    r"^(FL|[A-Z]{1,2})\s?[-–]\s?(?=\d{3})|^(FL|LI|CH|AT|DE|NL|BE|FR|PT|ES|IT)\s(?=\d{4})", re.IGNORECASE
)
_ALONE = re.compile(r"(?:n[.\sº°]{0,3}|nr\.?|no\.?)?\s*\d+\s*[a-z]?(?:\s*[-/]\s*\w+)?", re.IGNORECASE)
_NUMBERED = re.compile(r"^(?:n|nr|no|hausnr|hausnummer|haus|num)\b[.\s]*", re.IGNORECASE)
_WORD_BEFORE = re.compile(r"\b(?:nr|no|n)[.\s]*[º°]?\s*$", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]{2}")
_STATE = re.compile(r"^[A-Z]{2}$")


def readings(address: Address, default_country: str = "") -> list[Parsed]:
    """What the address may say, the likeliest first; empty only if it says nothing. `default_country`: two letters
    for postcodes and the side of the number where the address names none; it is not put into the readings.
    """
    line, town = _apart(address, default_country)
    if town.city and _is_number_alone(line, address.house_number):
        line = f"{town.city} {line}".strip()  # a village without streets
    first = countries.rules(town.country or default_country).number_first
    found: dict[tuple[str, str], Parsed] = {}
    for street, house in _lines(line, address.house_number, first):
        key = (name(street).raw, house.text)
        if any(key):
            found.setdefault(key, Parsed(street.strip(" ,-"), house, *town))
    if not found and (town.postcode or town.city):
        return [Parsed("", Number(), *town)]
    return list(found.values())[:MOST_READINGS]


def _is_number_alone(line: str, house: str) -> bool:
    said = _NUMBERED.sub("", f"{line} {house}".strip())
    return NUMBER.fullmatch(fold(said).strip()) is not None


def _apart(address: Address, default: str) -> tuple[str, Town]:
    """The line of the street, and the town: from its own columns, else from the end of the street's."""
    country = countries.code(address.country)
    given = town_of(f"{address.postcode} {address.city}".strip(), country or default)
    alone = town_of(address.postcode, country or default)
    if alone.postcode and not alone.city:  # the columns are as they should be: a number in the city is its own
        inner = town_of(address.city, country or default)
        given = Town(alone.postcode, inner.city if inner.postcode else _city(address.city), alone.country)
    elif address.postcode.strip() and not given.postcode:
        given = given._replace(postcode=postcode(address.postcode), city=_city(address.city))
    line = address.street.replace("\n", ",").replace(";", ",").replace("|", ",").strip(" ,")
    if not (given.city and given.postcode):
        line, inside = _town_behind(line, address, country or default)
        given = Town(given.postcode or inside.postcode, given.city or inside.city, given.country or inside.country)
    return _without_town(line, given), given._replace(country=country or given.country)


def town_of(text: str, country: str = "") -> Town:
    """`FL-9490 Vaduz`, `Vaduz 9490`, `1017 AB Amsterdam`, `London SW1A 1AA`, `Springfield, IL 62701`."""
    said = ""
    text = text.strip(" ,")
    prefix = _PREFIX.match(text)
    if prefix:
        letters = (prefix[1] or prefix[2]).upper()
        said = countries.PREFIXES.get(letters, letters if letters in countries.RULES else "")
        text = text[prefix.end() :]
    head, comma, tail = text.rpartition(",")
    if comma and tail.strip() and not any(c.isdigit() for c in tail):
        named = countries.code(tail)
        if named not in ("", countries.STRANGE) and not (len(tail.strip()) == 2 and country == "US"):
            text, said = head, said or named
    for pattern in (countries.rules(said or country).postcode, countries.UNKNOWN.postcode):
        found = _at_an_end(pattern, text)
        if found is not None:
            rest = f"{text[: found.start()]} {text[found.end() :]}"
            return Town(postcode(found.group()), _city(rest), said)
    return Town("", _city(text), said)


def _at_an_end(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    upper = text.upper()
    if len(upper) != len(text):  # a letter that has no capital of its own
        return None
    return re.match(rf"(?:{pattern.pattern})(?![\w-])", upper) or re.search(
        rf"(?<![\w-])(?:{pattern.pattern})$", upper
    )


def _city(text: str) -> str:
    """Without brackets, states and numbers of districts: `Vaduz (FL)`, `Wien 10.`, `Paris 15e`."""
    parts = [part.strip() for part in re.sub(r"\(.*?\)", " ", text).split(",")]
    kept = [part for part in parts if part and not _STATE.match(part)] or [part for part in parts if part]
    city = kept[0] if kept else ""
    return re.sub(r"\s+\d{1,2}(?:\.|e|er|eme|ème)?$|^\d{1,2}\.?\s+", "", city).strip(" -/")


def _town_behind(line: str, address: Address, country: str) -> tuple[str, Town]:
    """The street and the town of `Dorfstrasse 12, 9490 Vaduz` with or without its comma."""
    parts = [part.strip() for part in line.split(",") if part.strip()]
    while len(parts) > 1 and re.fullmatch(r"\D{2,}", parts[-1]) and countries.code(parts[-1]) not in (
        "", countries.STRANGE,
    ):  # fmt: skip
        named = countries.code(parts.pop())
        street, town = _town_behind(", ".join(parts), address, country or named)
        return street, town._replace(country=town.country or named)
    for at in range(len(parts) - 1, 0, -1):
        town = town_of(parts[at], country)
        own = bool(town.city) and not _STATE.match(town.city)  # else the postcode stands alone, or beside a state
        if town.postcode and (own or at > 1):
            return ", ".join(parts[: at if own else at - 1]), town if own else town._replace(city=parts[at - 1])
        if town.postcode and re.search(r"\d", parts[0] + address.house_number):
            return parts[0], town
    digits = any(c.isdigit() for c in "".join(parts[:-1]) + address.house_number)
    if len(parts) > 1 and digits and not re.search(r"\d", parts[-1]) and not address.city:
        return ", ".join(parts[:-1]), Town("", parts[-1])
    one = parts[0] if len(parts) == 1 else ""
    for pattern in (countries.rules(country).postcode, countries.UNKNOWN.postcode):
        prefix = r"(?:(?:FL|[A-Z]{1,2})\s?-\s?)?"
        found = re.search(
            rf"(?<=\S)\s+(?P<town>{prefix}(?:{pattern.pattern})\s+(?P<city>[^\d,]{{2,}}))$", one.upper()
        )
        if found and len(one.upper()) == len(one) and not address.city:
            return one[: found.start()], town_of(one[found.start("town") :], country)
    return line, Town()


def _without_town(line: str, town: Town) -> str:
    """The line without parts that only say the town once more."""
    parts = [part.strip() for part in line.split(",")]
    city = name(town.city).raw
    said = {city, name(town.postcode + town.city).raw, name(town.postcode).raw} - {""}
    kept = [part for at, part in enumerate(parts) if at == 0 or name(part).raw not in said]
    return ", ".join(part for part in kept if part)


def _lines(line: str, house: str, first: bool) -> Iterator[tuple[str, Number]]:
    """Pairs of a street and a number, the likeliest first."""
    parts = _parts(line)
    given = number(house) if re.search(r"\d", house) else Number()
    if _LETTERS.search(house) and NUMBER.fullmatch(fold(line).strip()):  # the columns are swapped
        yield house, number(line)
    elif given.text:
        yield from _with_number(parts, given)
    else:
        letter = house.strip() if re.fullmatch(r"[A-Za-z]", house.strip()) else ""
        yield from _without_number(parts, ", ".join(parts) + letter, first)


def _parts(line: str) -> list[str]:
    """What stands between commas, without flats, boxes and who takes it in."""
    parts = re.split(r"\s*,\s*", _UNIT_LAST.sub("", _UNIT_FIRST.sub("", line)))
    parts = [part for part in parts if part and not _BOX.search(fold(part))]
    return [part for part in parts if not _CARE.match(part)] or parts


def _without_number(parts: list[str], whole: str, first: bool) -> Iterator[tuple[str, Number]]:
    """The number is somewhere in the line, or there is none."""
    texts = [part for part in parts if re.search(r"\d", part) and _LETTERS.search(part)]
    if len(parts) == 1:
        texts = [whole]
    elif len(parts) > 1 and (_ALONE.fullmatch(parts[1]) or _ALONE.fullmatch(parts[0])):  # Calle Mayor, 5
        texts.insert(0, f"{parts[0]} {parts[1]}")
    for one in dict.fromkeys((*texts, whole)):
        yield from _split(one, first)
    for one in dict.fromkeys((*parts, whole)):
        if _LETTERS.search(one):
            yield one, Number()


def _with_number(parts: list[str], given: Number) -> Iterator[tuple[str, Number]]:
    """The number has its own column; the street may say it once more, or hold more than the street."""
    whole = " ".join(parts)
    for text in dict.fromkeys((*parts[:1], whole, *parts[1:])):
        ended = [street for street, found in _split(text, False) if found.text == given.text]
        yield from ((street, given) for street in ended if name(street).raw)
        yield text, given


def _split(text: str, first: bool) -> Iterator[tuple[str, Number]]:
    """Street and number of one text: behind the name, before it, in its middle."""
    folded = _fold_same(text)
    found = [match for match in _numbers_in(folded) if match.group().strip()]
    behind = [m for m in found if m.start() > 0 and m.end() >= len(folded.rstrip(" .,-"))]
    before = [m for m in found if m.start() == 0 and m.end() < len(folded)]
    order = (*before[:1], *behind[:1]) if first else (*behind[:1], *before[:1])
    middle = [m for m in found if m not in order and len(name(text[: m.start()]).raw) >= 3]
    for match in (*order, *middle[:1]):
        street = text[: match.start()] if match.start() else text[match.end() :]
        yield _WORD_BEFORE.sub("", street), of_match(match)
        if not match.start() and match["letter"] and folded[match.end("value")] == " ":  # 12 N Main St
            yield text[match.end("value") :], number(match["value"])


def _numbers_in(folded: str) -> Iterator[re.Match[str]]:
    end = 0
    for start in re.finditer(r"(?<![\w/])\d", folded):
        match = NUMBER.match(folded, start.start()) if start.start() >= end else None
        if match is not None and not re.match(r"\w", folded[match.end() : match.end() + 1]):
            end = match.end()
            yield match


def _fold_same(text: str) -> str:
    """Folded letter by letter: positions in it are positions in the text."""
    return "".join((fold(c) or " ")[0] for c in text)
