"""The house in a street: the one asked for, else the place where it should stand."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from dispatch_console.domain.places import Place
from dispatch_console.domain.region import HitQuality
from dispatch_console.geocoding.folding import Number, number

#: Metres in a degree of latitude.
DEGREE_M = 111_195
#: Places closer than this are one.
SAME_M = 50.0
#: Doors of one number that are no farther apart are those of one block.
_BLOCK_M = 250.0
#: A house that is missing lies near a neighbour on its side whose number is this close.
_NEAR = 10
#: Between two neighbours no farther apart than this, in numbers, it is put where its number falls.
_BETWEEN = 24


class Door(NamedTuple):
    """One number of a street as it is kept: `number` in its one form. `outlined`: it stands on a building."""

    number: str
    place: Place
    outlined: bool = False
    postcode: str = ""


class Found(NamedTuple):
    """`number`: the one found, empty for the street. `others`: places of the same number in the same street."""

    place: Place
    quality: HitQuality
    number: str = ""
    others: tuple[Place, ...] = ()
    postcode: str = ""


def metres(a: Place, b: Place) -> float:
    """As the crow flies, flat: good for some kilometres."""
    across = math.cos(math.radians(a.lat)) * (a.lon - b.lon)
    return math.hypot(a.lat - b.lat, across) * DEGREE_M


def house_in(
    doors: Sequence[Door], middle: Place, asked: Number, postcode: str = "", inside: bool = False
) -> Found:
    """Where `asked` is among `doors`. `inside`: what follows a slash or dash is a door in the same house.

    Never `house` for a number that is not on the map.
    """
    if not asked.text or not doors:
        return Found(middle, "street")
    same = _same(doors, asked, inside)
    if same:
        return _one_of(same, doors, postcode)
    return _beside(doors, asked) or Found(middle, "street")


def _one_of(same: Sequence[Door], doors: Sequence[Door], postcode: str) -> Found:
    """The house of a number. Two buildings of one number close together are one property: the middle of both, as
    near as one can be to either; the buildings are the next to choose from."""
    same = [door for door in same if postcode and door.postcode == postcode] or list(same)
    a, b = max(((a.place, b.place) for a in same for b in same), key=lambda pair: metres(*pair))
    if SAME_M < metres(a, b) <= 2 * SAME_M:
        between = Place((a.lat + b.lat) / 2, (a.lon + b.lon) / 2)
        if all(metres(door.place, between) <= SAME_M for door in same):
            return Found(between, "house", same[0].number, tuple(door.place for door in same), same[0].postcode)
    best = _chosen(same, doors)
    if 2 * SAME_M < metres(a, b) <= _BLOCK_M and len(same) > 2:
        best = max(same, key=lambda door: sum(metres(door.place, other.place) <= SAME_M for other in same))
    others = tuple(door.place for door in same if metres(door.place, best.place) > SAME_M)
    return Found(best.place, "house", best.number, others, best.postcode)


def _same(doors: Sequence[Door], asked: Number, inside: bool) -> list[Door]:
    """Doors with this number: written alike, else in a range of the map that holds it, else the range's ends."""
    for text in _spellings(asked, inside):
        exact = [door for door in doors if door.number == text]
        if exact:
            return exact
    if asked.letter:
        return []
    holding = [door for door in doors if _holds(number(door.number), asked.value)]
    if not asked.last:
        return holding if asked.text == str(asked.value) else []
    ends = {str(asked.value), str(asked.last)}
    return [door for door in doors if door.number in ends] if ends <= {door.number for door in doors} else []


def _spellings(asked: Number, inside: bool) -> list[str]:
    """`15b` is written `15bis` too, `12-14` as `12/14`; a door inside is the house's own."""
    texts = [asked.text]
    swaps = {"b": "bis", "t": "ter", "q": "quater", "bis": "b", "ter": "t", "quater": "q"}
    if asked.letter in swaps:
        texts.append(asked.text.replace(asked.letter, swaps[asked.letter]))
    texts += [asked.text.replace("-", "/"), asked.text.replace("/", "-"), asked.text.replace("-", "")]
    if inside and not asked.last:
        texts.append(f"{asked.value}{asked.letter}")
    return list(dict.fromkeys(texts))


def _holds(of_map: Number, value: int) -> bool:
    """Whether a range of the map has this number: 12-16 has 14 (one side of the street), 12-15 has 13 too."""
    if not of_map.last or of_map.letter or not of_map.value <= value <= of_map.last:
        return False
    one_side = (of_map.last - of_map.value) % 2 == 0
    return not one_side or (value - of_map.value) % 2 == 0


def _chosen(same: Sequence[Door], doors: Sequence[Door]) -> Door:
    """Of doors with one number the one nearest to its neighbours in number; a building before a point."""
    if len(same) == 1:
        return same[0]
    value = number(same[0].number).value
    beside = [door.place for door in doors if 0 < abs(number(door.number).value - value) <= 4]

    def distance(door: Door) -> float:
        near = sorted(metres(door.place, place) for place in beside)[:3]
        return (sum(near) / len(near) if near else 0.0) - (30.0 if door.outlined else 0.0)

    return min(same, key=distance)


def _beside(doors: Sequence[Door], asked: Number) -> Found | None:
    """Between its two neighbours on its side of the street, else at the nearest number; None if none is near."""
    values = [(number(door.number).value, door) for door in doors]
    ours = [(abs(v - asked.value), v, door) for v, door in values if (v - asked.value) % 2 == 0]
    below = max((one for one in ours if one[1] <= asked.value), key=lambda one: one[1], default=None)
    above = min((one for one in ours if one[1] > asked.value), key=lambda one: one[1], default=None)
    if below and above and above[1] - below[1] <= _BETWEEN and metres(below[2].place, above[2].place) < 600:
        share = (asked.value - below[1]) / (above[1] - below[1])
        (a, b), (c, d) = below[2].place, above[2].place
        nearer = min(below, above, key=lambda one: one[0])[2]
        return Found(Place(a + (c - a) * share, b + (d - b) * share), "near_house", nearer.number)
    near = min(
        ours or [(abs(v - asked.value), v, door) for v, door in values], key=lambda one: one[0], default=None
    )
    if near is None or near[0] > _NEAR:
        return None
    return Found(near[2].place, "near_house", near[2].number)
