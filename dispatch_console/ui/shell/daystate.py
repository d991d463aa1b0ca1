"""The state of a day in words: the pill of the toolbar, and who said what when. No Qt of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from dispatch_console.domain import clock, saying
from dispatch_console.domain.day import Day, DayState
from dispatch_console.domain.facts import Fact, FactKind
from dispatch_console.ui import texts

_tr = texts.of("DayState")

_ON_THE_WAY = (FactKind.OUT, FactKind.BACK, FactKind.DEBRIEFED, FactKind.CLOSED)


def pill(day: Day) -> str:
    """`Draft`, `Approved`, `Approved · 12 out`, `2 out · 6 back`, `8 closed`, `Closed`."""
    if day.state is DayState.DRAFT:
        return _tr("Draft")
    if day.state is DayState.APPROVED:
        return _tr("Approved · printed") if day.approval.printed else _tr("Approved")
    if day.state is DayState.CLOSED:
        return _tr("Closed")
    counts = Counter(day.facts.state(route.id) for route in day.routes if route.stops)
    parts = [_count(kind, counts[kind]) for kind in _ON_THE_WAY if counts[kind]]
    if counts[FactKind.IN_DEPOT] or set(counts) == {FactKind.OUT}:
        parts.insert(0, _tr("Approved"))
    return " · ".join(parts)


def dot(day: Day) -> str:
    """The token of the pill's dot."""
    return "tx3" if day.state in (DayState.DRAFT, DayState.CLOSED) else "acc"


def history(day: Day) -> list[str]:
    """Who said when that the day had come so far, one line a state."""
    approval = day.approval
    if approval.state is DayState.DRAFT:
        return [_tr("Draft: nothing is fixed yet")]
    lines: list[str] = []
    if approval.at is not None:
        local = approval.at.astimezone(ZoneInfo(day.depot.timezone))
        when = f"{saying.date(local.date())} {local:%H:%M}"
        lines.append(_tr("Approved by {who}, {when}").format(who=approval.by or "?", when=when))
    if approval.printed:
        lines.append(_tr("{n} sheets printed").format(n=len(approval.printed)))
    told = list(day.facts.states.values())
    for kind in _ON_THE_WAY:
        facts = [fact for fact in told if fact.kind is kind]
        if facts:
            lines.append(_line(day, kind, facts))
    if (closed := day.facts.day_closed) is not None:
        lines.append(_tr("Day closed by {who}, {at}").format(who=closed.who or "?", at=_hhmm(day, closed.at)))
    return lines


def _line(day: Day, kind: FactKind, facts: Sequence[Fact]) -> str:
    first, last = (_hhmm(day, pick(fact.at for fact in facts)) for pick in (min, max))
    span = first if first == last else f"{first}–{last}"
    who = ", ".join(dict.fromkeys(fact.who for fact in facts if fact.who))
    told = _tr(", told by {who}").format(who=who) if who else ""
    return f"{_count(kind, len(facts))}, {span}{told}"


def _count(kind: FactKind, n: int) -> str:
    found = {
        FactKind.OUT: _tr("{n} out"),
        FactKind.BACK: _tr("{n} back"),
        FactKind.DEBRIEFED: _tr("{n} debriefed"),
        FactKind.CLOSED: _tr("{n} closed"),
    }
    return found[kind].format(n=n)


def _hhmm(day: Day, seconds: int) -> str:
    return clock.hhmm(seconds, day.date, day.depot.timezone)
