"""Writes the sample depot: resources/sample/{town.osm.pbf, depot.json, orders.csv, late-orders.csv, fleet.csv,
map.json}.

Deterministic; the plan that goes with it, plan.json, comes from the program itself.

A fictional town, Lindmoor, with eight villages around it. Each order goes to a house of its own that stands on the
map, but for two that no map knows. Names of people and companies are invented. Phone numbers do not exist.
"""

from __future__ import annotations

import csv
import json
import math
import random
from pathlib import Path

from town import late, plan, region, sketch
from town.geometry import Point
from town.model import House, Region
from town.plan import Town
from town.write import to_pbf

OUT = Path(__file__).resolve().parent.parent / "resources" / "sample"
DAY = "2026-11-23"
#: Streets where nobody orders: a private yard, and the island.
APART = ("Foundry Yard", *region.ISLAND_STREETS)
#: So many chords through a town the orders are dealt out over; each then goes to the nearest house that is free.
STREETS = 20
SURNAMES = [
    "Norwell", "Tarrant", "Lorne", "Redfern", "Elmsford", "Quarry", "Jessop", "Coldwell", "Dunhallow", "Yardley",
    "Maddox", "Osgood", "Carstone", "Drayton", "Kettering", "Birkwol", "Penrose", "Hollis", "Gantry", "Bookman",
    "Vance", "Selwick", "Ackermoor", "Ingleby", "Underhill", "Wexley", "Foxlove", "Bramble", "Ashdown", "Everly",
    "Stavely", "Pellam", "Quillon", "Thackray", "Rosedene",
]  # fmt: skip
FIRST = [
    "Rosa", "Boris", "Silas", "Ada", "Bruno", "Paula", "Wanda", "Nora", "Tilda", "Celia", "Edgar", "Frida", "Dario",
    "Karl", "Ulf", "Jette", "Alma", "Felix", "Clara", "Hugo", "Ines", "Lotte", "Oskar", "Quinn",
]  # fmt: skip
COMPANIES = [
    "Bakery Kornfeld", "Optician Klarblick", "Hotel Drei Eichen", "Dairy Almgrund", "Clinic Saltby",
    "Studio Nordlicht", "Bookshop Leselicht", "Vet Pfotenhof", "Kindergarten Igel", "Print Shop Quoin",
    "Brewery Arle", "Florist Wildrose",
    "Hardware Nagelfest", "Pharmacy Anker", "Cafe Lindenhof",
]  # fmt: skip
NOTES = [
    "ring twice", "back door", "call first", "leave at porter", "2nd floor", "gate code 4471, beware of the dog",
    "loading door at the rear", "closed over lunch, hand to reception only", "blue door, left of the bike shop",
]  # fmt: skip
WINDOWS = ["08:00-10:00", "08:00-12:00", "08:00-12:00", "09:00-11:00", "09:00-13:00", "10:00-12:00", "07:30-09:30",
           "10:00-14:00", "12:00-14:00", "09:30-10:30"]  # fmt: skip
FIELDS = (
    "order,type,name,company,phone,email,street,number,postcode,town,lat,lon,date,window,service_min,kg,m3,pieces,"
    "priority,skills,cod,currency,note"
).split(",")


def main() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    drawn = region.make()
    to_pbf(drawn, OUT / "town.osm.pbf")
    sketch.draw(drawn, OUT / "map.json")
    free = Addresses(drawn)
    gate = free.named("Lindmoor", "Dock Road", "1")
    rng = random.Random(23)
    rows = [row(rng, 4103 + i, town, free) for i, town in enumerate(spread(rng))]
    problems(rows)
    write_csv(OUT / "orders.csv", FIELDS, rows)
    towns = {town.name: town for town in plan.TOWNS}
    late.write(
        OUT / late.NAME,
        lambda name, at: free.near(name, (towns[name].x + at[0], towns[name].y + at[1])),
        {name: town.postcode for name, town in towns.items()},
    )
    lat, lon = plan.degrees(gate.at)
    write_fleet(f"{lat:.6f},{lon:.6f}")
    depot = {
        "name": "Lindmoor depot", "lat": lat, "lon": lon,
        "timezone": "Europe/Amsterdam", "address": "Dock Road 1, 4100 Lindmoor", "phone": "+00 555 0100",
        "emergency_phone": "+00 555 0199", "currency": "EUR", "day": DAY,
    }  # fmt: skip
    (OUT / "depot.json").write_text(json.dumps(depot, indent=1) + "\n", encoding="utf-8")


class Addresses:
    """The houses of the map, each given out once."""

    def __init__(self, drawn: Region) -> None:
        self._free: dict[str, list[House]] = {town.name: [] for town in plan.TOWNS}
        for house in drawn.houses:
            if house.town in self._free and house.street not in APART:
                self._free[house.town].append(house)

    def named(self, town: str, street: str, number: str) -> House:
        """This house, which nobody else gets."""
        return self._take(town, next(h for h in self._free[town] if (h.street, h.number) == (street, number)))

    def near(self, town: str, at: Point) -> House:
        """The nearest house of the town that is still free."""
        return self._take(town, min(self._free[town], key=lambda house: math.dist(house.at, at)))

    def _take(self, town: str, house: House) -> House:
        self._free[town].remove(house)
        return house


def spread(rng: random.Random) -> list[Town]:
    towns = [town for town in plan.TOWNS for _ in range(town.share)]
    rng.shuffle(towns)
    return towns


