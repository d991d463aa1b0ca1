"""A result as plain values for JSON: the contract of `import --dry-run --json`."""

from __future__ import annotations

from typing import Any

from dispatch_console.domain.fleet import Break
from dispatch_console.domain.orders import Order, Window
from dispatch_console.intake.fleet import FleetResult, FleetRow, Limits
from dispatch_console.intake.mapping import Mapping, sources
from dispatch_console.intake.orders import ImportResult, ReadOrder
from dispatch_console.intake.problems import RowError
from dispatch_console.intake.table import Format, Table


def as_json(table: Table, mapping: Mapping, result: ImportResult) -> dict[str, Any]:
    return head(table, mapping) | {
        "orders": [_order(read) for read in result.orders],
        "rejected": [error_as_json(error, table) for error in result.rejected],
        "duplicates": [
            {
                "row": d.row,
                "of_row": d.of_row,
                "reference": d.reference or None,
                "kind": d.kind,
                "rows": list(d.rows),
            }
            for d in result.duplicates
        ],
        "ignored_rows": [ignored.row for ignored in result.ignored],
    }


def fleet_as_json(table: Table, mapping: Mapping, result: FleetResult) -> dict[str, Any]:
    return head(table, mapping) | {
        "vehicles": [_vehicle(row) for row in result.vehicles],
        "rejected": [error_as_json(error, table) for error in result.rejected],
        "duplicates": [],
        "ignored_rows": [ignored.row for ignored in result.ignored],
    }


def head(table: Table, mapping: Mapping) -> dict[str, Any]:
    return {"file": table.name, "format": format_as_json(table.format), "mapping": sources(mapping)}


def format_as_json(found: Format) -> dict[str, Any]:
    text = {"encoding": found.encoding, "delimiter": found.delimiter}
    return {
        "kind": found.kind,
        **(text if found.is_text else {"sheet": found.sheet}),
        "header_row": found.header_row,
    }


def error_as_json(error: RowError, table: Table) -> dict[str, Any]:
    column = table.headers[error.column] if error.column is not None else None
    said = {
        "row": error.row,
        "column": column,
        "text": error.text,
        "problem": str(error.problem),
        "message": error.message,
    }
    return said | ({"rows": list(error.rows)} if error.rows else {})


def hhmm(window: Window) -> list[str]:
    return [f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}" for seconds in window]


def _order(read: ReadOrder) -> dict[str, Any]:
    order = read.order
    return {
        "row": read.row,
        **({"rows": list(read.rows)} if len(read.rows) > 1 else {}),
        "reference": order.reference or None,
        "kind": str(order.kind),
        "name": order.name or None,
        "company": order.company or None,
        "phone": order.phone or None,
        "email": order.email or None,
        **_where(order),
        **_when(order),
        **_what(order, read.given),
        "notes": order.notes or None,
        **_rules(order),
    }


def _where(order: Order) -> dict[str, Any]:
    address = order.address
    return {
        "street": address.street or None,
        "house_number": address.house_number or None,
        "postcode": address.postcode or None,
        "city": address.city or None,
        "country": address.country or None,
        "lat": order.place.lat if order.place else None,
        "lon": order.place.lon if order.place else None,
    }


def _when(order: Order) -> dict[str, Any]:
    return {
        "day": order.day.isoformat() if order.day else None,
        "windows": [hhmm(window) for window in order.windows] or None,
        "service_minutes": None if order.service_s is None else round(order.service_s / 60, 3),
    }


def _what(order: Order, given: frozenset[str]) -> dict[str, Any]:
    size = order.size
    return {
        "weight_kg": size.kg if "weight" in given else None,
        "volume_m3": size.m3 if "volume" in given else None,
        "pieces": size.pieces if "pieces" in given else None,
        "priority": str(order.priority),
        "skills": list(order.skills) or None,
        "cod_amount": f"{order.cod.cents / 100:.2f}" if order.cod else None,
        "cod_currency": (order.cod.currency or None) if order.cod else None,
        "items": [item._asdict() for item in order.items] or None,
    }


def _rules(order: Order) -> dict[str, Any]:
    """What the order asks of the plan, where it asks anything. Drivers stand in the note: here is no fleet."""
    found = {
        "ready_at": hhmm(Window(order.release_s, order.release_s))[0] if order.release_s else None,
        "late_per_minute": f"{order.late_per_min / 100:.2f}" if order.late_per_min else None,
        "parking_minutes": round(order.parking_s / 60, 3),
        "zone": order.zone,
        "goods": sorted(order.goods),
    }
    return {name: value for name, value in found.items() if value}


def _vehicle(row: FleetRow) -> dict[str, Any]:
    capacity, pause = row.capacity, row.pause
    return {
        "row": row.row,
        "driver": row.driver or None,
        "vehicle": row.vehicle or None,
        "plate": row.plate or None,
        "capacity_kg": None if capacity.grams is None else capacity.grams / 1000,
        "capacity_m3": None if capacity.litres is None else capacity.litres / 1000,
        "capacity_pieces": capacity.pieces,
        "shift": hhmm(row.shift) if row.shift else None,
        "break_minutes": _break_s(row) / 60,
        "break_window": hhmm(pause.window) if isinstance(pause, Break) and row.has_pause_window else None,
        "skills": list(row.skills) or None,
        "start_location": row.start.text if row.start else None,
        "end_location": row.end.text if row.end else None,
        "cost_per_hour": row.per_hour,
        "cost_per_km": row.per_km,
        "fixed_cost": row.fixed,
        "max_stops": row.max_stops,
        "phone": row.phone or None,
        "weekdays": sorted(row.weekdays) if row.weekdays is not None else None,
        **_limits(row.limits),
    }


def _break_s(row: FleetRow) -> int:
    if row.pause is None:
        return 0
    return row.pause.duration if isinstance(row.pause, Break) else row.pause.whole_s


def _limits(limits: Limits) -> dict[str, Any]:
    """Only what the file says."""
    return {
        "max_drive_minutes": None if limits.max_drive_s is None else limits.max_drive_s / 60,
        "max_km": None if limits.max_drive_m is None else limits.max_drive_m / 1000,
        "overtime_minutes": None if limits.overtime_s is None else limits.overtime_s / 60,
        "overtime_per_hour": limits.overtime_per_hour,
        "tours": limits.tours,
        "reload_minutes": None if limits.reload_s is None else limits.reload_s / 60,
        "home_zones": sorted(limits.zones) or None,
        "no_zones": sorted(limits.no_zones) or None,
    }
