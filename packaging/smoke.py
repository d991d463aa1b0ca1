"""Tries the frozen program as a dispatcher's computer has it: an empty home, no Python on PATH, no network.

    python3 packaging/dev.py smoke [--only NAME…] [--keep]

One line for each thing that is tried, with what was seen. Exits 1 if any of it does not work. With --keep its files
(pictures of the window, sheets, stores) stay in build/smoke.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from collections.abc import Callable

from devkit import product
from devkit.console import ROOT
from tryout import apart, errands, opened
from tryout.program import Failed, Program

SCRATCH = ROOT / "build" / "smoke"

#: In this order: later ones use what earlier ones made.
CHECKS: dict[str, Callable[[Program], str]] = {
    "apart": errands.is_cut_off,
    "version": errands.tells_its_version,
    "window": opened.opens_and_closes,
    "kill": opened.survives_kill,
    "import": errands.imports_a_day,
    "region": errands.builds_a_region,
    "plan": errands.plans_in_workers,
    "roads": errands.plans_along_roads,
    "print": errands.prints_sheets,
    "backup": errands.backs_up_and_restores,
    "postgresql": errands.talks_to_postgresql,
    "upgrade": errands.upgrades_a_store,
    "picture": opened.draws_off_the_screen,
    "beside": errands.wrote_nothing_beside_itself,
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", choices=CHECKS, metavar="NAME", help=", ".join(CHECKS))
    parser.add_argument("--keep", action="store_true", help="leave the files that were made")
    arguments = parser.parse_args()
    why = apart.leave_the_network()
    checks = {name: check for name, check in CHECKS.items() if not arguments.only or name in arguments.only}
    if why is not None:
        print(f"skipped     apart: {why}", flush=True)
        checks.pop("apart", None)
    shutil.rmtree(SCRATCH, ignore_errors=True)
    SCRATCH.mkdir(parents=True)
    failed = tried(Program(product.FROZEN, SCRATCH), checks)
    if not arguments.keep and not failed:
        shutil.rmtree(SCRATCH, ignore_errors=True)
    print(f"{len(checks)} tried, {len(failed)} failed" + (f": {', '.join(failed)}" if failed else ""), flush=True)
    return 1 if failed else 0


def tried(program: Program, checks: dict[str, Callable[[Program], str]]) -> list[str]:
    """Names of what does not work; all of it is told as it is tried."""
    failed: list[str] = []
    for name, check in checks.items():
        began = time.monotonic()
        try:
            state, note = "ok", check(program)
        except Failed as error:
            state, note = "FAILED", str(error)
            failed.append(name)
        except Exception as error:
            state, note = "FAILED", f"{type(error).__name__}: {error}"
            failed.append(name)
        program.end()
        print(f"{state:<7}{time.monotonic() - began:6.1f} s  {name:<11} {note}", flush=True)
    return failed


if __name__ == "__main__":
    sys.exit(main())
