"""Reads a vector tile as its specification says, without any library: what the encoder is held to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple


class Feature(NamedTuple):
    """`lines` hold points in the tile's units; those of areas are rings, without the first point again."""

    kind: int
    props: dict[str, str | int]
    lines: list[list[tuple[int, int]]]


def read(tile: bytes) -> dict[str, list[Feature]]:
    found: dict[str, list[Feature]] = {}
    for number, content in _fields(tile):
        assert number == 3
        name, features = _layer(content)
        assert name not in found
        found[name] = features
    return found


def _layer(content: bytes) -> tuple[str, list[Feature]]:
    parts: dict[int, list[Any]] = {}
    for number, value in _fields(content):
        parts.setdefault(number, []).append(value)
    assert parts[15] == [2]
    assert parts[5] == [4096]
    keys = [key.decode() for key in parts.get(3, [])]
    values = [_value(value) for value in parts.get(4, [])]
    return parts[1][0].decode(), [_feature(feature, keys, values) for feature in parts[2]]


def _feature(content: bytes, keys: list[str], values: list[str | int]) -> Feature:
    parts = dict(_fields(content))
    tags = list(_numbers(parts.get(2, b"")))
    props = {keys[key]: values[value] for key, value in zip(tags[::2], tags[1::2], strict=True)}
    return Feature(parts[3], props, _geometry(list(_numbers(parts[4])), parts[3]))


def _geometry(words: list[int], kind: int) -> list[list[tuple[int, int]]]:
    lines: list[list[tuple[int, int]]] = []
    x = y = at = 0
    while at < len(words):
        command, count = words[at] & 7, words[at] >> 3
        at += 1
        if command == 7:
            assert kind == 3
            assert count == 1
            continue
        if command == 1:
            lines.append([])
        for _ in range(count):
            x, y = x + _signed(words[at]), y + _signed(words[at + 1])
            lines[-1].append((x, y))
            at += 2
    assert all(len(line) >= kind for line in lines)
    return lines


def _signed(value: int) -> int:
    return value >> 1 ^ -(value & 1)


def _value(content: bytes) -> str | int:
    ((number, value),) = _fields(content)
    assert number in (1, 5)
    return value.decode() if number == 1 else value


def _fields(content: bytes) -> Iterator[tuple[int, Any]]:
    at = 0
    while at < len(content):
        head, at = _number(content, at)
        value, at = _number(content, at)
        if head & 7 == 2:
            value, at = content[at : at + value], at + value
        yield head >> 3, value


def _numbers(content: bytes) -> Iterator[int]:
    at = 0
    while at < len(content):
        value, at = _number(content, at)
        yield value


def _number(content: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = content[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at
