"""What the store remembers besides days: pins for addresses, mappings for files, settings, who did what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from dispatch_console.domain.places import Place
from dispatch_console.store.base import Connected, now, upsert
from dispatch_console.store.schema import AddressRow, AuditRow, MappingRow, SettingRow
from dispatch_console.store.types import JsonMap
from dispatch_console.store.values import AuditEntry, PinSwap

#: Values of one IN list; PostgreSQL and SQLite both take more.
_CHUNK = 10_000


class Memory(Connected):
    """Small things by key. Addresses are keys already: normalised by `geocoding.addresses`."""

    def remember_place(self, address: str, place: Place, who: str) -> None:
        """Keep the pin for this address for good; the last one counts."""
        with self.write() as db:
            write_pins(db, [PinSwap(address, None, place)], who)

    def places_of(self, addresses: Iterable[str]) -> dict[str, Place]:
        """The pins of those addresses that have one."""
        wanted = sorted(set(addresses))
        found: dict[str, Place] = {}
        with self.read() as db:
            for i in range(0, len(wanted), _CHUNK):
                query = select(AddressRow).where(AddressRow.address.in_(wanted[i : i + _CHUNK]))
                found |= {row.address: Place(row.lat, row.lon) for row in db.scalars(query)}
        return found

    def remember_mapping(self, fingerprint: str, mapping: Mapping[str, Any]) -> None:
        """How the file with this header was read, for the next one like it."""
        row = {"fingerprint": fingerprint, "mapping": dict(mapping), "used_at": now()}
        with self.write() as db:
            upsert(db, MappingRow, [row], ("fingerprint",))

    def mapping_of(self, fingerprint: str) -> JsonMap | None:
        with self.read() as db:
            return db.scalar(select(MappingRow.mapping).where(MappingRow.fingerprint == fingerprint))

    def settings(self) -> dict[str, Any]:
        """All settings, as JSON values."""
        with self.read() as db:
            return {row.key: row.value for row in db.scalars(select(SettingRow))}

    def save_settings(self, values: Mapping[str, Any]) -> None:
        """Write these settings and leave the others; None forgets one."""
        rows = [{"key": key, "value": value} for key, value in values.items() if value is not None]
        with self.write() as db:
            upsert(db, SettingRow, rows, ("key",))
            for key in values.keys() - {row["key"] for row in rows}:
                db.execute(delete(SettingRow).where(SettingRow.key == key))

    def audit(self, limit: int = 100) -> list[AuditEntry]:
        """The last commands, newest first."""
        query = select(AuditRow).order_by(AuditRow.id.desc()).limit(limit)
        with self.read() as db:
            return [entry_of(r) for r in db.scalars(query)]


def entry_of(row: AuditRow) -> AuditEntry:
    return AuditEntry(row.at, row.who, row.what, row.revision, row.before, row.after, row.recorded_at)


def write_pins(db: Session, pins: Sequence[PinSwap], who: str) -> None:
    """The last pin counts, whoever set it; undoing one brings back what this console knew before."""
    at = now()
    rows = [
        {"address": pin.address, "lat": pin.after.lat, "lon": pin.after.lon, "set_at": at, "who": who}
        for pin in pins
        if pin.after is not None
    ]
    upsert(db, AddressRow, rows, ("address",))
    for pin in pins:
        if pin.after is None:
            db.execute(delete(AddressRow).where(AddressRow.address == pin.address))
