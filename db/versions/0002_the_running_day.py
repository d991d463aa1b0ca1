"""The running day: what a fact says, what becomes of orders, proofs, incidents, what a sheet said, roads."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from dispatch_console.store.types import JSON_TYPE, UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "incidents",
        sa.Column("day_id", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("snoozed_until", UtcDateTime(), nullable=True),
        sa.Column("first_by", sa.BigInteger(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["day_id"], ["days.id"], name="fk_incidents_day_id"),
        sa.PrimaryKeyConstraint("day_id", "key", name="pk_incidents"),
        sqlite_strict=True,
    )
    op.create_table(
        "proofs",
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("day_id", sa.BigInteger(), nullable=False),
        sa.Column("shift_id", sa.BigInteger(), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["day_id"], ["days.id"], name="fk_proofs_day_id"),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_proofs_order_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_proofs"),
        sqlite_strict=True,
    )
    op.create_index("ix_proofs_day_id", "proofs", ["day_id"])
    op.create_index("ix_proofs_order_id", "proofs", ["order_id"])
    op.create_table(
        "road_changes",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("depot_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("corners", JSON_TYPE, nullable=False),
        sa.Column("factor", sa.Double(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("until_day", sa.Date(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["depot_id"], ["depots.id"], name="fk_road_changes_depot_id"),
        sa.PrimaryKeyConstraint("id", name="pk_road_changes"),
        sqlite_strict=True,
    )
    op.create_index("ix_road_changes_depot_id", "road_changes", ["depot_id"])

    _add("facts", "reason", sa.Text(), "")
    _add("facts", "order_id", sa.BigInteger(), "0")
    _add("facts", "value", sa.BigInteger(), "0")
    _add("facts", "items", JSON_TYPE)
    _add("facts", "lat", sa.Double())
    _add("facts", "lon", sa.Double())
    op.create_index("ix_facts_order_id", "facts", ["order_id"])

    _add("orders", "origin", sa.BigInteger(), "0")
    _add("orders", "pickup_stop", sa.BigInteger(), "0")
    _add("orders", "next_kind", sa.Text(), "")
    _add("orders", "next_day", sa.Date())
    _add("orders", "next_until", sa.Date())
    _add("orders", "next_windows", JSON_TYPE)
    _add("orders", "next_note", sa.Text(), "")
    _add("orders", "carried", sa.BigInteger(), "0")
    _add("orders", "release_s", sa.BigInteger(), "0")
    _add("orders", "late_per_min", sa.BigInteger(), "0")
    _add("orders", "parking_s", sa.BigInteger(), "0")
    _add("orders", "zone", sa.Text(), "")
    _add("orders", "goods", JSON_TYPE)
    _add("orders", "not_drivers", JSON_TYPE)
    _add("orders", "known_by", JSON_TYPE)
    op.create_index("ix_orders_next_day", "orders", ["next_day"])
    op.create_index("ix_orders_origin", "orders", ["origin"])

    _add("sheets", "content", JSON_TYPE)

    _add("vehicles", "no_zones", JSON_TYPE)
    for table in ("shift_patterns", "shifts"):
        _add(table, "max_drive_s", sa.BigInteger())
        _add(table, "max_drive_m", sa.BigInteger())
        _add(table, "overtime_s", sa.BigInteger(), "0")
        _add(table, "overtime_per_hour", sa.BigInteger(), "0")
        _add(table, "tours", sa.BigInteger(), "1")
        _add(table, "reload_s", sa.BigInteger(), "0")
        _add(table, "zones", JSON_TYPE)
        _add(table, "drive_pause", JSON_TYPE)
    _add("depots", "weights", JSON_TYPE)
    _add("depots", "apart", JSON_TYPE)


def _add(table: str, name: str, kind: sa.types.TypeEngine[object], default: str | None = None) -> None:
    """Columns with a default are never empty; the others are NULL where nothing is known."""
    op.add_column(table, sa.Column(name, kind, server_default=default, nullable=default is None))
