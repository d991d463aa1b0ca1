"""Where in the van each stop's goods go: a proposal in sections, so that last stops lie farthest from the doors.

bulkhead | L1  L2  L3  L4 | doors      small goods left, large ones right; floor, cage, cool box and the
         | R1  R2  R3  R4 |            rear between them
"""

from __future__ import annotations

from collections.abc import Sequence

from dispatch_console.domain.fleet import Vehicle
from dispatch_console.domain.orders import StopId
from dispatch_console.manifests.figures import Load
from dispatch_console.manifests.lines import StopLine

SECTIONS = 4
#: From so many pieces or so much weight on, goods stand on the right.
_LARGE_PIECES, _LARGE_KG10 = 5, 300
#: A vehicle that holds less has no sections, in litres.
_SMALLEST = 3000


def shelves(lines: Sequence[StopLine], vehicle: Vehicle) -> dict[StopId, str]:
    """Stop → section; empty for a vehicle too small to have any."""
    litres = vehicle.capacity.litres
    if litres is not None and litres < _SMALLEST:
        return {}
    special = {line.stop: place for line in lines if (place := _special(line))}
    loading = [line for line in reversed(lines) if line.stop not in special]
    share = sum(_room(line) for line in loading) / SECTIONS
    found, filled = dict(special), 0.0
    for line in loading:
        section = min(SECTIONS, 1 + int((filled + _room(line) / 2) / share))
        found[line.stop] = f"{'R' if _is_large(line.deliver) else 'L'}{section}"
        filled += _room(line)
    return found


def _special(line: StopLine) -> str:
    if line.only_collects:
        return "REAR"
    if line.has("adr"):
        return "CAGE"
    if line.has("cold"):
        return "COOL"
    return "FLOOR" if line.has("heavy") else ""


def _room(line: StopLine) -> float:
    """How much room goods take: their volume if known, else by pieces."""
    return line.deliver.m3c or line.deliver.pieces or 1


def _is_large(load: Load) -> bool:
    return load.pieces >= _LARGE_PIECES or load.kg10 >= _LARGE_KG10
