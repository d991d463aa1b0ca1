"""Makes the pictures of the user guide anew: resources/guide/pictures/*.png, by `main.py shot`, light and dark.

To be run by the Python of `.venv` after a change to the window: `packaging/guide_pictures.py [NAME…]`. Each picture
is a part of the window, in few colours, so that all of them together stay small.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "resources" / "guide" / "pictures"
SIZE = (1366, 768)
_COLOURS = 96
#: The user's name is on the papers in the pictures.
_WHO = "Mara"


class Picture(NamedTuple):
    """`page` as `main.py shot --page` names it; `part`: left, top, right, bottom in a window of `SIZE`."""

    page: str
    part: tuple[int, int, int, int]
    more: tuple[str, ...] = ()


PICTURES = {
    "main": Picture("main", (0, 32, 1366, 768)),
    "import": Picture("import", (0, 72, 1030, 560), ("--file", "resources/sample/late-orders.csv")),
    "plan": Picture("plan", (0, 72, 760, 523)),
    "why": Picture("why", (0, 238, 760, 742)),
    "drag": Picture("drag", (289, 72, 1034, 523)),
    "phone": Picture("phone", (0, 72, 1034, 523)),
    "print": Picture("print", (0, 72, 1030, 620)),
    "debrief": Picture("debrief", (0, 72, 1026, 742)),
}
SCHEMES = ("light", "dark")


def make(name: str, scheme: str, out: Path) -> Path:
    """Make one picture in `out`. Raises CalledProcessError if the program could not draw it."""
    picture, file = PICTURES[name], out / f"{name}-{scheme}.png"
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder, "whole.png")
        command = [sys.executable, "main.py", "shot", "--demo", "--page", picture.page, *picture.more]
        command += ["--size", f"{SIZE[0]}x{SIZE[1]}", "--out", str(whole)]
        command += ["--dark"] if scheme == "dark" else []
        env = {**os.environ, "LOGNAME": _WHO, "USERNAME": _WHO}
        subprocess.run(command, cwd=ROOT, env=env, check=True, stderr=subprocess.DEVNULL)
        with Image.open(whole) as image:
            part = image.convert("RGB").crop(picture.part)
    few = part.quantize(_COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    few.save(file, optimize=True)
    return file


def main(names: list[str]) -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    for name in names or PICTURES:
        for scheme in SCHEMES:
            file = make(name, scheme, OUT)
            sys.stdout.write(f"{file.name}  {file.stat().st_size / 1000:.0f} kB\n")


if __name__ == "__main__":
    main(sys.argv[1:])
