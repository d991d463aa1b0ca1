"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from dispatch_console.store.types import UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "address_book",
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("lat", sa.Double(), nullable=False),
        sa.Column("lon", sa.Double(), nullable=False),
        sa.Column("set_at", UtcDateTime(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("address", name="pk_address_book"),
        sqlite_strict=True,
    )
    op.create_table(
        "counters",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("kind", name="pk_counters"),
        sqlite_strict=True,
    )
    op.create_table(
        "depots",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("lat", sa.Double(), nullable=False),
        sa.Column("lon", sa.Double(), nullable=False),
        sa.Column("timezone", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("emergency_phone", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("service_s", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_depots"),
        sqlite_strict=True,
    )
    op.create_table(
        "mappings",
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("fingerprint", name="pk_mappings"),
        sqlite_strict=True,
    )
    op.create_table(
        "settings",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_settings"),
        sqlite_strict=True,
    )
    op.create_table(
        "days",
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("depot_id", sa.BigInteger(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("approved_by", sa.Text(), nullable=False),
        sa.Column("approved_at", UtcDateTime(), nullable=True),
        sa.Column("baseline", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["depot_id"], ["depots.id"], name="fk_days_depot_id"),
        sa.PrimaryKeyConstraint("id", name="pk_days"),
        sa.UniqueConstraint("depot_id", "date", name="uq_days_depot_id_date"),
        sqlite_strict=True,
    )
    op.create_table(
        "drivers",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("depot_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("skills", sa.JSON(), nullable=False),
        sa.Column("licence_until", sa.Date(), nullable=True),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["depot_id"], ["depots.id"], name="fk_drivers_depot_id"),
        sa.PrimaryKeyConstraint("id", name="pk_drivers"),
        sqlite_strict=True,
    )
    op.create_index("ix_drivers_depot_id", "drivers", ["depot_id"])
    op.create_table(
        "imports",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("depot_id", sa.BigInteger(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("undone", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["depot_id"], ["depots.id"], name="fk_imports_depot_id"),
        sa.PrimaryKeyConstraint("id", name="pk_imports"),
        sqlite_strict=True,
    )
    op.create_index("ix_imports_depot_id", "imports", ["depot_id"])
    op.create_table(
        "vehicles",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("depot_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("plate", sa.Text(), nullable=False),
        sa.Column("grams", sa.BigInteger(), nullable=True),
        sa.Column("litres", sa.BigInteger(), nullable=True),
        sa.Column("pieces", sa.BigInteger(), nullable=True),
        sa.Column("skills", sa.JSON(), nullable=False),
        sa.Column("inspection_until", sa.Date(), nullable=True),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["depot_id"], ["depots.id"], name="fk_vehicles_depot_id"),
        sa.PrimaryKeyConstraint("id", name="pk_vehicles"),
        sqlite_strict=True,
    )
    op.create_index("ix_vehicles_depot_id", "vehicles", ["depot_id"])
    op.create_table(
        "audit",
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("day_id", sa.BigInteger(), nullable=True),
        sa.Column("revision", sa.BigInteger(), nullable=True),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("command_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["day_id"], ["days.id"], name="fk_audit_day_id"),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
        sa.UniqueConstraint("command_id", name="uq_audit_command_id"),
        sqlite_strict=True,
    )
    op.create_index("ix_audit_day_id_id", "audit", ["day_id", "id"])
    op.create_table(
        "facts",
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("day_id", sa.BigInteger(), nullable=False),
        sa.Column("stop_id", sa.BigInteger(), nullable=False),
        sa.Column("shift_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["day_id"], ["days.id"], name="fk_facts_day_id"),
        sa.PrimaryKeyConstraint("id", name="pk_facts"),
        sqlite_strict=True,
    )
    op.create_index("ix_facts_day_id", "facts", ["day_id"])
    op.create_table(
        "import_rejects",
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("import_id", sa.BigInteger(), nullable=False),
        sa.Column("row", sa.BigInteger(), nullable=False),
        sa.Column("column", sa.Text(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name="fk_import_rejects_import_id"),
        sa.PrimaryKeyConstraint("id", name="pk_import_rejects"),
        sqlite_strict=True,
    )
    op.create_index("ix_import_rejects_import_id", "import_rejects", ["import_id"])
    op.create_table(
        "orders",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("day_id", sa.BigInteger(), nullable=False),
        sa.Column("stop_id", sa.BigInteger(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("asked_day", sa.Date(), nullable=True),
        sa.Column("windows", sa.JSON(), nullable=False),
        sa.Column("service_s", sa.BigInteger(), nullable=True),
        sa.Column("grams", sa.BigInteger(), nullable=False),
        sa.Column("litres", sa.BigInteger(), nullable=False),
        sa.Column("pieces", sa.BigInteger(), nullable=False),
        sa.Column("priority", sa.Text(), nullable=False),
        sa.Column("skills", sa.JSON(), nullable=False),
        sa.Column("cod_cents", sa.BigInteger(), nullable=True),
        sa.Column("cod_currency", sa.Text(), nullable=True),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("attempts", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["day_id"], ["days.id"], name="fk_orders_day_id"),
        sa.ForeignKeyConstraint(["source"], ["imports.id"], name="fk_orders_source"),
        sa.PrimaryKeyConstraint("id", name="pk_orders"),
        sqlite_strict=True,
    )
    op.create_index("ix_orders_day_id", "orders", ["day_id"])
    op.create_index("ix_orders_reference", "orders", ["reference"])
    op.create_index("ix_orders_source", "orders", ["source"])
    op.create_table(
        "routes",
        sa.Column("day_id", sa.BigInteger(), nullable=False),
        sa.Column("shift_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("stops", sa.JSON(), nullable=False),
        sa.Column("locked", sa.Boolean(), nullable=False),
        sa.Column("pinned", sa.JSON(), nullable=False),
        sa.Column("fixed", sa.JSON(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["day_id"], ["days.id"], name="fk_routes_day_id"),
        sa.PrimaryKeyConstraint("day_id", "shift_id", name="pk_routes"),
        sqlite_strict=True,
    )
    op.create_table(
        "sheets",
        sa.Column("day_id", sa.BigInteger(), nullable=False),
        sa.Column("shift_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("stops", sa.JSON(), nullable=False),
        sa.Column("printed_at", UtcDateTime(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["day_id"], ["days.id"], name="fk_sheets_day_id"),
        sa.PrimaryKeyConstraint("day_id", "shift_id", "number", name="pk_sheets"),
        sqlite_strict=True,
    )
    op.create_table(
        "shift_patterns",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("depot_id", sa.BigInteger(), nullable=False),
        sa.Column("driver_id", sa.BigInteger(), nullable=False),
        sa.Column("vehicle_id", sa.BigInteger(), nullable=False),
        sa.Column("weekdays", sa.JSON(), nullable=False),
        sa.Column("start_s", sa.BigInteger(), nullable=False),
        sa.Column("end_s", sa.BigInteger(), nullable=False),
        sa.Column("pause_from_s", sa.BigInteger(), nullable=True),
        sa.Column("pause_until_s", sa.BigInteger(), nullable=True),
        sa.Column("open_end", sa.Boolean(), nullable=False),
        sa.Column("start_lat", sa.Double(), nullable=True),
        sa.Column("start_lon", sa.Double(), nullable=True),
        sa.Column("end_lat", sa.Double(), nullable=True),
        sa.Column("end_lon", sa.Double(), nullable=True),
        sa.Column("pause_s", sa.BigInteger(), nullable=True),
        sa.Column("per_hour", sa.BigInteger(), nullable=False),
        sa.Column("per_km", sa.BigInteger(), nullable=False),
        sa.Column("fixed_cost", sa.BigInteger(), nullable=False),
        sa.Column("max_stops", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["depot_id"], ["depots.id"], name="fk_shift_patterns_depot_id"),
        sa.ForeignKeyConstraint(["driver_id"], ["drivers.id"], name="fk_shift_patterns_driver_id"),
        sa.ForeignKeyConstraint(["vehicle_id"], ["vehicles.id"], name="fk_shift_patterns_vehicle_id"),
        sa.PrimaryKeyConstraint("id", name="pk_shift_patterns"),
        sqlite_strict=True,
    )
    op.create_index("ix_shift_patterns_depot_id", "shift_patterns", ["depot_id"])
    op.create_table(
        "shifts",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("day_id", sa.BigInteger(), nullable=False),
        sa.Column("slot", sa.BigInteger(), nullable=False),
        sa.Column("driver_id", sa.BigInteger(), nullable=False),
        sa.Column("vehicle_id", sa.BigInteger(), nullable=False),
        sa.Column("driver", sa.JSON(), nullable=False),
        sa.Column("vehicle", sa.JSON(), nullable=False),
        sa.Column("start_at", UtcDateTime(), nullable=False),
        sa.Column("end_at", UtcDateTime(), nullable=False),
        sa.Column("pause_from", UtcDateTime(), nullable=True),
        sa.Column("pause_until", UtcDateTime(), nullable=True),
        sa.Column("absent", sa.Boolean(), nullable=False),
        sa.Column("start_lat", sa.Double(), nullable=True),
        sa.Column("start_lon", sa.Double(), nullable=True),
        sa.Column("end_lat", sa.Double(), nullable=True),
        sa.Column("end_lon", sa.Double(), nullable=True),
        sa.Column("pause_s", sa.BigInteger(), nullable=True),
        sa.Column("per_hour", sa.BigInteger(), nullable=False),
        sa.Column("per_km", sa.BigInteger(), nullable=False),
        sa.Column("fixed_cost", sa.BigInteger(), nullable=False),
        sa.Column("max_stops", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["day_id"], ["days.id"], name="fk_shifts_day_id"),
        sa.ForeignKeyConstraint(["driver_id"], ["drivers.id"], name="fk_shifts_driver_id"),
        sa.ForeignKeyConstraint(["vehicle_id"], ["vehicles.id"], name="fk_shifts_vehicle_id"),
        sa.PrimaryKeyConstraint("id", name="pk_shifts"),
        sqlite_strict=True,
    )
    op.create_index("ix_shifts_day_id", "shifts", ["day_id"])
    op.create_table(
        "personal",
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=True),
        sa.Column("reject_id", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("company", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("street", sa.Text(), nullable=False),
        sa.Column("house_number", sa.Text(), nullable=False),
        sa.Column("postcode", sa.Text(), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("quality", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("cells", sa.JSON(), nullable=True),
        sa.Column("search", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_personal_order_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["reject_id"], ["import_rejects.id"], name="fk_personal_reject_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_personal"),
        sa.UniqueConstraint("order_id", name="uq_personal_order_id"),
        sa.UniqueConstraint("reject_id", name="uq_personal_reject_id"),
        sqlite_strict=True,
    )
