"""What is asked at every step is found without reading what is done: the last act, the next envelope."""

from __future__ import annotations

from alembic.operations import Operations


def upgrade(op: Operations) -> None:
    """Create the two indexes."""
    op.create_index("act_by_position", "act", ["position"])
    op.create_index("outbox_waiting", "outbox", ["recipient", "state", "sequence"])
