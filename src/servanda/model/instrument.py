"""An instrument: its texts, what was done about it, and how we count; and a registry of many."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from servanda.errors import UnknownNameError
from servanda.model.act import Act
from servanda.model.clauses import Proceeding
from servanda.model.package import Package
from servanda.model.party import Party
from servanda.model.text import Conventions, Text


@dataclass(frozen=True, slots=True)
class Instrument:
    """Everything that is known of one instrument.

    `texts` are in the order of their versions. `digests` holds the hash of each text's canonical
    bytes, by version. `seats` holds the IANA zone of each party's seat.
    """

    texts: tuple[Text, ...]
    acts: tuple[Act, ...] = ()
    conventions: Conventions = field(default_factory=Conventions)
    digests: Mapping[int, str] = field(default_factory=dict)
    seats: Mapping[str, str] = field(default_factory=dict)
    procedure: Text | None = None
    """For a proceeding, the text whose procedure it follows."""

    @property
    def id(self) -> str:
        """Its name in the catalogue."""
        return self.texts[0].id

    @property
    def parties(self) -> tuple[str, ...]:
        """The codes of its parties in the latest text."""
        return self.texts[-1].parties

    def text(self, version: int) -> Text:
        """Return the text of one version.

        Raises:
            UnknownNameError: there is no such version.
        """
        for text in self.texts:
            if text.version == version:
                return text
        raise UnknownNameError(f"`{self.id}` has no text of version `{version}`")

    def following(self, known: Mapping[str, Instrument]) -> Instrument:
        """Return a proceeding with the procedure that it follows, by whose conventions it counts.

        Conventions of its own come first. What is none, or follows what is not known, stays as it is.
        """
        found = self.texts[-1].first(Proceeding)
        followed = known.get(found[1].follows) if found is not None else None
        if followed is None:
            return self
        own = self.conventions != Conventions()
        conventions = self.conventions if own else followed.conventions
        return replace(self, procedure=followed.texts[-1], conventions=conventions)

    def with_acts(self, acts: tuple[Act, ...]) -> Instrument:
        """Return the same instrument with another record of acts."""
        return replace(self, acts=acts)


@dataclass(frozen=True, slots=True)
class Registry:
    """The parties and instruments that a question is asked over, and what was done as one over several."""

    parties: Mapping[str, Party]
    instruments: Mapping[str, Instrument]
    packages: Mapping[str, Package] = field(default_factory=dict)

    def instrument(self, name: str) -> Instrument:
        """Return an instrument by id.

        Raises:
            UnknownNameError: it is not in the registry.
        """
        found = self.instruments.get(name)
        if found is None:
            close = _closest(name, self.instruments)
            raise UnknownNameError(f"no instrument `{name}`", hint=close)
        return found

    def party(self, code: str) -> Party:
        """Return a party by code.

        Raises:
            UnknownNameError: it is not in the registry.
        """
        found = self.parties.get(code)
        if found is None:
            raise UnknownNameError(f"no party `{code}`", hint=_closest(code, self.parties))
        return found

    def with_instrument(self, instrument: Instrument) -> Registry:
        """Return a registry in which `instrument` replaces the one of the same id."""
        return replace(self, instruments={**self.instruments, instrument.id: instrument})


def _closest(name: str, known: Mapping[str, object]) -> str:
    import difflib  # noqa: PLC0415 - only a wrong name needs it

    close = difflib.get_close_matches(name, known, n=3, cutoff=0.4)
    return f"did you mean {', '.join(f'`{one}`' for one in close)}?" if close else ""
