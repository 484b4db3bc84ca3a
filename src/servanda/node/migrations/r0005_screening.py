"""Lists kept as dated copies, and what officers decided on hits."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations


def upgrade(op: Operations) -> None:
    """Add the three tables."""
    op.create_table(
        "list_copy",
        sa.Column("position", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("sort", sa.Text(), nullable=False),
        sa.Column("latest", sa.Text(), nullable=True),
        sa.Column("parties", sa.BigInteger(), nullable=False),
        sa.Column("added", sa.Text(), nullable=False),
        sa.Column("officer", sa.Text(), nullable=False),
        sa.Column("files", sa.Text(), nullable=False),
        sa.UniqueConstraint("code", "digest", name="list_copy_once"),
    )
    op.create_table(
        "screening_decision",
        sa.Column("position", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("pair", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("officer", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("blocked", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
    )
    op.create_index("screening_by_pair", "screening_decision", ["pair", "position"])
    op.create_table(
        "screening_countersign",
        sa.Column(
            "decision", sa.BigInteger(), sa.ForeignKey("screening_decision.position"), primary_key=True
        ),
        sa.Column("officer", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
    )
