"""What else streets and places are called, and houses whose street a relation names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

#: Tags with another name for the same thing, and the languages whose names lists here may use.
_OTHER_NAMES = frozenset({"alt_name", "official_name", "short_name", "old_name", "loc_name"})
_LANGUAGES = re.compile(r"name:(?:de|fr|it|es|pt|nl|en|ca|eu|gl|rm|fy)")
_MEMBERS = frozenset({"house", "address", "addr:houselink", ""})


def also(tags: Any) -> tuple[str, ...]:
    """The other names of a thing that has a name."""
    found = dict[str, None]()
    for tag in tags:
        if tag.k in _OTHER_NAMES or _LANGUAGES.fullmatch(tag.k):
            found.update(dict.fromkeys(part.strip() for part in tag.v.split(";")))
    return tuple(one for one in found if one and one != tags.get("name"))


class Said(NamedTuple):
    """What a relation says of its houses. `roads`: ways it is named after, where it has no name."""

    street: str
    postcode: str
    city: str
    roads: tuple[int, ...]


class StreetRelations:
    """Relations that hold a street and its houses, gathered while a file is read."""

    def __init__(self) -> None:
        self._of: dict[tuple[str, int], Said] = {}

    def take(self, relation: Any) -> None:
        tags = relation.tags
        if tags.get("type") not in ("associatedStreet", "street"):
            return
        roads = tuple(one.ref for one in relation.members if one.type == "w" and one.role == "street")
        street = tags.get("name") or tags.get("addr:street") or ""
        said = Said(street, tags.get("addr:postcode") or "", tags.get("addr:city") or "", roads)
        for one in relation.members:
            if one.role in _MEMBERS:
                self._of[one.type, one.ref] = said

    def said(self, thing: tuple[str, int], names: Mapping[int, str]) -> Said | None:
        """What is said of a node, way or relation; the street by the name of its road if need be."""
        said = self._of.get(thing)
        if said is None or said.street:
            return said
        return said._replace(street=next((names[road] for road in said.roads if names.get(road)), ""))
