"""Places for addresses: the address book of confirmed pins first, then the region's index, then the net if that is
on; what is still unsure is asked, with what it may be.

`NOWHERE` knows nothing: with it all is as without a region.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.orders import Address, Order
from dispatch_console.domain.plan import Swap
from dispatch_console.domain.region import Hit
from dispatch_console.geocoding import addresses

if TYPE_CHECKING:  # what a start of the window without a region needs not load
    from dispatch_console.geocoding.index import Index

#: The file of a pack that holds its addresses.
ADDRESSES = "addresses.sqlite"

#: Looks an address up on the net: hits, none of them certain unless the house is the one asked for. May take
#: seconds; UserError, one sentence, where the net is away.
Online = Callable[[Address], list[Hit]]


@dataclass(frozen=True, slots=True)
class Finder:
    """Where places are looked up. `index`: the file of the region in use, None without one. `country`: two letters
    for addresses that name none."""

    index: Path | None = None
    country: str = ""
    online: Online | None = None

    @property
    def knows(self) -> bool:
        """Whether asking can find anything."""
        return self.index is not None or self.online is not None


NOWHERE = Finder()


@dataclass(frozen=True, slots=True)
class Found:
    """What became of addresses, by `addresses.key`. `placed`: certain; `unsure`: what each may be, the best first,
    nothing where nothing fits. `note`: one sentence if the net was away."""

    placed: Mapping[str, Hit] = field(default_factory=dict[str, Hit])
    unsure: Mapping[str, tuple[Hit, ...]] = field(default_factory=dict[str, tuple[Hit, ...]])
    note: str = ""


class Alternatives(NamedTuple):
    """What one address may mean, the best first; `note`: one sentence if the net was away."""

    hits: tuple[Hit, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Lookup:
    """Lookups with an index that is open. For the thread that opened it."""

    index: Index | None
    online: Online | None

    def find(self, address: Address) -> list[Hit]:
        """Hits, the best first. UserError where the net was needed and is away."""
        hits = self.index.find(address) if self.index is not None else []
        if self.online is None or (hits and hits[0].certain):
            return hits
        found = self.online(address)
        return sorted((*hits, *found), key=lambda hit: (not hit.certain, -hit.confidence))


def of_pack(folder: Path, country: str = "", online: Online | None = None) -> Finder:
    """A finder for the region pack in `folder`. UserError if it is none, of another version, or was changed."""
    from dispatch_console.roads.pack import manifest

    held = manifest.read(folder)
    if ADDRESSES not in (held.files or {}):
        raise UserError(f"{folder} holds no addresses. Build it again from its .osm.pbf file.")
    manifest.check_hashes(folder, held, ADDRESSES)
    return Finder(folder / ADDRESSES, country or (held.countries[0] if len(held.countries) == 1 else ""), online)


@contextmanager
def opened(finder: Finder) -> Generator[Lookup]:
    """UserError if the index cannot be opened."""
    from dispatch_console.geocoding.index import Index

    index = Index(finder.index, finder.country) if finder.index is not None else None
    try:
        yield Lookup(index, finder.online)
    finally:
        if index is not None:
            index.close()


def find(finder: Finder, wanted: Iterable[Address]) -> Found:
    """Look up addresses that the address book does not know, each once. Takes milliseconds each, with the net a
    second: not for the window's thread. UserError if the index cannot be opened."""
    by_key = {key: address for address in wanted if (key := addresses.key(address))}
    if not finder.knows or not by_key:
        return Found()
    placed: dict[str, Hit] = {}
    unsure: dict[str, tuple[Hit, ...]] = {}
    note = ""
    with opened(finder) as lookup:
        for key, address in by_key.items():
            try:
                hits = lookup.find(address)
            except UserError as error:  # the net is away: not asked again for the rest
                note = error.message
                lookup = replace(lookup, online=None)
                hits = lookup.find(address)
            if hits and hits[0].certain:
                placed[key] = hits[0]
            else:
                unsure[key] = tuple(hits)
    return Found(placed, unsure, note)


def alternatives(finder: Finder, address: Address) -> Alternatives:
    """All that an address may mean, whether or not it is certain. As `find`, not for the window's thread."""
    if not finder.knows:
        return Alternatives(())
    with opened(finder) as lookup:
        try:
            return Alternatives(tuple(lookup.find(address)))
        except UserError as error:
            return Alternatives(tuple(replace(lookup, online=None).find(address)), error.message)


def with_place(order: Order, hit: Hit) -> Order:
    """The order at the place of a hit, which says how well it is known."""
    quality = None if hit.quality == "none" else hit.quality
    return replace(order, place=hit.place if quality else None, place_quality=quality)


def unplaced(day: Day, finder: Finder) -> Found:
    """Those of the day's addresses without a place that the address book does not know either. See `find`."""
    return find(finder, (day.stops[stop].order.address for stop in day.without_place))


def swaps(day: Day, placed: Mapping[str, Hit]) -> tuple[Swap[Order], ...]:
    """The changes that give the day's orders without a place those that were found."""
    made: list[Swap[Order]] = []
    for stop in day.without_place:
        for order in day.stops[stop].orders:
            hit = placed.get(addresses.key(order.address))
            if hit is not None and order.place is None:
                made.append(Swap(order, with_place(order, hit)))
    return tuple(made)
