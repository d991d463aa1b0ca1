"""Script payloads at every place where a day's words are shown: the map's page, the windows, the papers.

What is tried, and how it is seen, stands in the tests themselves, which need a process of their own; here they are
run and counted. Each run of all tests runs them anyway.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from pathlib import Path

from tests import hostile
from tests.faults.table import Figure, Size, broken

ROOT = Path(__file__).resolve().parents[2]
PLACES = ("tests/map/test_hostile.py", "tests/end2end/test_hostile.py", "tests/gui/test_hostile_sheets.py")


def run(size: Size, seed: int) -> Sequence[Figure]:
    """There is one size, and no chance in it."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.xml")
        command = [sys.executable, "-m", "pytest", "-q", f"--junit-xml={report}", *PLACES]
        env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        subprocess.run(
            command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
        )
        cases = list(ET.parse(report).iter("testcase"))
    wrong = [
        case.attrib["name"] for case in cases if case.find("failure") is not None or case.find("error") is not None
    ]
    skipped = [case.attrib["name"] for case in cases if case.find("skipped") is not None]
    payloads = len(hostile.texts("", hostile.NOWHERE))
    done = f"{payloads} payloads, {len(cases)} walks"
    return [broken("payloads in the map, the windows, the papers: run, loaded", done, [*wrong, *skipped])]
