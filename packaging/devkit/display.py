"""Is there a display a window could open on?"""

from __future__ import annotations

import os
import re
import socket
import sys
from collections.abc import Mapping


def why_no_window(variables: Mapping[str, str] = os.environ, platform: str = sys.platform) -> str | None:
    """None if a window can be shown, else a sentence that says why not."""
    if variables.get("QT_QPA_PLATFORM", "").split(":")[0] in ("offscreen", "minimal"):
        return f"No window will be seen: QT_QPA_PLATFORM is {variables['QT_QPA_PLATFORM']}."
    if not platform.startswith("linux") or variables.get("WAYLAND_DISPLAY"):
        return None
    name = variables.get("DISPLAY")
    if not name:
        return "There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set)."
    if not _answers(name):
        return f"The display DISPLAY={name} does not answer."
    return None


def _answers(name: str) -> bool:
    """Whether an X server listens there: `:N` on this machine, `host:N` over the network."""
    found = re.fullmatch(r"(.*):(\d+)(\.\d+)?", name)
    if found is None:
        return False
    host, number = found.group(1), int(found.group(2))
    if sys.platform != "win32" and host in ("", "unix"):
        path = f"/tmp/.X11-unix/X{number}"
        return _connects(socket.AF_UNIX, "\0" + path) or _connects(socket.AF_UNIX, path)
    return _connects(socket.AF_INET, (host, 6000 + number))


def _connects(family: socket.AddressFamily, address: str | tuple[str, int]) -> bool:
    with socket.socket(family) as probe:
        probe.settimeout(2)
        try:
            probe.connect(address)
        except OSError:
            return False
        return True
