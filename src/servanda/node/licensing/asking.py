"""What a node's licences are asked: where each stands, what is owed, which signs were looked for."""

from __future__ import annotations

from dataclasses import dataclass

from servanda.decisions.licences.checklist import Sign, checklist
from servanda.decisions.licences.duties import Owed, duties
from servanda.decisions.licences.standing import Standing, standing
from servanda.model.licence_event import LicenceEvent
from servanda.model.when import FOREVER, Instant
from servanda.node.house import Node
from servanda.node.licensing.records import events_of, names


@dataclass(frozen=True, slots=True)
class Licences:
    """A node's licences as on record, to be asked as of an instant, as known at another."""

    events: dict[str, tuple[LicenceEvent, ...]]
    at: Instant
    known: Instant

    @classmethod
    def of(
        cls, node: Node, licence: str | None = None, at: Instant | None = None, known: Instant | None = None
    ) -> Licences:
        """Read one licence of a node, or all.

        Raises:
            UnknownNameError: there is none of that name.
        """
        with node.reading() as connection:
            wanted = names(connection) if licence is None else [licence]
            events = {one: events_of(connection, one) for one in wanted}
        return cls(events, node.now() if at is None else at, FOREVER if known is None else known)

    def standing(self, licence: str) -> Standing:
        """Return where one stands."""
        return standing(self.events[licence], self.at, self.known)

    def duties(self) -> tuple[Owed, ...]:
        """Return what their undertakings ask, licence by licence."""
        return tuple(one for events in self.events.values() for one in duties(events, self.at, self.known))

    def checklist(self, licence: str) -> tuple[Sign, ...]:
        """Return the signs of diversion and what was found."""
        return checklist(self.events[licence], self.at, self.known)
