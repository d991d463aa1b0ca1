"""Addresses spoilt as people spoil them: shortened, swapped, put into other cells, with slips of the pen."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from dispatch_console.domain.orders import Address
from dispatch_console.domain.region import House
from dispatch_console.geocoding.folding import name, number

_NEIGHBOURS = {
    "a": "qsz", "b": "vgn", "c": "xdv", "d": "sfe", "e": "wrd", "f": "dgr", "g": "fht", "h": "gjz", "i": "uok",
    "j": "hku", "k": "jli",
    "l": "kop", "m": "njk", "n": "bmh", "o": "ipl", "p": "ol", "q": "wa", "r": "etf", "s": "adw", "t": "rzg",
    "u": "zij", "v": "cbf",
    "w": "qes", "x": "ycs", "y": "xas", "z": "tuh",
}  # fmt: skip
_SHORT = (
    ("strasse", "str."), ("straße", "str."), ("Strasse", "Str."), ("Straße", "Str."), ("straat", "str."),
    ("Straat", "Str."), ("platz", "pl."), ("plein", "pl."),
    ("Street", "St"), ("Road", "Rd"), ("Avenue", "Ave"), ("Lane", "Ln"), ("Drive", "Dr"), ("Close", "Cl"),
    ("Square", "Sq"),
    ("Gardens", "Gdns"), ("Terrace", "Ter"), ("Rue ", "R. "), ("Rua ", "R. "), ("Avenida", "Av."), ("Calle ",
    "C/ "), ("Plaza", "Pza."),
    ("Via ", "V. "), ("Piazza", "P.za"), ("Viale", "V.le"), ("Boulevard", "Bd"), ("Place", "Pl."), ("Court",
    "Ct"), ("Saint", "St"), ("Sankt", "St."),
    ("Chemin", "Ch."), ("Route", "Rte"), ("Praça", "Pç."), ("Travessa", "Tv."), ("Burgemeester", "Burg."),
)  # fmt: skip


def spoil(text: str, chance: random.Random) -> str:
    """One slip of the pen at any letter: one left out, one twice, the key beside it, or two changed over."""
    places = [at for at, c in enumerate(text) if c.isalpha()]
    if len(places) < 3:
        return text
    at = chance.choice(places)
    kind = chance.randrange(5)
    if kind == 0:
        return text[:at] + text[at + 1 :]
    if kind == 1:
        return text[:at] + text[at] + text[at:]
    if kind == 2 and at + 1 < len(text) and text[at + 1].isalpha() and text[at] != text[at + 1]:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    other = chance.choice(_NEIGHBOURS.get(text[at].lower(), "aeinrst"))
    if kind == 3:
        return text[:at] + other + text[at:]
    return text[:at] + other + text[at + 1 :]


def shorten(street: str) -> str:
    """As it stands on labels: Lindenstr., R. Augusta."""
    for long, short in _SHORT:
        if long in street:
            return street.replace(long, short, 1)
    return street


#: Words of streets, each with the ways labels shorten it.
_LABELS: dict[str, tuple[str, ...]] = {
    "strasse": ("str.", "str", "st."), "straße": ("str.", "strasse", "str"), "straat": ("str.", "str", "st."),
    "platz": ("pl.", "pl"), "plein": ("pl.", "pln"), "gasse": ("g.", "gasse"), "weg": ("w.", "weg"),
    "laan": ("ln", "ln."), "street": ("St", "St.", "Str"), "road": ("Rd", "Rd."),
    "avenue": ("Ave", "Av.", "Ave."), "lane": ("Ln", "La."), "drive": ("Dr", "Dr."),
    "boulevard": ("Bd", "Blvd", "Bld", "Boul."), "court": ("Ct", "Crt"), "place": ("Pl", "Pl."),
    "square": ("Sq", "Sq."), "terrace": ("Terr", "Ter"), "gardens": ("Gdns", "Gdn"),
    "crescent": ("Cres", "Cr."), "close": ("Cl", "Cl."), "north": ("N", "N."), "south": ("S", "S."),
    "east": ("E", "E."), "west": ("W", "W."), "rue": ("R.", "r"), "chemin": ("Ch.", "Chem."),
    "impasse": ("Imp.", "Imp"), "allée": ("All.", "All"), "route": ("Rte", "Rte."), "quai": ("Q.", "Quai"),
    "rua": ("R.", "R"), "avenida": ("Av.", "Avda.", "Av"), "travessa": ("Tv.", "Trav."),
    "praça": ("Pç.", "Pr."), "largo": ("Lg.", "L.go"), "calle": ("C/", "C.", "Cl."), "plaza": ("Pza.", "Pl."),
    "paseo": ("Pº", "Pso."), "via": ("V.", "v."), "viale": ("V.le", "Vle"), "piazza": ("P.za", "P.zza", "Pza"),
    "corso": ("C.so", "Cso"), "saint": ("St", "St."), "sankt": ("St.", "St"), "sainte": ("Ste",),
    "doktor": ("Dr.",), "doutor": ("Dr.",), "général": ("Gal", "Gén."), "burgemeester": ("Burg.",),
}  # fmt: skip


def label(street: str, chance: random.Random) -> str:
    """One word of a street, or the end of one, as some label has it."""
    found = [
        (match, short)
        for word, shorts in _LABELS.items()
        for match in re.finditer(rf"{word}\b", street, re.IGNORECASE)
        for short in shorts
        if match.start() == 0 or street[match.start() - 1] == " " or len(word) >= 4
    ]
    if not found:
        return street
    match, short = chance.choice(found)
    inner = match.start() > 0 and street[match.start() - 1].isalpha()
    short = short.lower() if inner else short[0].upper() + short[1:]
    rest = street[match.end() :]
    return f"{street[: match.start()]}{short}{rest.lstrip() if short.endswith('/') else rest}"


def plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.lower().replace("ß", "ss"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def spelt(text: str) -> str:
    return text.translate(
        str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})
    )


@dataclass
class Ways:
    """The ways to spoil an address. `taken`: street, folded → numbers there, in whichever town."""

    chance: random.Random
    taken: dict[str, set[str]]

    def all(self) -> dict[str, Callable[[House], Address]]:
        return {
            "clean": lambda h: Address(*h[:5]),
            "plain letters": lambda h: Address(plain(h.street), h.number.lower(), h.postcode, plain(h.city)),
            "umlauts spelt": lambda h: Address(
                spelt(h.street).upper(), h.number, h.postcode, spelt(h.city).upper()
            ),
            "swapped": self._swapped,
            "one line": lambda h: Address(f"{h.street} {h.number}, {h.postcode} {h.city}"),
            "short": lambda h: Address(shorten(h.street), h.number, "", h.city, h.country),
            "one slip": lambda h: Address(spoil(h.street, self.chance), h.number, h.postcode, h.city, h.country),
            "two slips": lambda h: Address(
                shorten(spoil(spoil(h.street, self.chance), self.chance)), h.number, "", h.city, h.country
            ),
            "no such house": self._no_house,
            "label": lambda h: Address(label(h.street, self.chance), h.number.lower(), "", h.city.lower()),
            "cells": self._cells,
            "slip in town": lambda h: Address(h.street, h.number, h.postcode, spoil(h.city, self.chance)),
        }

    def _swapped(self, h: House) -> Address:
        if self.chance.random() < 0.5:
            return Address(h.number, h.street, h.postcode, h.city, h.country)
        return Address(f"{h.number} {h.street}", "", h.postcode, h.city, h.country)

    def _cells(self, h: House) -> Address:
        """The number beside the street, the postcode beside the town, on either side."""
        line = self.chance.choice((f"{h.street} {h.number}", f"{h.number} {h.street}", f"{h.street}, {h.number}"))
        town = self.chance.choice((f"{h.postcode} {h.city}", f"{h.city} {h.postcode}", f"{h.postcode}, {h.city}"))
        return Address(line, "", "", town.strip(" ,"))

    def _no_house(self, h: House) -> Address:
        taken = self.taken[name(h.street).short]
        values = {v for one in map(number, taken) for v in range(one.value, max(one.last, one.value) + 1)}
        most = max(values, default=0)
        free = [n for n in range(1, most + 1) if n not in values]
        wanted = self.chance.choice(
            (str(self.chance.randrange(300, 900)), str(most + 2), f"{h.number}x", *map(str, free[:40]))
        )
        return Address(
            h.street, wanted if number(wanted).text not in taken else "999", h.postcode, h.city, h.country
        )
