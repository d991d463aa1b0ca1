"""The licences of everything that we ship, as one text: of Python, of each package of `run.txt`, of `resources/`.

A package without a text of its licence fails, unless the one that it names stands in `packaging/licences/`.
"""

from __future__ import annotations

import importlib.metadata
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from devkit import environment, parts
from devkit.console import ROOT, StepFailed, ask

_STEP = "Collecting the licences"
_KEPT = ROOT / "packaging" / "licences"
_RESOURCES = ROOT / "resources"
#: Whose wheels name a licence and bring no text along. The LGPL is to be read with the GPL that it adds to.
_QT: tuple[str, ...] = ("pyside6-addons", "pyside6-essentials", "pyside6-pdf", "pyside6-webengine", "shiboken6")
_TEXTS: dict[str, tuple[str, ...]] = dict.fromkeys(_QT, ("LGPL-3.0.txt", "GPL-3.0.txt"))
_FILE = re.compile(r"(^|[^a-z])(licen[cs]es?|copying|copyright|notice)([^a-z]|$)", re.IGNORECASE)
_CODE = {".py", ".pyc", ".pyi", ".so", ".pyd", ".dll", ".json"}
_PINNED = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==\S+(?P<marker> ;)?", re.MULTILINE)
_ASK_PYTHON = (
    "import json, platform, sys, sysconfig;"
    "print(json.dumps([platform.python_version(), sysconfig.get_path('stdlib'), sys.base_prefix,"
    " sysconfig.get_path('purelib')]))"
)
_RULE = "=" * 100


class Part(NamedTuple):
    """`declared`: the licence as its makers name it; `texts`: where it came from → what it says."""

    name: str
    version: str
    declared: str
    texts: dict[str, str]


def run(arguments: Sequence[str]) -> int:
    """Write the licences to stdout or to the file after `--out`. Raises StepFailed."""
    target = parts.target_of(_STEP, "licences", arguments)
    found = collected(environment.ensure("run"))
    parts.give(written(found), target, f"the licences of {len(found)} parts are in {target}")
    return 0


def collected(python: Path) -> list[Part]:
    """All parts, Python first. Raises StepFailed, with the names of those that have no text."""
    answer = ask([str(python), "-c", _ASK_PYTHON])
    if answer is None:
        raise StepFailed(_STEP, f"{python} does not run", "remove .venv and run the command again")
    version, library, prefix, packages = json.loads(answer)
    found = [
        _python(version, [Path(library), Path(prefix)]),
        *shipped((environment.REQUIREMENTS / "run.txt").read_text(encoding="utf-8"), Path(packages)),
        *_resources(),
    ]
    bare = [part.name for part in found if not part.texts]
    if bare:
        raise StepFailed(
            _STEP,
            f"no text of a licence: {', '.join(bare)}",
            "find out what it is licensed by, and add the text to packaging/licences (devkit/licences.py)",
        )
    return found


def shipped(lock: str, packages: Path) -> Iterator[Part]:
    """The packages of a lock as they are installed. What only another system gets is left out."""
    there = importlib.metadata.distributions(path=[str(packages)])
    installed = {parts.plain(one.metadata["Name"]): one for one in there}
    for pinned in _PINNED.finditer(lock):
        name = parts.plain(pinned["name"])
        package = installed.pop(name, None)
        if package is not None:
            yield Part(package.metadata["Name"], package.version, _declared(package), _texts(name, package))
        elif not pinned["marker"]:
            yield Part(name, "not installed", "", {})


def written(found: Sequence[Part]) -> str:
    """A list, then the texts; one that several share stands once."""
    head = "Parts of others in this program, and their licences\n\n"
    lines = [f"  {part.name} {part.version}{f': {part.declared}' if part.declared else ''}" for part in found]
    of: dict[str, list[str]] = {}
    for part in found:
        for place, text in part.texts.items():
            of.setdefault(text.strip(), []).append(f"{part.name} {part.version} ({place})")
    texts = ["\n".join([_RULE, *names, _RULE, "", text, ""]) for text, names in of.items()]
    return head + "\n".join(lines) + "\n\n" + "\n\n".join(texts)


def _texts(name: str, package: importlib.metadata.Distribution) -> dict[str, str]:
    found: dict[str, str] = {}
    for file in package.files or ():
        if (_FILE.search(file.name) or "licenses" in file.parts[:-1]) and file.suffix.lower() not in _CODE:
            place = Path(str(file.locate()))
            text = place.read_text(encoding="utf-8", errors="replace") if place.is_file() else ""
            if text.strip():
                found[file.as_posix()] = text
    for kept in () if found else _TEXTS.get(name, ()):
        found[kept] = (_KEPT / kept).read_text(encoding="utf-8")
    return found


def _python(version: str, folders: Sequence[Path]) -> Part:
    places = [folder / name for folder in folders for name in ("LICENSE.txt", "LICENSE")]
    place = next((place for place in places if place.is_file()), None)
    texts = {} if place is None else {place.name: place.read_text(encoding="utf-8")}
    return Part("Python", version, "PSF-2.0", texts)


def _resources() -> Iterator[Part]:
    """Lines of the table in THIRD-PARTY.md; the last column names the file of the text."""
    for line in parts.others():
        named = re.findall(r"`([^`]+)`", line["rest"])
        texts = {name: (_RESOURCES / name).read_text(encoding="utf-8") for name in named}
        yield Part(line["name"], line["version"], line["licence"].strip(), texts)


def _declared(package: importlib.metadata.Distribution) -> str:
    """By the first of the places where makers write it that holds a name; some put the whole text there."""
    about = package.metadata
    kinds = [
        line.rpartition(" :: ")[2] for line in about.get_all("Classifier") or () if line.startswith("License ::")
    ]
    told = [about.get("License-Expression") or "", about.get("License") or "", *kinds]
    return next((text for text in map(str.strip, told) if text and "\n" not in text and len(text) <= 80), "")
