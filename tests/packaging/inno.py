"""Reads an Inno Setup script as far as the tests need it: its sections, its names, its code."""

from __future__ import annotations

import re
from typing import NamedTuple

_SECTION = re.compile(r"^\[(\w+)\]$")
#: `Name: value; Name: "value with; and ""quotes"""`
_PARAMETER = re.compile(r'(\w+):\s*("(?:[^"]|"")*"|[^;]*)(?:;|$)')
_DEFINE = re.compile(r"\{#(\w+)\}")


class Script(NamedTuple):
    """Lines without comments by section; what stands before the first one is the section of no name."""

    sections: dict[str, list[str]]

    def directives(self) -> dict[str, str]:
        """Of `[Setup]`; a name that stands there twice keeps its last value."""
        pairs = (line.partition("=") for line in self.sections["Setup"] if not line.startswith("#"))
        return {name: value for name, _, value in pairs}

    def entries(self, section: str) -> list[dict[str, str]]:
        """Lines of parameters, quotes taken off."""
        return [
            {name: _unquoted(value) for name, value in _PARAMETER.findall(line)}
            for line in self.sections.get(section, [])
        ]

    def messages(self) -> dict[str, dict[str, str]]:
        """`[CustomMessages]`: name → language → text."""
        found: dict[str, dict[str, str]] = {}
        for line in self.sections["CustomMessages"]:
            name, _, text = line.partition("=")
            language, _, name = name.partition(".")
            found.setdefault(name, {})[language] = text
        return found

    @property
    def code(self) -> str:
        """Without its comments in braces."""
        return re.sub(r"\{ [^}]*\}", "", "\n".join(self.sections["Code"]))

    def used(self) -> set[str]:
        """Names of the preprocessor that the script asks for."""
        lines = [line for name in self.sections for line in self.sections[name]]
        return {name for line in lines for name in _DEFINE.findall(line)}


def read(text: str) -> Script:
    sections: dict[str, list[str]] = {"": []}
    current = ""
    for line in text.splitlines():
        found = _SECTION.match(line)
        if found:
            current = found.group(1)
            sections.setdefault(current, [])
        elif line.strip() and not line.startswith(";"):
            sections[current].append(line)
    return Script(sections)


def filled(text: str, names: dict[str, str]) -> str:
    """With the names of the preprocessor put in."""
    return _DEFINE.sub(lambda found: names[found.group(1)], text)


def _unquoted(value: str) -> str:
    value = value.strip()
    return value[1:-1].replace('""', '"') if value.startswith('"') else value
