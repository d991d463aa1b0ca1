"""A plan that is previewed: the way of now dashed where it differs, the way after in the routes' colours."""

from __future__ import annotations

from dispatch_console.domain import edits
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import StopId
from dispatch_console.services import preview
from dispatch_console.services.dispatch import move
from dispatch_console.ui.previewed import Previewed
from tests.map.conftest import Hand

ONE, TWO = ShiftId(1), ShiftId(2)


def show(hand: Hand) -> None:
    """One 1, 2, 3 and Two 4, 5 become 1, 2 and 3, 4, 5; 6 goes to Two as well."""
    day = hand.day
    routes = {ONE: (StopId(1), StopId(2)), TWO: tuple(StopId(k) for k in (3, 4, 5, 6))}
    after = day.apply(edits.take_over(day.plan, routes, "Found"))
    hand.desk.preview(Previewed(day, after, preview.preview(day, after), {}))


def test_both_ways_are_drawn_where_they_differ(hand: Hand) -> None:
    assert hand.shown()["dashed"] == 0
    show(hand)
    # now: 1–2, 2–3 of One and start–4, 4–5 of Two; of these only 2–3 and start–4 are not driven after
    shown = hand.until(lambda shown: shown["dashed"] > 0)
    assert shown["dashed"] == 2
    assert shown["routes"] == [[1, 1, [1, 2]], [2, 2, [3, 4, 5, 6]]]
    assert sorted(shown["moved"]) == [3, 6]
    assert shown["legend"] == "nowaftermoveddone"
    assert hand.pane.sides.isVisible()
    assert hand.pane.head.count == "before and after"


def test_before_and_after_alone_and_the_day_again(hand: Hand) -> None:
    show(hand)
    hand.until(lambda shown: shown["dashed"] == 2)
    hand.desk.actions["map.sides"].run()
    assert hand.pane.sides.index == 1
    before = hand.until(lambda shown: [1, 1, [1, 2, 3]] in shown["routes"] and not shown["dashed"])
    assert sorted(before["moved"]) == [3, 6]
    hand.pane.sides.chosen.emit(2)
    hand.until(lambda shown: [2, 2, [3, 4, 5, 6]] in shown["routes"] and not shown["dashed"])
    hand.desk.preview(None)
    day = hand.until(lambda shown: [1, 1, [1, 2, 3]] in shown["routes"] and not shown["moved"])
    assert day["legend"] == ""
    assert not hand.pane.sides.isVisible()


def test_an_edit_meanwhile_is_drawn_once_the_preview_is_gone(hand: Hand) -> None:
    show(hand)
    move(hand.desk.session, [StopId(2)], TWO, 0)
    hand.desk.preview(None)
    hand.until(lambda shown: [2, 2, [2, 4, 5]] in shown["routes"])
