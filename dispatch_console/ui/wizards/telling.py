"""What a wizard writes down besides the plan: what has happened, and who was phoned."""

from __future__ import annotations

from dispatch_console.domain.facts import NO_STOP, FactKind
from dispatch_console.domain.plan import POOL
from dispatch_console.services import calls, statuses
from dispatch_console.services.session import DaySession
from dispatch_console.services.statuses import Said
from dispatch_console.services.wizards.draft import Phone
from dispatch_console.ui.wizards.common import tr
from dispatch_console.ui.wizards.view import Told


def tell(session: DaySession, told: Told, said: Said, initiator: object) -> None:
    """As a fact of now."""
    statuses.on_route(session, told.route, told.kind, said, value=told.value, place=told.place, initiator=initiator)


def announced(told: Told | None) -> tuple[str, ...]:
    """That accepting tells it, as sentences."""
    kinds = {
        FactKind.BROKEN_DOWN: tr("Accepting writes down that the van stands."),
        FactKind.SICK: tr("Accepting writes down that the driver is sick."),
    }
    return (kinds[told.kind],) if told is not None and told.kind in kinds else ()


def note_call(session: DaySession, phone: Phone, said: Said, initiator: object) -> None:
    """Somebody was phoned and knows the plan of now."""
    stop = NO_STOP if phone.stop is None else phone.stop
    route = session.day.plan.where.get(stop, POOL) if phone.route is None else phone.route
    calls.note(session, route, stop, phone.sentence, said, initiator)
