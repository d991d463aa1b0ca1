"""How orders become stops."""

from __future__ import annotations

from dispatch_console.domain import stops
from dispatch_console.domain.orders import OrderKind, Priority, StopId, Window
from dispatch_console.domain.sizes import Size
from tests import factories

H = 3600


def test_two_orders_of_one_visit():
    first = factories.order(1, windows=(Window(8 * H, 12 * H),), service_s=600, skills=("Cold",))
    second = factories.order(
        2, stop=StopId(1), windows=(Window(10 * H, 14 * H),), kind=OrderKind.COLLECTION, priority=Priority.HIGH
    )
    stop = stops.build([first, second], factories.DAY, factories.DEPOT)[StopId(1)]
    assert stop.windows == (Window(10 * H, 12 * H),)
    assert stop.service_s == 600 + 150  # the longer one in full, half of the other's 300
    assert (stop.delivery, stop.collection) == (Size(10_000, 100, 1), Size(10_000, 100, 1))
    assert stop.skills == {"cold"}
    assert stop.priority is Priority.HIGH


def test_windows_that_share_nothing_stay_those_of_the_first():
    first = factories.order(1, windows=(Window(8 * H, 9 * H),))
    second = factories.order(2, stop=StopId(1), windows=(Window(10 * H, 11 * H),))
    assert stops.from_orders((first, second), factories.DAY, factories.DEPOT).windows == first.windows


def test_an_order_without_a_service_time_gets_the_depots():
    stop = stops.from_orders((factories.order(1, service_s=None),), factories.DAY, factories.DEPOT)
    assert stop.service_s == factories.DEPOT.service_s == 300


def test_same_visit_or_not():
    one, other = factories.order(1), factories.order(1, reference="B7", size=Size(1, 1, 1))
    assert stops.group_key(one) == stops.group_key(other)
    assert stops.group_key(one) != stops.group_key(factories.order(1, windows=(Window(8 * H, 9 * H),)))
