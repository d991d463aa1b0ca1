"""`Mapping`: the one value the import page edits. It says what each column means and how its cells are written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, NamedTuple

from dispatch_console.intake.fields import FLEET_ONLY, LABELS, SEVERAL, Field
from dispatch_console.intake.notations.dates import DateOrder
from dispatch_console.intake.notations.text import fold, words

CERTAIN = 100  # the confidence of what the user set by hand

Target = Literal["orders", "fleet"]


class Use(NamedTuple):
    """What one column is for: its field, how sure that is (0–100), and what a plain cell of it counts in.

    `unit` is a unit of measure; the currency for cash; "date" for a window whose cells also name the day;
    "collection" or "delivery" for a yes-or-no column, whichever a yes stands for.
    """

    field: Field
    confidence: int = CERTAIN
    unit: str = ""


class Choices(NamedTuple):
    """How the cells are written, where they do not say it themselves.

    `decimal` is "," or "."; `grouped` joins rows with the same reference into one order; `country` and `currency`
    are what empty cells mean ("" : nothing).
    """

    date_order: DateOrder = DateOrder.DMY
    decimal: str = "."
    grouped: bool = False
    country: str = ""
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Mapping:
    """`uses` has one entry per column of `headers`: None for a column that is not read."""

    headers: tuple[str, ...]
    uses: tuple[Use | None, ...]
    choices: Choices = Choices()
    target: Target = "orders"

    def columns(self, field: Field) -> tuple[int, ...]:
        return tuple(i for i, use in enumerate(self.uses) if use and use.field is field)

    def column(self, *fields: Field) -> int | None:
        """The first column of the first of these fields that has one."""
        return next((column for field in fields for column in self.columns(field)), None)

    def use(self, field: Field) -> Use | None:
        column = self.column(field)
        return None if column is None else self.uses[column]

    def has(self, *fields: Field) -> bool:
        return any(use and use.field in fields for use in self.uses)

    def confidence(self, column: int) -> int:
        use = self.uses[column]
        return use.confidence if use else 0

    def unit(self, column: int) -> str:
        """What a plain cell of the column counts in (see `Use`); empty for a column that is not read."""
        use = self.uses[column]
        return use.unit if use else ""

    def with_field(self, column: int, field: Field | None) -> Mapping:
        """The column means `field` from now on; another column gives it up, unless the field may have several."""
        uses = [None if use and use.field is field and field not in SEVERAL else use for use in self.uses]
        uses[column] = Use(field, CERTAIN, self.unit(column)) if field else None
        return replace(self, uses=tuple(uses))

    def with_unit(self, column: int, unit: str) -> Mapping:
        use = self.uses[column]
        uses = list(self.uses)
        uses[column] = use._replace(unit=unit, confidence=CERTAIN) if use else None
        return replace(self, uses=tuple(uses))

    def with_choices(self, **changes: Any) -> Mapping:
        return replace(self, choices=self.choices._replace(**changes))


def fields_for(target: Target) -> tuple[Field, ...]:
    """What the field button of a column offers."""
    shared = {Field.SKILLS, Field.PHONE, Field.NOTES, Field.FIRST_NAME, Field.LAST_NAME}
    return tuple(
        f for f in LABELS if (f in FLEET_ONLY or f in shared if target == "fleet" else f not in FLEET_ONLY)
    )


def fingerprint(headers: Iterable[str]) -> str:
    """The same for the same columns in any order and spelling of blanks, case and accents."""
    names = sorted(" ".join(words(header)) for header in headers)
    return hashlib.sha256("\n".join(names).encode("utf-8")).hexdigest()[:24]


def likeness(mapping: Mapping, headers: Sequence[str]) -> float:
    """0 … 1: how many columns a remembered mapping shares with these headers."""
    mine, theirs = set(_keys(mapping.headers)), set(_keys(headers))
    return len(mine & theirs) / len(mine | theirs) if mine | theirs else 0.0


class Reapplied(NamedTuple):
    """`new` are columns the remembered mapping did not know, `missing` headers it knew that are gone."""

    mapping: Mapping
    new: tuple[int, ...]
    missing: tuple[str, ...]


def reapply(remembered: Mapping, guessed: Mapping) -> Reapplied:
    """A remembered mapping on the columns of another file; what it does not know stays as guessed.

    A new column keeps its guess only if no remembered column has that field. Choices are the remembered ones, but
    whether rows are grouped and how dates are written follows the file, if it shows it.
    """
    known = dict(zip(_keys(remembered.headers), remembered.uses, strict=True))
    keys = _keys(guessed.headers)
    taken = {use.field for key in keys if (use := known.get(key))}
    uses: list[Use | None] = []
    for key, guess in zip(keys, guessed.uses, strict=True):
        if key in known:
            uses.append(known[key])
        else:
            uses.append(guess if guess and (guess.field in SEVERAL or guess.field not in taken) else None)
    new = tuple(i for i, key in enumerate(keys) if key not in known and guessed.headers[i])
    missing = tuple(
        h for h, key in zip(remembered.headers, _keys(remembered.headers), strict=True) if h and key not in keys
    )
    choices = guessed.choices._replace(
        grouped=remembered.choices.grouped,
        country=remembered.choices.country or guessed.choices.country,
        currency=remembered.choices.currency or guessed.choices.currency,
    )
    return Reapplied(Mapping(guessed.headers, tuple(uses), choices, remembered.target), new, missing)


def _keys(headers: Sequence[str]) -> list[tuple[str, int]]:
    """Headers so that they can be compared; the second `Name` of a file is another column than the first."""
    seen: dict[str, int] = {}
    keys: list[tuple[str, int]] = []
    for header in headers:
        name = " ".join(words(header)) or fold(header)
        seen[name] = seen.get(name, 0) + 1
        keys.append((name, seen[name]))
    return keys


def to_json(mapping: Mapping) -> str:
    uses = [[use.field, use.confidence, use.unit] if use else None for use in mapping.uses]
    value = {
        "headers": mapping.headers,
        "uses": uses,
        "choices": mapping.choices._asdict(),
        "target": mapping.target,
    }
    return json.dumps(value, ensure_ascii=False)


def from_json(text: str) -> Mapping | None:
    """None for a text that is not (or no longer) such a mapping."""
    try:
        value = json.loads(text)
        uses = tuple(Use(Field(use[0]), int(use[1]), str(use[2])) if use else None for use in value["uses"])
        choices = value["choices"] | {"date_order": DateOrder(value["choices"]["date_order"])}
        found = Mapping(tuple(map(str, value["headers"])), uses, Choices(**choices), value["target"])
    except (ValueError, TypeError, KeyError, IndexError):
        return None
    return found if len(found.headers) == len(found.uses) and found.target in ("orders", "fleet") else None


def sources(mapping: Mapping) -> dict[str, str | list[str]]:
    """Field of the contract → header text, or texts where several columns make it: for scripts."""
    found: dict[str, list[str]] = {}
    for name, fields in (_FLEET if mapping.target == "fleet" else _ORDERS).items():
        headers = [mapping.headers[i] for field in fields for i in mapping.columns(field)]
        if headers:
            found[name] = headers
    if "cod_amount" not in found and mapping.has(Field.PAYMENT) and mapping.has(Field.TOTAL):
        found["cod_amount"] = [mapping.headers[c] for f in (Field.PAYMENT, Field.TOTAL) for c in mapping.columns(f)]
    if "cod_currency" not in found and (cod := mapping.use(Field.COD)) and cod.unit:
        found["cod_currency"] = found["cod_amount"]
    if "day" not in found and mapping.target == "orders":
        found["day"] = [mapping.headers[i] for i, use in enumerate(mapping.uses) if use and use.unit == "date"]
    return {name: headers[0] if len(headers) == 1 else headers for name, headers in found.items() if headers}


_ORDERS: dict[str, tuple[Field, ...]] = {
    "reference": (Field.REFERENCE,), "kind": (Field.KIND,), "name": (Field.NAME, Field.FIRST_NAME, Field.LAST_NAME),
    "company": (Field.COMPANY,), "phone": (Field.PHONE,), "email": (Field.EMAIL,), "street": (Field.STREET,),
    "house_number": (Field.HOUSE_NUMBER, Field.HOUSE_ADDITION), "postcode": (Field.POSTCODE, Field.TOWN),
    "city": (Field.CITY, Field.TOWN), "country": (Field.COUNTRY,), "lat": (Field.LAT, Field.LAT_LON),
    "lon": (Field.LON, Field.LAT_LON), "day": (Field.DAY,),
    "windows": (Field.WINDOW, Field.WINDOW_FROM, Field.WINDOW_TO), "service_minutes": (Field.SERVICE,),
    "weight_kg": (Field.WEIGHT, Field.WEIGHT_EACH, Field.WEIGHT_LINE),
    "volume_m3": (Field.VOLUME, Field.VOLUME_EACH, Field.VOLUME_LINE), "pieces": (Field.PIECES,),
    "priority": (Field.PRIORITY,), "skills": (Field.SKILLS,), "cod_amount": (Field.COD,),
    "cod_currency": (Field.CURRENCY,), "notes": (Field.NOTES,), "item_sku": (Field.ITEM_SKU,),
    "item_description": (Field.ITEM_DESCRIPTION,), "item_quantity": (Field.ITEM_QUANTITY,),
    "ready_at": (Field.RELEASE,), "late_per_minute": (Field.LATE,), "parking_minutes": (Field.PARKING,),
    "zone": (Field.ZONE,), "goods": (Field.GOODS,), "not_drivers": (Field.NOT_DRIVERS,),
    "usual_drivers": (Field.KNOWN_BY,),
}  # fmt: skip

_FLEET: dict[str, tuple[Field, ...]] = {
    "driver": (Field.DRIVER, Field.FIRST_NAME, Field.LAST_NAME), "vehicle": (Field.VEHICLE,),
    "plate": (Field.PLATE,),
    "capacity_kg": (Field.CAPACITY_KG,), "capacity_m3": (Field.CAPACITY_M3,),
    "capacity_pieces": (Field.CAPACITY_PIECES,), "shift": (Field.SHIFT, Field.SHIFT_START, Field.SHIFT_END),
    "break_minutes": (Field.BREAK_MINUTES,),
    "break_window": (Field.BREAK_WINDOW, Field.BREAK_START, Field.BREAK_END),
    "start_location": (Field.START_PLACE,), "end_location": (Field.END_PLACE,), "cost_per_hour": (Field.COST_HOUR,),
    "cost_per_km": (Field.COST_KM,), "fixed_cost": (Field.COST_FIXED,), "max_stops": (Field.MAX_STOPS,),
    "weekdays": (Field.WEEKDAYS,), "max_drive_minutes": (Field.MAX_DRIVE,), "max_km": (Field.MAX_KM,),
    "overtime_minutes": (Field.OVERTIME,), "overtime_per_hour": (Field.OVERTIME_COST,), "tours": (Field.TOURS,),
    "reload_minutes": (Field.RELOAD,), "home_zones": (Field.HOME_ZONES,), "no_zones": (Field.NO_ZONES,),
    "skills": (Field.SKILLS,), "phone": (Field.PHONE,),
}  # fmt: skip
