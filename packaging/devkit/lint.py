"""Every check that is not a test: format, style, types here and on Windows, floors, migrations."""

from __future__ import annotations

from collections.abc import Mapping

from devkit.console import run_visible, say

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


def run(python: str, environment: Mapping[str, str]) -> int:
    """Run all checks, also after one has failed; 1 if any did."""
    # pyright's wrapper would ask the network whether there is a newer pyright.
    quiet = {**environment, "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1"}
    failed = [name for name, check in CHECKS.items() if not _passes(name, [python, *check], quiet)]
    say(f"FAILED: {', '.join(failed)}" if failed else "all checks passed")
    return 1 if failed else 0


def _passes(name: str, command: list[str], environment: Mapping[str, str]) -> bool:
    say(f"checking {name} …")
    return run_visible(command, environment) == 0
