"""What a node does before it opens: it removes what a crash left without a record."""

from __future__ import annotations

from sqlalchemy import select

from servanda.exchange import parse_signed, read_envelope
from servanda.node.house import Node
from servanda.node.tables import ITEM, OUTBOX


def sweep(node: Node) -> int:
    """Remove unfinished files, and objects that no item and no waiting envelope names.

    The records are read while nobody can add one, so that no object loses its bytes. An attachment that
    came before its envelope is removed too: its sender sends it again.
    """
    with node.sweeping_objects():
        return node.objects.sweep(_known(node))


def _known(node: Node) -> set[str]:
    with node.reading() as connection:
        items = select(ITEM.c.container).where(ITEM.c.state != "destroyed")
        known = {str(row.container) for row in connection.execute(items)}
        for row in connection.execute(select(OUTBOX.c.wire).where(OUTBOX.c.state == "queued")):
            envelope = read_envelope(parse_signed(bytes(row.wire)))
            known |= {one.digest for one in envelope.attachments}
    return known
