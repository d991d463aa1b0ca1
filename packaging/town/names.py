"""Names of streets: each once in a town, many in several towns, as everywhere."""

from __future__ import annotations

import random
from typing import Final

#: In every town there is a Station Road.
COMMON: Final = (
    "Harbour Road", "Foundry Street", "Ropewalk", "Orchard Way", "Station Road", "Castle Hill",
    "Weir Path", "Arle Quay", "Kiln Street", "Mill Lane", "Park View", "Chapel Street", "Linden Avenue",
    "Tannery Row", "Ferry Lane", "Beacon Road", "Meadow Close", "Priory Walk", "Bridge Street",
    "Church Street", "School Lane", "High Street",
)  # fmt: skip
_WORDS: Final = (
    "Alder", "Almond", "Anvil", "Ash", "Baker", "Barley", "Beech", "Bellfield", "Birch", "Blackthorn",
    "Bluebell", "Bramble", "Brewer", "Briar", "Broad", "Brook", "Brunel", "Buttermere", "Canal", "Carter",
    "Cedar", "Chandler", "Chestnut", "Clarendon", "Clay", "Clover", "Cobbler", "Cooper", "Copper",
    "Coppice", "Corn", "Cowslip", "Crane", "Curlew", "Cyprus", "Dairy", "Damson", "Dove", "Drover",
    "Dyer", "Elder", "Elm", "Falcon", "Farrier", "Fern", "Field", "Finch", "Fletcher", "Foxglove",
    "Fuller", "Garden", "Garnet", "Gorse", "Granary", "Grange", "Gravel", "Grove", "Hall", "Harvest",
    "Hawthorn", "Hazel", "Heath", "Heron", "Hillside", "Holly", "Hop", "Hunter", "Iris", "Ivy", "Jasmine",
    "Juniper", "Kestrel", "King", "Lapwing", "Larch", "Lark", "Laurel", "Lavender", "Lily", "Lime",
    "Lock", "Loom", "Magnolia", "Maltings", "Manor", "Maple", "Marsh", "Mason", "Mercer", "Merlin",
    "Moor", "Mulberry", "Nettle", "New", "Nightingale", "North", "Oak", "Osier", "Otter", "Paddock",
    "Pear", "Pheasant", "Pine", "Plover", "Plum", "Pond", "Poplar", "Poppy", "Potter", "Primrose",
    "Prior", "Quarry", "Queen", "Quince", "Raven", "Rectory", "Reed", "Robin", "Rose", "Rowan", "Rush",
    "Saddler", "Salter", "Sandy", "Saw Mill", "Sheep", "Short", "Silver", "Skylark", "Smithy", "Sorrel",
    "South", "Sparrow", "Spinner", "Spring", "Starling", "Stone", "Swan", "Swift", "Sycamore", "Tailor",
    "Teal", "Thistle", "Thorn", "Tithe", "Tulip", "Turner", "Vale", "Victoria", "Vine", "Violet",
    "Walnut", "Warren", "Water", "Weaver", "Well", "West", "Wheat", "Wharf", "Willow", "Windmill", "Wren",
    "Yew", "Étienne", "Björk", "Müller",
)  # fmt: skip
_KINDS: Final = {
    "street": ("Street", "Road", "Street", "Avenue", "Way", "Drive", "Street"),
    "lane": ("Lane", "Row", "Passage", "Alley", "Lane", "Yard"),
    "short": ("Close", "Court", "Place", "Mews", "Gardens", "Close"),
    "country": ("Lane", "Lane", "Road", "Drove"),
}


class Namer:
    """Gives out a town's street names, the common ones first."""

    def __init__(self, town: str) -> None:
        self._rng = random.Random(f"names of {town}")
        self._used: set[str] = set()
        self._common = list(COMMON)
        self._rng.shuffle(self._common)

    def take(self, name: str) -> str:
        """This very name; it is not given out again."""
        self._used.add(name)
        return name

    def next(self, kind: str) -> str:
        """A name that is still free; `kind`: street, lane, short, country."""
        while self._common and kind == "street" and self._rng.random() < 0.4:
            name = self._common.pop()
            if name not in self._used:
                return self.take(name)
        while True:
            name = f"{self._rng.choice(_WORDS)} {self._rng.choice(_KINDS[kind])}"
            if name not in self._used:
                return self.take(name)
