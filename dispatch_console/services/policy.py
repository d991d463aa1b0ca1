"""What a depot plans by, as it is typed: the table of prices, and which goods may not ride together.

A change counts from the next search on, on all days of the depot, and is a step of the history.
"""

from __future__ import annotations

from dataclasses import replace

from dispatch_console.domain.errors import UserError
from dispatch_console.domain.plan import Swap
from dispatch_console.domain.weights import Policy
from dispatch_console.intake.notations import text
from dispatch_console.intake.problems import Fault
from dispatch_console.services import fleet_rules
from dispatch_console.services.session import DaySession
from dispatch_console.store.values import WideChange

#: More than this, in cents, is a slip of the finger; a search could not add it up either.
MOST = 1_000_000


def price_text(policy: Policy, name: str) -> str:
    """`2.50`, in whole units of money; `name` is a field of `Weights`."""
    return f"{getattr(policy.weights, name) / 100:.2f}"


def with_price(policy: Policy, name: str, typed: str) -> Policy:
    """The same with another price; an empty text is 0. Raises UserError for what is no amount of money."""
    cents = fleet_rules.cents(typed)
    if isinstance(cents, Fault):
        raise UserError(f"“{typed}” is not an amount of money. Write one such as 2.50, or 0 if it does not matter.")
    if cents > MOST:
        raise UserError(f"Write a price of at most {MOST / 100:.2f}.")
    return replace(policy, weights=policy.weights._replace(**{name: cents}))


def with_apart(policy: Policy, one: str, other: str) -> Policy:
    """The same with two more classes of goods apart; twice the same: it keeps from its like. Raises UserError."""
    pair = frozenset(text.clean(typed) for typed in (one, other))
    if "" in pair:
        raise UserError("Write two classes of goods, such as food and cleaner.")
    if pair in policy.apart:
        raise UserError(f"{pair_text(pair)} are apart already.")
    return replace(policy, apart=policy.apart | {pair})


def without_apart(policy: Policy, pair: frozenset[str]) -> Policy:
    return replace(policy, apart=policy.apart - {pair})


def pair_text(pair: frozenset[str]) -> str:
    """`acid and food`; of one class alone: `acid and acid`."""
    names = sorted(pair, key=str.casefold)
    return f"{names[0]} and {names[-1]}"


def pairs(policy: Policy) -> list[frozenset[str]]:
    """As they are listed."""
    return sorted(policy.apart, key=lambda pair: pair_text(pair).casefold())


def change(session: DaySession, after: Policy, label: str, initiator: object = None) -> None:
    """Make it the newest step. Raises UserError while something is tried out."""
    before = session.day.policy
    if after != before:
        session.apply(WideChange(label, fleet=(Swap(before, after),)), initiator)
