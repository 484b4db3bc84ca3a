"""What officers decide on hits: written with an entry, never erased; a later decision counts instead."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, select

from servanda.decisions.screening import Hit
from servanda.decisions.screening.remembered import (
    Decided,
    Verdict,
    as_asked,
    may_countersign,
)
from servanda.errors import QuestionError, RefusedError, UnknownNameError
from servanda.formats.canonical import canonical
from servanda.formats.when import parse_instant
from servanda.model.listed import Listed
from servanda.model.when import Instant
from servanda.node.house import Node
from servanda.node.tables import SCREENING_COUNTERSIGN, SCREENING_DECISION
from servanda.register import EntryKind

_LONG = 16
"""Hexadecimal digits of a pair: enough to be told apart, few enough to be typed."""
MOST_OFFICER, MOST_WHY = 200, 4000
"""An officer's name stands in an entry of the register, which has bounds."""


def pair_of(asked: str, list_code: str, listed: Listed) -> str:
    """Return the name of a pair: a name as `as_asked` has it, and a party of a list."""
    plain = {"asked": as_asked(asked), "list": list_code, "listed": listed.id}
    return hashlib.sha256(canonical(plain)).hexdigest()[:_LONG]


def officer_of(words: str) -> str:
    """Return an officer's name as it is recorded.

    Raises:
        QuestionError: it is none, or holds what cannot be seen.
    """
    return _said(words, "an officer's name", MOST_OFFICER, "add --officer and the name of one person")


def _said(words: str, what: str, most: int, hint: str) -> str:
    said = " ".join(words.split())
    if not said or not said.isprintable() or len(said) > most:
        raise QuestionError(f"{what} has 1 to {most} characters, all of which can be seen", hint=hint)
    return said


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
    officer, why = officer_of(officer), _said(why, "a reason", MOST_WHY, "say in --why what shows it")
    pair, record = pair_of(asked, hit.list_code, hit.listed), record_of(hit.listed)
    salt = secrets.token_hex(16)
    with node.writing() as work:
        body = {
            "what": "decision",
            "list": hit.list_code,
            "pair": _committed(salt, pair),
            "verdict": verdict.value,
            # The list is public: whoever has it could find the party by a digest without salt.
            "record": _committed(salt, record),
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
        QuestionError: no officer is named.
        UnknownNameError: nobody has decided on that pair.
        RefusedError: it needs no second officer, has one, or this officer decided it.
    """
    officer = officer_of(officer)
    with node.writing() as work:
        found = _rows(work.connection, pair)
        if not found:
            raise UnknownNameError(
                f"nobody has decided on the pair `{pair}`", hint="`servanda screen` prints pairs"
            )
        place, salt, decided = found[-1]
        refused = may_countersign(decided, officer)
        if refused:
            raise RefusedError(
                f"pair `{pair}`: {refused}", hint="another officer countersigns a decision that waits"
            )
        body = {
            "what": "countersign",
            "pair": _committed(salt, pair),
            "of": place,
            "officer": officer,
        }
        position = work.record(EntryKind.SCREENING, body)
        row = {"decision": place, "officer": officer, "at": work.stamp, "position": position}
        work.connection.execute(SCREENING_COUNTERSIGN.insert().values(**row))
        return _rows(work.connection, pair)[-1][2]


def decisions(connection: Connection, known: Instant | None = None) -> dict[str, tuple[Decided, ...]]:
    """Return the decisions of every pair, oldest first; with `known`, as they were on record by then."""
    by_pair: dict[str, list[Decided]] = {}
    for _, _, one in _rows(connection):
        if known is None or not known < one.at:
            later = known is not None and one.countersigned_at is not None and known < one.countersigned_at
            seen = replace(one, countersigned_by="", countersigned_at=None) if later else one
            by_pair.setdefault(one.pair, []).append(seen)
    return {pair: tuple(found) for pair, found in by_pair.items()}


def _rows(connection: Connection, pair: str | None = None) -> list[tuple[int, str, Decided]]:
    query = (
        select(
            SCREENING_DECISION,
            SCREENING_COUNTERSIGN.c.officer.label("second"),
            SCREENING_COUNTERSIGN.c.at.label("second_at"),
        )
        .outerjoin(SCREENING_COUNTERSIGN, SCREENING_COUNTERSIGN.c.decision == SCREENING_DECISION.c.position)
        .order_by(SCREENING_DECISION.c.position)
    )
    if pair is not None:
        query = query.where(SCREENING_DECISION.c.pair == pair)
    rows = connection.execute(query).mappings()
    return [(row["position"], row["salt"], _decided(row)) for row in rows]


def _decided(row: Mapping[Any, Any]) -> Decided:
    return Decided(
        row["pair"],
        Verdict(row["verdict"]),
        row["officer"],
        row["why"],
        row["record"],
        parse_instant(row["at"]),
        bool(row["blocked"]),
        row["second"] or "",
        None if row["second_at"] is None else parse_instant(row["second_at"]),
    )


def _committed(salt: str, words: str) -> str:
    """Return what the register has in place of words that are nobody else's business."""
    return hashlib.sha256(f"{salt}\n{words}".encode()).hexdigest()
