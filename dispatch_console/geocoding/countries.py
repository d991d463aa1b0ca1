"""How addresses are written where: order of the number, postcodes, words for streets and what is left of them.

Matching folds words of all countries alike (`forms`, `ENDS`, `ARTICLES`), as a list from one country names streets
of the next and often says neither. What differs for good, a postcode's shape and on which side the number stands,
is in `RULES`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Rules:
    """`postcode`: a whole one, in capitals with blanks as written; `head`: how many of its characters name the
    town (0: all). `inside`: what follows a slash is a door in the same house. `forms`: word → what it is kept as.
    """

    code: str
    number_first: bool
    postcode: re.Pattern[str]
    head: int = 0
    inside: bool = False
    forms: tuple[str, ...] = ()


_FOUR, _FIVE = re.compile(r"\d{4}"), re.compile(r"\d{5}")

#: Each entry: the form, then the words that become it. The same word has one form in all countries: a test says so.
_GERMAN = (
    "st strasse str strase sankt", "pl platz pl", "gass gasse gass gssl", "weg weg wg", "dr doktor dr",
    "prof professor prof", "bgm burgermeister bgm burgerm", "frhr freiherr frhr", "pfr pfarrer pfr",
    "gr grosse grosser gr",
    "kl kleine kleiner kl", "ob obere oberer ob", "unt untere unterer unt", "bhf bahnhof bhf", "hs haus hs",
)  # fmt: skip
_DUTCH = (
    "st straat str sint st", "pl plein pl", "laan laan ln", "burg burgemeester burg", "kon koningin kon",
    "past pastoor past", "mgr monseigneur mgr", "1e eerste 1e 1ste", "2e tweede 2e 2de", "3e derde 3e 3de",
    "4e vierde 4e 4de",
    "kade kd", "singel sgl",
)  # fmt: skip
_FRENCH = (
    "av avenue av ave", "bd boulevard bd bld blvd boul", "r rue r", "ch chemin ch che", "imp impasse imp",
    "all allee allees all", "rte route rte", "pl place pl", "q quai q", "fbg faubourg fbg fg", "crs cours crs",
    "res residence res", "lot lotissement lot", "pass passage pass", "st saint sainte ste", "gal general gal gen",
    "mal marechal mal", "pdt president pdt", "chee chaussee chee", "cl clos", "dr docteur",
    "cdt commandant cdt", "col colonel col", "ch chem", "bd bvd", "qrt quartier qrt",
)  # fmt: skip
_PORTUGUESE = (
    "r rua", "av avenida avda avd", "tv travessa tv trav", "pc praca pc pca", "lg largo lg lgo",
    "estr estrada estr",
    "al alameda al", "rot rotunda rot", "dr doutor", "eng engenheiro eng", "prof professora",
    "st santo santa sta sto sao",
    "d dom dona d", "cap capitao cap", "alm almirante alm",
    "pct praceta pct", "bc beco bc", "cc calcada cc", "qta quinta qta", "gal gen", "com comendador com",
)  # fmt: skip
_SPANISH = (
    "c calle c carrer", "pza plaza pza placa plza", "pso paseo pso passeig pg", "ctra carretera ctra crta",
    "cno camino cno cmno cami",
    "rda ronda rda", "trva travesia trva trv", "gta glorieta gta", "st san", "av avinguda", "urb urbanizacion urb",
    "pol poligono pol",
    "pje pasaje pje ptge passatge", "pza plz",
)  # fmt: skip
_ITALIAN = (
    "v via v", "vle viale vle", "pza piazza pzza", "cso corso cso", "lg largo", "vic vicolo vic",
    "loc localita loc",
    "st strada", "pl piazzale ple", "fraz frazione fraz",
    "pzt piazzetta ptta pzta", "vic vlo", "ctr contrada ctr", "bgo borgo bgo",
)  # fmt: skip
_ENGLISH = (
    "st street", "rd road rd", "laan lane", "dr drive", "cl close cl", "ct court ct", "cres crescent cres",
    "gdns gardens gdns",
    "gro grove gro", "ter terrace ter terr", "pk park pk", "sq square sq", "mt mount mt", "gt great gt",
    "n north n",
    "s south s", "e east e", "w west w", "ne northeast ne", "nw northwest nw", "se southeast se", "sw southwest sw",
    "pkwy parkway pkwy", "hwy highway hwy", "cir circle cir", "trl trail trl", "expy expressway expy",
    "1st first", "2nd second", "3rd third", "4th fourth", "5th fifth", "6th sixth", "7th seventh", "8th eighth",
    "9th ninth", "10th tenth",
    "aly alley aly", "tpke turnpike tpke", "fwy freeway fwy", "hts heights hts", "xing crossing xing",
    "mws mews mws", "grn green grn", "wlk walk wlk", "pde parade pde", "est estate est", "rdg ridge rdg",
    "mnr manor mnr", "brg bridge brg", "wy way wy", "yd yard yd", "vw view vw", "lp loop lp",
)  # fmt: skip

RULES: dict[str, Rules] = {
    rules.code: rules
    for rules in (
        Rules("DE", False, _FIVE, forms=_GERMAN),
        Rules("AT", False, _FOUR, inside=True, forms=_GERMAN),
        Rules("CH", False, _FOUR, forms=_GERMAN + _FRENCH + _ITALIAN),
        Rules("LI", False, re.compile(r"94[89]\d"), forms=_GERMAN),
        Rules("NL", False, re.compile(r"\d{4}(?: ?(?!SA|SD|SS)[A-Z]{2})?"), head=4, forms=_DUTCH),
        Rules("BE", False, _FOUR, inside=True, forms=_DUTCH + _FRENCH),
        Rules("FR", True, _FIVE, forms=_FRENCH),
        Rules("PT", False, re.compile(r"\d{4}(?:[- ]?\d{3})?"), head=4, forms=_PORTUGUESE),
        Rules("ES", False, _FIVE, forms=_SPANISH),
        Rules("IT", False, _FIVE, forms=_ITALIAN),
        Rules("GB", True, re.compile(r"[A-Z]{1,2}\d[A-Z\d]?(?: ?\d[A-Z]{2})?"), head=-3, forms=_ENGLISH),
        Rules("US", True, re.compile(r"\d{5}(?:-\d{4})?"), head=5, forms=_ENGLISH),
    )
}

#: Used where no country is known: the number stands behind the name.
UNKNOWN = Rules(
    "",
    False,
    re.compile(
        r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d|\d{4} ?[A-Z]{2}|"
        r"\d{5}-\d{4}|\d{4}[- ]?\d{3}|\d{4,5}"
    ),
)


def forms() -> dict[str, str]:
    """Words for kinds of streets, titles and numbers, of all countries, each to the form it is kept in."""
    entries = (entry.split() for rules in RULES.values() for entry in rules.forms)
    return {word: form for form, *words in entries for word in words}


#: What stands at the end of a longer word: Lindenstrasse, Marktplein.
ENDS = (
    ("strasse", "st"),
    ("straat", "st"),
    ("str", "st"),
    ("platz", "pl"),
    ("plein", "pl"),
    ("gasse", "gass"),
    ("ln", "laan"),
)

#: Left out by one list in two: Rue (de la) Paix, Burgemeester (van der) Ven.
ARTICLES = frozenset(
    (
        "de du des d la le les l del el los las do da dos das di dei della dello delle degli dell "
        "van von vd der den the of"
    ).split()
)

#: A dot that ends a shortened second half: Kirchw., Schulg., Marktpl.
DOTTED_ENDS = {"w": "weg", "g": "gasse", "pl": "platz", "l": "laan"}

#: What the letters before a postcode say: FL-9490, D-10115.
PREFIXES = {
    "FL": "LI", "A": "AT", "D": "DE", "B": "BE", "F": "FR", "L": "LU", "I": "IT", "E": "ES", "P": "PT", "UK": "GB",
}  # fmt: skip

_NAMES = (
    "DE deutschland germany allemagne duitsland germania alemania brd deu d",
    "AT osterreich austria autriche oostenrijk aut a",
    "CH schweiz switzerland suisse svizzera zwitserland svizra suiza che",
    "LI liechtenstein furstentumliechtenstein fl lie",
    "NL niederlande netherlands nederland paysbas holland thenetherlands paesibassi nld",
    "BE belgien belgium belgique belgie belgio belgica bel b",
    "FR frankreich france frankrijk francia franca fra f",
    "PT portugal portogallo prt", "ES spanien spain espana espagne spanje spagna esp e",
    "IT italien italy italia italie itali ita i",
    "GB grossbritannien greatbritain unitedkingdom uk england scotland wales northernireland gbr",
    "US usa unitedstates unitedstatesofamerica etatsunis estadosunidos vereinigtestaaten",
    "LU luxemburg luxembourg lux l",
    "DK danemark denmark danmark dnk", "SE schweden sweden sverige swe", "NO norwegen norway norge nor",
    "FI finnland finland suomi fin", "PL polen poland polska pol", "CZ tschechien czechia czechrepublic cesko cze",
    "SK slowakei slovakia slovensko svk", "HU ungarn hungary magyarorszag hun",
    "SI slowenien slovenia slovenija svn",
    "HR kroatien croatia hrvatska hrv", "IE irland ireland eire irl", "GR griechenland greece grc hellas",
    "RO rumanien romania rou", "BG bulgarien bulgaria bgr", "MC monaco mco", "AD andorra and", "SM sanmarino smr",
    "CA canada kanada can", "AU australien australia aus", "TR turkei turkey turkiye tur", "UA ukraine ukr",
    "RS serbien serbia srb", "LT litauen lithuania ltu", "LV lettland latvia lva", "EE estland estonia est",
    "JP japan jpn", "CN china chn", "BR brasilien brazil brasil bra", "MX mexiko mexico mex", "IN indien india ind",
)  # fmt: skip
_CODES = {name: entry.split()[0] for entry in _NAMES for name in entry.lower().split()}

#: A country that is named, but that nobody here knows: no address of ours lies in it.
STRANGE = "?"


@lru_cache(maxsize=1_000)
def code(name: str) -> str:
    """The two letters of a country however it is written; empty for nothing, `STRANGE` for what is none."""
    decomposed = unicodedata.normalize("NFKD", name.lower().replace("ß", "ss"))
    plain = "".join(c for c in decomposed if c.isalpha() and not unicodedata.combining(c))
    return (_CODES.get(plain) or STRANGE) if plain else ""


def rules(country: str) -> Rules:
    return RULES.get(country, UNKNOWN)


def shape(postcode: str) -> str:
    """What kind of postcode it is: `9490` and `8001` are `9999`. Blanks do not count."""
    return re.sub(r"[A-Z]", "A", re.sub(r"\d", "9", postcode))


def head(postcode: str) -> str:
    """The part of a postcode (without blanks) that names the town: 5411AB → 5411, SW1A1AA → SW1A."""
    if re.fullmatch(r"[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}", postcode):
        return postcode[:-3]
    found = re.match(r"\d{4}(?=[A-Z]{2}$|-\d{3}$)|\d{5}(?=-\d{4}$)", postcode)
    return found.group() if found else postcode
