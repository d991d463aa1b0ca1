"""Bytes of a text file → its encoding and text. Every guess is shown and can be changed."""

from __future__ import annotations

import codecs
import re

from dispatch_console.domain.errors import UserError

#: What the user can choose from.
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252", "iso-8859-15", "cp850", "mac-roman")

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_AROUND = re.compile(rb"[\x00-\x7f]{0,2}[\x80-\xff]+[\x00-\x7f]{0,2}")
_AT_HOME = frozenset("äöüÄÖÜßéèêëàâáãåçñíîïìóòôõúùûæøœÉÈÀÂÁÃÅÇÑÍÎÓÔÕÚØÆŒ’–€²³°ºª§«»")
_OLD = ("cp1252", "cp850", "mac-roman")


def find(data: bytes) -> str:
    """Mark at the beginning, UTF-16 without one, strict UTF-8, else the old code page whose letters look right."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return name
    if wide := _without_mark(data):
        return wide
    sample = data[:4_000_000]
    try:
        sample.decode("utf-8") if len(data) <= len(sample) else codecs.getincrementaldecoder("utf-8")().decode(
            sample
        )
        return "utf-8"
    except UnicodeDecodeError:
        pass
    high = len(sample.translate(None, bytes(range(128))))
    if sum(len(found) for found in _MULTIBYTE.findall(sample)) > 0.9 * high:
        return "utf-8"  # with a few broken characters
    letters = b"".join(_AROUND.findall(sample)[:5000])
    return max(_OLD, key=lambda name: _at_home(letters, name) + (name == "cp1252"))


def _without_mark(data: bytes) -> str:
    sample = data[:4000]
    even, odd = sample[0::2], sample[1::2]
    for name, zeros, letters in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if len(sample) > 3 and zeros.count(0) > 0.6 * len(zeros) and letters.count(0) < 0.4 * len(letters):
            return name
    return ""


def _at_home(sample: bytes, name: str) -> int:
    """How many more letters look right than wrong. A capital after a small letter is wrong, and so are frames."""
    score = 0
    before = " "
    for letter in sample.decode(name, errors="replace"):
        if letter > "\x7f":
            out_of_place = letter.isupper() and before.islower()
            frame = "\u2500" <= letter <= "\u25ff" or letter == "\ufffd"
            in_word = before.isascii() and before.isalpha()
            if letter in _AT_HOME and not out_of_place:
                score += 1
            elif frame or out_of_place or in_word:
                score -= 2
        before = letter
    return score


def decode(data: bytes, name: str) -> str:
    """Characters that are wrong in this encoding are kept as cp1252 would show them, never refused."""
    try:
        codec = codecs.lookup(name)
    except LookupError:
        raise UserError(f"There is no encoding called {name}. Choose one of: {', '.join(ENCODINGS)}.") from None
    if name == "utf-16" and not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        codec = codecs.lookup("utf-16-le")
    if codec.name in ("utf-16", "utf-16-le", "utf-16-be"):
        data = data[: len(data) // 2 * 2]
    text = data.decode(codec.name, errors="as_cp1252" if "utf-8" in codec.name else "replace")
    return text.removeprefix("\ufeff").replace("\0", "")


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    broken = error.object[error.start : error.end]
    return broken.decode("cp1252", errors="replace"), error.end


codecs.register_error("as_cp1252", _as_cp1252)
