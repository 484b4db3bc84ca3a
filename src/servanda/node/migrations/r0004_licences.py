"""Licences: the records of their lives, each once, and each shipment once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations


def upgrade(op: Operations) -> None:
    """Create the table."""
    op.create_table(
        "licence_event",
        sa.Column("licence", sa.Text(), primary_key=True),
        sa.Column("event_id", sa.Text(), primary_key=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("shipment", sa.Text(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.UniqueConstraint("shipment", name="shipment_once"),
    )
    op.create_index("licence_event_by_position", "licence_event", ["licence", "position"])
