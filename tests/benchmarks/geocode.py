"""How well addresses are found, and whether what is called certain is right.

    python -m tests.benchmarks.geocode [FILE.osm.pbf …] [--seeds N] [--sample N] [--json OUT] [--misses]

Real addresses of extracts, spoilt as people spoil them: all kinds of slips at any letter. Of several seeds the
worst counts. Exit code 1 if a figure misses its goal. Without files: the extracts of the shared test data.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from dispatch_console.domain.orders import Address
from dispatch_console.domain.region import Hit, House
from dispatch_console.geocoding.folding import name, numbers
from dispatch_console.geocoding.houses import metres
from dispatch_console.geocoding.index import Index
from dispatch_console.geocoding.index_build import build
from dispatch_console.roads.pack.extract import Extract
from dispatch_console.roads.pack.ordering import ordered
from dispatch_console.roads.pack.reading import read
from tests.benchmarks.spoiling import Ways, spoil

SHARED = Path(__file__).resolve().parents[3] / "shared" / "osm"
NEAR_M = 50.0
MEDIAN_MS = 3.0
CERTAIN_RIGHT = 99.0
#: Kind of spoiling → percent of first hits that must be right.
GOALS = {
    "clean": 99.0, "plain letters": 99.0, "umlauts spelt": 99.0, "swapped": 98.0, "one line": 98.0, "short": 97.0,
    "one slip": 97.0, "two slips": 92.0, "label": 97.0, "cells": 98.0, "no such house": 85.0,
    "slip in town": 97.0,
}  # fmt: skip

NONSENSE = (
    "asdf qwer|5||", "xxxx|1|0000|yyyy", "Lorem ipsum|12||dolor", "Strasse|1||", "|12||", "n/a|||",
    "???|3|9999|?", "12345|||",
    "Tel. 0041 79 123 45 67|||", "bitte klingeln|||", "Straat|5||", "abc|||def", "Hauptstr|||", "-|-|-|-",
    "test|1|1234|test",
)  # fmt: skip
ABROAD = (
    "Rue de Rivoli|12|75001|Paris|FR", "Bahnhofstrasse|10|8001|Zürich|CH", "Kerkstraat|1|1017|Amsterdam|",
    "Kerkstraat|12|1017 GC|Amsterdam|NL",
    "Hauptstrasse|5|10115|Berlin|", "Dorfstrasse|3|10115|Berlin|DE", "Dorfstrasse|3|8001|Zürich|",
    "Landstrasse|12|4020|Linz|AT",
    "Schoolstraat|4|2000|Antwerpen|BE", "Molenstraat|7|9000|Gent|", "High Street|12|SW1A 1AA|London|GB",
    "Main Street|5|62701|Springfield|US",
    "Via Roma|10|00184|Roma|IT", "Calle Mayor|3|28013|Madrid|ES", "Rua Augusta|20|1100-053|Lisboa|PT",
    "Kirchstrasse|4|6900|Bregenz|",
    "Bergstrasse|5|01069|Dresden|DE", "Kirchstrasse|2|80331|München|", "Schulstrasse|1||Hamburg|",
    "Kerkstraat|10||Utrecht|",
    "Feldkircher Strasse|10|6800|Feldkirch|", "Dorfstrasse|12||Bern|CH",
)  # fmt: skip


@dataclass
class Tally:
    """One kind of spoiling at one seed."""

    asked: int = 0
    ok: int = 0
    certain: int = 0
    certain_ok: int = 0
    ms: list[float] = field(default_factory=list)
    misses: list[str] = field(default_factory=list)
    bins: dict[int, list[bool]] = field(default_factory=lambda: defaultdict(list))

    def add(self, house: House, asked: Address, hits: Sequence[Hit], ok: bool, ms: float) -> None:
        self.asked += 1
        self.ok += ok
        self.ms.append(ms)
        if hits:
            self.bins[min(9, int(hits[0].confidence * 10))].append(ok)
        if hits and hits[0].certain:
            self.certain += 1
            self.certain_ok += ok
        if not ok or (hits and hits[0].certain and not ok):
            told = [(h.matched, h.quality, h.certain, round(metres(h.place, house.place))) for h in hits[:3]]
            self.misses.append(f"{tuple(asked)} was {tuple(house[:4])} -> {told}")

    @property
    def percent(self) -> float:
        return 100 * self.ok / max(1, self.asked)

    @property
    def right(self) -> float:
        return 100 * self.certain_ok / self.certain if self.certain else 100.0


def measure(index: Index, houses: Sequence[House], seed: int, sample: int) -> dict[str, Tally]:
    """Each kind of spoiling on `sample` of the houses that name their town."""
    whole = [house for house in houses if house.street and (house.city or house.postcode)]
    taken: dict[str, set[str]] = defaultdict(set)
    for house in houses:
        taken[name(house.street).short].update(one.text for one in numbers(house.number))
    chance = random.Random(seed)
    chosen = chance.sample(whole, min(sample, len(whole)))
    tallies: dict[str, Tally] = {}
    for kind, way in Ways(chance, taken).all().items():
        tally = tallies[kind] = Tally()
        for house in chosen:
            asked = way(house)
            began = time.process_time()
            hits = index.find(asked)
            ms = 1000 * (time.process_time() - began)
            tally.add(house, asked, hits, _is_right(kind, house, hits), ms)
    return tallies


def _is_right(kind: str, house: House, hits: Sequence[Hit]) -> bool:
    if not hits:
        return False
    if kind != "no such house":
        return metres(hits[0].place, house.place) <= NEAR_M
    street = hits[0].matched.rpartition(",")[0] or hits[0].matched
    same = name(house.street).short in name(street).short
    return (
        same
        and hits[0].quality in ("near_house", "street")
        and name(house.city).short in name(hits[0].matched).short
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, default=sorted(SHARED.glob("*.osm.pbf")))
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--sample", type=int, default=300)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--misses", action="store_true")
    arguments = parser.parse_args()
    if not arguments.files:
        sys.exit("There is no extract. Name one that ends in .osm.pbf.")
    figures = {
        path.name: _region(path, arguments.seeds, arguments.sample, arguments.misses) for path in arguments.files
    }
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")
    return 0 if all(one["met"] for one in figures.values()) else 1


def _region(path: Path, seeds: int, sample: int, misses: bool) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as folder:
        extract = read(ordered(path, Path(folder)))
        houses = extract.houses
        began = time.process_time()
        counts = build(houses, extract.streets, extract.towns, Path(folder, "addresses.sqlite"))
        built = time.process_time() - began
        index = Index(Path(folder, "addresses.sqlite"))
        print(f"{path.name}: {counts.houses} houses in {counts.streets} streets, built in {built:.1f} s")
        runs = [measure(index, houses, seed, sample) for seed in range(1, seeds + 1)]
        met = _table(runs)
        if misses:
            print(
                *(f"  {kind}: {miss}" for run in runs for kind, tally in run.items() for miss in tally.misses),
                sep="\n",
            )
        wrong = [text for text in (*NONSENSE, *ABROAD) if _is_certain(index, text)]
        print(f"  nonsense and abroad, certain: {wrong or 'none'}")
        index.close()
        lost, lured = _with_holes(extract, Path(folder, "holes.sqlite"))
        print(f"  of {lost} addresses whose street is not on the map, certain all the same: {lured}")
    tallies = [tally for run in runs for tally in run.values()]
    rows = {kind: round(min(run[kind].percent for run in runs), 1) for kind in runs[0]}
    return {
        "met": met and not wrong,
        "worst": rows,
        "median_ms": statistics.median(ms for t in tallies for ms in t.ms),
    }


def _with_holes(extract: Extract, path: Path) -> tuple[int, int]:
    """How many addresses lie in streets that are taken off the map, and of how many another place is certain."""
    chance = random.Random(3)
    names = sorted({name(house.street).short for house in extract.houses})
    gone = set(chance.sample(names, len(names) // 3))
    kept = [house for house in extract.houses if name(house.street).short not in gone]
    build(kept, [line for line in extract.streets if name(line.name).short not in gone], extract.towns, path)
    index = Index(path)
    lost = [house for house in extract.houses if name(house.street).short in gone and house.city]
    lured = 0
    for house in lost:
        for asked in (Address(*house[:5]), Address(spoil(house.street, chance), house.number, "", house.city)):
            hits = index.find(asked)
            lured += bool(hits) and hits[0].certain and metres(hits[0].place, house.place) > NEAR_M
    index.close()
    return 2 * len(lost), lured


def _is_certain(index: Index, text: str) -> bool:
    fields = (text.split("|") + [""] * 5)[:5]
    return any(hit.certain for hit in index.find(Address(*fields)))


def _table(runs: Sequence[dict[str, Tally]]) -> bool:
    met = True
    print(f"  {'':16}{'worst':>7}{'mean':>7}{'goal':>6}  {'certain':>8}{'right':>7}{'median ms':>11}")
    for kind, goal in GOALS.items():
        tallies = [run[kind] for run in runs]
        worst, mean = min(t.percent for t in tallies), statistics.mean(t.percent for t in tallies)
        certain = 100 * sum(t.certain for t in tallies) / sum(t.asked for t in tallies)
        right = min(t.right for t in tallies)
        ms = statistics.median(ms for t in tallies for ms in t.ms)
        good = worst >= goal and (right >= CERTAIN_RIGHT or kind == "no such house")
        good = good and not (kind == "no such house" and certain > 0) and ms <= MEDIAN_MS
        met = met and good
        told = f"  {kind:16}{worst:7.1f}{mean:7.1f}{goal:6.0f}  {certain:8.1f}{right:7.1f}{ms:11.2f}"
        print(told + ("" if good else "  MISSED"))
    certain = sum(t.certain for run in runs for t in run.values())
    right = 100 * sum(t.certain_ok for run in runs for t in run.values()) / max(1, certain)
    print(f"  of {certain} certain {right:.2f} % right (goal {CERTAIN_RIGHT:.0f})")
    bins: dict[int, list[bool]] = defaultdict(list)
    for run in runs:
        for tally in run.values():
            for at, oks in tally.bins.items():
                bins[at] += oks
    told = ", ".join(
        f"{at / 10:.1f}: {100 * sum(oks) / len(oks):.0f} % of {len(oks)}" for at, oks in sorted(bins.items())
    )
    print(f"  right by confidence: {told}")
    return met and right >= CERTAIN_RIGHT


if __name__ == "__main__":
    sys.exit(main())
