"""What addresses call countries besides the names and codes of the standards."""

from __future__ import annotations

#: Marks of the international road traffic, where they are not the two-letter code.
CAR_CODES = {
    "A": "AT", "B": "BE", "D": "DE", "E": "ES", "F": "FR", "FIN": "FI", "FL": "LI", "H": "HU", "I": "IT", "L": "LU",
    "N": "NO", "P": "PT", "S": "SE", "SLO": "SI", "CZ": "CZ", "EST": "EE", "IRL": "IE", "GB": "GB", "RSM": "SM",
    "BIH": "BA", "MNE": "ME", "SRB": "RS", "GER": "DE", "SUI": "CH", "DEN": "DK", "NED": "NL", "POR": "PT",
    "SPA": "ES", "ESP": "ES", "HOL": "NL", "EIR": "IE", "V": "VA", "M": "MT", "FR": "FR",
}  # fmt: skip

#: Folded names that are not in the standard lists.
NAMES = {
    "uk": "GB", "u.k.": "GB", "england": "GB", "scotland": "GB", "wales": "GB", "great britain": "GB",
    "northern ireland": "GB", "grossbritannien": "GB", "grande-bretagne": "GB", "gran bretagna": "GB",
    "gran bretana": "GB", "gra-bretanha": "GB", "groot-brittannie": "GB", "iso-britannia": "GB", "angleterre": "GB",
    "engeland": "GB", "inghilterra": "GB", "inglaterra": "GB", "englanti": "GB", "usa": "US", "u.s.a.": "US",
    "us": "US", "vereinigte staaten": "US", "etats-unis": "US", "stati uniti": "US", "estados unidos": "US",
    "verenigde staten": "US", "yhdysvallat": "US", "eeuu": "US", "ee.uu.": "US", "holland": "NL", "hollande": "NL",
    "holanda": "NL", "olanda": "NL", "hollanti": "NL", "the netherlands": "NL", "nederland": "NL", "pays bas": "NL",
    "paises bajos": "NL", "brd": "DE", "bundesrepublik deutschland": "DE", "germania": "DE", "allemagne": "DE",
    "furstentum liechtenstein": "LI", "principality of liechtenstein": "LI", "oesterreich": "AT",
    "schweizerische eidgenossenschaft": "CH", "confoederatio helvetica": "CH", "die schweiz": "CH", "suisse": "CH",
    "svizzera": "CH", "svizra": "CH", "czech republic": "CZ", "tschechien": "CZ", "tschechische republik": "CZ",
    "ceska republika": "CZ", "slovak republic": "SK", "republic of ireland": "IE", "eire": "IE", "sverige": "SE",
    "norge": "NO", "danmark": "DK", "polska": "PL", "magyarorszag": "HU", "eesti": "EE", "island": "IS",
    "england, uk": "GB", "united kingdom": "GB", "belgie": "BE", "belgique": "BE",
}  # fmt: skip

LANGUAGES = ("en", "de", "fr", "nl", "pt", "es", "it", "fi")

#: Figures in the postcode, for countries where a leading zero occurs and a spreadsheet may have eaten it.
POSTCODE_LENGTH = {
    "DE": 5, "FR": 5, "FI": 5, "ES": 5, "IT": 5, "EE": 5, "LT": 5, "US": 5, "MX": 5, "TR": 5, "UA": 5, "HR": 5,
    "RS": 5, "MC": 5, "SM": 5, "VA": 5, "AX": 5, "RE": 5, "GP": 5, "MQ": 5, "GF": 5, "KR": 5, "MY": 5, "TH": 5,
    "NO": 4, "DK": 4, "AU": 4, "NZ": 4, "ZA": 4, "RO": 6, "RU": 6, "SG": 6,
}  # fmt: skip

#: Currencies by the country an unlabelled amount most likely comes from are the depot's business; signs are not.
CURRENCY_SIGNS = {
    "€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR", "chf": "CHF", "sfr": "CHF", "fr": "CHF", "fr.": "CHF",
    "franken": "CHF", "sfr.": "CHF", "£": "GBP", "gbp": "GBP", "$": "USD", "us$": "USD", "usd": "USD", "kr": "",
    "dkk": "DKK", "sek": "SEK", "nok": "NOK", "pln": "PLN", "zł": "PLN", "czk": "CZK", "kc": "CZK", "huf": "HUF",
    "ft": "HUF", "brl": "BRL", "r$": "BRL", "cad": "CAD", "aud": "AUD", "euroa": "EUR",
}  # fmt: skip
