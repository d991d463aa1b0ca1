"""Workbooks of orders, spoiled: the archive, its members, the XML in them, and what the XML says."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable

from tests.faults import spoiled_text
from tests.faults.spoiled_text import ODD

_DTD = (
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY f SYSTEM "file:///etc/passwd">'
    b'<!ENTITY u SYSTEM "http://127.0.0.1:9/x">]>'
)
#: What attributes and texts may come to say.
_SAYS = [
    "0", "-1", "1", "1048577", "4294967296", "99999999999999999999", "9" * 300, "1e999", "NaN", "A0", "A1",
    "XFD1048576", "ZZZZ99999999", "A-1", "", " ", "true", "s", "inlineStr", "e", "d", "str", "&c;", "&f;",
    "&#0;", "&#x110000;",
    "../../../../etc/passwd", "xl/../xl/worksheets/sheet1.xml", "/xl/worksheets/sheet1.xml", "http://127.0.0.1:9/x",
]  # fmt: skip

Members = dict[str, bytes]
Spoil = Callable[[Members, random.Random], None]


def spoiled(data: bytes, chance: random.Random) -> bytes:
    """Some things done to the parts of a workbook, or one to the archive as a whole."""
    if chance.random() < 0.2:
        return chance.choice(WHOLE)(data, chance)
    members = unpacked(data)
    for _ in range(chance.choice([1, 1, 1, 1, 2, 4])):
        chance.choice(WAYS)(members, chance)
    return packed(members, chance)


def unpacked(data: bytes) -> Members:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(members: Members, chance: random.Random) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in members.items():
            method = chance.choice([zipfile.ZIP_DEFLATED] * 8 + [zipfile.ZIP_STORED, zipfile.ZIP_BZIP2])
            archive.writestr(name, content, method)
    return made.getvalue()


def bytes_of_one(members: Members, chance: random.Random) -> None:
    name = _one(members, chance)
    members[name] = spoiled_text.spoiled(members[name], chance)


def without_one(members: Members, chance: random.Random) -> None:
    del members[_one(members, chance)]
    members.setdefault("nothing", b"")


def another_name(members: Members, chance: random.Random) -> None:
    name = _one(members, chance)
    names = [name.upper(), f"../{name}", f"/{name}", name.replace("/", "\\"), "xl/workbook.bin", "content.xml", ""]
    members[chance.choice(names) or "x"] = members.pop(name)


def changed_over(members: Members, chance: random.Random) -> None:
    a, b = _one(members, chance), _one(members, chance)
    members[a], members[b] = members[b], members[a]


def attribute(members: Members, chance: random.Random) -> None:
    """Other values of what is counted, pointed at or named."""
    _replace(
        members,
        chance,
        rb"(?<![\w:])[\w:]{1,40}=\"[^\"]*\"",
        lambda found, says: found.split(b"=")[0] + b'="' + says + b'"',
    )


def values(members: Members, chance: random.Random) -> None:
    """Other numbers and texts in cells."""
    odd = [text.encode("utf-8", errors="replace") for text in ODD]

    def other(found: bytes, says: bytes) -> bytes:
        tag = re.match(rb"<(\w+)", found)
        assert tag is not None
        text = chance.choice([says, chance.choice(odd)])
        if chance.random() < 0.8:
            text = text.replace(b"&", b"&amp;").replace(b"<", b"&lt;")
        return b"<" + tag[1] + b">" + text + b"</" + tag[1] + b">"

    _replace(members, chance, rb"<(?:v|t|f)>[^<]*</\w+>", other)


def tags(members: Members, chance: random.Random) -> None:
    """Left out, doubled, opened and not closed."""
    ways: list[Callable[[bytes], bytes]] = [
        lambda tag: b"",
        lambda tag: tag * chance.choice([2, 50]),
        lambda tag: tag.replace(b"<", b"</"),
        lambda tag: tag.replace(b"/", b""),
        lambda tag: tag[:-1],
        lambda tag: b"<!--" + tag,
        lambda tag: b"<![CDATA[" + tag,
    ]
    _replace(members, chance, rb"<[^>]*>", lambda found, says: chance.choice(ways)(found))


def entities(members: Members, chance: random.Random) -> None:
    """A document type that names files and servers, and multiplies."""
    name = _xml(members, chance)
    head, mark, rest = members[name].partition(b"?>")
    body = rest if mark else head
    text = chance.choice([b"&c;", b"&f;", b"&u;"])
    members[name] = (head + mark if mark else b"") + _DTD + re.sub(rb"<v>[^<]*</v>", b"<v>" + text + b"</v>", body)


def deep(members: Members, chance: random.Random) -> None:
    """Elements within elements."""
    name = _xml(members, chance)
    at = chance.randrange(len(members[name]) + 1)
    members[name] = members[name][:at] + b"<a>" * chance.choice([10, 5_000, 60_000]) + members[name][at:]


def many(members: Members, chance: random.Random) -> None:
    """A part of the sheet again and again."""
    name = _xml(members, chance)
    content = members[name]
    a = chance.randrange(len(content) + 1)
    part = content[a : a + chance.choice([20, 200, 2_000])]
    members[name] = content[:a] + part * chance.choice([2, 100, 1_000]) + content[a:]


def large(members: Members, chance: random.Random) -> None:
    """A member that unpacks to a hundred times what it takes."""
    sign = chance.choice([b"\0", b" ", b"<row>", b"<c/>", b"<si/>", b"x"])
    name = chance.choice([_one(members, chance), "xl/media/image1.png"])
    members[name] = members.get(name, b"") + sign * chance.choice([100_000, 1_000_000])


WAYS: tuple[Spoil, ...] = (
    bytes_of_one, without_one, another_name, changed_over, attribute, attribute, attribute, values, values, values,
    tags, entities, deep, many, large,
)  # fmt: skip


def lying_sizes(data: bytes, chance: random.Random) -> bytes:
    """The list of members says other sizes, sums, methods or places than there are."""
    spoilt = bytearray(data)
    for found in re.finditer(rb"PK\x01\x02|PK\x03\x04", data):
        if chance.random() < 0.5:
            field = found.start() + chance.choice([6, 8, 10, 14, 16, 18, 20, 22, 24, 26, 28, 30, 42])
            spoilt[field : field + 2] = chance.choice([b"\0\0", b"\xff\xff", b"\x01\0", chance.randbytes(2)])
    return bytes(spoilt)


def _one(members: Members, chance: random.Random) -> str:
    return chance.choice(sorted(members))


def _xml(members: Members, chance: random.Random) -> str:
    """Mostly the sheet or its texts."""
    telling = [n for n in sorted(members) if re.search(r"sheet\d|sharedStrings|workbook\.xml$|styles|content", n)]
    return chance.choice(telling) if telling and chance.random() < 0.9 else _one(members, chance)


def _replace(
    members: Members, chance: random.Random, pattern: bytes, other: Callable[[bytes, bytes], bytes]
) -> None:
    """Some of the places that `pattern` finds in one part; `other` gets what stands there, and something to say."""
    name = _xml(members, chance)
    share = chance.choice([0.01, 0.01, 0.1, 1.0])

    def changed(found: re.Match[bytes]) -> bytes:
        return other(found[0], chance.choice(_SAYS).encode()) if chance.random() < share else found[0]

    members[name] = re.sub(pattern, changed, members[name])[:2_000_000]


WHOLE: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    spoiled_text.flip, spoiled_text.cut, spoiled_text.leave_out, spoiled_text.put_in, lying_sizes, lying_sizes,
)  # fmt: skip
