"""Addresses looked up on the net, for those who switch it on: one question a second, each asked only once.

Off by default: whoever switches it on tells a service on the net where his customers live.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import Any

from geopy.adapters import URLLibAdapter
from geopy.exc import GeocoderInsufficientPrivileges, GeocoderQuotaExceeded, GeocoderRateLimited, GeopyError
from geopy.geocoders import Nominatim

from dispatch_console.domain.errors import UserError
from dispatch_console.domain.orders import Address
from dispatch_console.domain.places import Place, is_valid
from dispatch_console.domain.region import Hit, HitQuality
from dispatch_console.geocoding import addresses, countries, scoring
from dispatch_console.geocoding.folding import name, number, postcode
from dispatch_console.geocoding.houses import metres
from dispatch_console.geocoding.parsing import Parsed, readings

#: The service that OpenStreetMap runs for everybody.
PUBLIC = "https://nominatim.openstreetmap.org"
#: The service's own rule, and how long an answer may take.
PAUSE_S, TIME_OUT_S = 1.0, 10.0
_MOST = 5
_AGENT = "dispatch-console"
_AWAY = "Addresses cannot be looked up online just now. Check the net, or set the pins by hand."
_ENOUGH = "The online search for addresses allows no more questions for now. Try again later."
_REFUSED = "The online search for addresses refuses this program. Set the pins by hand."
#: What the service calls the town, from what is on envelopes.
_TOWNS = ("city", "town", "village", "municipality", "suburb", "hamlet")

#: Asks the service: (query, countries) → its answers as they come.
Ask = Callable[[dict[str, str], Sequence[str]], list[dict[str, Any]]]


class OnlineGeocoder:
    """Looks addresses up, remembering answers in the file `cache`. Blocks for seconds: not for the window."""

    def __init__(
        self,
        cache: Path,
        url: str = PUBLIC,
        email: str = "",
        ask: Ask | None = None,
        clock: Callable[[], float] = time.monotonic,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self._cache = cache
        self._ask = ask or _asking(url, email)
        self._clock, self._wait = clock, wait
        self._next = float("-inf")
        self._one = Lock()  # imports and look-ups ask from threads of their own

    def __call__(self, address: Address) -> list[Hit]:
        """Hits, the best first. UserError, one sentence, where the net is away or the service refuses."""
        parsed = next(iter(readings(address)), None)
        key = addresses.key(address)
        if parsed is None or not key:
            return []
        key = f"{key}|{parsed.country}"
        with self._one:
            answers = self._known(key)
            if answers is None:
                answers = self._asked(parsed)
                self._remember(key, answers)
        hits = [hit for answer in answers if (hit := _hit(answer, parsed)) is not None]
        return _one_certain(sorted(hits, key=lambda hit: (not hit.certain, -hit.confidence)))

    def _asked(self, parsed: Parsed) -> list[dict[str, Any]]:
        self._wait(max(0.0, self._next - self._clock()))
        self._next = self._clock() + PAUSE_S
        query = {
            "street": f"{parsed.number.text} {parsed.street}".strip(),
            "city": parsed.city,
            "postalcode": parsed.postcode,
        }
        codes = [parsed.country.lower()] if parsed.country not in ("", countries.STRANGE) else []
        try:
            return self._ask({field: text for field, text in query.items() if text}, codes)
        except (GeocoderQuotaExceeded, GeocoderRateLimited) as error:
            raise UserError(_ENOUGH) from error
        except GeocoderInsufficientPrivileges as error:
            raise UserError(_REFUSED) from error
        except (GeopyError, OSError, ValueError) as error:
            raise UserError(_AWAY) from error

    def _known(self, key: str) -> list[dict[str, Any]] | None:
        """An answer of before; a cache that cannot be read knows nothing."""
        try:
            with closing(sqlite3.connect(self._cache)) as db:
                row = db.execute("select answers from answers where key = ?", (key,)).fetchone()
            return json.loads(row[0]) if row else None
        except (sqlite3.Error, ValueError):
            return None

    def _remember(self, key: str, answers: list[dict[str, Any]]) -> None:
        try:
            with closing(sqlite3.connect(self._cache)) as db, db:
                db.execute("create table if not exists answers(key text primary key, answers text not null)")
                db.execute("insert or replace into answers values (?,?)", (key, json.dumps(answers)))
        except sqlite3.Error:  # asked again next time
            return


def _asking(url: str, email: str) -> Ask:
    made: Any = Nominatim  # the library tells no types, and what is guessed from its defaults is too narrow
    scheme, _, domain = url.partition("://")
    agent = f"{_AGENT} ({email})" if email else _AGENT
    # The other adapter tries again by itself, and writes whom it asked for into the log.
    service = made(
        user_agent=agent, scheme=scheme, domain=domain, timeout=TIME_OUT_S, adapter_factory=URLLibAdapter
    )

    def ask(query: dict[str, str], codes: Sequence[str]) -> list[dict[str, Any]]:
        found: Any = service.geocode(
            query, exactly_one=False, limit=_MOST, addressdetails=True, country_codes=list(codes) or None
        )
        return [place.raw for place in found or ()]

    return ask


def _hit(answer: dict[str, Any], parsed: Parsed) -> Hit | None:
    """An answer of the service, judged by what was asked."""
    try:
        place = Place(float(answer["lat"]), float(answer["lon"]))
        said = {str(field): str(text) for field, text in dict(answer.get("address") or {}).items()}
    except (KeyError, TypeError, ValueError):
        return None
    if not is_valid(*place):
        return None
    street = said.get("road") or said.get("pedestrian") or said.get("place") or ""
    towns = [
        said[field] for field in ("city", "town", "village", "municipality", "suburb", "hamlet") if field in said
    ]
    like = scoring.alike(name(parsed.street), name(street)) if street else scoring.Likeness(0.0, 99)
    cities = [scoring.alike(name(parsed.city), name(town)).share for town in towns] if parsed.city else []
    code = countries.head(postcode(said.get("postcode", ""))) == countries.head(parsed.postcode)
    town = scoring.town_share(
        max(cities, default=0.0) if parsed.city else None, float(code) if parsed.postcode else None
    )
    same = bool(parsed.number.text) and number(said.get("house_number", "")).text == parsed.number.text
    quality: HitQuality = (
        "house" if same else "near_house" if "house_number" in said else "street" if street else "place"
    )
    certain = same and like.slips <= scoring.SLIPS and town >= scoring.TOWN_ALIKE
    confidence = 0.95 if certain else round(0.9 * scoring.score(like, town, quality), 3)
    return Hit(
        place, quality, certain, confidence, _matched(said, street, towns), said.get("country_code", "").upper()
    )


def _one_certain(hits: list[Hit]) -> list[Hit]:
    """The same house at two places is at neither for certain."""
    sure = [hit for hit in hits if hit.certain]
    if any(metres(hit.place, sure[0].place) > scoring.ONE_PLACE_M for hit in sure):
        return [replace(hit, certain=False, confidence=min(hit.confidence, 0.5)) for hit in hits]
    return [
        *sure[:1],
        *(replace(hit, certain=False) for hit in sure[1:]),
        *(hit for hit in hits if not hit.certain),
    ]


def _matched(said: dict[str, str], street: str, towns: Sequence[str]) -> str:
    house, first = said.get("house_number", ""), countries.rules(said.get("country_code", "").upper()).number_first
    line = " ".join(part for part in ((house, street) if first else (street, house)) if part)
    town = " ".join(part for part in (said.get("postcode", ""), next(iter(towns), "")) if part)
    return ", ".join(part for part in (line, town) if part)
