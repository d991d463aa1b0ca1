"""Columns whose header says nothing, or that have none: what their cells alone tell."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dispatch_console.intake.fields import Field
from dispatch_console.intake.grammar import HeaderReading
from dispatch_console.intake.notations.text import words
from dispatch_console.intake.profile import Profile
from dispatch_console.intake.settle import Candidate

_SILENT = 45  # a header that promises less than this says nothing


def fill(
    found: dict[int, Candidate], readings: list[HeaderReading], profiles: list[Profile], *, has_header: bool
) -> None:
    """Adds to `found`. With a header only what cells tell beyond doubt; without one, everything they suggest."""
    free = [
        i
        for i, profile in enumerate(profiles)
        if i not in found and readings[i].best < _SILENT and not profile.is_empty
    ]
    taken = {candidate.field for candidate in found.values()}
    for field, confidence, test in _tests(has_header=has_header):
        if field in taken or (field in _ALIKE and taken & _ALIKE[field]):
            continue
        best = max(free, key=lambda i: (test(profiles, i), -i), default=None)
        if best is not None and test(profiles, best) > 0:
            strength = min(1.0, test(profiles, best))
            found[best] = Candidate(confidence * (0.6 + 0.4 * strength), best, field)
            taken.add(field)
            free.remove(best)


_ALIKE: dict[str, set[str]] = {
    Field.LAT_LON: {Field.LAT, Field.LON},
    Field.LAT: {Field.LAT_LON},
    Field.LON: {Field.LAT_LON},
    Field.TOWN: {Field.POSTCODE, Field.CITY},
    Field.POSTCODE: {Field.TOWN},
    Field.CITY: {Field.TOWN},
    Field.WINDOW: {Field.WINDOW_FROM, Field.WINDOW_TO},
    Field.WINDOW_FROM: {Field.WINDOW},
    Field.WINDOW_TO: {Field.WINDOW},
    Field.NAME: {Field.FIRST_NAME, Field.LAST_NAME},
}

_Test = Callable[[list[Profile], int], float]


def _tests(*, has_header: bool) -> Iterator[tuple[Field, int, _Test]]:
    """Field, confidence, and how strongly a column is it (0: not at all), the surest first."""
    yield Field.EMAIL, 90, lambda p, i: _over(p[i].emails, 0.6)
    yield Field.LAT_LON, 80, lambda p, i: _over(p[i].pairs, 0.8) * _over(1 - p[i].streets, 0.6)
    yield Field.LAT, 72, lambda p, i: _coordinate(p, i, second=False)
    yield Field.LON, 72, lambda p, i: _coordinate(p, i, second=True)
    yield Field.DAY, 74, lambda p, i: _over(p[i].dates, 0.6)
    yield Field.WINDOW, 76, lambda p, i: _over(p[i].windows, 0.6) * _over(p[i].share("range", _has_range), 0.25)
    yield Field.TOWN, 76, lambda p, i: _over(p[i].towns, 0.7) * _over(1 - p[i].streets, 0.7)
    yield Field.STREET, 74, lambda p, i: _over(p[i].streets, 0.6)
    yield Field.PHONE, 72, lambda p, i: _phone(p[i])
    yield Field.POSTCODE, 66, _postcode
    yield Field.COUNTRY, 70, lambda p, i: _over(p[i].countries, 0.8) * (p[i].distinct < max(3, p[i].filled / 4))
    yield Field.KIND, 66, lambda p, i: _over(p[i].kinds, 0.8) * (p[i].wordy > 0.8) * (p[i].distinct <= 8)
    if has_header:
        return
    yield Field.WINDOW_FROM, 66, lambda p, i: _clock_pair(p, i, 1)
    yield Field.WINDOW_TO, 66, lambda p, i: _clock_pair(p, i, -1)
    yield Field.STREET, 60, _street_before_house
    yield Field.HOUSE_NUMBER, 60, _house_after_street
    yield Field.CITY, 60, _city
    yield Field.KIND, 60, lambda p, i: _over(p[i].kinds, 0.8) * (p[i].distinct <= 3)
    yield Field.PRIORITY, 60, lambda p, i: _over(p[i].priorities, 0.8) * (p[i].wordy > 0.8) * (p[i].distinct <= 6)
    yield Field.REFERENCE, 62, _reference
    yield Field.COMPANY, 56, lambda p, i: _over(p[i].firms, 0.4)
    yield Field.NAME, 60, lambda p, i: _over(p[i].persons, 0.5)
    yield Field.COD, 56, lambda p, i: _over(p[i].moneys, 0.8) * _over(p[i].share("coin", _has_currency), 0.6)
    yield Field.WEIGHT, 50, _weight
    yield Field.PIECES, 48, lambda p, i: _over(p[i].whole_numbers, 0.8) * (p[i].share("small", _is_small) > 0.9)
    yield Field.NOTES, 50, lambda p, i: _over(p[i].wordy, 0.6) * (p[i].distinct > 1)


def _over(share: float, enough: float) -> float:
    return share if share >= enough else 0.0


def _has_range(text: str) -> bool:
    return any(mark in text for mark in ("-", "–", ":")) and sum(c.isdecimal() for c in text) > 1


def _has_currency(text: str) -> bool:
    return any(c.isalpha() or c in "€$£" for c in text)


def _is_small(text: str) -> bool:
    return text.isdecimal() and len(text) < 4


def _coordinate(profiles: list[Profile], i: int, *, second: bool) -> float:
    """Two columns of fractions side by side: latitude first, as nearly everybody writes it."""
    j = i - 1 if second else i + 1
    if not 0 <= j < len(profiles):
        return 0.0
    mine, other = profiles[i], profiles[j]
    fractions = min(mine.fractions, other.fractions)
    fits = (mine.longitudes, other.latitudes) if second else (mine.latitudes, other.longitudes)
    return _over(fractions, 0.7) * _over(min(fits), 0.7)


def _clock_pair(profiles: list[Profile], i: int, step: int) -> float:
    j = i + step
    both = profiles[i].clocks * profiles[j].clocks if 0 <= j < len(profiles) else 0.0
    return _over(both, 0.6) * (1 - profiles[i].dates)


def _phone(cells: Profile) -> float:
    figures = cells.share("figures", lambda t: 7 <= sum(c.isdecimal() for c in t) <= 15)
    return _over(min(cells.phones, figures), 0.6) * (cells.fractions < 0.3) * (cells.dates < 0.3)


def _postcode(profiles: list[Profile], i: int) -> float:
    """Codes with words beside them, of nearly one length; not every row another one."""
    near = [profiles[j] for j in (i + 1, i - 1) if 0 <= j < len(profiles)]
    words_near = any(p.plain_words > 0.7 for p in near)
    lengths = {len(t.replace(" ", "")) for t in profiles[i].texts}
    repeats = profiles[i].distinct < max(4, profiles[i].filled * 0.8)
    return _over(profiles[i].postcodes, 0.8) * (words_near and repeats and len(lengths) <= 3 and min(lengths) > 2)


def _city(profiles: list[Profile], i: int) -> float:
    beside_code = any(0 <= j < len(profiles) and profiles[j].postcodes > 0.8 for j in (i - 1, i + 1))
    repeats = profiles[i].distinct < max(3, profiles[i].filled * 0.7)
    return _over(profiles[i].plain_words, 0.8) * (beside_code and repeats)


def _street_before_house(profiles: list[Profile], i: int) -> float:
    after = i + 1 < len(profiles) and profiles[i + 1].houses > 0.8
    return _over(profiles[i].plain_words, 0.7) * after * (0.5 + profiles[i].share("streety", _names_a_street) / 2)


def _names_a_street(text: str) -> bool:
    return any(word.endswith(_STREET_ENDS) or word in _STREET_WORDS for word in words(text))


_STREET_ENDS = (
    "strasse",
    "str",
    "weg",
    "gasse",
    "platz",
    "allee",
    "ring",
    "straat",
    "laan",
    "plein",
    "katu",
    "tie",
    "polku",
)
_STREET_WORDS = frozenset(
    "rue avenue boulevard chemin place impasse quai route calle avenida plaza paseo via viale piazza corso strada"
    " vicolo rua travessa largo praca praceta street road lane drive close way court kuja aukio ranta".split()
)


def _house_after_street(profiles: list[Profile], i: int) -> float:
    return _over(profiles[i].houses, 0.8) * (i > 0 and profiles[i - 1].plain_words > 0.7)


def _reference(profiles: list[Profile], i: int) -> float:
    unique = profiles[i].distinct / max(1, profiles[i].filled)
    lengths = {len(text) for text in profiles[i].texts}
    first = 1.0 if i < 2 else 0.9
    return (
        _over(profiles[i].coded, 0.9) * _over(unique, 0.3) * first * (len(lengths) <= 3 and profiles[i].fill > 0.8)
    )


def _weight(profiles: list[Profile], i: int) -> float:
    decimals = profiles[i].share("decimals", lambda t: any(m in t for m in ",.") or "kg" in t.lower())
    return _over(profiles[i].numbers, 0.8) * _over(decimals, 0.4)
