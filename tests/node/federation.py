"""Parties with real nodes in one process: the same bytes, databases and keys, without a network.

They are companies with agreements of each pair, whose every clause is known.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations
from pathlib import Path
from tempfile import mkdtemp

import msgspec

from servanda.errors import UnreachableError
from servanda.exchange import Identity, MemoryPeer, Peer, make_authority, make_certificate
from servanda.formats.when import parse_instant
from servanda.node.acting import record_act
from servanda.node.config import NodeConfig, PeerConfig, write_config
from servanda.node.house import Node
from servanda.node.law import act_of
from servanda.node.receiving import PeerDesk
from servanda.node.releasing import Released, release_file
from servanda.node.sending import deliver_due
from servanda.vault import PrivateKey

START = "2020-06-01T12:00:00Z"

PARTY = """[party.{code}]
kind = "company"
name = {{ en = "Company {code}" }}
seat = "UTC"
levels = [ {{ word = "{code}-secret", rank = 2 }}, {{ word = "{code}-internal", rank = 1 }} ]
"""

TEXT = """
format = "servanda/instrument@1"
id = "{one}-{other}"
kind = "protection-agreement"
version = 1
title.en = "Agreement between {X} and {Y}"
parties = ["{X}", "{Y}"]

[clause."1"]
kind = "entry-into-force"
rule = {{ by = "signature" }}

[clause."2"]
kind = "equivalence"
levels = {{ SECRET = {{ {X} = ["{X}-secret"], {Y} = ["{Y}-secret"] }} }}
outside = ["INTERNAL"]

[clause."3"]
kind = "third-party"

[clause."4"]
kind = "loss"

[clause."5"]
kind = "term"

[clause."6"]
kind = "termination"
way = {{ by = "rolling-notice", after = "P1D" }}

[clause."7"]
kind = "survival"
until = "unlimited"
"""
ACTS = """
format = "servanda/acts@1"
act = [
  {{ id = "sign", kind = "sign", by = ["{X}", "{Y}"], done = 2020-01-10, seen = 2020-01-10T23:59:59Z }},
]
"""


def write_catalogue(folder: Path, parties: str = "ABC") -> None:
    (folder / "parties").mkdir(parents=True)
    people = "\n".join(PARTY.format(code=code) for code in parties)
    (folder / "parties" / "all.toml").write_text(f'format = "servanda/parties@1"\n{people}')
    for first, second in combinations(parties, 2):
        one, other = first.lower(), second.lower()
        inside = folder / f"{one}-{other}"
        inside.mkdir()
        names = {"one": one, "other": other, "X": first, "Y": second}
        (inside / "text-1.toml").write_text(TEXT.format(**names))
        (inside / "acts.toml").write_text(ACTS.format(**names))
        (inside / "conventions.toml").write_text('format = "servanda/conventions@1"\nzone = "UTC"\n')


@cache
def keys_of(party: str) -> Path:
    """Keys of a party, made once: making RSA keys is slow, and no test is about it."""
    folder = Path(mkdtemp(prefix="servanda-keys-"))
    Identity.generate(party).save(folder / "identity.key")
    PrivateKey.generate().save(folder / "kas.key")
    at = parse_instant(START).utc
    make_authority(folder / "ca", at)
    make_certificate(folder / "ca", folder, party, at)
    return folder


@dataclass
class Cut:
    """Who cannot be reached now."""

    parties: set[str] = field(default_factory=set)


@dataclass
class Federation:
    """The nodes, how they reach each other, and the clock that drives them all."""

    folder: Path
    nodes: dict[str, Node]
    cut: Cut

    def at(self, words: str) -> None:
        (self.folder / "clock").write_text(words)

    def reach(self, party: str) -> Peer:
        if party in self.cut.parties:
            raise UnreachableError(f"{party} does not answer")
        return MemoryPeer(PeerDesk(self.nodes[party]))

    def settle(self) -> int:
        """Deliver everything that can be delivered."""
        total = 0
        while delivered := sum(deliver_due(node, self.reach) for node in self.nodes.values()):
            total += delivered
        return total

    def act(self, party: str, instrument: str, name: str, kind: str, more: str = "{}", **fields: str) -> None:
        node = self.nodes[party]
        record_act(node, instrument, act_of(party, name, kind, None, node.now(), fields, more))

    def release(self, holder: str, recipient: str, content: bytes = b"secret") -> Released:
        paper = self.folder / "paper.txt"
        paper.write_bytes(content)
        return release_file(self.nodes[holder], paper, recipient, f"{holder}-secret")

    def reopen(self, party: str) -> None:
        """Close a node and open it again, as after a restart."""
        home = self.nodes[party].home
        self.nodes[party].close()
        self.nodes[party] = Node.open(home)

    def close(self) -> None:
        for node in self.nodes.values():
            node.close()


def found(folder: Path, databases: Callable[[str], str], parties: str = "ABC") -> Federation:
    """Found a federation in a folder."""
    write_catalogue(folder / "catalogue", "".join(sorted({*parties, *"ABC"})))
    (folder / "clock").write_text(START)
    nodes = {}
    for number, party in enumerate(parties):
        home = folder / party
        home.mkdir()
        (home / "keys").symlink_to(keys_of(party))
        others = tuple(
            PeerConfig(
                party=other,
                url=f"https://127.0.0.1:{1 + parties.index(other)}",
                identity=str(Identity.load(other, keys_of(other) / "identity.key").public),
            )
            for other in parties
            if other != party
        )
        config = NodeConfig(
            party=party,
            peer_port=1 + number,
            local_port=11 + number,
            database=databases(f"node_{party.lower()}"),
            catalogue="../catalogue",
            clock="../clock",
            peers=others,
        )
        write_config(msgspec.structs.replace(config), home)
        nodes[party] = Node.open(home)
    return Federation(folder, nodes, Cut())
