"""Chains, sources, officers, and what has changed since a release: the law in depth at the node."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations


def upgrade(op: Operations) -> None:
    """Add the two columns, the three tables, and the indexes by time."""
    op.add_column("item", sa.Column("path", sa.Text(), nullable=False, server_default="[]"))
    op.add_column("release", sa.Column("officer", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "lineage",
        sa.Column("object_id", sa.Text(), sa.ForeignKey("item.object_id"), primary_key=True),
        sa.Column("source", sa.Text(), primary_key=True),
    )
    op.create_index("lineage_by_source", "lineage", ["source"])
    op.create_table(
        "key_access",
        sa.Column("object_id", sa.Text(), sa.ForeignKey("item.object_id"), primary_key=True),
        sa.Column("asker", sa.Text(), primary_key=True),
        sa.Column("person", sa.Text(), primary_key=True),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("given", sa.Text(), nullable=False),
    )
    op.create_table(
        "standing",
        sa.Column("kind", sa.Text(), primary_key=True),
        sa.Column("subject", sa.Text(), primary_key=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
    )
    op.create_index("release_by_time", "release", ["at"])
    op.create_index("item_by_time", "item", ["obtained"])
    op.create_index("key_access_by_time", "key_access", ["given"])
