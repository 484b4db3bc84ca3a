"""Who holds what, as a node's own record tells: what it received, and what it released to others."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Row, select

from servanda.decisions import Holding
from servanda.node.label import read_label
from servanda.node.tables import ITEM, RELEASE


def holdings(connection: Connection, party: str) -> tuple[Holding, ...]:
    """Return the items that `party` holds of others and those that others hold from it, by instrument.

    What it destroyed itself is left out; of what others did with theirs its record need not know.
    """
    received = select(ITEM).where(ITEM.c.role == "received", ITEM.c.state != "destroyed")
    found: dict[Holding, None] = {}
    for row in connection.execute(received.order_by(ITEM.c.obtained)):
        under = [one["instrument"] for one in json.loads(row.held_under or "[]")]
        found.update(dict.fromkeys(_each(row, party, under)))
    given = select(ITEM, RELEASE.c.recipient, RELEASE.c.decision).join(
        RELEASE, RELEASE.c.object_id == ITEM.c.object_id
    )
    for row in connection.execute(given.order_by(RELEASE.c.at)):
        found.update(dict.fromkeys(_each(row, row.recipient, json.loads(row.decision).get("via", []))))
    return tuple(found)


def _each(row: Row[Any], holder: str, under: list[str]) -> Iterator[Holding]:
    label = read_label(json.loads(row.label))
    for name in under:
        yield Holding(row.object_id, tuple(label.everybody), holder, label.marking, name)
