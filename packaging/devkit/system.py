"""The system libraries Qt needs on Linux: find what is missing, install it as root, else say the exact line."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from devkit.console import StepFailed, ask, say, try_step

#: What is loaded at run time → the Debian package that holds it, for a window drawn off screen …
OFFSCREEN = {
    "libnss3.so": "libnss3",
    "libasound.so.2": "libasound2",
    "libXcomposite.so.1": "libxcomposite1",
    "libXdamage.so.1": "libxdamage1",
    "libXrandr.so.2": "libxrandr2",
    "libXtst.so.6": "libxtst6",
    "libxkbfile.so.1": "libxkbfile1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libgbm.so.1": "libgbm1",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxcb-dri3.so.0": "libxcb-dri3-0",
}
#: … and for one on an X display.
WINDOW = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libX11-xcb.so.1": "libx11-xcb1",
}
LIBRARIES = {**OFFSCREEN, **WINDOW}
FONTS = "fonts-dejavu-core"
#: Programs of the tests that open a real window on a display of their own.
TEST_PROGRAMS = {"Xvfb": "xvfb", "xauth": "xauth", "xdotool": "xdotool"}

#: Newer releases carry the change to 64-bit times in the name.
_RENAMED = {"libasound2": "libasound2t64", "libglib2.0-0": "libglib2.0-0t64"}

_STEP = "Installing the system libraries of Qt"
_LOAD = """
import ctypes, sys
for name in sys.argv[1:]:
    try:
        ctypes.CDLL(name)
    except OSError:
        print(name)
"""


def run(arguments: Sequence[str]) -> int:
    """`system`: all of it and no more, as root where the rest is done by somebody else. Raises StepFailed."""
    if arguments:
        raise StepFailed(_STEP, f"'{' '.join(arguments)}' is not understood", "use: system")
    ensure(with_test_programs=True)
    return 0


def ensure(with_test_programs: bool) -> None:
    """Make sure that Qt can start on this machine. Raises StepFailed with the line to type if it cannot be done."""
    if not sys.platform.startswith("linux"):
        return
    missing = missing_things(with_test_programs)
    if not missing:
        return
    packages = [_package_name(name) for name in packages_for(missing)]
    say(f"{_STEP}: {', '.join(packages)} …")
    if not (is_root() and shutil.which("apt-get") and _apt_install(packages)):
        raise StepFailed(_STEP, f"missing here: {', '.join(missing)}", _advice(packages))
    missing = missing_things(with_test_programs)
    if missing:
        raise StepFailed(_STEP, f"still missing: {', '.join(missing)}", _advice(packages))


def missing_things(with_test_programs: bool) -> list[str]:
    """Names of the libraries that cannot be loaded, 'a font', and programs not on PATH. Needs no rights."""
    answer = ask([sys.executable, "-I", "-c", _LOAD, *LIBRARIES])
    missing = list(LIBRARIES) if answer is None else answer.split()
    if not _has_a_font():
        missing.append("a font")
    if with_test_programs:
        missing += [name for name in TEST_PROGRAMS if shutil.which(name) is None]
    return missing


def packages_for(missing: Iterable[str]) -> list[str]:
    """The Debian packages, by their classic names, that hold the missing things."""
    known = {**LIBRARIES, **TEST_PROGRAMS, "a font": FONTS}
    return [known[name] for name in missing]


def is_root() -> bool:
    return os.name == "posix" and os.geteuid() == 0


def install_pip() -> bool:
    """Debian's pip by apt, as root; False where that is not possible."""
    if not (is_root() and shutil.which("apt-get")):
        return False
    say("Installing pip for the system's Python …")
    return _apt_install(["python3-pip"])


def pip_hint() -> str:
    return " (on Debian and Ubuntu: sudo apt-get install -y python3-pip)" if shutil.which("apt-get") else ""


def _apt_install(packages: Sequence[str]) -> bool:
    """Install; the package lists may be absent or out of date, so on a failure fetch them and try once more."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    apt = ["apt-get", "-q", "-y", "-o", "DPkg::Lock::Timeout=300", "-o", "Dpkg::Use-Pty=0"]
    install = [*apt, "install", "--no-install-recommends", *packages]
    if try_step(install, quiet) == 0:
        return True
    say("Fetching the lists of packages …")
    try_step([*apt, "update"], quiet)
    return try_step([*install[: -len(packages)], *map(_package_name, packages)], quiet) == 0


def _package_name(name: str) -> str:
    """The newer name of a package where this release knows it."""
    newer = _RENAMED.get(name)
    return newer if newer is not None and ask(["apt-cache", "show", newer]) else name


def _advice(packages: Sequence[str]) -> str:
    if shutil.which("apt-get") is None:
        return "install these with the package manager of this system, then run the command again"
    line = f"apt-get update && apt-get install -y --no-install-recommends {' '.join(packages)}"
    return f"type this line, then run the command again:\n\n  sudo sh -c '{line}'\n"


def _has_a_font() -> bool:
    home = Path(os.environ.get("HOME", "/nonexistent"))
    system, own = Path("/usr/share/fonts"), Path("/usr/local/share/fonts")
    folders = [system, own, home / ".fonts", home / ".local" / "share" / "fonts"]
    return any(path.suffix.lower() in (".ttf", ".otf", ".ttc") for top in folders for path in top.rglob("*"))
