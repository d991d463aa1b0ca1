"""The fields of an order as a dispatcher types them, in the notations that files use too; and back as text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from dispatch_console.domain.fleet import Depot
from dispatch_console.domain.orders import Address, DriverId, Order, Window
from dispatch_console.domain.sizes import Money, Size
from dispatch_console.intake.notations import choices, countries, phones, quantities, text, windows
from dispatch_console.intake.notations.money import money
from dispatch_console.intake.notations.quantities import Style
from dispatch_console.intake.problems import Fault, Problem
from dispatch_console.services import field_ranges as ranges
from dispatch_console.services import order_rule_fields as rules
from dispatch_console.services import pickups
from dispatch_console.services.order_rule_fields import DriverNames
from dispatch_console.services.pickups import Stops

#: Everything that is typed as text; kind and priority are chosen, not typed.
NAMES = (
    "reference name company phone email street house_number postcode city country "
    "windows service kg m3 pieces cod skills notes pickup"
).split() + rules.NAMES

_EMAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s]+$")


class FieldProblem(NamedTuple):
    """Why a field cannot be read, as one sentence, and texts that could stand there instead, best first."""

    sentence: str
    instead: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What was typed, read: `problems` says why some fields could not be read; `order` has the others."""

    order: Order
    problems: Mapping[str, FieldProblem]


#: Of whom and of which day nobody knows anything.
_NOBODY: DriverNames = {}
_NOWHERE: Stops = {}


def texts_of(order: Order, names: DriverNames = _NOBODY, stops: Stops = _NOWHERE) -> dict[str, str]:
    """The fields of `order` as the form shows them; read back with the same `names` and `stops` they are it."""
    size = order.size
    return {
        "reference": order.reference,
        "name": order.name,
        "company": order.company,
        "phone": order.phone,
        "email": order.email,
        **order.address._asdict(),
        "windows": ", ".join(f"{rules.hhmm(window.start)}–{rules.hhmm(window.end)}" for window in order.windows),
        "service": "" if order.service_s is None else rules.minutes(order.service_s),
        "kg": _thousandths(size.grams),
        "m3": _thousandths(size.litres),
        "pieces": str(size.pieces) if size.pieces else "",
        "cod": _amount(order.cod),
        "skills": ", ".join(order.skills),
        "notes": order.notes,
        "pickup": pickups.text(order, stops),
        **rules.texts_of(order, names),
    }


def read(
    texts: Mapping[str, str], base: Order, depot: Depot, names: DriverNames = _NOBODY, stops: Stops = _NOWHERE
) -> Reading:
    """`base` with the fields of `texts`; a field that is not named, or cannot be read, stays as in `base`.

    A text that is as `texts_of(base)` shows it leaves its field as it is. A place stays only with the address it
    belongs to. `windows` and numbers take every notation of the import; a plain number of `service` counts in
    minutes, of `kg` and `m3` in the unit of the field. `pickup` is looked for among `stops`, which are the day's.
    """
    shown = texts_of(base, names, stops)
    reader = _Reader({name: typed for name, typed in texts.items() if typed != shown[name]}, depot)
    address = reader.address(base.address)
    moved = same_address(address) != same_address(base.address)
    order = replace(
        base,
        reference=reader.line("reference", base.reference),
        name=reader.line("name", base.name),
        company=reader.line("company", base.company),
        phone=reader.phone(base.phone, address.country),
        email=reader.email(base.email),
        address=address,
        place=None if moved else base.place,
        place_quality=None if moved else base.place_quality,
        windows=reader.value("windows", base.windows, _windows, "a time window, such as 08–12"),
        service_s=reader.value("service", base.service_s, quantities.duration, "a number of minutes"),
        size=reader.size(base.size),
        cod=reader.value("cod", base.cod, reader.money, "an amount of money"),
        skills=reader.value("skills", base.skills, lambda typed: choices.skills([typed]), ""),
        notes=text.clean_block(texts["notes"]) if "notes" in texts else base.notes,
    )
    order = reader.rules(order, names)
    pickup = reader.value("pickup", base.pickup, lambda typed: pickups.read(typed, order, stops), "")
    order = replace(order, pickup=pickup)
    reader.check(order)
    return Reading(order, reader.problems)


def as_last_time(base: Order, earlier: Order) -> Order:
    """`base` with who and where of an earlier order of the customer; what and when are to be said anew."""
    return replace(
        base,
        name=earlier.name,
        company=earlier.company,
        phone=earlier.phone,
        email=earlier.email,
        address=earlier.address,
        place=earlier.place,
        place_quality=earlier.place_quality,
        service_s=earlier.service_s,
        notes=earlier.notes,
        parking_s=earlier.parking_s,
        zone=earlier.zone,
        not_drivers=earlier.not_drivers,
        known_by=earlier.known_by,
    )


#: What `as_last_time` leaves to be said.
SAID_ANEW = "reference windows kg m3 pieces cod skills release late goods pickup".split()


def same_address(address: Address) -> tuple[str, ...]:
    """A form in which two spellings of one address compare equal."""
    return tuple(text.fold(" ".join(part.split())) for part in address)


def sentence(typed: str, message: str) -> str:
    """A clause of the readers ("is not a time of day", "November has 30 days") as a whole sentence."""
    joined = (
        f"“{typed}” {message}"
        if message.startswith(("is ", "has ", "must ", "cannot "))
        else f"“{typed}”: {message}"
    )
    return joined.rstrip(".") + "."


