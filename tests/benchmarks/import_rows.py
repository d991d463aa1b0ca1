"""How long 10,000 rows take from the file to orders: reading in the child, guessing, parsing. Goal: 3 s.

python -m tests.benchmarks.import_rows [ROWS]
"""

from __future__ import annotations

import csv
import datetime as dt
import itertools
import random
import sys
import tempfile
import time
from pathlib import Path

from dispatch_console.intake.child import read_in_child
from dispatch_console.intake.guess import guess
from dispatch_console.intake.orders import OrderReader

GOAL_S = 3.0
TODAY = dt.date(2026, 11, 20)

HEADER = [
    "Bestellnr.", "Auftragsart", "Name", "Firma", "Telefon", "E-Mail", "Straße", "Hausnr.", "PLZ", "Ort", "Land",
    "Breitengrad", "Längengrad", "Lieferdatum", "Zeitfenster", "Standzeit (Min.)", "Gewicht (kg)", "Volumen (m³)",
    "Kolli", "Priorität", "Anforderungen", "Nachnahme", "Bemerkung",
]  # fmt: skip
WINDOWS = [
    "",
    "08:00-12:00",
    "9-13 Uhr",
    "ab 14:00 Uhr",
    "ganztägig",
    "08.00–10.00 Uhr",
    "08:00-10:00, 14:00-17:00",
]


def main(rows: int = 10_000) -> float:
    """Seconds in all; prints each part."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "orders.csv")
        write(path, rows)
        marks = [time.perf_counter()]
        table = read_in_child(path)
        marks.append(time.perf_counter())
        mapping = guess(table, TODAY)
        marks.append(time.perf_counter())
        reader = OrderReader(table, mapping, TODAY)
        result = reader.result()
        marks.append(time.perf_counter())
        reader.result({(result.orders[0].row, 16): "7,5"})
        marks.append(time.perf_counter())
    read, guessed, parsed, edited = (b - a for a, b in itertools.pairwise(marks))
    total = marks[3] - marks[0]
    verdict = "ok" if total <= GOAL_S else "MISSED"
    print(f"{rows:,} rows, {len(result.orders):,} orders, {len(result.rejected)} rejected")
    parts = f"read {read:.2f} s + guess {guessed:.2f} s + parse {parsed:.2f} s"
    print(f"{parts} = {total:.2f} s   goal {GOAL_S} s   {verdict}")
    print(f"one repaired cell: {edited * 1000:.0f} ms")
    return total


def write(path: Path, rows: int) -> None:
    """Every row is another one: nothing but windows and towns repeats."""
    chance = random.Random(7)
    with path.open("w", encoding="cp1252", newline="") as stream:
        out = csv.writer(stream, delimiter=";")
        out.writerow(HEADER)
        for i in range(rows):
            out.writerow(_row(i, chance))


def _row(i: int, chance: random.Random) -> list[str]:
    first, last = chance.choice(["Ute", "Jörg", "Mira", "Käthe"]), f"Musterfrau{i}"
    who = [f"{first} {last}", chance.choice(["", "Muster GmbH"])]
    reach = [f"+423 {2000000 + i * 7 % 7999999}", f"{last.lower()}@example.org"]
    where = [
        f"Musterweg {i % 3000}",
        str(i % 190 + 1),
        str(9485 + i % 13),
        chance.choice(["Schaan", "Vaduz"]),
        "FL",
    ]
    place = [_comma(47.05 + chance.random() / 5, 7), _comma(9.47 + chance.random() / 5, 7)]
    when = ["23.11.2026", chance.choice(WINDOWS), str(chance.randint(2, 9))]
    goods = [_comma(chance.random() * 60, 1), _comma(chance.random(), 3), str(chance.randint(1, 8))]
    cash = "" if i % 9 else _comma(chance.random() * 200, 2)
    kind = chance.choice(["Lieferung", "Abholung", ""])
    return [
        f"2026-{i:06d}",
        kind,
        *who,
        *reach,
        *where,
        *place,
        *when,
        *goods,
        "",
        "",
        cash,
        f"Bitte klingeln, Code {i}",
    ]


def _comma(value: float, places: int) -> str:
    return f"{value:.{places}f}".replace(".", ",")


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000) > GOAL_S)
