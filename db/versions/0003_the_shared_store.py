"""The shared store: versions on all that is edited, who wrote where and by the database's clock, who is at work."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from dispatch_console.store.types import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("address_book", "imports", "incidents", "mappings", "settings"):
        op.add_column(table, sa.Column("version", sa.BigInteger(), server_default="1", nullable=False))
    op.add_column("audit", sa.Column("recorded_at", UtcDateTime(), nullable=True))
    op.add_column("audit", sa.Column("console", sa.Text(), server_default="", nullable=False))
    op.execute("UPDATE audit SET recorded_at = at")
    op.create_table(
        "consoles",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("depot_id", sa.BigInteger(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("shift_id", sa.BigInteger(), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_consoles"),
        sqlite_strict=True,
    )
