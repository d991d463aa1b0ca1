"""What the button of an incident records."""

from __future__ import annotations

from dispatch_console.domain.errors import UserError
from dispatch_console.domain.facts import NO_STOP, Fact, FactKind
from dispatch_console.domain.plan import POOL
from dispatch_console.services.incidents import forecasts
from dispatch_console.services.incidents.values import Incident, hhmm
from dispatch_console.services.session import DaySession, for_good
from dispatch_console.services.statuses import Said, leaving, when


@for_good
def tell(session: DaySession, incident: Incident, said: Said, initiator: object = None) -> None:
    """The customer of a late stop was told when the driver comes: it is no incident any more while that holds."""
    day, stop = session.day, incident.stops[0]
    route = day.plan.where.get(stop, POOL)
    if route == POOL:
        raise UserError("This stop has no driver any more.")
    note = f"told {hhmm(day, incident.at)}"
    at = when(day, said, FactKind.CALLED, route, stop)
    fact = Fact(stop, route, FactKind.CALLED, at, note, value=incident.at, recorded=said.heard(at), who=said.who)
    session.record([fact], said.now, initiator)


@for_good
def set_out(session: DaySession, incident: Incident, said: Said, initiator: object = None) -> None:
    """The vans of the incident have left as planned; where one has not, "in the depot" corrects it."""
    day = session.day
    facts = [
        leaving(day, Fact(NO_STOP, id, FactKind.OUT, forecasts.start(day, id), recorded=said.now, who=said.who))
        for id in incident.routes
        if day.facts.state(id) is FactKind.IN_DEPOT
    ]
    session.record(facts, said.now, initiator)
