"""Names that try to be code stay names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint

from dispatch_console.domain.day import Day, open_day
from dispatch_console.domain.orders import Address, StopId
from tests import factories
from tests.map.conftest import Hand

HOSTILE = [
    "${window.hacked=1}",
    "`;window.hacked=1;`",
    "</script><script>window.hacked=1</script>",
    "<img src=x onerror=window.hacked=1>",
    "'\"><svg onload=window.hacked=1>",
    "\\u003cscript>window.hacked=1</script>\u2028",
]


def hostile_day(text: str) -> Day:
    small = factories.small_day()
    orders = [
        replace(o, name=text, notes=text, reference=text, address=Address(text, "1", "4000", text, "LI"))
        for o in small.orders.values()
    ]
    shifts = [replace(s, driver=replace(s.driver, name=text)) for s in small.shifts.values()]
    return open_day(small.depot, small.date, orders, shifts, small.travel, small.plan)


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_in_a_name_runs(open_map: Callable[[Day], Hand], text: str) -> None:
    hand = open_map(hostile_day(text))
    at = hand.at(4)
    hand.move(at - QPoint(60, 0), pressed=False)
    hand.move(at, pressed=False)
    tip = hand.until(lambda shown: shown["tip"] != "")["tip"]
    assert tip.startswith(f"{text} · {text}")
    hand.desk.select([StopId(4)])
    hand.drag_in([StopId(6)], hand.at(2))
    pill = hand.until(lambda shown: shown["pill"] != "")["pill"]
    assert pill.startswith(text)
    assert hand.js("typeof window.hacked") == "undefined"
    assert hand.js("document.querySelectorAll('.chrome img, .chrome svg, .chrome script').length") == 0
    assert hand.pane.view.guard.blocked == set()
