"""Makes lists of orders as `lands` writes them, with what reading them must give; every choice by a seed."""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
import re
from dataclasses import dataclass, field
from typing import Any

from tests.unit.intake.lands import LANDS, Land

DAYS = [dt.date(2026, 11, 23), dt.date(2026, 11, 24), dt.date(2026, 12, 3)]

_COLUMNS = ("reference", "kind", "name", "company", "phone", "email", "street", "house", "postcode", "city", "town",
            "country", "day", "window", "from", "to", "service", "weight", "volume", "pieces", "priority", "skills",
            "cod", "notes")  # fmt: skip


@dataclass
class Listing:
    """`cells`: rows of texts, the header among them. Row numbers count from 1."""

    cells: list[list[str]]
    header_row: int
    columns: dict[str, str]
    orders: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    rejected: dict[int, str] = field(default_factory=dict[int, str])
    duplicates: dict[int, str] = field(default_factory=dict[int, str])
    ignored: set[int] = field(default_factory=set[int])

    def text(self, delimiter: str = ";") -> str:
        out = io.StringIO()
        csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(self.cells)
        return out.getvalue()


class _Maker:
    def __init__(self, land: Land, chance: random.Random) -> None:
        self.land = land
        self.chance = chance
        self.split_house = chance.random() < 0.5
        self.split_town = chance.random() < 0.75
        self.split_window = chance.random() < 0.5
        left_out = {
            c
            for c in ("company", "email", "service", "volume", "priority", "skills", "cod")
            if chance.random() < 0.3
        }
        left_out |= set() if self.split_house else {"house"}
        left_out |= {"town"} if self.split_town else {"postcode", "city"}
        left_out |= {"window"} if self.split_window else {"from", "to"}
        self.columns = [c for c in _COLUMNS if c not in left_out]
        if chance.random() < 0.4:  # blocks of columns in another order
            at = chance.randrange(2, len(self.columns) - 2)
            self.columns = self.columns[:1] + self.columns[at:] + self.columns[1:at]
        self.kinds = chance.choice(land.kinds)
        self.date = chance.choice(land.dates)
        self.headers = {c: chance.choice(land.headers[c]) for c in self.columns}

    def order(self, number: int) -> tuple[dict[str, str], dict[str, Any]]:
        """Cells by column, and what they mean."""
        chance, land = self.chance, self.land
        cells: dict[str, str] = {"reference": f"A{1000 + number}", "name": self._name(number)}
        want: dict[str, Any] = {"reference": cells["reference"], "name": cells["name"]}
        self._address(cells, want)
        day = chance.choice(DAYS)
        cells["day"], want["day"] = self._day(day), day.isoformat()
        self._window(cells, want)
        self._goods(cells, want)
        kind = chance.randrange(4) == 0
        cells["kind"], want["kind"] = self.kinds[kind], "collection" if kind else "delivery"
        level = chance.choice(list(land.priorities))
        cells["priority"], want["priority"] = land.priorities[level], level
        cells["company"] = chance.choice(["", "Muster & Partner"])
        cells["email"] = chance.choice(["", f"a{number}@example.org"])
        cells["notes"] = chance.choice(["", land.words["note"]])
        cells["skills"] = chance.choice(["", "lift", "lift, cold"])
        want |= {"company": cells["company"], "email": cells["email"], "notes": cells["notes"]}
        want["skills"] = [s.strip() for s in cells["skills"].split(",") if s]
        return cells, want

    def _name(self, number: int) -> str:
        first, last = self.chance.choice(["Anna", "Ben", "Eva"]), self.chance.choice(["Probst", "Testov", "Lunari"])
        return f"{first} {last}{'abcdefgh'[number % 8]}"

    def _day(self, day: dt.date) -> str:
        return day.strftime(self.date)

    def _address(self, cells: dict[str, str], want: dict[str, Any]) -> None:
        chance, land = self.chance, self.land
        street, number = chance.choice(land.streets), chance.choice(["5", "12", "7a", "33"])
        if self.split_house:
            cells["street"] = re.sub(r"[, ]*\{n\}[, ]*", "", street)
            cells["house"] = want["house_number"] = number
        else:
            cells["street"] = street.format(n=number)
        want["street"] = cells["street"]
        code, city = chance.choice(land.cities)
        cells |= {
            "postcode": code,
            "city": city,
            "town": f"{code} {city}",
            "country": chance.choice(land.country_names),
        }
        want |= {"postcode": code, "city": city, "country": land.code}
        written, prefix = chance.choice(land.phones)
        cells["phone"] = re.sub("d", lambda _: str(chance.randrange(10)), written)
        figures = re.sub(r"\D", "", cells["phone"])[-written.count("d") :] if written.count("d") else ""
        tail = re.sub(r"\D", "", cells["phone"])
        want["phone"] = _joined(prefix, tail, figures)

    def _window(self, cells: dict[str, str], want: dict[str, Any]) -> None:
        chance, land = self.chance, self.land
        a, b = chance.choice([(8, 12), (9, 13), (13, 17), (10, 14)])
        shape = chance.choice(
            ["both", "both", "after", "before", "none"] + (["am", "pm"] if not self.split_window else [])
        )
        if self.split_window:
            cells["from"] = f"{a:02d}:00" if shape in ("both", "after") else ""
            cells["to"] = f"{b:02d}:00" if shape in ("both", "before") else ""
        else:
            texts = {"both": land.both, "after": land.after, "before": land.before, "none": (*land.all_day, ""),
                     "am": land.morning, "pm": land.afternoon}  # fmt: skip
            cells["window"] = chance.choice(texts[shape]).format(**_times(a, b))
        spans = {"both": (a, b), "after": (a, 24), "before": (0, b), "am": (0, 12), "pm": (12, 24)}
        want["windows"] = [[f"{h:02d}:00" for h in spans[shape]]] if shape in spans else None

    def _goods(self, cells: dict[str, str], want: dict[str, Any]) -> None:
        chance = self.chance
        weight, volume, cod = (
            chance.choice([2.5, 12.0, 0.8, 31.4]),
            chance.choice([0.02, 0.115]),
            chance.choice([0, 0, 49.9, 1249.0]),
        )
        pieces, minutes = chance.randint(1, 9), chance.randint(2, 15)
        cells |= {
            "weight": self._decimal(weight),
            "volume": self._decimal(volume),
            "pieces": str(pieces),
            "service": str(minutes),
        }
        cells["cod"] = self._decimal(cod, 2) if cod else ""
        want |= {"weight_kg": weight, "volume_m3": volume, "pieces": pieces, "service_minutes": minutes}
        want["cod_amount"] = f"{cod:.2f}" if cod else None

    def _decimal(self, value: float, places: int | None = None) -> str:
        text = f"{value:.{places}f}" if places is not None else f"{value:g}"
        return text.replace(".", self.land.decimal)

    def row(self, cells: dict[str, str]) -> list[str]:
        return [cells.get(column, "") for column in self.columns]


