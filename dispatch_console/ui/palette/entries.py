"""What the palette can find: actions of the registry, orders and drivers of the day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from dispatch_console.domain import numbers, saying
from dispatch_console.domain.day import Day
from dispatch_console.domain.fleet import Shift
from dispatch_console.domain.orders import Order, StopId
from dispatch_console.domain.plan import POOL
from dispatch_console.services import lookup
from dispatch_console.services.lookup import Found
from dispatch_console.ui.actions import Action
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.models import words
from dispatch_console.ui.palette.ranking import Match, Text, alike, exact

Kind = Literal["action", "order", "driver", "past"]
Scope = Literal["", ">", "#", "@"]
SCOPES: tuple[tuple[Scope, str], ...] = (("", "All"), (">", "> actions"), ("#", "# orders"), ("@", "@ drivers"))

#: How many of each are shown together; alone: as many as may be walked.
_TOGETHER: dict[Kind, int] = {"action": 6, "order": 5, "driver": 3}
_ALONE = 60
#: Orders of other days that are shown.
_PAST = 12
_OF_SCOPE: dict[Scope, tuple[Kind, ...]] = {
    "": ("action", "order", "driver"),
    ">": ("action",),
    "#": ("order",),
    "@": ("driver",),
}


class Row(NamedTuple):
    """A line of the list. `slot` 0: no chip but `icon`; `why_not` dims it and takes the place of the hint."""

    kind: Kind
    value: Action | Order | Shift | Found
    title: str
    hint: str
    spans: tuple[tuple[int, int], ...]
    icon: str = ""
    slot: int = 0
    initials: str = ""
    why_not: str = ""


class Group(NamedTuple):
    """A head with its count (`6 of 118`) and the rows below."""

    name: str
    found: str
    rows: tuple[Row, ...]


class Index:
    """Everything that can be found on one day, ready to be searched. Built when the palette opens."""

    def __init__(
        self, desk: Desk, values: dict[Kind, list[Action | Order | Shift]], texts: dict[Kind, list[Text]]
    ) -> None:
        self.desk, self.values, self.texts = desk, values, texts
        self._last = ""
        self._held: dict[Kind, list[int]] = {}

    def search(self, text: str) -> list[Group]:
        """The groups for what was typed; a first letter of `>#@` narrows it."""
        scope, query = split(text)
        query = scanned(query)
        groups: list[Group] = []
        for kind, matches in self._found(scope, query).items():
            shown = matches[: _TOGETHER[kind] if not scope else _ALONE]
            if shown:
                groups.append(self._group(kind, shown, len(matches)))
        return groups

    def is_guess(self, text: str) -> bool:
        """Whether nothing holds what was typed, so that only what is like it was found."""
        scope, query = split(text)
        query = scanned(query)
        return not any(self._exact(_OF_SCOPE[scope], query).values())

    def _found(self, scope: Scope, query: str) -> dict[Kind, list[Match]]:
        """A typing error is believed only where no kind of entry holds what was typed."""
        kinds: list[Kind] = [kind for kind in _OF_SCOPE[scope] if query or scope or kind != "order"]
        found = self._exact(kinds, query)
        return found if any(found.values()) else {kind: alike(query, self.texts[kind]) for kind in kinds}

    def _exact(self, kinds: Sequence[Kind], query: str) -> dict[Kind, list[Match]]:
        """What holds one more letter is among what held the letters before."""
        held = self._held if self._last and query.startswith(self._last) else {}
        found: dict[Kind, list[Match]] = {kind: exact(query, self.texts[kind], held.get(kind)) for kind in kinds}
        self._last = query
        self._held = {kind: sorted(match.at for match in some) for kind, some in found.items()}
        return found

    def _group(self, kind: Kind, shown: list[Match], found: int) -> Group:
        make = _ROWS[kind]
        rows = tuple(make(self.desk, self.values[kind][match.at], match.spans) for match in shown)
        if kind == "action":
            return Group("Actions", f"{len(shown)} of {len(self.values[kind])}", rows)
        if kind == "order":
            return Group("Orders", f"{len(shown)} of {found} {_when(self.desk)}", rows)
        return Group("Drivers", f"{len(shown)} of {found}", rows)


def split(text: str) -> tuple[Scope, str]:
    """What was typed → (scope, query)."""
    for scope, _ in SCOPES:
        if scope and text.startswith(scope):
            return scope, text[1:].strip()
    return "", text.strip()


def scanned(query: str) -> str:
    """The barcode of a piece as that of its order, under which it is listed; all else as it is."""
    code = lookup.code(query)
    return _code(code.number) if code is not None and code.letter in "DP" else query


def asks_all_days(text: str) -> str:
    """What to look for among the orders of all days; empty: it is not about orders, or too short."""
    scope, query = split(text)
    return query if scope in ("", "#") and len(query) >= 2 else ""


def past_group(desk: Desk, found: Sequence[Found]) -> Group | None:
    """The orders of other days below those of this one; None: there are none."""
    others = [one for one in found if one.date != desk.day.date or one.order not in desk.day.orders]
    rows = tuple(_past_row(one) for one in others[:_PAST])
    return Group("Orders of other days", f"{len(rows)}, newest first", rows) if rows else None


def _past_row(found: Found) -> Row:
    hint = " · ".join(part for part in (found.reference, found.address, found.phone) if part)
    title = f"{words.listed_name(found.recipient)}, {saying.date(found.date)}"
    return Row("past", found, title, hint, (), "ph.clock-counter-clockwise")


def _code(identity: int) -> str:
    return f"d{identity:08d}"


def index(desk: Desk) -> Index:
    """Gather what can be found now."""
    day = desk.day
    values: dict[Kind, list[Action | Order | Shift]] = {
        "action": list(desk.actions),
        "order": list(day.orders.values()),
        "driver": list(day.shifts.values()),
    }
    texts: dict[Kind, list[Text]] = {
        "action": [_action_text(action) for action in desk.actions],
        "order": [_order_text(order) for order in day.orders.values()],
        "driver": [_shift_text(shift) for shift in day.shifts.values()],
    }
    return Index(desk, values, texts)


def _action_text(action: Action) -> Text:
    return Text(action.text.casefold(), f"{action.group}\n{action.aka}".casefold())


def _order_text(order: Order) -> Text:
    rest = (order.reference, order.company, order.address.one_line, order.phone, _code(order.identity))
    return Text(words.listed_name(order.recipient).casefold(), "\n".join(rest).casefold())


def _shift_text(shift: Shift) -> Text:
    rest = (shift.vehicle.name, shift.vehicle.plate, shift.driver.initials)
    return Text(shift.driver.name.casefold(), "\n".join(rest).casefold())


def _action_row(desk: Desk, action: object, spans: tuple[tuple[int, int], ...]) -> Row:
    assert isinstance(action, Action)
    why_not = action.why_not() or ""
    return Row("action", action, action.text, action.hint, spans, action.icon or "ph.caret-right", why_not=why_not)


def _order_row(desk: Desk, order: object, spans: tuple[tuple[int, int], ...]) -> Row:
    assert isinstance(order, Order)
    title = words.listed_name(order.recipient)
    address = ", ".join(part for part in (order.address.street_line, order.address.city) if part)
    slot, initials, stands = _where(desk, order.stop)
    hint = " · ".join(part for part in (order.reference, address, stands) if part)
    return Row("order", order, title, hint, spans, "ph.package", slot, initials)


def _where(desk: Desk, stop: StopId) -> tuple[int, str, str]:
    """(slot, initials, `stop 15 · ETA 11:39`) of a stop; slot 0: unassigned."""
    day = desk.day
    route, at = day.position(stop)
    if route == POOL:
        return 0, "", words.no_place(day.stops[stop]) if day.stops[stop].place is None else "unassigned"
    shift, visit = day.shifts[route], day.schedules[route].visits[at]
    word = "done" if visit.done else "ETA"
    return shift.slot, shift.driver.initials, f"stop {numbers.of_stop(day, stop)} · {word} {desk.hhmm(visit.begin)}"


def _driver_row(desk: Desk, shift: object, spans: tuple[tuple[int, int], ...]) -> Row:
    assert isinstance(shift, Shift)
    hint = f"{shift.vehicle.name} · {_route_words(desk.day, desk, shift)}"
    return Row("driver", shift, shift.driver.name, hint, spans, "ph.user", shift.slot, shift.driver.initials)


def _route_words(day: Day, desk: Desk, shift: Shift) -> str:
    if shift.absent:
        return "absent"
    schedule = day.schedules[shift.id]
    if not schedule.visits:
        return "no stops"
    return f"{words.count(len(schedule.visits), 'stop')} · back {desk.hhmm(schedule.end)}"


def _when(desk: Desk) -> str:
    return "today" if desk.now is not None else "this day"


_ROWS: dict[Kind, Callable[[Desk, object, tuple[tuple[int, int], ...]], Row]] = {
    "action": _action_row,
    "order": _order_row,
    "driver": _driver_row,
}
