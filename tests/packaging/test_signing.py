"""Signing is skipped with a notice where there is no certificate, and shows no password where there is one."""

from __future__ import annotations

import base64
import json
import os
import sys
from pathlib import Path

import pytest
from devkit import signing, windows
from devkit.console import StepFailed

PASSWORD = "ganz geheim"


@pytest.fixture
def signtool(tmp_path: Path) -> Path:
    """A program in signtool's place that keeps what it was called with."""
    if os.name != "posix":
        pytest.skip("makes an executable script by its first line")
    script = tmp_path / "signtool"
    script.write_text(
        f"#!{sys.executable}\n"
        "import json, pathlib, sys\n"
        "words = sys.argv[1:]\n"
        "pfx = pathlib.Path(words[words.index('/f') + 1]).read_bytes().decode() if '/f' in words else ''\n"
        "pathlib.Path(__file__).with_name('called.json').write_text(json.dumps([words, pfx]), encoding='utf-8')\n"
        "sys.exit(1 if 'bad.exe' in words[-1] else 0)\n",
        encoding="utf-8",
    )
    script.chmod(0o755)
    return script


def called(signtool: Path) -> tuple[list[str], str]:
    words, pfx = json.loads(signtool.with_name("called.json").read_text(encoding="utf-8"))
    return words, pfx


def test_without_a_certificate_one_line_says_so(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert signing.sign(tmp_path / "a.exe", {}) is False
    (line,) = capsys.readouterr().err.splitlines()
    assert "NOTICE: a.exe is not signed" in line


def test_a_certificate_of_the_system_is_named_by_its_thumbprint(signtool: Path) -> None:
    file = signtool.with_name("a.exe")
    assert signing.sign(file, {"SIGNTOOL": str(signtool), "DISPATCH_SIGN_THUMBPRINT": "AB12"})
    words, _ = called(signtool)
    assert words[0] == "sign"
    assert words[words.index("/sha1") + 1] == "AB12"
    assert words[words.index("/fd") + 1] == words[words.index("/td") + 1] == "sha256"
    assert words[words.index("/tr") + 1].startswith("http")
    assert words[-1] == str(file)


def test_a_certificate_from_a_secret_is_gone_afterwards(signtool: Path, capsys: pytest.CaptureFixture[str]) -> None:
    secret = {
        "SIGNTOOL": str(signtool),
        "DISPATCH_SIGN_PFX_BASE64": base64.b64encode(b"the key").decode(),
        "DISPATCH_SIGN_PASSWORD": PASSWORD,
    }
    assert signing.sign(signtool.with_name("a.exe"), secret)
    words, pfx = called(signtool)
    assert pfx == "the key"
    assert words[words.index("/p") + 1] == PASSWORD
    assert not Path(words[words.index("/f") + 1]).exists()
    assert PASSWORD not in "".join(capsys.readouterr())


def test_a_failure_tells_no_password(signtool: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pfx = tmp_path / "c.pfx"
    pfx.write_bytes(b"the key")
    given = {"DISPATCH_SIGN_PFX": str(pfx), "DISPATCH_SIGN_PASSWORD": PASSWORD}
    for tool in (signtool, tmp_path / "nowhere"):
        with pytest.raises(StepFailed) as failure:
            signing.sign(tmp_path / "bad.exe", {**given, "SIGNTOOL": str(tool)})
        assert PASSWORD not in str(failure.value)
    assert PASSWORD not in "".join(capsys.readouterr())


def test_the_newest_kit_is_taken(tmp_path: Path) -> None:
    for version in ("10.0.9000.0", "10.0.22621.0"):
        (tmp_path / "Windows Kits/10/bin" / version / "x64").mkdir(parents=True)
        (tmp_path / "Windows Kits/10/bin" / version / "x64/signtool.exe").touch()
    assert "10.0.22621.0" in signing.signtool({"ProgramFiles(x86)": str(tmp_path)})
    with pytest.raises(StepFailed, match="not installed"):
        signing.signtool({"ProgramFiles(x86)": str(tmp_path / "none")})


def test_the_compiler_signs_by_the_same_command_and_is_told_no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPATCH_SIGN_PASSWORD", PASSWORD)
    words = windows.defines("1.2.3", signed=True)
    (tool,) = (word for word in words if word.startswith("/Sdispatch="))
    assert tool.endswith("dev.py$q sign $f")
    assert "/DSigned" in words
    assert PASSWORD not in " ".join(words)
