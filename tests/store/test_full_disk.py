"""A disk that takes no more is told in a sentence; what was saved stays, and work goes on once there is room."""

from __future__ import annotations

import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from dispatch_console.store import backups
from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs limits and mounts of POSIX")

#: Saves what fits, then what does not, then what fits again; the way of being full is put before it.
_CONSOLE = """
    import sys
    from dispatch_console.domain.errors import UserError
    from dispatch_console.store.store import open_store
    store = open_store(sys.argv[1])
    store.save_settings({"before": "kept"})
    be_full()
    try:
        store.save_settings({"large": "x" * 4_000_000})
    except UserError as error:
        print(error.message)
    have_room()
    store.save_settings({"after": "kept"})
    print(sorted(store.settings()))
    store.close()
"""

_LIMITED = """
    import resource
    free = resource.getrlimit(resource.RLIMIT_FSIZE)
    def be_full(): resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, free[1]))
    def have_room(): resource.setrlimit(resource.RLIMIT_FSIZE, free)
"""

_MOUNTED = """
    from pathlib import Path
    ballast = Path(sys.argv[1]).with_name("ballast")
    def be_full(): ballast.write_bytes(bytes(200_000))
    def have_room(): ballast.unlink()
"""


def _run(file: Path, code: str, *before: str) -> list[str]:
    program = textwrap.dedent("import sys\n") + textwrap.dedent(code) + textwrap.dedent(_CONSOLE)
    done = subprocess.run(
        [*before, sys.executable, "-c", program, str(file)],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_a_disk_that_refuses_to_be_written(sqlite_template: Path, tmp_path: Path) -> None:
    """By a limit on files, which every account may set itself."""
    file = Path(shutil.copy(sqlite_template, tmp_path / "store.db"))
    said = _run(file, _LIMITED)
    assert said == [
        "The disk does not let the store be read or written. Check the disk, then try again.",
        "['after', 'before']",
    ]
    backups.verify(file)


def test_a_disk_that_is_full(sqlite_template: Path, tmp_path: Path) -> None:
    """A small disk in memory, mounted for one process alone."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = f"mount -t tmpfs -o size=1500k none '{disk}' && cp '{sqlite_template}' '{disk}/store.db' && exec \"$@\""
    own = ["unshare", "-Urm", "sh", "-c", mount, "sh"]
    if (
        shutil.which("unshare") is None
        or subprocess.run([*own, "true"], capture_output=True, check=False).returncode
    ):
        pytest.skip("this machine lets nobody mount a disk of his own; the limit above is tried in its place")
    said = _run(disk / "store.db", _MOUNTED, *own)
    assert said == ["The disk is full. Free some space, then try again.", "['after', 'before']"]