def _joined(prefix: str, digits: str, figures: str) -> str:
    """E.164 prefix and the written figures that follow it."""
    known = re.sub(r"\D", "", prefix)
    at = next((i for i in range(len(known)) if known[i:] and known[i:] in digits), 0)
    return prefix + digits[digits.index(known[at:]) + len(known) - at :]


def _times(a: int, b: int) -> dict[str, str]:
    def twelve(hour: int) -> str:
        return f"{(hour - 1) % 12 + 1}{'am' if hour < 12 else 'pm'}"

    return {
        "a": str(a),
        "b": str(b),
        "A": f"{a}:00",
        "B": f"{b}:00",
        "Ah": f"{a}h",
        "Bh": f"{b}h",
        "a12": twelve(a),
        "b12": twelve(b),
    }


def make(language: str, seed: int, rows: int = 40) -> Listing:
    chance = random.Random(f"{language} {seed}")
    maker = _Maker(LANDS[language], chance)
    listing = Listing([], 1, maker.headers)
    if chance.random() < 0.3:
        listing.cells += [[maker.land.words["title"]], []]
        listing.ignored |= {1, 2}
        listing.header_row = 3
    listing.cells.append([maker.headers[c] for c in maker.columns])
    orders: list[tuple[int, dict[str, str]]] = []
    for number in range(rows):
        cells, want = maker.order(number)
        _take(listing, maker, cells, want, number, orders)
    if chance.random() < 0.5:
        total = dict.fromkeys(maker.columns, "") | {
            maker.columns[0]: maker.land.words["total"],
            "weight": maker._decimal(1234.5),
        }
        listing.cells.append(maker.row(total))
        listing.ignored.add(len(listing.cells))
    return listing


def _take(
    listing: Listing, maker: _Maker, cells: dict[str, str], want: dict[str, Any], number: int, orders: list[Any]
) -> None:
    """The row, sound or with one planted fault."""
    fault = {
        7: "bad_date",
        11: "not_a_number",
        15: "negative",
        19: "bad_window",
        23: "missing_address",
        27: "unknown_kind",
    }.get(number)
    match fault:
        case "bad_date":
            cells["day"] = dt.date(2026, 12, 31).strftime(maker.date).replace("12", "11", 1).replace("Dec", "Nov")
        case "not_a_number":
            cells["weight"] = maker.land.words["heavy"]
        case "negative":
            cells["pieces"] = "-2"
        case "bad_window":
            cells |= {"window": "17:00-13:00", "from": "17:00", "to": "13:00"}
        case "missing_address":
            cells |= {"street": "", "house": "", "postcode": "", "city": "", "town": ""}
        case "unknown_kind":
            cells["kind"] = maker.land.words["kind"]
        case _:
            pass
    listing.cells.append(maker.row(cells))
    row = len(listing.cells)
    if fault:
        listing.rejected[row] = fault
    else:
        listing.orders.append(want | {"row": row})
        orders.append((row, cells))
    if number == 30:
        listing.cells.append([])
        listing.ignored.add(len(listing.cells))
        listing.cells.append(maker.row(orders[3][1]))
        listing.duplicates[len(listing.cells)] = "identical"
        other = maker.order(99)[0] | {
            "reference": orders[4][1]["reference"],
            "street": maker.land.streets[0].format(n="99"),
        }
        listing.cells.append(maker.row(other))
        listing.duplicates[len(listing.cells)] = "conflict"
