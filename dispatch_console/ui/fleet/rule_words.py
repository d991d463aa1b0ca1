"""What a shift is bound by beyond its hours, in short words for the table and in full for its tooltips."""

from __future__ import annotations

from collections.abc import Callable

from dispatch_console.domain.fleet import DrivingBreaks
from dispatch_console.services import fleet_fields
from dispatch_console.services.fleet_record import Record
from dispatch_console.ui import texts

_tr = texts.of("FleetPage")
_DOT = " · "


def short(record: Record) -> str:
    """`2 tours · +45 min · ≤ 9:00 h · ≤ 300 km · north · not centre`; empty: nothing but his hours."""
    said = fleet_fields.texts_of(record)
    words = (
        ("tours", _tr("{} tours")),
        ("overtime", _tr("+{} min")),
        ("max_drive", _tr("≤ {} h")),
        ("max_km", _tr("≤ {} km")),
        ("zones", "{}"),
        ("no_zones", _tr("not {}")),
    )
    return _DOT.join(word.format(said[name]) for name, word in words if said[name])


def fitting(said: str, fits: Callable[[str], bool]) -> str:
    """As many whole words of `short` as there is room for, and how many more there are: `2 tours · +3`."""
    parts = said.split(_DOT)
    for shown in range(len(parts) - 1, 0, -1):
        if fits(said):
            break
        said = _DOT.join([*parts[:shown], f"+{len(parts) - shown}"])
    return said


def full(record: Record) -> str:
    """The same as sentences, one a line."""
    said = fleet_fields.texts_of(record)
    lines = (
        ("tours", _tr("{tours} tours from the start place")),
        ("reload", _tr("loading for a further tour: {reload} min")),
        ("overtime", _tr("overtime: up to {overtime} min")),
        ("overtime_hour", _tr("an hour of overtime: {overtime_hour} on top")),
        ("max_drive", _tr("at the wheel: {max_drive} h at most")),
        ("max_km", _tr("driven: {max_km} km at most")),
        ("zones", _tr("home zones: {zones}")),
        ("no_zones", _tr("{vehicle} may not enter: {no_zones}")),
    )
    return "\n".join(line.format(**said) for name, line in lines if said[name])


def driving(record: Record, law: DrivingBreaks) -> str:
    """Breaks by driving time, in full."""
    said = fleet_fields.texts_of(record)
    whole = _tr("{drive_break} min after {drive_limit} h of driving").format(**said)
    if law.first_s >= law.whole_s:
        return whole
    return whole + _tr(", or split: {drive_split} min").format(**said)
