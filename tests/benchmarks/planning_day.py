"""Days to plan: those of the shared data where they are, else one of random places."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from dispatch_console.domain.day import Day
from dispatch_console.domain.plan import POOL, Plan, Route
from dispatch_console.services import plan_inputs
from tests.gui.board_day import big_day

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "orders"


def unplanned(stops: int) -> Day:
    """A day of `stops` orders without a plan: `day_300.csv` or `day_1000.csv` with `fleet.csv` if there is one."""
    orders = SHARED / f"day_{stops}.csv"
    if orders.is_file():
        inputs = plan_inputs.Inputs([orders], SHARED / "fleet.csv")
        return plan_inputs.open_files(inputs, dt.date(2026, 11, 20)).day
    day = big_day(stops, max(2, stops // 22))
    everything = tuple(stop for route in day.routes for stop in route.stops)
    return replace(day, plan=Plan({POOL: Route(POOL, everything)})).rescheduled(day.shifts)
