"""Orders that come after the others, as a customer's file has them: a title, another coding, dates and numbers of
its own, addresses as people write them. What a newcomer imports to see what becomes of each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from town.model import House

NAME = "late-orders.csv"
HEAD = "Order no.;Customer;Phone;Street and number;Post code;Town;Deliver on;Time window;Weight;Pieces;Remarks"
#: The town, about where in it (km from its middle), how its address is written, and the rest of the row.
ROWS: list[tuple[str, tuple[float, float], str, str]] = [
    ("Lindmoor", (0.4, 0.3), "{street} {number};{postcode};{town}", "08 - 12;12,5 kg;2;"),
    ("Lindmoor", (-0.7, 0.5), "{number} {street};{postcode};{town}", "9.30-11;3,0;1;ring twice"),
    ("Lindmoor", (0.2, -0.8), "{short} {number};;{town}", ";41,2;4;"),
    ("Saltby", (0.1, 0.4), "{street} {number};{postcode};{town}", "10-14;8;1;"),
    ("Saltby", (-0.3, -0.2), "{slip} {number};{postcode};{town}", "before 12;22,0;2;call first"),
    ("Northcote", (0.3, 0.2), "{lower} {number};{postcode};{town}", "8-10;6,4;1;"),
    ("Thornley", (0.2, 0.1), "{street} {number};{postcode};{town}", ";118,0;9;2 men, pallet"),
    ("Fernhill", (-0.2, 0.3), "{street} {beyond};{postcode};{town}", "09:00-13:00;5;1;"),
    ("Millbrook", (0.1, -0.2), "{street} {number};{postcode};{town}", "14-26 h;8;1;"),
    ("Westerby", (0.0, 0.2), "{slip2} {number};;{town}", "10 - 12;14,9;2;back door"),
    ("Brackwater", (0.2, 0.0), "{street} {number}, {postcode} {town};;", ";9,3;1;"),
    ("Oakhaven", (-0.1, 0.2), "behind the old station;{postcode};{town}", ";7,7;1;"),
    ("Lindmoor", (0.9, 0.1), "Nowhere Gate 99;99999;Atlantis", ";2;1;"),
]
CUSTOMERS = [
    "Ada Wexley", "Ivo Maddox", "Bookshop Leselicht", "Lou Farrow", "Uma Gantry", "Cafe Lindenhof",
    "Print Shop Quoin", "Nils Carstone", "Edda Norwell", "Vet Pfotenhof", "Jon Thackray",
    "Mia Pellam", "Otto Quarry",
]  # fmt: skip


def write(path: Path, near: Callable[[str, tuple[float, float]], House], postcodes: dict[str, str]) -> None:
    """`near(town, where)` gives out a house that nobody has yet."""
    lines = ["Späte Bestellungen / late orders for Monday;;;;;;;;;;", HEAD]
    for n, ((town, where, address, rest), customer) in enumerate(zip(ROWS, CUSTOMERS, strict=True)):
        written = address.format(**_ways(near(town, where)), postcode=postcodes[town], town=town)
        lines.append(f"L-{301 + n};{customer};00 555 {4100 + 37 * n};{written};23.11.2026;{rest}")
    path.write_bytes(("\r\n".join(lines) + "\r\n").encode("cp1252"))


def _ways(house: House) -> dict[str, str]:
    """A street as people write it."""
    street = house.street
    short = street
    for word, point in (("Street", "St."), ("Road", "Rd"), ("Avenue", "Ave"), ("Lane", "Ln"), ("Drive", "Dr")):
        short = short.replace(word, point)
    swapped = street[0] + street[2] + street[1] + street[3:]
    return {
        "street": street, "number": house.number, "short": short, "lower": street.lower(),
        "slip": street[:3] + street[4:], "slip2": swapped[:-2] + swapped[-1], "beyond": "187",
    }  # fmt: skip
