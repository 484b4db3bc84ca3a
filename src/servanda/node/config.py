"""The configuration of a node: `node.toml` in its home, strict, written back as it is read."""

from __future__ import annotations

from pathlib import Path

import msgspec

from servanda.errors import CatalogueError, FormatError, NodeError
from servanda.formats.plainly import convert
from servanda.formats.toml import read_toml

FILE = "node.toml"
FORMAT = "servanda/node@1"


class PeerConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A peer: its party, where its node listens, and the key whose signature is its word."""

    party: str
    url: str
    identity: str
    """Public identity, `JP:<base64>`."""


class NodeConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Everything that a node is told; paths are relative to its home."""

    party: str
    peer_port: int
    """Port of the listener for peers, mutual TLS 1.3."""
    local_port: int
    """Port of the listener for this party's own officers, on loopback only."""
    host: str = "127.0.0.1"
    database: str = ""
    """SQLAlchemy URL; SQLite in the home when empty."""
    catalogue: str = ""
    """Folder of agreements; those that come with Servanda when empty."""
    clock: str = "system"
    """`system`, or the path of a file that drives it, for demonstrations."""
    most_object_bytes: int = 8 << 30
    peers: tuple[PeerConfig, ...] = ()

    def peer(self, party: str) -> PeerConfig:
        """Return a peer.

        Raises:
            NodeError: this node has no such peer.
        """
        for one in self.peers:
            if one.party == party:
                return one
        known = ", ".join(one.party for one in self.peers) or "none"
        raise NodeError(f"no peer `{party}`", hint=f"this node's peers are {known}")


def read_config(home: Path) -> NodeConfig:
    """Read the configuration of the node in a folder.

    Raises:
        NodeError: there is no node.
        FormatError: the file has problems; all are listed.
    """
    try:
        data = (home / FILE).read_bytes()
    except OSError as wrong:
        raise NodeError(f"no node in `{home}`", hint="make one with `servanda node init`") from wrong
    plain = read_toml(data, FILE)
    problems: list[str] = []
    if plain.pop("format", None) != FORMAT:
        problems.append(f'format: must be "{FORMAT}"')
    found: NodeConfig | None = convert(NodeConfig, plain, FILE, problems)
    if problems or found is None:
        raise CatalogueError(f"`{home / FILE}` has {len(problems)} problems", tuple(problems))
    return found


def write_config(config: NodeConfig, home: Path) -> None:
    """Write the configuration; the inverse of `read_config`.

    Raises:
        NodeError: the file cannot be written.
    """
    lines = [f'format = "{FORMAT}"']
    names = (field.name for field in msgspec.structs.fields(NodeConfig))
    lines += [f"{name} = {_value(getattr(config, name))}" for name in names if name != "peers"]
    for peer in config.peers:
        lines += ["", "[[peers]]"]
        lines += [f"{name} = {_value(value)}" for name, value in msgspec.structs.asdict(peer).items()]
    temporary = home / f".{FILE}.part"
    try:
        temporary.write_text("\n".join(lines) + "\n", encoding="utf-8")
        temporary.replace(home / FILE)
    except OSError as wrong:
        raise NodeError(f"`{home / FILE}` cannot be written: {wrong}") from wrong


def _value(value: object) -> str:
    if isinstance(value, int):
        return str(value)
    if not isinstance(value, str) or any(ord(one) < 32 for one in value):  # noqa: PLR2004 - control
        raise FormatError(f"`{value}` cannot stand in a configuration")
    return msgspec.json.encode(value).decode()
