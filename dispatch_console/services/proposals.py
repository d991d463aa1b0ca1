"""What should become of a stop that was not done: proposed in one sentence, accepted as one undoable step.

The sentence is for the dispatcher on the phone: he reads it to the driver, and one key accepts it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from dispatch_console.domain import nextsteps, saying
from dispatch_console.domain.day import Day
from dispatch_console.domain.facts import ALL_ORDERS, FactKind
from dispatch_console.domain.nextsteps import NOT_THE_CUSTOMERS, Evidence, Usual, Usuals
from dispatch_console.domain.orders import NextKind, NextStep, Order, OrderId, OrderKind, StopId
from dispatch_console.domain.plan import POOL
from dispatch_console.domain.reasons import Reason
from dispatch_console.services import reschedule
from dispatch_console.services.session import DaySession
from dispatch_console.services.statuses import Said

#: The kinds after which something has to be decided.
UNDONE = frozenset({FactKind.FAILED, FactKind.SKIPPED, FactKind.PARTIAL})


@dataclass(frozen=True, slots=True)
class Proposal:
    """What to do next with `order` of `stop` (ALL_ORDERS: all of it that was not done).

    `sentence` says all of it, `short` fits on a button. `step` None: there is nothing to decide. `alternatives`
    are the other ways, the likely ones first. `evidence` is what should be kept as proof of the reason.
    """

    sentence: str
    short: str
    step: NextStep | None
    stop: StopId
    order: OrderId = ALL_ORDERS
    evidence: Evidence = Evidence.NONE
    alternatives: tuple[Proposal, ...] = ()

    @property
    def choices(self) -> tuple[Proposal, ...]:
        """This one and its alternatives, to be stepped through."""
        return (replace(self, alternatives=()), *self.alternatives)


def propose(
    day: Day,
    stop: StopId,
    kind: FactKind,
    reason: Reason | None,
    *,
    order: OrderId | None = None,
    usual: Usuals | None = None,
    today: dt.date | None = None,
) -> Proposal:
    """What is usual after `kind` with `reason` at `stop`, whether that is recorded already or still being typed.

    `order` None: all orders of the stop. `today` (default: the plan's day) is the calendar day on which it is
    decided: nothing is proposed for a day that is over.
    """
    case = _Case(day, stop, kind, reason, order or ALL_ORDERS, usual or Usuals(), today or day.date)
    return case.proposal()


def accept(session: DaySession, proposal: Proposal, initiator: object = None, said: Said | None = None) -> None:
    """Make the proposal the orders' next step, as one undoable change of the plan.

    "Later today" re-opens the stop first, which is a fact: `said` names who decided and when (default: the day's
    own time). Without a step nothing is done.
    """
    if proposal.step is None:
        return
    orders = reschedule.undone(session.day, proposal.stop, proposal.order)
    reschedule.decide(session, orders, proposal.step, initiator, said)


@dataclass(frozen=True, slots=True)
class _Case:
    day: Day
    stop: StopId
    kind: FactKind
    reason: Reason | None
    order: OrderId
    usual: Usuals
    today: dt.date

    def proposal(self) -> Proposal:
        if self.kind not in UNDONE or self._lead.kind is OrderKind.HANDOVER:
            return Proposal(_NOTHING.get(self.kind, ""), "", None, self.stop, self.order)
        first, *others = self._ways()
        different = {step: told for step, told in others if step != first[0]}
        return replace(self._worded(*first), alternatives=tuple(self._worded(*way) for way in different.items()))

    # -- which ways there are ------------------------------------------------------------------------

    def _ways(self) -> Iterator[tuple[NextStep, str]]:
        """(step, what to say with it), the usual one first."""
        usual = self._usual()
        if self._spent and usual.kind is NextKind.AGAIN:
            limit = self.usual.most_attempts
            yield self._step(self._goodbye), f"{saying.count(limit, 'attempt')} made, no more"
        else:
            yield self._way(usual.kind, usual.days)
        if self._can_go_today:
            yield self._way(NextKind.LATER_TODAY)
        yield self._way(NextKind.AGAIN, 1)
        yield self._way(NextKind.AGAIN, 2)
        yield self._way(NextKind.HOLD, 2)
        if self._lead.kind is OrderKind.DELIVERY:
            yield self._way(NextKind.PICKUP_POINT)
            yield self._way(NextKind.RETURN)
        yield self._way(NextKind.CANCEL)

    def _way(self, kind: NextKind, days: int = 1) -> tuple[NextStep, str]:
        step = self._step(kind, days)
        return step, step.note

    def _usual(self) -> Usual:
        reason = self.reason
        if reason is None and self.kind is FactKind.PARTIAL:
            reason = Reason.PARTIAL
        if reason is None and self.kind is FactKind.SKIPPED and self._can_go_today:
            return Usual(NextKind.LATER_TODAY)  # passed by, not tried
        found = self.usual.step(reason)
        if found.kind is NextKind.LATER_TODAY and not self._can_go_today:
            return Usual(NextKind.AGAIN, ask=found.ask, evidence=found.evidence)
        if found.kind in (NextKind.RETURN, NextKind.PICKUP_POINT) and self._lead.kind is OrderKind.COLLECTION:
            return found._replace(kind=NextKind.CANCEL)  # nothing on board that could go anywhere
        return found

    def _step(self, kind: NextKind, days: int = 1) -> NextStep:
        match kind:
            case NextKind.AGAIN:
                note = self._usual().ask if self._usual().kind is NextKind.AGAIN else ""
                return NextStep(kind, self._working_day(days), self._lead.windows, note=note)
            case NextKind.HOLD:
                return NextStep(kind, until=self._working_day(days), note=self._usual().ask)
            case _:
                return NextStep(kind)

    def _working_day(self, days: int) -> dt.date:
        return nextsteps.working_day(self.day.date, days, self.usual.weekdays, self.today)

    # -- how they read -------------------------------------------------------------------------------

    def _worded(self, step: NextStep, ask: str) -> Proposal:
        evidence = self._usual().evidence
        parts = [self._what(step), ask]
        if step.kind is not NextKind.LATER_TODAY:
            parts += [_PROOF.get(evidence, ""), self._goods]
        sentence = ", ".join(part for part in parts if part)
        sentence = f"{sentence[0].upper()}{sentence[1:]}."
        return Proposal(sentence, nextsteps.short(step), step, self.stop, self.order, evidence)

    def _what(self, step: NextStep) -> str:
        whole = "the rest " if self.kind is FactKind.PARTIAL else ""
        match step.kind:
            case NextKind.AGAIN:
                assert step.day is not None
                when = f"{saying.windows(step.windows)} as before" if step.windows else "any time"
                return f"{whole}again on {saying.date(step.day)}, {when}, {self._next_attempt}"
            case NextKind.LATER_TODAY:
                return f"{whole}later today, at the best place of what {self._driver} has left"
            case NextKind.HOLD:
                assert step.until is not None
                if self._lead.kind is OrderKind.COLLECTION:
                    return f"wait until {saying.date(step.until)} at most"
                return f"hold {whole}in the depot until {saying.date(step.until)}"
            case NextKind.PICKUP_POINT:
                return f"{whole}to the pick-up point, tell the customer"
            case NextKind.RETURN:
                return f"return {whole}to the sender"
            case NextKind.CANCEL:
                return "give the collection up" if self._lead.kind is OrderKind.COLLECTION else "cancel it"

    @property
    def _next_attempt(self) -> str:
        limit = self.usual.most_attempts
        number = self._attempts + 1
        return f"attempt {number} of {limit}" if number <= limit else f"attempt {number}, the limit is {limit}"

    @property
    def _goods(self) -> str:
        if self._lead.kind is OrderKind.COLLECTION:
            return "nothing on board"
        if self.reason is Reason.MISSING_PIECE and self.kind is not FactKind.PARTIAL:
            return "the rest of it back to the depot tonight" if self._lead.size.pieces > 1 else ""
        rest = "the rest" if self.kind is FactKind.PARTIAL else "goods"
        return f"{rest} back to the depot tonight"

    # -- how it stands -------------------------------------------------------------------------------

    @property
    def _lead(self) -> Order:
        return self.day.orders[self.order] if self.order != ALL_ORDERS else self.day.stops[self.stop].order

    @property
    def _attempts(self) -> int:
        """How often it was tried, this time included."""
        before = max(
            (o.attempts for o in self.day.stops[self.stop].orders if self.order in (ALL_ORDERS, o.id)), default=0
        )
        here = self.day.facts.attempts.get(self.stop, 0)
        told = self.day.facts.outcome(self.stop, self.order)
        known = told is not None and told.kind is FactKind.FAILED
        return before + here + (self.kind is FactKind.FAILED and not known)

    @property
    def _spent(self) -> bool:
        """Whether no attempt is left; what was our own fault does not count against the customer."""
        ours = self.kind is not FactKind.FAILED or self.reason in NOT_THE_CUSTOMERS
        return not ours and self._attempts >= self.usual.most_attempts

    @property
    def _goodbye(self) -> NextKind:
        return NextKind.CANCEL if self._lead.kind is OrderKind.COLLECTION else NextKind.RETURN

    @property
    def _can_go_today(self) -> bool:
        """Whether the driver is still on his way, on this very day, and can drive."""
        route = self.day.plan.where.get(self.stop, POOL)
        if route == POOL or self.today != self.day.date or self.day.facts.stuck(route):
            return False
        others = [one for one in self.day.stops[self.stop].orders if self.order not in (ALL_ORDERS, one.id)]
        if any(reschedule.is_done(self.day, one) for one in others):
            return False  # the stop has been, in part
        home = self.day.facts.state(route) not in (FactKind.IN_DEPOT, FactKind.OUT)
        return not home and self.day.now < self.day.shifts[route].end

    @property
    def _driver(self) -> str:
        return self.day.shifts[self.day.plan.where[self.stop]].driver.name


_PROOF = {Evidence.PHOTO: "keep a photo", Evidence.NOTE: "note what was said"}
_NOTHING = {
    FactKind.ARRIVED: "At the door: nothing to decide yet.",
    FactKind.DELIVERED: "Done: nothing more to decide.",
    FactKind.REOPENED: "To do again, at the best place of what is left.",
}
