"""The guards of `tests/conftest.py` fail the tests they should fail, and no others."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT
from tests.patience import PATIENCE_S

EXAMPLES = """
import logging, subprocess, sys, threading, time
import pytest
from tests import patience

patience.PATIENCE_S = 1.0  # each guard waits so long for what does not end
gate = threading.Event()

def test_tidy():
    logging.getLogger("x").info("all is well")
    thread = threading.Thread(target=time.sleep, args=(0.1,))
    thread.start()

def test_warns():
    logging.getLogger("x").warning("the fuel is low")

@pytest.mark.logs_warnings
def test_may_warn():
    logging.getLogger("x").warning("as arranged")

def test_leaves_a_thread():
    threading.Thread(target=gate.wait, name="lingering").start()

def test_leaves_a_process():
    gate.set()
    global child
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)  # straggler"])
"""


def test_guards(tmp_path: Path) -> None:
    shutil.copy(ROOT / "tests" / "conftest.py", tmp_path)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "tests").mkdir()
    shutil.copy(ROOT / "tests" / "patience.py", tmp_path / "tests")
    (tmp_path / "test_examples.py").write_text(EXAMPLES, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", str(tmp_path), "--rootdir", str(tmp_path)]
    run = subprocess.run(
        command, cwd=tmp_path, capture_output=True, encoding="utf-8", timeout=PATIENCE_S, check=False
    )
    assert "5 passed, 3 errors" in run.stdout, run.stdout + run.stderr
    assert "WARNING x: the fuel is low" in run.stdout
    assert "threads still running after the test: lingering" in run.stdout
    assert re.search(r"processes still running after the tests:\n.*straggler.*test_examples\.py", run.stdout)
    assert "as arranged" not in run.stdout
