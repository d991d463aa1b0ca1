"""Signs a file for Windows with `signtool`, if this machine has a certificate; else says that it did not.

| variable | holds |
|---|---|
| `DISPATCH_SIGN_THUMBPRINT` | SHA-1 of a certificate in the store of Windows (tokens and keys in the cloud, too) |
| `DISPATCH_SIGN_PFX` | or: the path of a .pfx file |
| `DISPATCH_SIGN_PFX_BASE64` | or: what is in one, as a secret of a build machine |
| `DISPATCH_SIGN_PASSWORD` | the password of the .pfx |
| `DISPATCH_SIGN_TIMESTAMP` | address of a time stamp server (RFC 3161), if another one is to be asked |
| `SIGNTOOL` | the path of signtool.exe, if it is not found |
"""

from __future__ import annotations

import base64
import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Generator, Mapping, Sequence
from pathlib import Path

from devkit import product
from devkit.console import StepFailed, finished, say

_STEP = "Signing"
_TIMESTAMP = "http://timestamp.digicert.com"
_PATIENCE_S = 300


def run(arguments: Sequence[str]) -> int:
    """`sign FILE`: what the compiler of the installer calls, too. Raises StepFailed."""
    if len(arguments) != 1:
        raise StepFailed(_STEP, f"'{' '.join(arguments)}' is not understood", "use: sign FILE")
    sign(Path(arguments[0]))
    return 0


def sign(file: Path, variables: Mapping[str, str] = os.environ) -> bool:
    """Whether the file is signed now; False if there is no certificate, which is said. Raises StepFailed."""
    with certificate(variables) as words:
        if not words:
            say(f"NOTICE: {file.name} is not signed: no certificate is given (see packaging/README.md, “Signing”)")
            return False
        stamp = ["/fd", "sha256", "/tr", variables.get("DISPATCH_SIGN_TIMESTAMP") or _TIMESTAMP, "/td", "sha256"]
        _call([signtool(variables), "sign", *stamp, "/d", product.NAME, *words, str(file)], file)
    return True


@contextlib.contextmanager
def certificate(variables: Mapping[str, str]) -> Generator[list[str], None, None]:
    """signtool's words for the certificate that is given; empty: none. A .pfx made here vanishes again."""
    thumbprint, file = variables.get("DISPATCH_SIGN_THUMBPRINT"), variables.get("DISPATCH_SIGN_PFX")
    content = variables.get("DISPATCH_SIGN_PFX_BASE64")
    password = variables.get("DISPATCH_SIGN_PASSWORD")
    protected = ["/p", password] if password else []
    if thumbprint:
        yield ["/sha1", thumbprint]
    elif file:
        yield ["/f", file, *protected]
    elif content:
        with tempfile.TemporaryDirectory() as folder:
            made = Path(folder, "certificate.pfx")
            made.write_bytes(base64.b64decode(content))
            yield ["/f", str(made), *protected]
    else:
        yield []


def signtool(variables: Mapping[str, str] = os.environ) -> str:
    """The program; the newest of the kits that are installed. Raises StepFailed."""
    named = variables.get("SIGNTOOL") or shutil.which("signtool")
    if named:
        return named
    kits = Path(variables.get("ProgramFiles(x86)", "")) / "Windows Kits" / "10" / "bin"
    found = sorted(kits.glob("10.*/x64/signtool.exe"), key=lambda path: _numbers(path.parent.parent.name))
    if not found:
        raise StepFailed(_STEP, "signtool is not installed", "install the Windows SDK, or let SIGNTOOL name it")
    return str(found[-1])


def _numbers(version: str) -> list[int]:
    return [int(part) for part in version.split(".") if part.isdigit()]


def _call(command: Sequence[str], file: Path) -> None:
    """Never shown, for there may be a password in it."""
    try:
        done = finished(command, _PATIENCE_S)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise StepFailed(
            _STEP, f"signtool: {type(error).__name__}", "see that it starts, and its network"
        ) from None
    if done.returncode != 0:
        raise StepFailed(_STEP, f"{file.name}: signtool ended with {done.returncode}", done.stdout.strip()[-500:])
    say(f"{file.name} is signed")
