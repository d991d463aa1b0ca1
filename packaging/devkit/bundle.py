"""What goes into the frozen program and what stays out: asked by `dispatch-console.spec`, on Windows and Linux."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from devkit.console import ROOT

#: Its folder stands before the packages' own: what lies there is taken in their place.
STAND_INS = ROOT / "packaging" / "stand_ins"

#: Imported by what we use, for what we do not do with it.
EXCLUDED = [
    *("tkinter", "turtledemo", "lib2to3", "idlelib", "ensurepip", "venv"),
    *("matplotlib", "IPython", "scipy", "PIL", "pytest", "setuptools", "pkg_resources", "pip", "numpy.f2py"),
    *("pyqtgraph.examples", "pyqtgraph.opengl", "pyqtgraph.jupyter", "numpy.tests"),
    # The search is compiled when the program is frozen: see search_core.py.
    *("numba", "llvmlite"),
    *("phonenumbers.geodata", "phonenumbers.carrierdata", "phonenumbers.tzdata"),
    *("sqlalchemy.dialects.mysql", "sqlalchemy.dialects.oracle", "sqlalchemy.dialects.mssql"),
    *("PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtTest", "PySide6.QtSql"),
    *("PySide6.QtDataVisualization", "PySide6.QtQuickWidgets"),
    *("keyring.cli", "branca.colormap.cnames", "xyzservices.tests"),
]

#: Packages of the lock that others ask for and nobody uses, or that have done their work by then.
NOT_SHIPPED = ("pandas", "python-dateutil", "numba", "llvmlite")
#: Modules of ours that only compile.
_COMPILES = ("dispatch_console.optimiser.core.apart", "dispatch_console.optimiser.core.jit")
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==", re.MULTILINE)

_LANGUAGES = "en|de|fr|it"
#: Languages in which a column may name countries, see `intake.words.countries.LANGUAGES`.
_COUNTRY_NAMES = "en|de|fr|nl|pt|es|it|fi"
_PLUGINS = (
    "platforms|platforminputcontexts|platformthemes|imageformats|iconengines|styles|tls|printsupport"
    "|xcbglintegrations|wayland-shell-integration|wayland-decoration-client|wayland-graphics-integration-client"
)
_PLATFORMS = "xcb|wayland|offscreen|windows|direct2d|minimal"
_QT = r"PySide6/(?:Qt/)?"
#: Files of packages that stay out, by where they would lie.
_OUT = tuple(
    re.compile(pattern)
    for pattern in (
        rf"^{_QT}qml/",
        rf"^{_QT}plugins/(?!({_PLUGINS})/)",
        rf"^{_QT}plugins/platforms/(?!(lib)?q({_PLATFORMS})\b)",
        rf"^{_QT}plugins/platforminputcontexts/(lib)?qtvirtualkeyboard",
        rf"^{_QT}plugins/imageformats/(lib)?q(pdf|icns|tga|tiff|wbmp|webp)\b",
        rf"^{_QT}translations/(?!(qtbase_({_LANGUAGES})\.qm|qtwebengine_locales/({_LANGUAGES})(-US)?\.pak)$)",
        r"qtwebengine_devtools_resources|\.debug\.(pak|bin)$",
        r"(^|/)(lib)?Qt6(3D|Quick3D|Charts|DataVis|Multimedia|SpatialAudio|VirtualKeyboard|Designer|Bluetooth|Sql\b)",
        r"(^|/)(lib)?(avcodec|avformat|avutil|swresample|swscale)\b",
        r"^osrm/bin/osrm-(routed|datastore|components)(\.exe)?$",
        r"^(numpy|pyqtgraph|shapely|osmium|greenlet|psycopg|ortools|sqlalchemy|alembic)/(.*/)?(tests?|testing)/",
        r"^pyqtgraph/examples/",
        rf"^babel/locale-data/(?!({_COUNTRY_NAMES}|root)\.dat$)",
        r"^share/(icons|themes|mime)/",
        r"^lib/(gtk|gdk)|^(lib(gtk|gdk|cairo|pango|atk|harfbuzz|thai|datrie|fribidi|epoxy|rsvg)\b)",
    )
)


class Tree(NamedTuple):
    """A folder or file of ours, and below which folder of the program it lies."""

    source: Path
    target: str


def is_wanted(target: str) -> bool:
    """Whether a file that a package brings is shipped. `target`: where it would lie, from the program's folder."""
    plain = target.replace("\\", "/")
    return not any(pattern.search(plain) for pattern in _OUT)


def packages(lock: str) -> list[str]:
    """Those of a lock that are shipped. Their metadata goes with them: region packs are named after versions, and
    support asks for them."""
    return [name for name in dict.fromkeys(_PINNED.findall(lock)) if name not in NOT_SHIPPED]


def own_modules() -> Iterator[str]:
    """Every module of ours that is shipped: some are named only while the program runs, some only in a worker."""
    for file in sorted((ROOT / "dispatch_console").rglob("*.py")):
        parts = file.relative_to(ROOT).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        if name not in _COMPILES:
            yield name


def own_files() -> Iterator[Tree]:
    """What the program reads besides its modules."""
    yield Tree(ROOT / "resources", "resources")
    yield Tree(ROOT / "db", "db")
    yield Tree(ROOT / "CHANGELOG.md", ".")


def imported_late(site: Path) -> Iterator[str]:
    """Modules that a library of ours imports by a name that stands in no import. `site`: where packages lie."""
    yield from (
        "psycopg_binary",
        "psycopg.pq",
        "logging.config",
        "ortools.sat.python.cp_model",
    )
    for folder in ("keyring/backends", "rapidfuzz/distance", "barcode"):
        for file in sorted((site / folder).glob("*.py")):
            parts = (*folder.split("/"), file.stem)
            yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def first_of(names: Iterable[str], folders: Iterable[Path]) -> Iterator[Path]:
    """Each file by the first of the folders that has it; one that none has is left out."""
    places = list(folders)
    for name in names:
        yield from [place / name for place in places if (place / name).is_file()][:1]


def finish(frozen: Path) -> None:
    """What the freezer cannot be told: a folder that WebEngine makes at its first start if it is not there, beside
    the program, where no user may write."""
    for data in frozen.rglob("icudtl.dat"):
        (data.parent / "locales").mkdir(exist_ok=True)