def street_of(town: Town, index: int) -> tuple[Point, Point]:
    """End points in km of a chord through the town's disc, the same every time."""
    rng = random.Random(f"{town.name}/{index}")
    angle, offset = rng.uniform(0, math.pi), rng.uniform(-0.7, 0.7) * town.spread
    half = math.sqrt(town.spread**2 - offset**2)
    nx, ny, dx, dy = -math.sin(angle), math.cos(angle), math.cos(angle), math.sin(angle)
    return (nx * offset - dx * half, ny * offset - dy * half), (nx * offset + dx * half, ny * offset + dy * half)


def place(town: Town, street: int, number: int) -> Point:
    """Somewhere in the streets of the town."""
    (ax, ay), (bx, by) = street_of(town, street)
    t, shrunk = number / 100, 0.95 * town.built / town.spread
    return town.x + (ax + (bx - ax) * t) * shrunk, town.y + (ay + (by - ay) * t) * shrunk


def row(rng: random.Random, number: int, town: Town, free: Addresses) -> dict[str, object]:
    house = free.near(town.name, place(town, rng.randrange(STREETS), rng.randint(1, 98)))
    lat, lon = plan.degrees(house.at)
    first, last = rng.choice(FIRST), rng.choice(SURNAMES)
    company = rng.choice(COMPANIES) if rng.random() < 0.1 else ""
    kg = round(min(160, rng.lognormvariate(2.95, 0.85)), 1)
    pieces = max(1, min(12, round(kg / 9)))
    cod = rng.random() < 0.09
    skill = rng.choices(["", "cold", "two-man", "age-check"], [88, 5, 3, 4])[0]
    return {
        "order": number, "type": "delivery", "name": f"{first} {last}", "company": company,
        "phone": f"+00 555 {rng.randint(200, 9999):04d}",
        "email": f"{first}.{last}@example.com".lower() if rng.random() < 0.6 else "",
        "street": house.street, "number": house.number, "postcode": town.postcode, "town": town.name,
        "lat": f"{lat:.6f}", "lon": f"{lon:.6f}", "date": DAY,
        "window": rng.choice(WINDOWS) if rng.random() < 0.45 else "",
        "service_min": rng.choice([6, 8, 9, 10, 12, 14, 16]), "kg": kg, "m3": f"{kg * 0.0052 + 0.01:.2f}",
        "pieces": pieces,
        "priority": rng.choices(["normal", "high", "low"], [86, 8, 6])[0], "skills": skill,
        "cod": f"{rng.uniform(12, 220):.2f}" if cod else "", "currency": "EUR" if cod else "",
        "note": rng.choice(NOTES) if rng.random() < 0.3 else "",
    }  # fmt: skip


def problems(rows: list[dict[str, object]]) -> None:
    """A few real troubles: two addresses without a place, two collections, orders that fit nowhere, two windows."""
    for index, street in ((4, "Quarry End 7"), (61, "Old Gasworks 3")):
        rows[index].update(lat="", lon="", street=street, number="")
    for index, note in ((16, "collect 3 empty cages"), (97, "return of a damaged table")):
        rows[index].update(type="collection", note=note, cod="", currency="")
    rows[40].update(window="05:00-06:00", company="Bakery Kornfeld", note="before the shop opens")
    rows[75].update(kg=1450.0, m3="6.20", pieces=8, skills="two-man", company="Hardware Nagelfest", note="pallets")
    rows[110].update(skills="adr", note="gas bottles, papers at the counter")
    rows[22].update(window="08:00-10:00, 16:00-17:30", company="Clinic Saltby")
    rows[30].update(priority="critical", window="09:00-11:00", company="Pharmacy Anker", skills="cold")


def write_fleet(start: str) -> None:
    drivers = [
        ("Mara Keller", "Sprinter 01", "LM 4101", 520, 9.8, 110, "06:45", "15:30", "cold", 0.42),
        ("Tomas Brandt", "Sprinter 02", "LM 4102", 620, 9.8, 110, "07:00", "15:30", "two-man", 0.42),
        ("Ines Falk", "Crafter 03", "LM 4103", 780, 11.5, 130, "06:45", "15:00", "two-man;tail-lift", 0.48),
        ("Jonas Reuter", "Sprinter 04", "LM 4104", 620, 9.8, 110, "07:00", "16:00", "age-check", 0.42),
        ("Lea Sommer", "Daily 05", "LM 4105", 850, 12.0, 140, "07:00", "16:00", "cold;tail-lift", 0.5),
        ("Piet Aldous", "Crafter 06", "LM 4106", 780, 11.5, 130, "06:30", "15:00", "age-check", 0.48),
        ("Nadia Voss", "Sprinter 07", "LM 4107", 620, 9.8, 110, "06:30", "15:00", "cold;age-check", 0.42),
        ("Oskar Lindt", "Daily 08", "LM 4108", 850, 12.0, 140, "07:00", "15:30", "", 0.5),
    ]  # fmt: skip
    fields = (
        "driver,phone,vehicle,plate,capacity_kg,capacity_m3,capacity_pieces,shift_start,shift_end,break_minutes,"
        "break_window,skills,start_location,end_location,cost_per_hour,cost_per_km,fixed_cost,max_stops"
    ).split(",")
    rows = [
        dict(zip(fields, (name, f"+00 555 01{i:02d}", van, plate, kg, m3, pcs, begin, end, 30, "11:00-13:30",
                          skills, start, start, "27.50", km, "20.00", 20), strict=True))
        for i, (name, van, plate, kg, m3, pcs, begin, end, skills, km) in enumerate(drivers, 1)
    ]  # fmt: skip
    write_csv(OUT / "fleet.csv", fields, rows)


def write_csv(path: Path, fields: list[str], rows: list[dict[str, object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fields, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
