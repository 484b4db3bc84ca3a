"""The node's own decisions: the law asked at this instant, about an object on record."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from servanda.errors import RefusedError
from servanda.formats.words import to_builtins
from servanda.model.decision import Change, Decision, Outcome, ReleaseRequest
from servanda.model.when import FOREVER
from servanda.node.house import Node, Work
from servanda.register import EntryKind


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision as the vault wants to see it."""

    decision: Decision

    @property
    def outcome(self) -> str:
        """`permit`, `deny` or `undetermined`."""
        return self.decision.outcome.value

    @property
    def object_id(self) -> str:
        """The object that the decision is about."""
        return self.decision.request.object_id

    @property
    def recipient(self) -> str:
        """The party that may have it."""
        return self.decision.request.recipient


def summary(decision: Decision) -> dict[str, Any]:
    """Return a decision as the register keeps it, with everything needed to ask it again.

    Of what may be absent, only what is there is written: an entry is short.
    """
    request = decision.request
    found = {
        "outcome": decision.outcome.value,
        "holder": request.holder,
        "recipient": request.recipient,
        "originators": list(request.originators),
        "marking": request.marking,
        "topics": list(request.topics),
        "purpose": request.purpose,
        "form": request.form,
        "object": request.object_id,
        "at": str(request.at),
        "known": str(request.known),
        "via": list(decision.via),
        "equivalent": decision.equivalent or "",
        "cites": list(dict.fromkeys(reason.cite() for reason in decision.because)),
        "missing": list(decision.missing),
        "until": "" if decision.until == FOREVER else str(decision.until),
        "tzdata": decision.tzdata,
    }
    besides = {
        "caveats": [to_builtins(one) for one in request.caveats],
        "given_for": list(request.given_for),
        "lineage": [to_builtins(one) for one in request.lineage],
        "person": to_builtins(request.person) if request.person is not None else {},
    }
    return found | {name: value for name, value in besides.items() if value}


def rule(node: Node, connection: Connection, request: ReleaseRequest) -> Ruling:
    """Decide at the request's instant, by the law as this node has it on record."""
    return Ruling(node.law(connection).judge(request))


def refuse(work: Work, decision: Decision, doing: str) -> RefusedError:
    """Record a refusal, and return the error that tells it."""
    work.record(EntryKind.REFUSAL, {"doing": doing, "decision": summary(decision)})
    return refusal(decision, doing)


SHOWN_REASONS = 5
"""How many reasons a refusal says in a sentence; the register keeps them all."""


def refusal(decision: Decision, doing: str) -> RefusedError:
    """Return a refusal in words: the last reasons with their articles, and what would permit it."""
    reasons = "; ".join(f"{one.says} [{one.cite()}]" for one in decision.because[:SHOWN_REASONS])
    cures = "; ".join(one.what + _naming(one) for one in decision.changes)
    word = "refused" if decision.outcome is Outcome.DENY else "not determined, so refused"
    return RefusedError(f"{doing} {word}: {reasons}", hint=cures)


def _naming(change: Change) -> str:
    """Return the object that a change has to name: who asks for it must be able to say which."""
    name = dict(change.sets).get("object", "")
    return f" (`{name}`)" if name else ""


def dumps(plain: object) -> str:
    """Print JSON for a table."""
    return json.dumps(plain, ensure_ascii=False, sort_keys=True)
