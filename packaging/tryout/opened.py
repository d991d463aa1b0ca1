"""What is tried with the window of the frozen program. Each gives a note on what was seen, or raises Failed."""

from __future__ import annotations

import time
from pathlib import Path
from typing import NamedTuple

import psutil

from dispatch_console.ui.shell.memory import Memory
from tryout.program import Failed, Program, rows, wait
from tryout.screen import BOARD, MAP, SIZE, Pixels, Screen, has_strip, is_drawn, picture, screen

#: Seconds from the start of the process to a drawn map: the first time in an empty home, and after that.
COLD_S, WARM_S = 3.0, 2.5


def draws_off_the_screen(program: Program) -> str:
    """The sample depot, with the region pack that the first start builds."""
    file = program.out / "window.png"
    program.run("shot", "--demo", "--out", file)
    return _looked_at(picture(file), file)


def opens_and_closes(program: Program) -> str:
    """The sample depot on a screen, the first time in a home where nothing was: how long until the map is drawn.
    Told beside the goals; that a machine is busy is no failure."""
    with screen(program.out) as shown:
        cold, warm = (_opened(program, shown, program.out / f"start-{n}.png") for n in (1, 2))
    busy = psutil.getloadavg()[0] / (psutil.cpu_count() or 1)
    first = f"map drawn after {cold.seconds:.1f} s (goal {COLD_S:.0f} s; {cold.work:.1f} s of the processor)"
    second = f"the second time {warm.seconds:.1f} s (goal {WARM_S} s; {warm.work:.1f} s)"
    return f"{first}, {second}; {busy:.1f} processes want each processor"


def survives_kill(program: Program) -> str:
    """While an order is typed. What it started goes with it; the next start offers the order."""
    where = ("--store", program.data / "demo.db")
    before = rows(program.run("store", "check", *where))
    with screen(program.out) as shown:
        running = _started(program, shown)
        _until_drawn(program, shown, running)
        _type_an_order(program, shown)
        running.kill()
        running.wait(30)
        program.is_gone()
        after = rows(program.run("store", "check", *where))
        picture_after = program.out / "after-kill.png"
        again = _opened(program, shown, picture_after)
    if not has_strip(picture(picture_after)):
        raise Failed(f"no strip that offers what was unsaved: {picture_after}")
    if before["orders"] != after["orders"]:
        raise Failed(f"{before['orders']} orders before, {after['orders']} after")
    return (
        f"nothing left running, the store sound, what was typed is offered, drawn again after {again.seconds:.1f} s"
    )


class Drawn(NamedTuple):
    """How long until the map was drawn, and how much of a processor all that was started had used by then."""

    seconds: float
    work: float


def _type_an_order(program: Program, shown: Screen) -> None:
    """Until the program keeps it. A window that has just been drawn may swallow the first keys."""
    shown.press("ctrl+n")
    for _ in range(6):
        time.sleep(2)
        shown.type("Quill Ada")
        shown.press("Return")
        if wait(lambda: program.keeps("Quill Ada"), 15):
            return
        shown.press("ctrl+n")
    shown.save(program.out / "typed.png")
    raise Failed(f"what is typed is not kept: {program.out / 'typed.png'}")


def _opened(program: Program, shown: Screen, file: Path) -> Drawn:
    """Open the window, wait for the map, close it as a user does."""
    running = _started(program, shown)
    drawn = _until_drawn(program, shown, running)
    time.sleep(1)
    shown.save(file)
    _looked_at(picture(file), file)
    _closed(program, shown, running)
    return drawn


def _closed(program: Program, shown: Screen, running: psutil.Popen) -> None:
    """As a user does it, and nothing is left of it."""
    shown.press("ctrl+q")
    try:
        code = running.wait(60)
    except psutil.TimeoutExpired:
        raise Failed("it does not end when it is told to") from None
    if code != 0:
        raise Failed(f"it ended with {code}: {program.said()}")
    program.is_gone()


def _started(program: Program, shown: Screen) -> psutil.Popen:
    memory = Memory(program.home / ".config" / "Dispatch Console" / "window.ini")
    memory.set_numbers("window/main", [0, 0, *SIZE])
    memory.flush()
    return program.start("--demo", display=shown.display)


def _until_drawn(program: Program, shown: Screen, running: psutil.Popen) -> Drawn:
    began = running.create_time()

    def is_there() -> bool:
        return running.poll() is not None or is_drawn(shown.pixels(), MAP)

    if not wait(is_there, 120) or running.poll() is not None:
        raise Failed(f"the map is never drawn: {program.said()}")
    return Drawn(time.time() - began, program.work())


def _looked_at(pixels: Pixels, file: Path) -> str:
    blank = [name for name, box in (("map", MAP), ("board", BOARD)) if not is_drawn(pixels, box)]
    if blank:
        raise Failed(f"blank on {file}: {', '.join(blank)}")
    return "map and board drawn"
