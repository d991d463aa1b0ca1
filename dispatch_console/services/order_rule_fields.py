"""What an order asks of the plan, as a dispatcher types it; and back as text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dispatch_console.domain.orders import DriverId, Order
from dispatch_console.intake import drivers
from dispatch_console.intake.notations import choices, quantities, windows
from dispatch_console.intake.notations.money import money
from dispatch_console.intake.problems import Fault, Problem
from dispatch_console.services import field_ranges as ranges

NAMES = "release late parking zone goods not_drivers known_by".split()

#: Driver → name, for those whose names are known. Others are written `#17`.
type DriverNames = Mapping[DriverId, str]


def texts_of(order: Order, names: DriverNames) -> dict[str, str]:
    """The rules of `order` as the form shows them."""
    return {
        "release": hhmm(order.release_s) if order.release_s else "",
        "late": f"{order.late_per_min / 100:.2f}" if order.late_per_min else "",
        "parking": minutes(order.parking_s) if order.parking_s else "",
        "zone": order.zone,
        "goods": ", ".join(sorted(order.goods)),
        "not_drivers": named(order.not_drivers, names),
        "known_by": named(order.known_by, names),
    }


def named(ids: Iterable[DriverId], names: DriverNames) -> str:
    """`Ada Quill; Ben Rook`: a name may hold a comma."""
    return "; ".join(sorted(names.get(id) or f"#{id}" for id in ids))


def release(typed: str) -> int | Fault:
    found = windows.clock(typed)
    return 0 if found is None else found


def late(typed: str) -> int | Fault:
    return ranges.within(_cents, ranges.MOST_PRICE, str(ranges.MOST_PRICE // 100))(typed)


def parking(typed: str) -> int | Fault:
    return ranges.within(_seconds, ranges.MOST_PARKING, "4 hours")(typed)


def goods(typed: str) -> frozenset[str]:
    return choices.classes(typed)


def ids(typed: str, names: DriverNames, kept: frozenset[DriverId]) -> frozenset[DriverId] | Fault:
    """Whom the names mean. `kept`: who may also be named by number, as `texts_of` does without a name."""
    known = drivers.by_name([*names.items(), *((id, f"#{id}") for id in kept)])
    found = drivers.read(typed, known)
    if found is None:
        return frozenset()
    if found.unknown:
        close = [name for name in names.values() if set(drivers.key(name).split()) & set(_words(found.unknown))]
        return Fault(Problem.MISSING_DRIVER, "is no driver of this depot", tuple(close[:2]))
    return found.ids


def hhmm(seconds: int) -> str:
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}"


def minutes(seconds: int) -> str:
    return str(seconds // 60) if seconds % 60 == 0 else f"{seconds} s"


def _words(names: Iterable[str]) -> list[str]:
    return [word for name in names for word in drivers.key(name).split()]


def _cents(typed: str) -> int | Fault:
    found = money(typed)
    return found if isinstance(found, Fault) else 0 if found is None else found[0]


def _seconds(typed: str) -> int | Fault:
    found = quantities.duration(typed)
    return found if isinstance(found, Fault) else found or 0
