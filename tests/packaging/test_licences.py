"""The licences file: every part with its text, or a failure that names it."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from devkit import environment, licences, parts
from devkit.console import StepFailed

LOCK = "good==1.0 \\\n    --hash=sha256:00\nbare==2.0 ; sys_platform == 'win32' \\\n    --hash=sha256:00\n"


def package(folder: Path, name: str, about: str = "", **files: str) -> None:
    """As an installer leaves one behind."""
    info = f"{name}-1.0.dist-info"
    texts = {f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n{about}\n"}
    texts |= {place.replace("INFO", info).replace("__", "/"): text for place, text in files.items()}
    for place, text in texts.items():
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).write_text(text, encoding="utf-8")
    (folder / info / "RECORD").write_text("".join(f"{place},,\n" for place in texts), encoding="utf-8")


@pytest.fixture(scope="module")
def ours() -> list[licences.Part]:
    return licences.collected(Path(sys.executable))


def test_every_part_of_what_we_ship_has_its_text(ours: list[licences.Part]) -> None:
    names = {parts.plain(part.name) for part in ours}
    lock = (environment.REQUIREMENTS / "run.txt").read_text(encoding="utf-8")
    everywhere = set(re.findall(r"^([a-z0-9-]+)==\S+ \\$", lock, re.MULTILINE))
    assert everywhere <= names
    assert {"python", "leaflet", "protomaps-leaflet"} <= names
    assert [part.name for part in ours if max(map(len, part.texts.values())) < 500] == []


def test_qt_and_postgresql_s_library_come_with_the_lgpl_and_qt_with_the_gpl_it_adds_to(
    ours: list[licences.Part],
) -> None:
    by_name = {parts.plain(part.name): part for part in ours}
    for name in ("pyside6-essentials", "pyside6-webengine", "shiboken6", "psycopg"):
        text = "".join(by_name[name].texts.values())
        assert "GNU LESSER GENERAL PUBLIC LICENSE" in text, name
    assert "GNU GENERAL PUBLIC LICENSE" in "".join(by_name["shiboken6"].texts.values())


def test_no_folder_of_this_machine_is_written(ours: list[licences.Part]) -> None:
    written = licences.written(ours)
    assert str(Path(sys.prefix)) not in written
    assert str(Path.home()) not in written


def test_a_package_without_a_text_is_named_and_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Do as you like, but keep this text."
    package(tmp_path, "good", "License: MIT", INFO__licenses__LICENSE=text)
    package(tmp_path, "bare", "License: MIT", bare__licence="", bare__code="x")
    good, bare = licences.shipped(LOCK, tmp_path)
    assert good == licences.Part("good", "1.0", "MIT", {"good-1.0.dist-info/licenses/LICENSE": text})
    assert bare.texts == {}
    monkeypatch.setattr(licences, "shipped", lambda lock, folder: iter([bare]))
    with pytest.raises(StepFailed, match="no text of a licence: bare"):
        licences.collected(Path(sys.executable))


def test_what_only_another_system_gets_is_left_out_and_what_is_missing_is_not(tmp_path: Path) -> None:
    (missing,) = licences.shipped(LOCK, tmp_path)
    assert (missing.name, missing.version, missing.texts) == ("good", "not installed", {})


def test_code_that_speaks_of_licences_is_no_text_of_one(tmp_path: Path) -> None:
    files = {"good__license.py": "print('MIT')", "good__COPYING": "The real text."}
    package(tmp_path, "good", **files)
    (good, *_) = licences.shipped(LOCK, tmp_path)
    assert list(good.texts.values()) == ["The real text."]


def test_a_text_that_several_share_stands_once() -> None:
    one = licences.Part("one", "1", "MIT", {"LICENSE": "The same.\n"})
    written = licences.written([one, one._replace(name="two")])
    assert written.count("The same.") == 1
    assert "one 1 (LICENSE)\ntwo 1 (LICENSE)" in written
