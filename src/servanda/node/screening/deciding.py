"""What officers decide on hits: written with an entry, never erased; a later decision counts instead."""

from __future__ import annotations

import hashlib
import secrets

from sqlalchemy import Connection, select

from servanda.decisions.screening import Hit, normalise
from servanda.decisions.screening.remembered import (
    Decided,
    PairStanding,
    Verdict,
    may_countersign,
    pair_standing,
)
from servanda.errors import QuestionError, RefusedError, UnknownNameError
from servanda.formats.canonical import canonical
from servanda.formats.when import parse_instant
from servanda.model.listed import Listed
from servanda.node.house import Node
from servanda.node.tables import SCREENING_COUNTERSIGN, SCREENING_DECISION
from servanda.register import EntryKind

_LONG = 16
"""Hexadecimal digits of a pair: enough to be told apart, few enough to be typed."""


def pair_of(asked: str, list_code: str, listed: Listed) -> str:
    """Return the name of a pair: a name as it is compared, and a party of a list."""
    plain = {"asked": " ".join(normalise(asked).words), "list": list_code, "listed": listed.id}
    return hashlib.sha256(canonical(plain)).hexdigest()[:_LONG]


def record_of(listed: Listed) -> str:
    """Return the digest of what a list says of a party: a decision speaks of this and of nothing else."""
    plain = {
        "names": list(listed.names),
        "countries": list(listed.countries),
        "reasons": list(listed.reasons),
        "kind": listed.kind.value,
    }
    return hashlib.sha256(canonical(plain)).hexdigest()


def decide(node: Node, asked: str, hit: Hit, verdict: Verdict, officer: str, why: str) -> Decided:
    """Record what an officer found of a hit.

    Raises:
        QuestionError: no officer is named, or nothing says why.
    """
    if not officer.strip() or not why.strip():
        raise QuestionError("a decision names its officer and says why", hint="add --officer and --why")
    pair, record = pair_of(asked, hit.list_code, hit.listed), record_of(hit.listed)
    salt = secrets.token_hex(16)
    with node.writing() as work:
        body = {
            "what": "decision",
            "list": hit.list_code,
            "pair": _committed(salt, pair),
            "verdict": verdict.value,
            "record": record,
            "blocks": hit.blocks,
            "officer": officer,
            "why": _committed(salt, why),
        }
        position = work.record(EntryKind.SCREENING, body)
        row = {
            "position": position,
            "pair": pair,
            "verdict": verdict.value,
            "officer": officer,
            "why": why,
            "record": record,
            "blocked": int(hit.blocks),
            "at": work.stamp,
            "salt": salt,
            "asked": asked,
        }
        work.connection.execute(SCREENING_DECISION.insert().values(**row))
        return Decided(pair, verdict, officer, why, record, work.at, hit.blocks)


def countersign(node: Node, pair: str, officer: str) -> Decided:
    """Record that a second officer stands by the last decision on a pair.

    Raises:
        UnknownNameError: nobody has decided on that pair.
        RefusedError: it needs no second officer, has one, or this officer decided it.
    """
    with node.writing() as work:
        found = _rows(work.connection, pair)
        if not found:
            raise UnknownNameError(
                f"nobody has decided on the pair `{pair}`", hint="`servanda screen` prints pairs"
            )
        place, salt, decided = found[-1]
        refused = may_countersign(decided, officer) if officer.strip() else "no officer is named"
        if refused:
            raise RefusedError(
                f"pair `{pair}`: {refused}", hint="another officer countersigns a decision that waits"
            )
        body = {
            "what": "countersign",
            "pair": _committed(salt, pair),
            "decision": place,
            "officer": officer,
        }
        position = work.record(EntryKind.SCREENING, body)
        row = {"decision": place, "officer": officer, "at": work.stamp, "position": position}
        work.connection.execute(SCREENING_COUNTERSIGN.insert().values(**row))
        return _rows(work.connection, pair)[-1][2]


def standing_of(connection: Connection, asked: str, hit: Hit) -> tuple[str, PairStanding]:
    """Return the name of a hit's pair, and where it stands."""
    pair = pair_of(asked, hit.list_code, hit.listed)
    return pair, pair_standing([one for _, _, one in _rows(connection, pair)], record_of(hit.listed))


def asked_of(connection: Connection, pair: str) -> str | None:
    """Return the name that was asked about when a pair was last decided on; None where nobody did."""
    query = select(SCREENING_DECISION.c.asked).where(SCREENING_DECISION.c.pair == pair)
    return connection.execute(query.order_by(SCREENING_DECISION.c.position.desc()).limit(1)).scalar()


def _rows(connection: Connection, pair: str) -> list[tuple[int, str, Decided]]:
    query = (
        select(
            SCREENING_DECISION,
            SCREENING_COUNTERSIGN.c.officer.label("second"),
            SCREENING_COUNTERSIGN.c.at.label("second_at"),
        )
        .outerjoin(SCREENING_COUNTERSIGN, SCREENING_COUNTERSIGN.c.decision == SCREENING_DECISION.c.position)
        .where(SCREENING_DECISION.c.pair == pair)
        .order_by(SCREENING_DECISION.c.position)
    )
    return [
        (
            row["position"],
            row["salt"],
            Decided(
                pair,
                Verdict(row["verdict"]),
                row["officer"],
                row["why"],
                row["record"],
                parse_instant(row["at"]),
                bool(row["blocked"]),
                row["second"] or "",
                None if row["second_at"] is None else parse_instant(row["second_at"]),
            ),
        )
        for row in connection.execute(query).mappings()
    ]


def _committed(salt: str, words: str) -> str:
    """Return what the register has in place of words that are nobody else's business."""
    return hashlib.sha256(f"{salt}\n{words}".encode()).hexdigest()
