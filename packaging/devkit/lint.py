"""Every check that is not a test: format, style, types here and on Windows, floors, migrations."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

from devkit.console import finished, say

_FLOORS = """
import sys
from importlinter.cli import lint_imports
sys.exit(lint_imports(no_cache=True, no_logo=True))
"""

CHECKS = {
    "format": ["-m", "ruff", "format", "--check", "."],
    "style": ["-m", "ruff", "check", "."],
    "types": ["-m", "pyright"],
    # What only POSIX has is an error there, unless sys.platform was asked first.
    "types on Windows": ["-m", "pyright", "--pythonplatform", "Windows"],
    "floors": ["-c", _FLOORS],
    "migrations in step with the models": ["-m", "dispatch_console.store.check_migrations"],
}


#: Seconds for one of them.
_PATIENCE_S = 900


def run(python: str, environment: Mapping[str, str]) -> int:
    """Run all checks, two at a time, also after one has failed; 1 if any did. Each is told as a whole, in order."""
    # pyright's wrapper would ask the network whether there is a newer pyright.
    quiet = {**environment, "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1"}
    failed: list[str] = []
    with ThreadPoolExecutor(2) as pool:
        checks = {
            name: pool.submit(finished, [python, *words], _PATIENCE_S, environment=quiet)
            for name, words in CHECKS.items()
        }
        for name, check in checks.items():
            say(f"checking {name} …")
            done = check.result()
            print(done.stdout, end="", flush=True)
            if done.returncode != 0:
                failed.append(name)
    say(f"FAILED: {', '.join(failed)}" if failed else "all checks passed")
    return 1 if failed else 0
