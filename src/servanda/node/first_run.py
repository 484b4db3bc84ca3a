"""Making nodes: keys, certificates and configuration; and making them known to each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from servanda.errors import NodeError
from servanda.exchange import Identity, make_authority, make_certificate
from servanda.node.clock import SystemClock
from servanda.node.config import FILE, NodeConfig, PeerConfig, read_config, write_config
from servanda.vault import PrivateKey


@dataclass(frozen=True, slots=True)
class Place:
    """Where a node is to be made: its home and the ports of its two listeners."""

    home: Path
    peer_port: int
    local_port: int


def make_node(
    authority: Path,
    party: str,
    place: Place,
    *,
    catalogue: str = "",
    clock: str = "system",
    database: str = "",
) -> NodeConfig:
    """Make a node: identity, key of its key access service, TLS certificate, configuration.

    The demonstration authority is made on first run. The other fields are those of `NodeConfig`.

    Raises:
        NodeError: there is a node in that folder already.
    """
    home = place.home
    if (home / FILE).exists():
        raise NodeError(f"there is a node in `{home}`", hint="choose another folder")
    at = SystemClock().now()
    if not (authority / "ca.pem").exists():
        make_authority(authority, at)
    keys = home / "keys"
    keys.mkdir(parents=True, exist_ok=True, mode=0o700)
    Identity.generate(party).save(keys / "identity.key")
    PrivateKey.generate().save(keys / "kas.key")
    make_certificate(authority, keys, party, at)
    (keys / "ca.pem").write_bytes((authority / "ca.pem").read_bytes())
    config = NodeConfig(
        party=party,
        peer_port=place.peer_port,
        local_port=place.local_port,
        catalogue=catalogue,
        clock=clock,
        database=database,
    )
    write_config(config, home)
    return config


def introduce(homes: Mapping[str, Path]) -> None:
    """Write every node's address and public identity into the configuration of all the others.

    In a real federation each party does this by hand, from what it was given out of band.
    """
    configs = {party: read_config(home) for party, home in homes.items()}
    for party, home in homes.items():
        peers = tuple(
            PeerConfig(
                party=other,
                url=f"https://{configs[other].host}:{configs[other].peer_port}",
                identity=str(Identity.load(other, path / "keys" / "identity.key").public),
            )
            for other, path in homes.items()
            if other != party
        )
        write_config(msgspec.structs.replace(configs[party], peers=peers), home)
