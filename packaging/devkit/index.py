"""How this machine reaches the package index: what pip was told, uv and an old pip must be told too."""

from __future__ import annotations

import os
import re
import ssl
import sys
from functools import lru_cache
from pathlib import Path

from devkit.console import ROOT, ask

#: Where Linux systems keep the certificates they trust, those of the own network included.
BUNDLES = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
)


def settings() -> dict[str, str]:
    """The environment for pip and uv: the same index, and certificates the system trusts. What is set stays set."""
    result = dict(os.environ)
    index = _told("index-url")
    if index:
        result.setdefault("UV_DEFAULT_INDEX", index)
    if not _home_is_writable():
        result.setdefault("UV_CACHE_DIR", str(ROOT / ".tools" / "cache"))
    if os.name == "nt":
        result.setdefault("UV_SYSTEM_CERTS", "1")
    bundle = _told("cert") or _system_bundle()
    if bundle:
        result.setdefault("SSL_CERT_FILE", bundle)
        result.setdefault("PIP_CERT", bundle)
    return result


def _told(name: str) -> str | None:
    """What pip was told in its environment or its configuration files, or None."""
    value = os.environ.get("PIP_" + name.upper().replace("-", "_"))
    found = re.search(rf"^(?:global|install)\.{name}='(.*)'$", _pip_configuration(), re.MULTILINE)
    return value or (found.group(1) if found else None)


@lru_cache(maxsize=1)
def _pip_configuration() -> str:
    """`pip config list`, not `get`: the latter does not see the system-wide file in some versions."""
    return ask([sys.executable, "-m", "pip", "config", "list"]) or ""


def _home_is_writable() -> bool:
    """False for the users services run as: then uv's cache must lie elsewhere."""
    try:
        return os.access(Path.home(), os.W_OK)
    except RuntimeError:  # there is none
        return False


def _system_bundle() -> str | None:
    named = ssl.get_default_verify_paths().cafile
    return next((path for path in (named, *BUNDLES) if path and Path(path).is_file()), None)
