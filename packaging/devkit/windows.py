"""The installer for Windows, and what Windows shows of the program file: the properties of its version."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from devkit import installing, product, signing
from devkit.console import ROOT, StepFailed, run_step, say

SCRIPT = ROOT / "packaging" / "windows" / "dispatch-console.iss"
ICON = ROOT / "packaging" / "windows" / "dispatch-console.ico"
#: Long paths, and UTF-8 for libraries that open files by narrow names (osmium, libpq): those of Jörg Müller, too.
MANIFEST = ROOT / "packaging" / "windows" / "dispatch-console.manifest"

_STEP = "Making the installer"
_INNO = "Inno Setup 6"
#: Of Microsoft's C++: the search and the solver need what Python does not bring along, and a new Windows lacks it.
RUNTIME = ("msvcp140.dll", "vcruntime140.dll", "vcruntime140_1.dll")
_FREEZE = "run `py packaging\\dev.py freeze` first"

_VERSION_INFO = """VSVersionInfo(
  ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3F, flags=0x0, OS=0x40004, fileType=0x1,
    subtype=0x0, date=(0, 0)),
  kids=[
    StringFileInfo([StringTable('040904B0', [
{strings}
    ])]),
    VarFileInfo([VarStruct('Translation', [0x0409, 0x04B0])]),
  ]
)
"""


def run(arguments: Sequence[str]) -> int:
    """Make the installer of the frozen program; `--try` it on this machine. Raises StepFailed."""
    if list(arguments) not in ([], ["--try"]):
        raise StepFailed(_STEP, f"'{' '.join(arguments)}' is not understood", "use: installer [--try]")
    if os.name != "nt":
        say(f"The installer is made on Windows only, by {_INNO}; here `freeze` makes a .tar.gz instead.")
        return 1
    version = frozen_version(product.FROZEN)
    need_runtime(product.FROZEN)
    signed = [signing.sign(product.FROZEN / f"{name}.exe") for name in (product.SLUG, product.COMMAND)] == [
        True
    ] * 2
    run_step(
        _STEP,
        [str(compiler()), *defines(version, signed=signed), str(SCRIPT)],
        "see what the compiler says above",
    )
    made = product.DIST / f"{output_name(version)}.exe"
    say(f"{made}: {made.stat().st_size / 1e6:.0f} MB{'' if signed else ', not signed'}")
    if arguments:
        installing.tried(made)
    return 0


def frozen_version(folder: Path) -> str:
    """Of what lies there, marked if nobody can make it again. Raises StepFailed if that is not this project's."""
    try:
        version = (folder / product.CONTENTS / "version.txt").read_text(encoding="utf-8").strip()
    except OSError as error:
        raise StepFailed(_STEP, f"there is no program in {folder}", _FREEZE) from error
    if version.partition("+")[0] != product.version():
        raise StepFailed(_STEP, f"version {version} is frozen, the project is at {product.version()}", _FREEZE)
    return version


def need_runtime(folder: Path) -> None:
    """Raises StepFailed if the program would only start where somebody else has installed the runtime of C++."""
    missing = [name for name in RUNTIME if not (folder / product.CONTENTS / name).is_file()]
    if missing:
        why = f"the frozen folder lacks {', '.join(missing)}"
        raise StepFailed(_STEP, why, "install Microsoft's Visual C++ Redistributable (x64) here, and freeze again")


def compiler() -> Path:
    """The compiler of Inno Setup. Raises StepFailed."""
    found = next((path for path in _compilers() if path.is_file()), None)
    if found is None:
        raise StepFailed(
            _STEP, f"{_INNO} is not installed", "install it (6.3 or newer), or let ISCC name its ISCC.exe"
        )
    return found


def _compilers() -> Iterator[Path]:
    if os.environ.get("ISCC"):
        yield Path(os.environ["ISCC"])
    on_path = shutil.which("iscc")
    if on_path:
        yield Path(on_path)
    for variable in ("ProgramFiles(x86)", "ProgramFiles", "LOCALAPPDATA"):
        base = os.environ.get(variable)
        if base:
            folder = Path(base, "Programs") if variable == "LOCALAPPDATA" else Path(base)
            yield folder / _INNO / "ISCC.exe"


def output_name(version: str) -> str:
    return f"{product.SLUG}-{version}-setup"


def defines(version: str, *, signed: bool) -> list[str]:
    """What the script is told on the compiler's command line; no password is among it."""
    names = {
        "Name": product.NAME,
        "Version": version,
        "FourNumbers": ".".join(map(str, product.four_numbers(version.partition("+")[0]))),
        "Publisher": product.PUBLISHER,
        "Exe": f"{product.SLUG}.exe",
        "Command": f"{product.COMMAND}.exe",
        "Contents": product.CONTENTS,
        "Source": str(product.FROZEN),
        "Icon": str(ICON),
        "Output": str(product.DIST),
        "OutputName": output_name(version),
        "Suffix": product.SUFFIX,
        "FileType": product.FILE_TYPE,
    }
    told = [f"/D{name}={value}" for name, value in names.items()]
    if signed:
        # The compiler prints this line, and has its uninstaller and its result signed by it.
        dev = ROOT / "packaging" / "dev.py"
        told += ["/DSigned", f"/Sdispatch=$q{sys.executable}$q $q{dev}$q sign $f"]
    return told


def version_info(version: str) -> str:
    """The properties of the program file, as PyInstaller's `version=` reads them from a text."""
    strings = {
        "CompanyName": product.PUBLISHER,
        "FileDescription": product.NAME,
        "FileVersion": version,
        "InternalName": product.SLUG,
        "OriginalFilename": f"{product.SLUG}.exe",
        "ProductName": product.NAME,
        "ProductVersion": version,
    }
    lines = ",\n".join(f"      StringStruct({name!r}, {value!r})" for name, value in strings.items())
    return _VERSION_INFO.format(numbers=product.four_numbers(version), strings=lines)
