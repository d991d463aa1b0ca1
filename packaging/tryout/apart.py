"""A network of one's own, with nothing in it but 127.0.0.1."""

from __future__ import annotations

import errno
import os
import socket
import struct
import subprocess
import sys
from pathlib import Path

#: A place kept for documentation: nobody answers there, and without a network nobody can even be asked.
_NOWHERE = ("192.0.2.1", 80)
_GET_FLAGS, _SET_FLAGS, _UP = 0x8913, 0x8914, 0x1


def leave_the_network() -> str | None:
    """From now on this process and all it starts see no network. None; or why that cannot be had here."""
    if sys.platform != "linux":
        return "only Linux can keep a program from the network"
    # Tried by another process first: half done, it would leave this one as nobody.
    tried = subprocess.run([sys.executable, __file__], capture_output=True, encoding="utf-8", check=False)
    if tried.returncode != 0:
        return f"no network of its own can be made here: {tried.stderr.strip().rpartition(': ')[2]}"
    _leave()
    return None


def reaches_out() -> bool:
    """Whether there is a way to any other computer."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.settimeout(2)
        return probe.connect_ex(_NOWHERE) != errno.ENETUNREACH


def _leave() -> None:
    _unshare()
    _raise_loopback()


def _unshare() -> None:
    if os.geteuid() == 0:
        os.unshare(os.CLONE_NEWNET)
        return
    user, group = os.getuid(), os.getgid()
    os.unshare(os.CLONE_NEWUSER | os.CLONE_NEWNET)
    for file, text in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
        Path("/proc/self", file).write_text(text, encoding="ascii")


def _raise_loopback() -> None:
    import fcntl

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        asked = struct.pack("16sH14s", b"lo", 0, b"")
        flags = struct.unpack("16sH14s", fcntl.ioctl(control, _GET_FLAGS, asked))[1]
        fcntl.ioctl(control, _SET_FLAGS, struct.pack("16sH14s", b"lo", flags | _UP, b""))


if __name__ == "__main__":
    _leave()