def problem(typed: str, fault: Fault, what: str) -> FieldProblem:
    """What a field shows; `what` ("a time, such as 08:00") where the fault only says what the text is not."""
    message = f"is not {what}" if fault.message.startswith("is not ") and what else fault.message
    return FieldProblem(sentence(typed, message), fault.suggestions)


class _Reader:
    """Reads one form and gathers what is wrong."""

    def __init__(self, texts: Mapping[str, str], depot: Depot) -> None:
        self._texts, self._depot = texts, depot
        self.problems: dict[str, FieldProblem] = {}

    def line(self, name: str, before: str) -> str:
        return text.clean(self._texts[name]) if name in self._texts else before

    def value[T](self, name: str, before: T, parse: Callable[[str], T | Fault], what: str) -> T:
        if name not in self._texts:
            return before
        typed = text.clean(self._texts[name])
        found = parse(typed)
        if isinstance(found, Fault):
            self.problems[name] = problem(typed, found, what)
            return before
        return found

    def address(self, before: Address) -> Address:
        parts = {name: self.line(name, getattr(before, name)) for name in Address._fields}
        code = countries.country(parts["country"])
        if "country" in self._texts and parts["country"] and not code:
            self.problems["country"] = FieldProblem(sentence(parts["country"], "is not a country"))
        parts["country"] = code or before.country if parts["country"] else ""
        if not parts["city"] and " " in parts["postcode"]:
            found, town = countries.split_town(parts["postcode"])
            if found and town:
                parts["postcode"], parts["city"] = found, town
        if "postcode" in self._texts:
            parts["postcode"] = countries.postcode(parts["postcode"], code or self._depot.country)
        return Address(**parts)

    def phone(self, before: str, country: str) -> str:
        typed = self.line("phone", "")
        if "phone" not in self._texts:
            return before
        if typed and sum(c.isdigit() for c in typed) < 3:
            self.problems["phone"] = FieldProblem(sentence(typed, "is not a phone number"))
            return before
        return phones.phone(typed, country or self._depot.country) if typed else ""

    def email(self, before: str) -> str:
        typed = self.line("email", before)
        if typed != before and typed and not _EMAIL.match(typed):
            self.problems["email"] = FieldProblem(sentence(typed, "is not an e-mail address"))
            return before
        return typed

    def size(self, before: Size) -> Size:
        def kg(typed: str) -> int | Fault:
            return _or_zero(quantities.grams(typed, Style(unit="kg")))

        def m3(typed: str) -> int | Fault:
            return _or_zero(quantities.litres(typed, Style(unit="m3")))

        def pieces(typed: str) -> int | Fault:
            return _or_zero(quantities.pieces(typed))

        return Size(
            self.value("kg", before.grams, ranges.within(kg, ranges.MOST_GRAMS, "1000 t"), "a weight in kg"),
            self.value("m3", before.litres, ranges.within(m3, ranges.MOST_LITRES, "100000 m³"), "a volume in m³"),
            self.value(
                "pieces", before.pieces, ranges.within(pieces, ranges.MOST_PIECES, "1000000"), "a whole number"
            ),
        )

    def money(self, typed: str) -> Money | Fault | None:
        found = money(typed)
        if found is None or isinstance(found, Fault):
            return found
        cents, currency = found
        if cents < 0:
            return Fault(Problem.NEGATIVE, "must be 0 or more", (typed.lstrip("-−"),))
        if cents > ranges.MOST_CASH:
            return Fault(Problem.NOT_A_NUMBER, f"must be at most {ranges.MOST_CASH // 100}")
        return Money(cents, currency or self._depot.currency) if cents else None

    def rules(self, before: Order, names: DriverNames) -> Order:
        """`before` with what was typed of what it asks of the plan."""

        def drivers(name: str, kept: frozenset[DriverId]) -> frozenset[DriverId]:
            return self.value(name, kept, lambda typed: rules.ids(typed, names, kept), "")

        return replace(
            before,
            release_s=self.value("release", before.release_s, rules.release, "a time of day, such as 09:30"),
            late_per_min=self.value("late", before.late_per_min, rules.late, "an amount of money"),
            parking_s=self.value("parking", before.parking_s, rules.parking, "a number of minutes"),
            zone=self.line("zone", before.zone),
            goods=self.value("goods", before.goods, rules.goods, ""),
            not_drivers=drivers("not_drivers", before.not_drivers),
            known_by=drivers("known_by", before.known_by),
        )

    def check(self, order: Order) -> None:
        """What no single field shows."""
        if not order.reference:
            self.problems["reference"] = FieldProblem("Every order needs a number by which it is found again.")
        if not (order.address.street or order.address.city) and order.place is None:
            self.problems.setdefault("street", FieldProblem("Type a street, or at least a town."))


def _windows(typed: str) -> tuple[Window, ...] | Fault:
    found = windows.windows(typed)
    return () if found is None else found


def _or_zero(found: int | Fault | None) -> int | Fault:
    return 0 if found is None else found


def _thousandths(value: int) -> str:
    """1,250 g → `1.25`; nothing for 0."""
    return f"{value / 1000:.3f}".rstrip("0").rstrip(".") if value else ""


def _amount(cod: Money | None) -> str:
    return f"{cod.cents // 100}.{cod.cents % 100:02d} {cod.currency}".strip() if cod else ""
