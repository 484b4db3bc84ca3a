"""A node with a licence, for the tests of licensing."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from licences import TERMS
from node.federation import Federation, found
from servanda.model.licence_event import Issued, LicenceEvent
from servanda.node.house import Node, Work
from servanda.node.licensing.acting import act, draft
from servanda.node.licensing.records import Recorded
from servanda.node.licensing.shipping import Asked, ship

START = "2019-07-05T09:00:00+09:00"
LATER = "2019-07-10T10:00:00+09:00"


def issue(node: Node, officer: str = "B") -> Recorded:
    def make(work: Work, _events: tuple[LicenceEvent, ...], free: str) -> LicenceEvent:
        return Issued(id=free, licence="L-1", officer=officer, done=work.at, seen=work.at)

    return act(node, "L-1", "issued", make)


def licensed(folder: Path, databases: Callable[[str], str], terms: bytes = TERMS) -> Federation:
    """Found one node with a licence that was drafted by A and issued by B."""
    made = found(folder, databases, "A")
    made.at(START)
    draft(made.nodes["A"], terms, "terms.toml", "A")
    made.at(LATER)
    issue(made.nodes["A"])
    return made


def send(node: Node, shipment: str, quantity: str, value: str = "1", **more: str) -> Recorded:
    asked = Asked("1", Decimal(quantity), Decimal(value))
    return ship(node, "L-1", shipment, [asked], "C", **more)
