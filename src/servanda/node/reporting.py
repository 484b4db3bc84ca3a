"""Each node computes for itself; what a peer computes comes as a report, and differences are shown."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from servanda.exchange import EnvelopeKind
from servanda.formats.when import parse_instant
from servanda.model.instrument import Registry
from servanda.model.status import Answer, Standpoint, Status
from servanda.model.when import Instant
from servanda.node.house import Node, Work
from servanda.node.posting import post
from servanda.node.tables import PEER_STATUS
from servanda.status import ask


@dataclass(frozen=True, slots=True)
class Differing:
    """A peer whose node says something else than ours about an instrument at an instant."""

    instrument: str
    party: str
    at: Instant
    ours: tuple[str, ...]
    theirs: tuple[str, ...]


def summary(answer: Answer[Status]) -> tuple[str, ...]:
    """Return what two nodes compare of every possible value: phase, notice and end, a proceeding's stage."""
    return tuple(
        sorted(
            {
                "/".join(
                    (
                        value.phase.value,
                        value.notice.state.value if value.notice else "no notice",
                        str(value.ends or "goes on"),
                        *_stage(value),
                    )
                )
                for value in answer.values
            }
        )
    )


def _stage(value: Status) -> tuple[str, ...]:
    found = value.standing
    return () if found is None else (found.stage or "no stage", *found.halted)


def report_status(node: Node, work: Work, registry: Registry, instrument: str) -> None:
    """Tell the instrument's parties where it stands by this node's record, at this instant."""
    answer = ask(registry, instrument, Standpoint(work.at, work.at))
    body = {"instrument": instrument, "at": work.stamp, "status": list(summary(answer))}
    parties = registry.instrument(instrument).parties
    wholes = {registry.parties[one].part_of for one in parties if one in registry.parties}
    for peer in node.config.peers:
        if peer.party in parties or peer.party in wholes:
            post(node, work, peer.party, EnvelopeKind.STATUS_REPORT, body)


def take_report(work: Work, body: dict[str, Any], sender: str) -> None:
    """Keep a peer's newest report on an instrument."""
    parse_instant(str(body["at"]))
    where = (PEER_STATUS.c.instrument == str(body["instrument"])) & (PEER_STATUS.c.party == sender)
    values = {"report": json.dumps(body), "received": work.stamp}
    if work.connection.execute(PEER_STATUS.update().where(where).values(**values)).rowcount == 0:
        work.connection.execute(
            PEER_STATUS.insert().values(instrument=str(body["instrument"]), party=sender, **values)
        )


def differing(connection: Connection, registry: Registry) -> list[Differing]:
    """Return where a peer's last report differs from what we compute for the same instant now.

    What we knew when the report arrived does not matter: a late act that both hold settles it.
    """
    found = []
    for row in connection.execute(select(PEER_STATUS)):
        body = json.loads(row.report)
        at = parse_instant(body["at"])
        if row.instrument not in registry.instruments:
            continue
        ours = summary(ask(registry, row.instrument, Standpoint(at)))
        theirs = tuple(map(str, body["status"]))
        if ours != theirs:
            found.append(Differing(row.instrument, row.party, at, ours, theirs))
    return found
