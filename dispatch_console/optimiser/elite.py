"""Good plans kept side by side, and the child of two: some routes of one, the rest of the other.

For problems with few, long routes: what a search of them settles into is decided early, and strings of ten tasks do
not lead out of it. After the selective route exchange of Nagata and Kobayashi, "A Memetic Algorithm for the Pickup
and Delivery Problem with Time Windows", PPSN XI (2010); what became of a child is for ruin and recreate to say.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence

import numpy as np

from dispatch_console.optimiser.clock import State
from dispatch_console.optimiser.core.anneal import fill, snapshot
from dispatch_console.optimiser.core.compile import Ints
from dispatch_console.optimiser.core.fields import *
from dispatch_console.optimiser.core.ground import holds, restore, sequence
from dispatch_console.optimiser.core.state import *

#: So many plans are kept.
_MOST = 10

Plan = list[tuple[int, ...]]
"""Tasks by van."""


class Elite:
    """The best plans that were found so far, no two of which cost the same. All threads share it."""

    def __init__(self) -> None:
        self._states: list[State] = []
        self._lock = threading.Lock()

    def add(self, state: State) -> None:
        with self._lock:
            if all(state.worth != other.worth for other in self._states):
                self._states = sorted([*self._states, state], key=lambda one: one.worth)[:_MOST]

    def parents(self, random: np.random.Generator) -> tuple[State, State] | None:
        """Two of them, each the better of two drawn; None: there are not two."""
        states = self._states
        if len(states) < 2:
            return None
        a, b = (int(random.integers(len(states), size=2).min()) for _ in range(2))
        return states[a], states[b if a != b else (b + 1) % len(states)]


def stand_as_child(g: Ground, s: Stand, a: State, b: State, random: np.random.Generator) -> None:
    """Make `s` stand as a child of two plans, or as the first of them if no child keeps all rules."""
    n, vans = len(g.tasks), len(g.vans)
    mother, father = ([sequence(s, n, van, one.links) for van in range(vans)] for one in (a, b))
    restore(g, s, _links(cross(mother, father, _kinds(g, s), random), n))
    if not _filled(g, s, random):
        restore(g, s, a.links)
    snapshot(s)


def _filled(g: Ground, s: Stand, random: np.random.Generator) -> bool:
    """Put in what is missing. False: a route breaks a rule, or something that is held finds no place."""
    if not all(holds(g, s, van) for van in range(len(g.vans))):
        return False
    missing = random.permutation(s.missing[: s.here[H_MISSING]]).astype(np.int32)
    fill(g, s, missing, len(missing))
    return not g.quick[s.missing[: s.here[H_MISSING]], Q_HELD].any()


def cross(mother: Plan, father: Plan, kinds: Sequence[int], random: np.random.Generator) -> Plan:
    """`mother` with some routes of `father` in the place of those that share most with them. `kinds`: vans of one
    kind may drive one another's routes.

    What then stands twice goes out of the other routes, or out of those that came: drawn at random.
    """
    driven = [van for van, tasks in enumerate(father) if tasks]
    if not driven:
        return mother
    count = 1 + int(random.integers(max(1, len(driven) // 2)))
    chosen = random.choice(driven, count, replace=False).tolist()
    places: dict[int, int] = {}
    for van in chosen:
        tasks, taken = set(father[van]), set(places.values())
        free = [other for other in range(len(mother)) if kinds[other] == kinds[van] and other not in taken]
        places[van] = max(free, key=lambda other: len(tasks.intersection(mother[other])))
    replaced = set(places.values())
    child = [() if van in replaced else tasks for van, tasks in enumerate(mother)]
    if random.integers(2):
        come = {task for van in chosen for task in father[van]}
        child = [tuple(task for task in tasks if task not in come) for tasks in child]
    there = {task for tasks in child for task in tasks}
    for van, place in places.items():
        child[place] = tuple(task for task in father[van] if task not in there)
    return child


def _kinds(g: Ground, s: Stand) -> list[int]:
    """Vans by kind; one in whose route something stays where it is, is of a kind of its own."""
    n = len(g.tasks)
    kinds = g.vans[:, V_KIND].tolist()
    for van in {*s.nodes[:n, ROUTE][s.nodes[:n, STAYS] > 0].tolist()} - {-1}:
        kinds[van] = -1 - van
    return kinds


def _links(plan: Plan, n: int) -> Ints:
    """`NEXT` of all nodes."""
    links = np.zeros(n + 2 * len(plan), np.int32)
    for van, tasks in enumerate(plan):
        nodes = [n + van, *tasks, n + len(plan) + van]
        links[nodes[:-1]] = nodes[1:]
    return links
