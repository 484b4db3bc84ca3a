"""What a proof is about: kinds of information, and the stretches of time in which each may pass.

An `Arc` is a fact of the law, taken from the engine's own judgements: from `start` until `end`, half-open,
every release of one kind of information from holder to recipient is permitted. Codes are those of whole
parties: a part acts for its whole, and what a whole may do is at least what its parts may.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from servanda.errors import QuestionError
from servanda.model.cite import Because
from servanda.model.label import Caveat
from servanda.model.when import Instant, Period

Plain = dict[str, object]
"""A value of strings, lists and dictionaries only, ready to be printed by a door."""


@dataclass(frozen=True, slots=True)
class Information:
    """One kind of information, as a request names it; what may pass is the same for all of that kind.

    `marking` is a word of the first originator's policy. An empty `purpose` or `object_id` names none; an
    empty `form` stands for any form that was judged.
    """

    originators: tuple[str, ...]
    marking: str
    topics: tuple[str, ...] = ()
    caveats: tuple[Caveat, ...] = ()
    purpose: str = ""
    form: str = "electronic"
    object_id: str = ""

    def to_plain(self) -> Plain:
        """Return it as strings and lists; caveats as they stand in a file."""
        return {
            "originators": list(self.originators),
            "marking": self.marking,
            "topics": list(self.topics),
            "caveats": [msgspec.to_builtins(caveat, enc_hook=str) for caveat in self.caveats],
            "purpose": self.purpose,
            "form": self.form,
            "object": self.object_id,
        }

    def __str__(self) -> str:
        about = f" on {', '.join(self.topics)}" if self.topics else ""
        named = f" in {self.object_id}" if self.object_id else ""
        given = f" for {self.purpose}" if self.purpose else ""
        return f"{self.marking} of {', '.join(self.originators)}{about}{named}{given}"


@dataclass(frozen=True, slots=True)
class Approval:
    """A consent of an originator, read from its record: the act, and from when until when it works."""

    by: str
    act: str
    start: Instant
    end: Instant

    def to_plain(self) -> Plain:
        """Return it as strings."""
        return {"by": self.by, "act": self.act, "start": str(self.start), "end": str(self.end)}


@dataclass(frozen=True, slots=True)
class Arc:
    """At every instant of [start, end) a release from `holder` to `recipient` is permitted.

    `because` are the citations, `via` the instruments that govern, `consents` the acts of originators on
    which it rests.
    """

    holder: str
    recipient: str
    start: Instant
    end: Instant
    because: tuple[Because, ...] = ()
    via: tuple[str, ...] = ()
    consents: tuple[Approval, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what is no arc.

        Raises:
            QuestionError: it goes nowhere, or it ends before it begins.
        """
        if self.holder == self.recipient:
            raise QuestionError(f"`{self.holder}` releases to itself", hint="a release needs two")
        if not self.start < self.end:
            raise QuestionError(
                f"an arc from `{self.start}` until `{self.end}` holds at no instant",
                hint="its end comes after its start",
            )

    @property
    def period(self) -> Period:
        """When it holds, half-open."""
        return Period(self.start, self.end)

    @property
    def cites(self) -> tuple[str, ...]:
        """Its citations as people write them, each once."""
        return tuple(dict.fromkeys(reason.cite() for reason in self.because))

    def to_plain(self) -> Plain:
        """Return it as strings and lists; citations as people write them."""
        return {
            "holder": self.holder,
            "recipient": self.recipient,
            "start": str(self.start),
            "end": str(self.end),
            "because": list(self.cites),
            "via": list(self.via),
            "consents": [consent.to_plain() for consent in self.consents],
        }


World = Mapping[Information, tuple[Arc, ...]]
"""Every kind of information that is asked about, with all of its arcs over all of time."""


def world_to_plain(world: World) -> list[Plain]:
    """Return a world as an independent checker reads it."""
    return [
        {"information": information.to_plain(), "arcs": [arc.to_plain() for arc in arcs]}
        for information, arcs in world.items()
    ]
