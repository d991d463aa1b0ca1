"""An extract as all its readers expect it: nodes, ways, relations, each by its number, once, none negative."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import osmium
import osmium.io
from osmium.osm.mutable import Node, Relation, Way

from dispatch_console.domain.errors import UserError
from dispatch_console.roads.pack import source

NAME, _RENUMBERED = "ordered.osm.pbf", "renumbered.osm.pbf"
_KINDS = "nwr"
#: What the header of a file with this order says; editors, joined and complete histories do not.
_SORTED = "Type_then_ID"


def ordered(pbf: Path, folder: Path) -> Path:
    """`pbf`, if it is in order; else a copy in `folder` that is, of the newest state of all that is not deleted.

    Raises UserError for a damaged file, and for one whose ways have no nodes.
    """
    try:
        header = osmium.io.Reader(osmium.io.File(str(pbf), "pbf")).header()
        if header.get("sorting") == _SORTED and not header.has_multiple_object_versions:
            return pbf
        seen = _look(pbf)
        if seen.bare:
            raise UserError(
                f"{pbf} has ways without the points they go through. Make it with its nodes, or download another."
            )
        if not seen.disordered and not header.has_multiple_object_versions:
            return pbf
        return _put_in_order(pbf, folder, seen)
    except (RuntimeError, OSError) as error:
        raise source.damaged(pbf) from error


class _Seen:
    """What a look through a file shows. `most`: the highest number of each kind. `bare`: not one node lies on a way
    only, though there are ways."""

    def __init__(self) -> None:
        self.disordered = self.negative = False
        self.most = dict.fromkeys(_KINDS, 0)
        self.bare = False


def _look(pbf: Path) -> _Seen:
    seen, last, plain, ways = _Seen(), (-1, -1), False, False
    for thing in osmium.FileProcessor(str(pbf)):
        kind, id = thing.type_str(), thing.id
        at = (_KINDS.index(kind), id)
        seen.disordered = seen.disordered or at <= last
        seen.negative = seen.negative or id < 0
        seen.most[kind] = max(seen.most[kind], id)
        plain = plain or (kind == "n" and not thing.tags)
        ways = ways or kind == "w"
        last = at
    seen.disordered = seen.disordered or seen.negative
    seen.bare = ways and not plain
    return seen


def _put_in_order(pbf: Path, folder: Path, seen: _Seen) -> Path:
    if seen.negative:
        _renumber(pbf, folder / _RENUMBERED, seen.most)
        pbf = folder / _RENUMBERED
    reader = osmium.MergeInputReader()
    reader.add_file(str(pbf))
    with osmium.SimpleWriter(str(folder / NAME), overwrite=True) as writer:
        reader.apply(_Living(writer), simplify=True)
    (folder / _RENUMBERED).unlink(missing_ok=True)
    return folder / NAME


class _Living(osmium.SimpleHandler):
    """Writes what was not deleted."""

    def __init__(self, writer: Any) -> None:
        super().__init__()
        self._writer = writer

    def node(self, thing: Any) -> None:
        if thing.visible:
            self._writer.add_node(thing)

    def way(self, thing: Any) -> None:
        if thing.visible:
            self._writer.add_way(thing)

    def relation(self, thing: Any) -> None:
        if thing.visible:
            self._writer.add_relation(thing)


def _renumber(pbf: Path, out: Path, most: dict[str, int]) -> None:
    """What an editor has not yet given a number (it is negative) gets one behind all others of its kind."""
    given: dict[tuple[str, int], int] = {}

    def number(kind: str, id: int) -> int:
        if id >= 0:
            return id
        if (kind, id) not in given:
            most[kind] += 1
            given[kind, id] = most[kind]
        return given[kind, id]

    things: Any = osmium.FileProcessor(str(pbf))
    with osmium.SimpleWriter(str(out), overwrite=True) as writer:
        for thing in things:
            id = number(thing.type_str(), thing.id)
            if thing.is_node():
                writer.add_node(Node(base=thing, id=id))
            elif thing.is_way():
                writer.add_way(Way(base=thing, nodes=[number("n", node.ref) for node in thing.nodes], id=id))
            else:
                members = [(m.type, number(m.type, m.ref), m.role) for m in thing.members]
                writer.add_relation(Relation(base=thing, members=members, id=id))
