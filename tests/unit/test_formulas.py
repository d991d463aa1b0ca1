"""Texts that a spreadsheet would run get an apostrophe; what people write stays as it is."""

from __future__ import annotations

import pytest

from dispatch_console.domain.formulas import harmless


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        (" =1+1", "' =1+1"),
        ("＝1+1", "'＝1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("+SUM(A1)", "'+SUM(A1)"),
        ("-cmd", "'-cmd"),
        ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
        ("\tx", "'\tx"),
        ("\r=1", "'\r'=1"),
        ("Weg 1;=1+1", "Weg 1;'=1+1"),
        ("Weg 1, =1+1", "Weg 1,' =1+1"),
        ("zwei\n=1+1\n@x", "zwei\n'=1+1\n'@x"),
    ],
)
def test_formulas_are_disarmed(text: str, written: str) -> None:
    assert harmless(text) == written


@pytest.mark.parametrize(
    "text",
    [
        "", "Weg 1", "-2,5", "+41 79 555 12 34", "+41 79 555, +41 78 555", "-1.5;-2.5", "-", "a=b", "a@example.com",
        "Bitte klingeln, - dann warten", "(0)79 / 555", "O'Dell", "2026-11-23", "9-12 Uhr, 14-17 Uhr", "1 + 1 = 2",
    ],
)  # fmt: skip
def test_what_people_write_stays(text: str) -> None:
    assert harmless(text) == text
