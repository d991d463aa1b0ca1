"""A day under way: approved, all vans out, every stop before a time told of, some of them late."""

from __future__ import annotations

import random

from dispatch_console.domain.day import Approval, Day, DayState
from dispatch_console.domain.facts import NO_STOP, Fact, FactKind
from dispatch_console.domain.reasons import Reason
from dispatch_console.services.session import DaySession

#: Of stops: share that fails; of routes: share that runs late, and by how much (seconds).
_FAILS, _LATE, _BY = 0.04, 0.35, (600, 2700)


def under_way(day: Day, now: int, seed: int = 7) -> Day:
    """`day`, which has a plan, at `now`: what the drivers would have phoned in by then."""
    session = DaySession(day)
    session.set_approval(Approval(DayState.APPROVED, "Benchmark"))
    dice = random.Random(seed)
    facts: list[Fact] = []
    for id, timed in session.day.schedules.items():
        if not timed.visits:
            continue
        behind = dice.randint(*_BY) if dice.random() < _LATE else 0
        facts.append(Fact(NO_STOP, id, FactKind.OUT, timed.start, recorded=timed.start))
        for visit in timed.visits:
            come, go = visit.arrive + behind, visit.depart + behind
            if come <= now:
                facts.append(Fact(visit.stop, id, FactKind.ARRIVED, come, recorded=come))
            if go <= now:
                failed = dice.random() < _FAILS
                kind, why = (FactKind.FAILED, Reason.ABSENT) if failed else (FactKind.DELIVERED, None)
                facts.append(Fact(visit.stop, id, kind, go, reason=why, recorded=go))
    session.record(sorted(facts, key=lambda fact: fact.at), now)
    return session.day
