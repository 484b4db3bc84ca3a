"""What changed at an instant: a flow stopped, an item under survival duties, a key access closed; or back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from servanda.errors import QuestionError, UnknownNameError
from servanda.formats.words import to_builtins
from servanda.model.cite import Because
from servanda.model.decision import Decision, Judgement, Outcome
from servanda.model.when import Instant
from servanda.node.deciding import summary
from servanda.node.giving import judged
from servanda.node.house import Node, Work
from servanda.node.tables import ITEM, STANDING
from servanda.node.watching import Kind, Question, Subject
from servanda.register import EntryKind

MOST_OBJECTS = 400
"""How many objects one entry names; more go into further entries."""
SHOWN_REASONS = 3


@dataclass(frozen=True, slots=True)
class Changed:
    """One entry of the register about what changed, for the officer."""

    changed: str
    party: str
    objects: tuple[str, ...]
    since: Instant
    position: int
    says: tuple[str, ...]


def asked_again(node: Node, connection: Connection, question: Question, at: Instant) -> Decision:
    """Judge a question at an instant; what can no longer be asked is undetermined, and so refused."""
    try:
        return judged(node, connection, question.label, question.parties, at, question.person)
    except (UnknownNameError, QuestionError) as wrong:
        holder, recipient = question.parties[-2:]
        request = question.label.request(holder, recipient, at, question.person)
        reason = Because(wrong.message, rule="default: nothing is released without a ground")
        return Decision(request, Judgement(Outcome.UNDETERMINED, (reason,), missing=(wrong.message,)))


def stopped(connection: Connection) -> frozenset[tuple[str, str]]:
    """Return what is on record as not going on, by kind and name."""
    rows = connection.execute(select(STANDING).where(STANDING.c.outcome != Outcome.PERMIT.value))
    return frozenset((str(row.kind), str(row.subject)) for row in rows)


def differing(
    subjects: Iterable[Subject], outcome: Outcome, before: frozenset[tuple[str, str]]
) -> list[Subject]:
    """Return those that went on and no longer do, or go on again; how a refusal is called makes no change."""
    goes_on = outcome is Outcome.PERMIT
    return [one for one in subjects if ((one.kind.value, one.name) not in before) is not goes_on]


def record_turns(node: Node, turned: Mapping[Question, tuple[Subject, ...]]) -> list[Changed]:
    """Ask once more, at the instant of the record, and record every change; return the entries."""
    if not turned:
        return []
    found: list[Changed] = []
    with node.writing() as work:
        before = stopped(work.connection)
        for question, subjects in turned.items():
            decision = asked_again(node, work.connection, question, work.at)
            changed = differing(subjects, decision.outcome, before)
            for kind in Kind:
                of_kind = [one for one in changed if one.kind is kind]
                for start in range(0, len(of_kind), MOST_OBJECTS):
                    part = of_kind[start : start + MOST_OBJECTS]
                    found.append(_record(work, question, decision, kind, part))
    return found


def _record(
    work: Work, question: Question, decision: Decision, kind: Kind, subjects: list[Subject]
) -> Changed:
    goes_on = decision.outcome is Outcome.PERMIT
    party = question.parties[0] if kind is Kind.ITEM else question.parties[-1]
    objects = tuple(dict.fromkeys(one.object_id for one in subjects))
    body: dict[str, Any] = {
        "changed": kind.called(going_on=goes_on),
        "party": party,
        "objects": list(objects),
        "since": str(decision.judgement.since),
        "path": list(question.parties),
        "decision": summary(decision),
    }
    if question.person is not None:
        body["person"] = to_builtins(question.person)
    if kind is Kind.ITEM and not goes_on:
        body["duties"] = _surviving(work.connection, objects)
    position = work.record(EntryKind.STATEMENT, body)
    _keep(work, kind, subjects, decision.outcome, position)
    says = tuple(f"{one.says} [{one.cite()}]" for one in decision.because[:SHOWN_REASONS])
    return Changed(body["changed"], party, objects, decision.judgement.since, position, says)


def _surviving(connection: Connection, objects: tuple[str, ...]) -> list[str]:
    """Return the duties that stay with the items whatever became of their instrument."""
    rows = connection.execute(select(ITEM.c.duties).where(ITEM.c.object_id.in_(objects)).distinct())
    duties = [one for row in rows for one in json.loads(row.duties)]
    return sorted({str(one["duty"]) for one in duties if one["survives"] not in ("none", "unknown")})


def _keep(work: Work, kind: Kind, subjects: list[Subject], outcome: Outcome, position: int) -> None:
    names = [one.name for one in subjects]
    here = (STANDING.c.kind == kind.value) & STANDING.c.subject.in_(names)
    work.connection.execute(STANDING.delete().where(here))
    values = {"kind": kind.value, "outcome": outcome.value, "at": work.stamp, "position": position}
    work.connection.execute(STANDING.insert(), [{**values, "subject": name} for name in names])
