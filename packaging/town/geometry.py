"""Lines and shapes in kilometres, made by hand so that they come out the same everywhere."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

Point = tuple[float, float]


def wavy(through: Sequence[Point], steps: int = 8) -> list[Point]:
    """A smooth line through the points (Catmull-Rom)."""
    ends = [through[0], *through, through[-1]]
    line: list[Point] = []
    for p0, p1, p2, p3 in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        for step in range(steps):
            t = step / steps
            line.append((_between(p0[0], p1[0], p2[0], p3[0], t), _between(p0[1], p1[1], p2[1], p3[1], t)))
    return [*line, through[-1]]


def _between(a: float, b: float, c: float, d: float, t: float) -> float:
    """At the share `t` of the way from `b` to `c`, coming from `a` and going on to `d`."""
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t**3)


def blob(rng: random.Random, at: Point, radius: float, rough: float, steps: int = 40) -> list[Point]:
    """A closed round shape with soft bulges, without its first point again."""
    waves = [(k, rng.uniform(0, math.tau), rng.uniform(0, rough / k)) for k in (2, 3, 5, 7)]
    shape: list[Point] = []
    for step in range(steps):
        angle = math.tau * step / steps
        r = radius * (1 + sum(size * math.sin(k * angle + phase) for k, phase, size in waves))
        shape.append((at[0] + r * math.cos(angle), at[1] + r * math.sin(angle)))
    return shape


def circle(at: Point, radius: float, steps: int) -> list[Point]:
    """A closed circle, against the clock; its first point again at the end."""
    turns = [math.tau * (step % steps) / steps for step in range(steps + 1)]
    return [(at[0] + radius * math.cos(turn), at[1] + radius * math.sin(turn)) for turn in turns]


def ribbon(line: Sequence[Point], widths: Sequence[float]) -> list[Point]:
    """The band around a line, as wide at each point as told: left bank forth, right bank back."""
    left: list[Point] = []
    right: list[Point] = []
    for index, (x, y) in enumerate(line):
        before, after = line[max(0, index - 1)], line[min(len(line) - 1, index + 1)]
        length = math.dist(before, after)
        nx, ny = -(after[1] - before[1]) / length, (after[0] - before[0]) / length
        half = widths[index] / 2
        left.append((x + nx * half, y + ny * half))
        right.append((x - nx * half, y - ny * half))
    return [*left, *reversed(right)]


def bent(rng: random.Random, a: Point, b: Point, bend: float, step: float = 0.16) -> list[Point]:
    """A country lane from `a` to `b`: it swings to both sides by up to the share `bend` of its length."""
    length = math.dist(a, b)
    one, two = (rng.uniform(-bend, bend) * length for _ in range(2))
    nx, ny = -(b[1] - a[1]) / length, (b[0] - a[0]) / length
    points: list[Point] = []
    count = max(2, math.ceil(length / step))
    for index in range(count + 1):
        t = index / count
        off = one * math.sin(math.pi * t) + two * math.sin(math.tau * t) * 0.6
        points.append((a[0] + (b[0] - a[0]) * t + nx * off, a[1] + (b[1] - a[1]) * t + ny * off))
    return points


def turned(point: Point, angle: float, about: Point) -> Point:
    """The point turned against the clock."""
    x, y = point[0] - about[0], point[1] - about[1]
    cos, sin = math.cos(angle), math.sin(angle)
    return about[0] + x * cos - y * sin, about[1] + x * sin + y * cos
