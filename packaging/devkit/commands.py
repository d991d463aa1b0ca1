"""The commands of `packaging/dev.py`: what each sets up, and what it then starts."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from devkit import (
    display,
    environment,
    freezing,
    headless,
    known_faults,
    licences,
    lint,
    lock,
    parts,
    signing,
    smoking,
    system,
    windows,
)
from devkit.console import StepFailed, hand_over, say, try_step

#: Processes of a test run.
_MOST_PROCESSES = 4


def start(command: str, arguments: Sequence[str]) -> int:
    """Run a command; its exit code. A failed step is one message on stderr, never a traceback."""
    try:
        return COMMANDS[command](list(arguments))
    except StepFailed as failure:
        say(f"FAILED. {failure}")
    except KeyboardInterrupt:
        say("stopped")
    return 1


def run(arguments: list[str]) -> int:
    """The console with the sample depot, or `main.py` with the arguments given."""
    python = str(environment.ensure("run"))
    reason = display.why_no_window()
    main = [python, "main.py", *(arguments or ["--demo"])]
    if reason is None or not opens_a_window(arguments):
        return hand_over(main, qt_environment(offscreen=reason is not None))
    say(reason)
    if arguments:
        say("The console needs a display. `run --help` lists the commands that work without one.")
        return 1
    return headless.sample_day(python, qt_environment(offscreen=True))


def test(arguments: list[str]) -> int:
    """The whole suite on all processors, or pytest with the arguments given."""
    python = str(environment.ensure("dev"))
    settings = qt_environment(offscreen=True)
    settings.setdefault(*environment.COMPILED)
    if not arguments:
        arguments = _side_by_side()
        # Once, before several processes want it at the same time; what fails here fails in a test, with its name.
        say("compiling the search, unless it is compiled …")
        try_step([python, "-c", "from dispatch_console.optimiser.warm import warm; warm()"], settings)
    return hand_over([python, "-m", "pytest", *arguments], settings)


def _side_by_side() -> list[str]:
    """pytest's words for one process each processor, some at most: each has a browser. Files stay whole."""
    processes = min(os.cpu_count() or 1, _MOST_PROCESSES)
    return ["-n", str(processes), "--dist", "loadfile"] if processes > 1 else []


def run_lint(_arguments: list[str]) -> int:
    return lint.run(str(environment.ensure("dev")), qt_environment(offscreen=True))


def run_lock(arguments: list[str]) -> int:
    return lock.run(arguments)


def qt_environment(offscreen: bool) -> dict[str, str]:
    """The environment for Qt; what is already set stays.

    Chromium refuses to run its sandbox as root, which containers and build machines are; the product itself
    never switches it off.
    """
    settings = dict(os.environ)
    if offscreen:
        settings.setdefault("QT_QPA_PLATFORM", "offscreen")
    if sys.platform.startswith("linux") and system.is_root():
        settings.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")
    return settings


def opens_a_window(arguments: Sequence[str]) -> bool:
    """Commands of main.py come first and do not start with a dash; options alone open the console."""
    if arguments and not arguments[0].startswith("-"):
        return False
    return not {"-h", "--help", "--version"} & set(arguments)


COMMANDS = {
    "run": run,
    "test": test,
    "lint": run_lint,
    "lock": run_lock,
    "system": system.run,
    "wheels": lock.wheels,
    "audit": known_faults.run,
    "sbom": parts.run,
    "licences": licences.run,
    "freeze": freezing.run,
    "smoke": smoking.run,
    "installer": windows.run,
    "sign": signing.run,
}
