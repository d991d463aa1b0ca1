"""What tooltips tell of a day that runs: what happened, who told so, what is presumed, planned against actual."""

from __future__ import annotations

from html import escape

from dispatch_console.domain.day import Day, DayState
from dispatch_console.domain.facts import FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.rules import BrokenRule, Rule, describe, minutes
from dispatch_console.domain.schedule import Visit
from dispatch_console.services import actuals
from dispatch_console.ui import texts
from dispatch_console.ui.models import standing, words
from dispatch_console.ui.models.standing import Outcome

_tr = texts.of("Running")

#: So much earlier or later than planned is worth a line.
_WORTH_S = 5 * 60


def of_route(day: Day, id: ShiftId) -> list[str]:
    """Where the van is, how far it has come, and when it was to be back; nothing before the first van leaves."""
    if not day.plan.route(id).stops or day.state in (DayState.DRAFT, DayState.APPROVED):
        return []
    now = actuals.of_route(day, id)
    far = now.progress
    parts = [_tr("{done} of {all} done").format(done=far.done, all=far.total)]
    if far.failed:
        parts.append(_tr("{n} failed").format(n=far.failed))
    presumed = standing.outcomes(day, day.plan.route(id), far).count(Outcome.PRESUMED)
    if presumed:
        parts.append(_tr("{n} presumed, nobody phoned").format(n=presumed))
    lines = [_whereabouts(day, id), ", ".join(parts)]
    if now.planned is not None and now.delay_s is not None and (now.back or not day.facts.stuck(id)):
        text = (
            _tr("back {at}, planned back {then} ({late} min)")
            if now.back
            else _tr("will be back {at}, planned back {then} ({late} min)")
        )
        times = {"at": _hhmm(day, now.end), "then": _hhmm(day, now.planned.end)}
        lines.append(text.format(**times, late=words.signed_minutes(now.delay_s)))
    return lines


def _whereabouts(day: Day, id: ShiftId) -> str:
    fact = day.facts.states.get(id)
    if fact is None or fact.kind is FactKind.IN_DEPOT:
        return _tr("not out yet")
    since = state_word(fact.kind) + " " + _tr("since {at}").format(at=_hhmm(day, fact.at))
    return since + (_tr(", told by {who}").format(who=escape(fact.who)) if fact.who else "")


def state_word(kind: FactKind) -> str:
    """Where a van is, in a word."""
    found = {
        FactKind.IN_DEPOT: _tr("not out"),
        FactKind.OUT: _tr("out"),
        FactKind.BACK: _tr("back"),
        FactKind.DEBRIEFED: _tr("debriefed"),
        FactKind.CLOSED: _tr("closed"),
    }
    return found[kind]


def folded(done: int, failed: int, presumed: int) -> str:
    """What a row of folded stops stands for."""
    parts = [_tr("{stops} done").format(stops=words.count(done, "stop"))]
    if failed:
        parts.append(_tr("{n} of them failed").format(n=failed))
    if presumed:
        parts.append(_tr("{n} presumed: nobody phoned, but the driver has gone on").format(n=presumed))
    return ", ".join(parts)


def came(day: Day, visit: Visit, outcome: Outcome) -> str:
    """What happened at a stop that is not open, when, and who told so."""
    if outcome is Outcome.AT_DOOR:
        return _tr("at the door since {at}").format(at=_hhmm(day, visit.arrive))
    if outcome is Outcome.PRESUMED:
        text = _tr("presumed done about {at}: nobody phoned, but the driver has gone on")
        return text.format(at=_hhmm(day, visit.depart))
    fact = day.facts.outcome(visit.stop)
    assert fact is not None, "only what was told has such an outcome"
    reason = standing.reason_word(day.facts, visit.stop)
    what = standing.outcome_word(outcome) + (f", {reason}" if reason else "")
    text = _tr("{what} at {at}").format(what=what, at=_hhmm(day, fact.at))
    if not fact.who:
        return text
    return text + _tr(", told by {who} {at}").format(who=escape(fact.who), at=_hhmm(day, fact.recorded))


def rule(day: Day, route: ShiftId, broken: BrokenRule, outcome: Outcome, since: int | None) -> str:
    """`Will be 20 min late, known since 11:20.`; of what is over, that it was; before facts, as it is planned."""
    if broken.rule is not Rule.WINDOW or not day.facts.entries:
        text = describe(broken, day.shifts[route])
        return f"{text[:1].upper()}{text[1:]}."
    late = minutes(broken.by)
    if standing.is_over(outcome):
        return _tr("Was {n} min late.").format(n=late)
    if since is None:
        return _tr("Will be {n} min late.").format(n=late)
    return _tr("Will be {n} min late, known since {at}.").format(n=late, at=_hhmm(day, since))


def planned(day: Day, visit: Visit) -> list[str]:
    """When the visit was to begin, once it is much earlier or later."""
    then = day.baseline.stops.get(visit.stop) if day.baseline is not None else None
    if then is None or not day.facts.entries or abs(visit.begin - then.begin) < _WORTH_S:
        return []
    return [_tr("planned {at}").format(at=_hhmm(day, then.begin))]


def _hhmm(day: Day, seconds: int) -> str:
    return words.wall(seconds, day.date, day.depot.timezone)
