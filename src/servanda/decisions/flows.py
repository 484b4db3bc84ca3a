"""Flows: what a party may give another, of its own or by a standing consent, in two worlds side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

import msgspec

from servanda.decisions.linchpins import Subjects
from servanda.decisions.network import Matter, Network, asked_for
from servanda.decisions.recorded import Recorded
from servanda.decisions.release import rule
from servanda.decisions.routes import routes
from servanda.model.act import Consent
from servanda.model.decision import Decision, Judgement, Outcome, Route
from servanda.model.duty import Duty

MOST_DETOURS = 3
"""How many detours are named for a flow that stops."""


class Turn(Enum):
    """What becomes of a flow."""

    STOPS = "stops"
    BEGINS = "begins"
    MARKED = "other-marking"
    """It goes on, and the receiver marks it otherwise."""
    DUTIES = "other-duties"
    GROUND = "other-ground"
    """It goes on under another instrument, with the same marking and duties."""
    REFUSED_OTHERWISE = "refused-otherwise"
    """It is no permit in either world, but denied in one and undetermined in the other."""


class Hand(msgspec.Struct, frozen=True, order=True):
    """One question of the network: may this matter go from one party to another, for a purpose?"""

    holder: str
    recipient: str
    matter: Matter
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class Flow:
    """A flow that is not the same in two worlds; for a refusal `after` names the detours that are left."""

    hand: Hand
    before: Decision
    after: Decision

    @property
    def holder(self) -> str:
        """Who gives."""
        return self.hand.holder

    @property
    def recipient(self) -> str:
        """Who receives."""
        return self.hand.recipient

    @property
    def originator(self) -> str:
        """Whose it is: the holder, or who consented."""
        return self.hand.matter.originator

    @property
    def marking(self) -> str:
        """The originator's own marking for it."""
        return self.hand.matter.marking

    @property
    def topics(self) -> tuple[str, ...]:
        """What it is about."""
        return self.hand.matter.topics

    @property
    def turn(self) -> Turn:
        """What becomes of it."""
        found = turned(self.before.judgement, self.after.judgement)
        assert found is not None
        return found


def turned(before: Judgement, after: Judgement) -> Turn | None:
    """Return what becomes of a flow, or None where it stays as it was."""
    permits = (before.outcome is Outcome.PERMIT, after.outcome is Outcome.PERMIT)
    if permits == (False, False):
        return None if before.outcome is after.outcome else Turn.REFUSED_OTHERWISE
    if permits != (True, True):
        return Turn.STOPS if permits[0] else Turn.BEGINS
    if (before.equivalent, before.alternatives) != (after.equivalent, after.alternatives):
        return Turn.MARKED
    if [_owed(one) for one in before.duties] != [_owed(one) for one in after.duties]:
        return Turn.DUTIES
    return None if before.via == after.via else Turn.GROUND


def _owed(duty: Duty) -> tuple[object, ...]:
    """Return what a duty is, in whichever version of a text it stands."""
    return duty.kind, duty.survives, duty.because.instrument, duty.because.article, duty.because.says


def different(before: Network, after: Network, hands: Iterable[Hand]) -> tuple[Flow, ...]:
    """Return the flows among those asked about that differ, with the detours of those that are closed."""
    found = []

    def order(hand: Hand) -> tuple[object, ...]:
        return hand.holder, hand.recipient, *after.order(hand.matter), hand.purpose

    for hand in sorted(set(hands), key=order):
        one = rule(before.index, before.request(hand.matter, hand.holder, hand.recipient, hand.purpose))
        asked = after.request(hand.matter, hand.holder, hand.recipient, hand.purpose)
        other = rule(after.index, asked)
        if turned(one, other) is None:
            continue
        ways: tuple[Route, ...] = ()
        if other.outcome is not Outcome.PERMIT and asked_for(one) is not None:
            ways = routes(after.index, asked, limit=MOST_DETOURS, within=after)
        found.append(Flow(hand, Decision(asked, one), Decision(asked, other, ways)))
    return tuple(found)


def own(network: Network, holder: str, recipient: str, about: Subjects) -> Iterator[Hand]:
    """Yield the flows of a holder's own information to a recipient."""
    for matter in network.matters(holder, about):
        yield Hand(holder, recipient, matter)


def all_own(network: Network, about: Subjects) -> Iterator[Hand]:
    """Yield every flow of a holder's own information that some instrument could carry."""
    for holder in network.originators():
        for recipient in network.links.carried(holder):
            yield from own(network, holder, recipient, about)


def standing(network: Network, record: Recorded[Consent], about: Subjects) -> Iterator[Hand]:
    """Yield the flows that a consent is about, where it names no objects."""
    act, index = record.act, network.index
    parties = index.registry.parties
    if act.objects:
        return
    givers = {code for one in act.by if one in parties for code in index.family(one)}
    named = {code for one in act.holders for code in index.family(one)}
    for recipient in {code for one in act.recipients for code in index.family(one)}:
        for holder in network.links.carried(recipient):
            if holder in givers or (named and holder not in named) or recipient not in parties:
                continue
            if recipient not in network.links.carried(holder):
                continue  # a ministry counts with its state
            for originator in givers:
                for matter in network.matters(originator, about):
                    if recipient not in givers and _about(act, matter):
                        yield from (
                            Hand(holder, recipient, matter, purpose) for purpose in act.purposes or ("",)
                        )


def _about(act: Consent, matter: Matter) -> bool:
    if act.markings and matter.marking not in act.markings:
        return False
    return not act.topics or (bool(matter.topics) and set(matter.topics) <= set(act.topics))
