"""A backup brought back by the settings: the window closes and opens anew with what it holds, in one process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT
from tests.patience import PATIENCE_S


def test_the_window_goes_on_with_what_the_backup_holds(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.end2end.bringing_back_child", str(tmp_path / "depot.db")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False, timeout=PATIENCE_S)
    assert done.returncode == 0, done.stderr
    before, after = done.stdout.splitlines()
    assert before == "before Changed"
    assert after.startswith("after ") and after != "after Changed"
    assert len(list(tmp_path.glob("depot_*_replaced.db"))) == 1
    assert len(list((tmp_path / "backups").glob("depot_*_restore.db"))) == 1
