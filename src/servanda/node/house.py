"""One party's house: its identity, its clock, its database, its objects, and the law as it knows it."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, select

from servanda.errors import NodeError, StorageError
from servanda.exchange import Identity, PublicIdentity, parse_identity
from servanda.formats.when import parse_instant
from servanda.formats.words import act_from_bytes
from servanda.model.instrument import Instrument, Registry
from servanda.model.when import Instant
from servanda.node.bell import ring
from servanda.node.catalogue import load_catalogue
from servanda.node.clock import Clock, DrivenClock, GuardedClock, SystemClock
from servanda.node.config import NodeConfig, read_config
from servanda.node.database import Database
from servanda.node.files import Objects
from servanda.node.judging import Judging
from servanda.node.tables import ACT, META
from servanda.register import Entry, EntryKind, Log, Verifier
from servanda.vault import KasPublicKey, PrivateKey

STIRRING = frozenset({EntryKind.ACT, EntryKind.RELEASE, EntryKind.RECEIPT, EntryKind.KEY_ACCESS})
"""Entries after which something else may be due next."""


@dataclass(frozen=True, slots=True)
class Work:
    """A write transaction at one instant: all of it is recorded, or nothing."""

    connection: Connection
    at: Instant
    log: Log
    recorded: set[EntryKind] = field(default_factory=set)
    """What kinds of entries it has appended."""

    @property
    def stamp(self) -> str:
        """The instant as the tables keep it."""
        return stamp(self.at)

    def record(self, kind: EntryKind, body: Mapping[str, Any]) -> int:
        """Append an entry to the register and return its position."""
        self.recorded.add(kind)
        return self.log.append(Entry(kind, self.stamp, body))


def stamp(at: Instant) -> str:
    """Print an instant in the one width that sorts as text."""
    return at.utc.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class Node:
    """A party's running Servanda. Commands write through `writing`, queries read through `reading`."""

    def __init__(self, home: Path, config: NodeConfig, catalogue: Registry) -> None:
        self.home = home
        self.config = config
        self.party = config.party
        self._catalogue = catalogue
        self.identity = Identity.load(config.party, home / "keys" / "identity.key")
        self.kas = PrivateKey.load(home / "keys" / "kas.key")
        self.objects = Objects(home / "objects", config.most_object_bytes)
        self.database = Database.open(config.database or f"sqlite:///{home / 'node.db'}")
        self._clock: Clock = SystemClock()
        if config.clock != "system":
            self._clock = DrivenClock(home / config.clock)
        # Owned by `law`: the law as of the last act that this process has read.
        self._known: tuple[int, Judging] = (-1, Judging(catalogue))

    @classmethod
    def open(cls, home: Path) -> Node:
        """Open the node in a folder.

        Raises:
            NodeError: there is none, or its keys cannot be read.
            StorageError: its database is damaged or out of reach.
            CatalogueError: its configuration or catalogue has problems.
        """
        config = read_config(home)
        folder = home / config.catalogue if config.catalogue else None
        return cls(home, config, load_catalogue(folder))

    def close(self) -> None:
        """Close the database."""
        self.database.close()

    @property
    def clock_name(self) -> str:
        """`system` or `driven`; a driven clock is shown wherever an answer is."""
        return self._clock.name

    @property
    def origin(self) -> str:
        """The name of this party's register."""
        return f"servanda:{self.party}"

    @property
    def verifier(self) -> Verifier:
        """The key that signs this register's checkpoints."""
        return Verifier(self.origin, self.identity.public.public)

    @property
    def service(self) -> KasPublicKey:
        """This node as key access service of what it originates."""
        url = f"https://{self.config.host}:{self.config.peer_port}/kas"
        return KasPublicKey(url, f"{self.party}-1", self.kas.public_pem)

    def peer_identity(self, party: str) -> PublicIdentity:
        """Return the key whose signature is a peer's word.

        Raises:
            NodeError: this node has no such peer.
        """
        if party == self.party:
            return self.identity.public
        found = parse_identity(self.config.peer(party).identity)
        if found.party != party:
            raise NodeError(f"the identity configured for {party} is that of {found.party}")
        return found

    @contextmanager
    def writing(self) -> Iterator[Work]:
        """Yield a write transaction at this instant; time never runs backwards over two of them.

        Raises:
            ClockError: the clock stands before what is recorded.
            StorageError: the disk or database does not take it.
        """
        with self.database.writing() as connection:
            at = Instant(GuardedClock(self._clock, lambda: _floor(connection)).now())
            _raise_floor(connection, at)
            work = Work(connection, at, Log(connection, self.origin))
            yield work
        if work.recorded & STIRRING:
            ring(self.home)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Yield a consistent snapshot."""
        with self.database.reading() as connection:
            yield connection

    def log(self, connection: Connection) -> Log:
        """Return the register over a connection."""
        return Log(connection, self.origin)

    def now(self) -> Instant:
        """Return this node's instant.

        Raises:
            ClockError: the clock stands before what is recorded.
        """
        with self.reading() as connection:
            return Instant(GuardedClock(self._clock, lambda: _floor(connection)).now())

    def seconds_until(self, at: Instant) -> float:
        """Return how long to wait before the clock is worth looking at again, for an instant ahead."""
        return self._clock.seconds_until(at.utc)

    def law(self, connection: Connection) -> Judging:
        """Return the law as this node knows it: its catalogue and the acts it has recorded."""
        last = connection.execute(select(func.max(ACT.c.position))).scalar()
        newest = -1 if last is None else int(last)
        known, judging = self._known
        if known != newest:
            judging = Judging(self._with_acts(connection))
            self._known = (newest, judging)
        return judging

    def registry(self, connection: Connection) -> Registry:
        """Return the instruments and parties of the law as this node knows it."""
        return self.law(connection).registry

    def _with_acts(self, connection: Connection) -> Registry:
        registry = self._catalogue
        found: dict[str, Instrument] = {}
        rows = connection.execute(select(ACT.c.instrument, ACT.c.body).order_by(ACT.c.position))
        for row in rows:
            instrument = found.get(row.instrument) or registry.instrument(row.instrument)
            act = act_from_bytes(bytes(row.body))
            found[row.instrument] = instrument.with_acts((*instrument.acts, act))
        for instrument in found.values():
            registry = registry.with_instrument(instrument)
        return registry

    @contextmanager
    def keeping_objects(self) -> Iterator[None]:
        """Hold the objects' folder against sweeping while an object gets its record."""
        with self._objects_lock(fcntl.LOCK_SH):
            yield

    @contextmanager
    def sweeping_objects(self) -> Iterator[None]:
        """Hold the objects' folder alone: whatever has a record has it by now."""
        with self._objects_lock(fcntl.LOCK_EX):
            yield

    @contextmanager
    def _objects_lock(self, mode: int) -> Iterator[None]:
        try:
            with (self.home / "objects.lock").open("a") as file:
                fcntl.flock(file, mode)
                yield
        except OSError as wrong:
            raise StorageError(f"the objects cannot be held: {wrong}", hint="make room") from wrong


def last_stamp(connection: Connection) -> str:
    """Return the instant of the last write on record, empty where there is none."""
    return str(connection.execute(select(META.c.value).where(META.c.key == "floor")).scalar() or "")


def _floor(connection: Connection) -> datetime | None:
    found = connection.execute(select(META.c.value).where(META.c.key == "floor")).scalar()
    return None if found is None else parse_instant(str(found)).utc


def _raise_floor(connection: Connection, at: Instant) -> None:
    if connection.execute(META.update().where(META.c.key == "floor").values(value=stamp(at))).rowcount == 0:
        connection.execute(META.insert().values(key="floor", value=stamp(at)))
