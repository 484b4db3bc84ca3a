"""Questions about exports as a door asks them: a regime by name, from the catalogue or from public files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from servanda.decisions.exports import decide_export, export_diff, lookback
from servanda.decisions.exports.force import zone_of
from servanda.errors import FormatError, StorageError
from servanda.formats.regimes import US_FILES, read_us
from servanda.formats.shipment_log import MOST_BYTES, Asking, Broken, read_shipments
from servanda.formats.when import parse_when
from servanda.model.clauses import LicenceType
from servanda.model.clauses.exports import Need
from servanda.model.export import Audited, ExportAnswer, ExportRequest, Facet, Shipment
from servanda.model.instrument import Instrument, Registry
from servanda.model.text import InstrumentKind
from servanda.model.when import FOREVER, Day, Instant


@dataclass(frozen=True, slots=True)
class Exports:
    """The export-control regimes that can be asked."""

    registry: Registry

    @classmethod
    def of(cls, registry: Registry, us: Path | None = None) -> Exports:
        """Return the regimes of a registry, and the U.S. one from a folder of its public files.

        Raises:
            FormatError: the files are not what they should be.
            StorageError: the folder cannot be read.
        """
        if us is None:
            return cls(registry)
        files = {name: _bytes(us / name) for name in US_FILES if (us / name).exists()}
        return cls(registry.with_instrument(read_us(files)))

    @property
    def regimes(self) -> tuple[Instrument, ...]:
        """Every regime, in the order of the registry."""
        every = self.registry.instruments.values()
        return tuple(one for one in every if one.texts[-1].kind is InstrumentKind.EXPORT_CONTROL)

    def decide(self, request: ExportRequest) -> ExportAnswer:
        """Answer whether a regime asks for a licence."""
        return decide_export(self.registry.instrument(request.regime), request)

    def zone(self, regime: str) -> ZoneInfo:
        """Return the zone in which the days of a regime begin, and in which its answers are printed."""
        return zone_of(self.registry.instrument(regime))

    def diff(
        self,
        regime: str,
        start: str,
        end: str,
        destinations: tuple[str, ...],
        items: tuple[str, ...],
        known: Instant,
    ) -> tuple[Instant, Instant, tuple[Facet, ...]]:
        """Return what changed between two days or instants; a day is its first instant there."""
        instrument = self.registry.instrument(regime)
        first, last = (moment(instrument, words) for words in (start, end))
        return first, last, export_diff(instrument, first, last, destinations, items, known)

    def lookback(
        self, regime: str, file: Path, known: Instant = FOREVER, holds: frozenset[Need] | None = None
    ) -> Iterator[Audited | Broken]:
        """Audit a log of past shipments, row by row as they stand, the broken ones too."""
        instrument = self.registry.instrument(regime)
        types = frozenset(clause.name for _, clause in instrument.texts[-1].clauses(LicenceType))
        asking = Asking(regime, zone_of(instrument), types, known, holds)
        rows = read_shipments(_bytes(file), asking)
        broken: list[Broken] = []

        def whole() -> Iterator[Shipment]:
            for row in rows:
                if isinstance(row, Broken):
                    broken.append(row)
                else:
                    yield row

        for audited in lookback(instrument, whole()):
            yield from broken
            broken.clear()
            yield audited
        yield from broken


def moment(instrument: Instrument, words: str) -> Instant:
    """Read a day or an instant; a day is its first instant in the zone of the regime.

    Raises:
        FormatError: it is neither.
    """
    when = parse_when(words)
    if not isinstance(when, Day | Instant):
        raise FormatError(f"`{words}` is neither a day nor an instant", hint="write 2019-08-28")
    return when.span(zone_of(instrument))[0]


def _bytes(file: Path) -> bytes:
    """Read one byte more than is allowed, so that a longer file is refused and not cut."""
    try:
        with file.open("rb") as stream:
            return stream.read(MOST_BYTES + 1)
    except OSError as wrong:
        raise StorageError(
            f"`{file}` cannot be read: {wrong.strerror}", hint="name a file that is there"
        ) from wrong
