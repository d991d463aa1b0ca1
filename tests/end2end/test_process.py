"""The real process with a real mouse and keyboard: it starts, a stop is dragged, a file comes in, all is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dispatch_console.domain.day import Day
from dispatch_console.services import sample
from tests.end2end.desktop import Console, Look, card
from tests.patience import PATIENCE_S

Start = Callable[..., Console]

#: Early orders of a partner: German words, decimal commas, a row that cannot be read.
UGLY = """\
Frühbestellungen vom 22.11.;;;;;;
Bestellnr.;Name;Straße;Nr.;PLZ;Ort;Lieferdatum;Zeitfenster;Gewicht kg
E-901;Wexley Ada;Foundry St;12;4100;Lindmoor;23.11.2026;08 - 12 Uhr;12,5
E-902;Maddox Ivo;Castle Hill;7;4160;Northcote;23.11.2026;;3,0
E-903;Farrow Lou;Mill Lane;41;4172;Millbrook;23.11.2026;14-26 Uhr;8
E-904;Gantry Uma;Ropewalk;3;4124;Saltby;23.11.2026;09:30-11:00;120,0
"""


@pytest.fixture
def look(tmp_path: Path) -> Iterator[Look]:
    look = Look(tmp_path / "home" / "Dispatch Console" / "demo.db", sample.day())
    yield look
    look.close()


def test_it_starts_is_usable_and_closes(start: Start) -> None:
    console = start("--demo")
    console.wait_for_window("Mon 23 Nov 2026 – Lindmoor depot – Dispatch Console$")
    assert console.close() == 0
    assert "Traceback" not in console.told()


def test_a_stop_is_dragged_to_driver_4_and_back(start: Start, look: Look) -> None:
    console = start("--demo")
    console.wait_for_window()
    before = look.until(lambda day: bool(day.routes))
    first, fourth = before.routes[0], before.routes[3]
    moved = first.stops[0]
    console.drag(card(0, 0), card(3, 2))
    after = look.until(lambda day: day.plan.where[moved] == fourth.id)
    assert after.plan.route(first.id).stops == first.stops[1:]
    assert sorted(after.plan.route(fourth.id).stops) == sorted((*fourth.stops, moved))
    assert after.plan.route(fourth.id).stops.index(moved) in (2, 3)
    assert after.revision == before.revision + 1
    console.key("ctrl+z")
    undone = look.until(lambda day: day.plan.where[moved] == first.id)
    assert undone.plan.route(first.id).stops == first.stops
    assert undone.plan.route(fourth.id).stops == fourth.stops
    assert console.close() == 0
    assert "Traceback" not in console.told()


def bring_in(console: Console, look: Look, file: Path, arrived: Callable[[Day], bool]) -> Day:
    """Ctrl+I, the path, Return, and Ctrl+Return until it is there. A busy screen may swallow keys of the dialog, so
    hands begin anew then, as a person's would."""
    for patience_s in (15.0, 15.0, PATIENCE_S):
        console.key("ctrl+i")
        console.wait_for_window("^Import orders")
        console.type(
            file.name
        )  # the dialog begins in the folder of last time; long paths fight with its completion
        console.answer("^Import orders")
        console.wait_for_window()
        try:
            return look.until(arrived, again=lambda: console.key("ctrl+Return"), patience_s=patience_s)
        except AssertionError:
            console.key("Escape", "Escape")
    raise AssertionError(f"{file.name} did not come in")


def test_an_ugly_file_comes_in_whole_and_goes_out_whole(start: Start, look: Look) -> None:
    console = start("--demo")
    file = console.home / "early.csv"
    file.write_bytes(UGLY.encode("cp1252"))
    console.wait_for_window()
    n = len(look.until(lambda day: bool(day.orders)).orders)
    day = bring_in(console, look, file, lambda day: len(day.orders) > n)
    new = {order.reference: order for order in day.orders.values() if order.reference.startswith("E-")}
    assert sorted(new) == ["E-901", "E-902", "E-904"]
    assert new["E-901"].windows == ((8 * 3600, 12 * 3600),)
    assert new["E-901"].size.grams == 12_500
    assert all(day.plan.where[order.stop] == 0 for order in new.values())
    console.key("ctrl+z")
    look.until(lambda day: len(day.orders) == n)
    assert console.close() == 0
    assert "Traceback" not in console.told()


def test_what_was_done_is_there_after_a_kill(start: Start, look: Look) -> None:
    console = start("--demo")
    console.wait_for_window()
    before = look.until(lambda day: bool(day.routes))
    moved = before.routes[1].stops[0]
    console.click(*card(1, 0))
    console.key("u")
    look.until(lambda day: day.plan.where[moved] == 0)
    console.kill()
    again = start("--demo")
    again.wait_for_window()
    assert look.day().plan.where[moved] == 0
    assert again.close() == 0
