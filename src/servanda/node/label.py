"""Labels as they travel: what an object is, what went into it, and the question that it asks of the law."""

from __future__ import annotations

from typing import Any

import msgspec

from servanda.formats.words import from_builtins, to_builtins
from servanda.model.decision import ReleaseRequest
from servanda.model.label import Caveat, Person, Portion
from servanda.model.when import Instant


class Label(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an object is: whose, how marked, about what. It travels bound to the container.

    `sources` are the objects that it was made from; `lineage` holds the portions of everything in it, those
    of the sources' own sources too, nearest first, so that who never held a source can judge all the same.
    """

    object_id: str
    name: str
    originators: tuple[str, ...]
    marking: str
    topics: tuple[str, ...]
    purpose: str
    form: str
    created: str
    plain_digest: str = ""
    plain_size: int = 0
    caveats: tuple[Caveat, ...] = ()
    given_for: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    lineage: tuple[Portion, ...] = ()

    def request(
        self, holder: str, recipient: str, at: Instant, person: Person | None = None
    ) -> ReleaseRequest:
        """Return the question whether this object may go from one party to another, or be opened there."""
        return ReleaseRequest(
            holder=holder,
            recipient=recipient,
            originators=self.originators,
            marking=self.marking,
            at=at,
            topics=self.topics,
            purpose=self.purpose,
            form=self.form,
            object_id=self.object_id,
            known=at,
            caveats=self.caveats,
            given_for=self.given_for,
            lineage=self.lineage,
            person=person,
        )

    @property
    def own(self) -> Portion:
        """What is in it beside its sources."""
        return Portion(
            self.originators, self.marking, self.topics, self.caveats, self.given_for, self.object_id
        )

    @property
    def everybody(self) -> tuple[str, ...]:
        """Every party whose information is in it, its own originators first."""
        others = (code for portion in self.lineage for code in portion.originators)
        return tuple(dict.fromkeys((*self.originators, *others)))

    def plain(self) -> dict[str, Any]:
        """Return the label as JSON, the form in which it travels and is kept."""
        found: dict[str, Any] = to_builtins(self)
        return found

    def bound(self) -> dict[str, Any]:
        """Return what a label in a message shares with the one in the container: all that the law asks of."""
        return {name: value for name, value in self.plain().items() if name not in _ASIDE}


_ASIDE = frozenset({"name", "created", "plain_digest", "plain_size"})


def read_label(plain: object) -> Label:
    """Read a label from JSON; the inverse of `Label.plain`.

    Raises:
        FormatError: malformed.
    """
    return from_builtins(Label, plain)
