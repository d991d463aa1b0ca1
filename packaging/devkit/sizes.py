"""What the frozen folder is made of, in MB, beside what it is to be at most."""

from __future__ import annotations

import lzma
import re
from collections.abc import Iterator
from pathlib import Path

from devkit import product
from devkit.console import say

#: MB: unpacked, and as one compressed file.
MOST, MOST_PACKED = 450, 170

_NUMPY = r"^(numpy|numpy\.libs)/|^libscipy_openblas"
#: A name and where its files lie in the folder of contents; the first that fits counts.
COMPONENTS = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("WebEngine (the map, printing)", r"^PySide6/.*(WebEngine|qtwebengine|icudtl|v8_context)"),
        ("Qt", r"^(PySide6|shiboken6)/|^lib(pyside|shiboken)"),
        ("the compiled search", r"^search_core"),
        ("OR-Tools", r"^ortools(\.libs)?/|^lib(ortools|absl|scip|highs|Cbc|Clp|Cgl|Osi)"),
        ("region data tools", r"^(osrm|osmium|osmium\.libs|osrm_bindings\.libs|shapely|shapely\.libs)/"),
        ("NumPy", _NUMPY),
        ("databases", r"^(sqlalchemy|psycopg\w*(\.libs)?|greenlet|alembic)/|^lib(sqlite3|pq)\b"),
        ("our own files", r"^(resources|db|dispatch_console)/|^(CHANGELOG|version)"),
        ("Python", r"^(python3\.\d+|lib-dynload)/|^(lib)?python3|^base_library"),
        ("libraries of the system", r"^[^/]+\.(so|dll|pyd|chk)(\.[\d.]+)?$"),
    )
)
PROGRAM, OTHER = "all modules (in the program file)", "other packages"


def report(folder: Path) -> str:
    """A table as packaging/README.md has it, the largest first."""
    found = measured(folder)
    total = sum(found.values())
    lines = ["| component | MB |", "|---|---:|"]
    lines += [f"| {name} | {size / 1e6:.1f} |" for name, size in sorted(found.items(), key=lambda one: -one[1])]
    lines.append(f"| **all** (at most {MOST}) | **{total / 1e6:.0f}** |")
    return "\n".join(lines)


def measured(folder: Path) -> dict[str, int]:
    """Component → bytes. What is a link to another file counts once."""
    found: dict[str, int] = {}
    for file in _files(folder):
        name = component(file.relative_to(folder))
        found[name] = found.get(name, 0) + file.stat().st_size
    return found


def component(inside: Path) -> str:
    if inside.parts[0] != product.CONTENTS:
        return PROGRAM
    plain = "/".join(inside.parts[1:])
    return next((name for name, pattern in COMPONENTS if pattern.search(plain)), OTHER)


def estimate(folder: Path) -> str:
    """How large an installer would be: as the compiler of the installer packs, all files in one stream."""
    say("packing it as an installer would, to measure that; this takes minutes …")
    packer = lzma.LZMACompressor(lzma.FORMAT_XZ, filters=[{"id": lzma.FILTER_LZMA2, "preset": 9}])
    size = 0
    for file in sorted(_files(folder), key=lambda one: (one.suffix, one.name)):
        with file.open("rb") as stream:
            for piece in iter(lambda stream=stream: stream.read(1 << 20), b""):
                size += len(packer.compress(piece))
    size += len(packer.flush())
    return f"As an installer about {size / 1e6:.0f} MB (at most {MOST_PACKED})."


def _files(folder: Path) -> Iterator[Path]:
    return (file for file in folder.rglob("*") if file.is_file() and not file.is_symlink())
