"""What a file may cost. Beyond it the user gets one sentence instead of a frozen program."""

from __future__ import annotations

from typing import NamedTuple


class Limits(NamedTuple):
    """`seconds` and `memory_bytes` are watched by the parent of the process that reads; the rest by the reader."""

    file_bytes: int = 100_000_000
    unpacked_bytes: int = 600_000_000
    rows: int = 200_000
    columns: int = 2_000
    cells: int = 12_000_000
    letters: int = 10_000  # of one cell; what is longer is cut
    seconds: float = 30.0
    memory_bytes: int = 1_000_000_000


DEFAULT = Limits()
