"""Stated policies as closed values, and their proofs over a whole world of arcs.

Each policy asks one question of every kind of information that it concerns. It holds when every answer is
a certificate that it cannot happen; otherwise the shortest sequence of dated releases refutes it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from servanda.decisions.proofs.arcs import Arc, Information, Plain, World
from servanda.decisions.proofs.certificate import Certificate, Claim
from servanda.decisions.proofs.periods import Periods, minus, union
from servanda.decisions.proofs.reach import Network, Release, reach
from servanda.model.when import BEGINNING, Period


@dataclass(frozen=True, slots=True)
class NeverReaches:
    """Nothing about any of `topics` ever reaches `party`, by any sequence of permitted releases.

    Empty `topics` mean anything; `originator` empty: anybody's; `markings` None: of any marking. What
    `party` itself originates is not meant.
    """

    topics: tuple[str, ...]
    party: str
    originator: str = ""
    markings: tuple[str, ...] | None = None

    def concerns(self, information: Information) -> bool:
        """Whether it says anything of this kind of information."""
        return (
            (not self.topics or bool(set(self.topics) & set(information.topics)))
            and (not self.originator or self.originator in information.originators)
            and (self.markings is None or information.marking in self.markings)
            and self.party not in information.originators
        )

    def certify(self, information: Information, network: Network) -> Certificate:
        """Return what shows whether it can reach the party."""
        return _arrival(information, network, information.originators, self.party)

    def to_plain(self) -> Plain:
        """Return it as strings and lists."""
        return {
            "policy": "never-reaches",
            "topics": list(self.topics),
            "party": self.party,
            "originator": self.originator,
            "markings": None if self.markings is None else list(self.markings),
        }


@dataclass(frozen=True, slots=True)
class NoReachWithoutConsent:
    """No sequence of releases brings an object to a party without each originator's consent.

    At every hop of every chain, for every originator that is neither its holder nor its recipient, a
    consent of that originator works at that instant: by the consents' own record, not by the judgement.
    """

    def concerns(self, information: Information) -> bool:  # noqa: ARG002 - it speaks of all
        """Whether it says anything of this kind of information."""
        return True

    def certify(self, information: Information, network: Network) -> Certificate:
        """Return what shows whether a release can lack a consent.

        Every stretch of an arc that lacks one leads on to nobody's place; the policy holds when that
        place is never reached.
        """
        bare = {
            replace(arc, recipient=_NOBODY, start=stretch.start, end=stretch.end): arc
            for arc in network.arcs
            for stretch in unconsented(information, arc)
        }
        holders = information.originators
        if bare:
            chain = reach(Network((*network.arcs, *bare)), holders).fewest(_NOBODY)
            if chain is not None:
                last = Release(chain[-1].at, bare[chain[-1].arc])
                path = (*chain[:-1], last)
                return Certificate(Claim.UNCONSENTED, information, holders, path=path)
        earliest = network.earliest(holders)
        return Certificate(Claim.CONSENTED, information, holders, earliest=earliest)

    def to_plain(self) -> Plain:
        """Return it as strings and lists."""
        return {"policy": "no-reach-without-consent"}


@dataclass(frozen=True, slots=True)
class OnlyThrough:
    """What `holder` originates reaches `recipient` only through `linchpin`, at any time."""

    holder: str
    recipient: str
    linchpin: str

    def concerns(self, information: Information) -> bool:
        """Whether it says anything of this kind of information."""
        return self.holder in information.originators and self.recipient not in information.originators

    def certify(self, information: Information, network: Network) -> Certificate:
        """Return what shows whether it can reach the recipient past the linchpin."""
        past = Network(arc for arc in network.arcs if self.linchpin not in {arc.holder, arc.recipient})
        found = _arrival(information, past, (self.holder,), self.recipient)
        return replace(found, avoiding=self.linchpin)

    def to_plain(self) -> Plain:
        """Return it as strings and lists."""
        return {
            "policy": "only-through",
            "holder": self.holder,
            "recipient": self.recipient,
            "linchpin": self.linchpin,
        }


Policy = NeverReaches | NoReachWithoutConsent | OnlyThrough
"""Any policy that can be proved."""

_NOBODY = ""


def unconsented(information: Information, arc: Arc) -> Periods:
    """Return the instants of an arc at which the consent of some originator is not there."""
    lacking: list[Period] = []
    for originator in information.originators:
        if originator not in {arc.holder, arc.recipient}:
            given = union(Period(one.start, one.end) for one in arc.consents if one.by == originator)
            lacking.extend(minus((arc.period,), given))
    return union(lacking)


@dataclass(frozen=True, slots=True)
class Proof:
    """A policy and, for each kind of information that it concerns, the certificate of what can happen."""

    policy: Policy
    cases: tuple[Certificate, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing that the policy rules out can happen."""
        return all(case.harmless for case in self.cases)

    @property
    def counterexample(self) -> Certificate | None:
        """The shortest sequence of releases that refutes it, of these the earliest; None if it holds."""
        against = [case for case in self.cases if not case.harmless]
        return min(against, key=lambda case: (len(case.path), case.path[-1].at.utc), default=None)

    def to_plain(self) -> Plain:
        """Return it as strings, lists and dictionaries, as `checker.py` reads it."""
        return {
            "format": "servanda/proof@1",
            "policy": self.policy.to_plain(),
            "holds": self.holds,
            "cases": [case.to_plain() for case in self.cases],
        }


def prove(policy: Policy, world: World) -> Proof:
    """Decide a policy over every kind of information in a world, with the certificate of each."""
    return Proof(
        policy,
        tuple(
            policy.certify(information, Network(arcs))
            for information, arcs in world.items()
            if policy.concerns(information)
        ),
    )


def _arrival(information: Information, network: Network, holders: tuple[str, ...], party: str) -> Certificate:
    earliest = network.earliest(holders)
    if party not in earliest:
        return Certificate(Claim.NOT_REACHED, information, holders, BEGINNING, party, earliest=earliest)
    path = reach(network, holders).fewest(party) or ()
    return Certificate(Claim.REACHED, information, holders, BEGINNING, party, path=path)
