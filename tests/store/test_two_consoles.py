"""Two consoles on one store: nothing is lost, nothing is done twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from dispatch_console.domain.errors import StaleChange
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.plan import PlanChange, Swap
from dispatch_console.store.base import new_command
from dispatch_console.store.store import Store, open_store
from tests import factories
from tests.store.filling import small_store

HOME, DAY = factories.DEPOT.id, factories.DAY
EDITS = 25


def _edit_again_and_again(url: str, who: str, shift: ShiftId) -> None:
    """Turn the lock of a route EDITS times, loading the day anew whenever the other was faster."""
    store = open_store(url)
    done = 0
    while done < EDITS:
        record = store.load_day(HOME, DAY)
        before = record.plan.route(shift)
        after = type(before)(shift, before.stops, not before.locked)
        try:
            change = PlanChange(f"{who} {done}", (Swap(before, after),))
            store.save_change(change, HOME, DAY, record.revision, who, new_command())
        except StaleChange:
            continue
        else:
            done += 1
    store.close()


def test_edits_at_the_same_time_all_count_once(url: str) -> None:
    store = open_store(url)
    small_store(store)
    with ThreadPoolExecutor(2) as pool:
        runs = [pool.submit(_edit_again_and_again, url, who, ShiftId(n)) for who, n in (("Ada", 1), ("Ben", 2))]
        for run in runs:
            run.result()
    record = store.load_day(HOME, DAY)
    assert record.revision == 1 + 2 * EDITS
    assert [record.plan.route(ShiftId(n)).locked for n in (1, 2)] == [True, True]  # an odd number of turns
    said = [entry.what for entry in store.audit(2 * EDITS)]
    assert sorted(said) == sorted(f"{who} {i}" for who in ("Ada", "Ben") for i in range(EDITS))
    store.close()


def test_ids_taken_at_the_same_time_differ(url: str) -> None:
    stores: list[Store] = [open_store(url), open_store(url)]

    def take(store: Store) -> list[int]:
        return [id for _ in range(20) for id in store.new_ids("stop", 3)]

    with ThreadPoolExecutor(2) as pool:
        taken = [id for ids in pool.map(take, stores) for id in ids]
    assert sorted(taken) == list(range(1, 121))
    for store in stores:
        store.close()


def test_the_first_changes_of_a_day_all_hold(url: str) -> None:
    small = open_store(url)
    small_store(small)
    date = DAY.replace(day=24)
    stores = [open_store(url) for _ in range(4)]

    def save(store: Store) -> None:
        order = factories.order(int(store.new_ids("order", 1)[0]))
        store.save_change(PlanChange("First", orders=(Swap(None, order),)), HOME, date, 0, "Ada", new_command())

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(save, stores))
    record = small.load_day(HOME, date)
    assert (len(record.orders), record.revision) == (4, 4)
    for store in (small, *stores):
        store.close()
