"""What is shipped with an answer, so that anybody can verify it without us: a path, or a closed labelling.

A path shows that something can happen: dated releases, each within an arc, with the article of every hop.
A labelling `earliest` shows that something cannot: it is closed when every arc (h, r, start, end) with
earliest[h] < end has earliest[r] <= max(earliest[h], start), so nothing arrives before its label says,
and never where there is none. `checker.py` verifies either in linear time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from servanda.decisions.proofs.arcs import Information, Plain
from servanda.decisions.proofs.reach import Chain
from servanda.model.when import BEGINNING, Instant


class Claim(Enum):
    """What a certificate shows of one kind of information."""

    REACHED = "reached"
    """The releases of its path bring it to `party`."""
    NOT_REACHED = "not-reached"
    """No chain of releases ever brings it to `party`."""
    UNCONSENTED = "unconsented"
    """The last release of its path lacks the consent of an originator at that instant."""
    CONSENTED = "consented"
    """No release of any chain lacks the consent of an originator."""


HARMLESS = frozenset({Claim.NOT_REACHED, Claim.CONSENTED})
"""Claims that something cannot happen; they carry a labelling and not a path."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """One claim, with what shows it: `path` for what can happen, else the labelling `earliest`.

    `holders` have the information at `since`. `party` is empty where the claim is about consents.
    `avoiding` names a party that the claim leaves out with all of its arcs; empty: nobody.
    """

    claim: Claim
    information: Information
    holders: tuple[str, ...]
    since: Instant = BEGINNING
    party: str = ""
    avoiding: str = ""
    path: Chain = ()
    earliest: Mapping[str, Instant] | None = None

    @property
    def harmless(self) -> bool:
        """Whether it shows that something cannot happen."""
        return self.claim in HARMLESS

    def to_plain(self) -> Plain:
        """Return it as strings, lists and dictionaries, as `checker.py` reads it."""
        plain: Plain = {
            "claim": self.claim.value,
            "information": self.information.to_plain(),
            "holders": sorted(self.holders),
            "since": str(self.since),
            "party": self.party,
            "avoiding": self.avoiding,
        }
        if self.earliest is None:
            path = [{"at": str(release.at), "arc": release.arc.to_plain()} for release in self.path]
            return plain | {"path": path}
        return plain | {"earliest": {party: str(at) for party, at in sorted(self.earliest.items())}}

    def lines(self) -> tuple[str, ...]:
        """Return it for people: a line for each release, or for each party that can ever hold it."""
        if self.earliest is None:
            return tuple(str(release) for release in self.path)
        return tuple(f"{at}  {party}" for party, at in sorted(self.earliest.items()))
