"""The file that a newcomer imports into the sample depot: ugly, mostly found, and some of it to be asked about."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dispatch_console import resources
from dispatch_console.services import days, finding_places, importing, sample
from dispatch_console.services.importing import Prepared
from dispatch_console.store.store import open_store
from tests import town

FILE = resources.path("sample", "late-orders.csv")


@pytest.fixture(scope="module")
def prepared(town_pack: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prepared]:
    store = open_store(tmp_path_factory.mktemp("late") / "day.db")
    try:
        depot = sample.ensure(store)
        day = days.open_day(store, depot.id, sample.day())
        table = importing.read(FILE)
        guess = importing.guess(store, table, sample.day())
        seen = importing.preview(store, day, table, guess.mapping, sample.day())
        yield importing.prepare(store, day, seen, finding_places.of_pack(town_pack))
    finally:
        store.close()


def test_all_rows_but_one_can_be_read(prepared: Prepared) -> None:
    result = prepared.preview.result
    orders = [read.order for read in result.orders]
    assert [order.reference for order in orders] == [f"L-{n}" for n in range(301, 314) if n != 309]
    (rejected,) = result.rejected
    assert "14-26 h" in rejected.text
    first, second = orders[:2]
    assert (first.windows[0], first.size.grams) == ((8 * 3600, 12 * 3600), 12_500)
    assert second.windows[0] == (int(9.5 * 3600), 11 * 3600)


def test_slips_are_seen_through_and_the_rest_is_asked(prepared: Prepared) -> None:
    found, houses = prepared.found, {(t, s, n): place for (t, s, n), place in town.read().houses.items()}
    written = {"L-303": ("Lindmoor", "Foxglove Drive", "1"), "L-305": ("Saltby", "Kiln Street", "21")}
    orders = {match.after.reference: match.after for match in prepared.preview.comparison.matches}
    for reference, house in written.items():
        place = orders[reference].place
        assert place is not None
        assert (place.lat, place.lon) == pytest.approx((houses[house].lat, houses[house].lon), abs=2e-5)
    asked = {reference for reference, order in orders.items() if order.place is None}
    assert asked == {"L-308", "L-310", "L-312", "L-313"}
    assert len(found.unsure) == len(asked)
    assert sum(not hits for hits in found.unsure.values()) == 1, "nothing fits the nonsense"
