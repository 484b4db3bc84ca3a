"""The configuration of a node: `node.toml` in its home, strict, written back as it is read."""

from __future__ import annotations

import os
import re
import secrets
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from servanda.errors import CatalogueError, FormatError, NodeError
from servanda.formats.plainly import convert
from servanda.formats.toml import read_toml
from servanda.node.files import flush_folder

FILE = "node.toml"
FORMAT = "servanda/node@1"
_LAST_PORT = 65535
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


class PeerConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A peer: its party, where its node listens, and the key whose signature is its word."""

    party: str
    url: str
    """Where its listener is: https, a host and, unless it is 443, a port."""
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
    """URL of a SQLite file with its whole path, or of PostgreSQL; SQLite in the home when empty."""
    catalogue: str = ""
    """Folder of agreements; those that come with Servanda when empty."""
    clock: str = "system"
    """`system`, or the path of a file that drives it, for demonstrations."""
    most_object_bytes: int = 8 << 30
    """The longest object that is taken in or released, in bytes; 8 GiB when left out."""
    officer: str = ""
    """Who decides on the releases that name nobody."""
    officer_required: bool = False
    """Whether a release without an officer is refused."""
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
        NodeError: there is no node, or its configuration cannot be read.
        FormatError: the file has problems; all are listed.
    """
    path = home / FILE
    try:
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError) as wrong:
        raise NodeError(f"no node in `{home}`", hint="make one with `servanda node init`") from wrong
    except OSError as wrong:
        said = wrong.strerror or wrong
        raise NodeError(f"`{path}` cannot be read: {said}", hint="check whose file it is") from wrong
    plain = read_toml(data, str(path))
    problems: list[str] = []
    if plain.pop("format", None) != FORMAT:
        problems.append(f'{FILE}.format: must be "{FORMAT}"')
    found: NodeConfig | None = convert(NodeConfig, plain, FILE, problems)
    if found is not None:
        problems += (f"{FILE}.{problem}" for problem in _problems(found))
    if problems or found is None:
        count = "a problem" if len(problems) == 1 else f"{len(problems)} problems"
        raise CatalogueError(f"`{path}` has {count}", tuple(problems))
    return found


def _problems(config: NodeConfig) -> list[str]:
    """Return what is wrong with values that each have the right form."""
    found = [
        f"{name}: `{port}` is not a port; it can be 1 to {_LAST_PORT}"
        for name, port in (("peer_port", config.peer_port), ("local_port", config.local_port))
        if not 1 <= port <= _LAST_PORT
    ]
    if not config.host:
        found.append("host: is empty; write the address to listen on, such as 127.0.0.1")
    if config.most_object_bytes < 1:
        found.append(f"most_object_bytes: `{config.most_object_bytes}` is no length; write bytes, 1 or more")
    if config.database.startswith("sqlite:///") and not config.database.startswith("sqlite:////"):
        # Its folder would be wherever the process was started: another, empty database each time.
        found.append(f"database: `{config.database}` has not its whole path; write sqlite:////folder/file")
    parties = [peer.party for peer in config.peers]
    for number, peer in enumerate(config.peers):
        where = f"peers[{number}]"
        if peer.party in parties[:number]:
            found.append(f"{where}.party: `{peer.party}` is there already; each peer has one entry")
        if not _reachable(peer.url):
            found.append(f"{where}.url: `{peer.url}` is not an address; write https://host:port")
        if peer.identity.partition(":")[0] != peer.party:
            found.append(f"{where}.identity: is not that of `{peer.party}`; it begins with `{peer.party}:`")
    return found


def _reachable(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme == "https" and bool(parts.hostname) and parts.port != 0
    except ValueError:  # no such port, or half an IPv6 address
        return False


def write_config(config: NodeConfig, home: Path) -> None:
    """Write the configuration; the inverse of `read_config`.

    It is written under another name, put on the disk, and then takes the place of the one before it. Only
    its owner reads it: a database's address may hold a password.

    Raises:
        NodeError: the file cannot be written; the one before it is as it was.
        FormatError: a value cannot stand in a configuration.
    """
    lines = [f'format = "{FORMAT}"']
    names = (field.name for field in msgspec.structs.fields(NodeConfig))
    lines += [f"{name} = {_value(getattr(config, name))}" for name in names if name != "peers"]
    for peer in config.peers:
        lines += ["", "[[peers]]"]
        lines += [f"{name} = {_value(value)}" for name, value in msgspec.structs.asdict(peer).items()]
    temporary = home / f".{FILE}.{secrets.token_hex(8)}"
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write("\n".join(lines) + "\n")
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(home / FILE)
            flush_folder(home)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as wrong:
        raise NodeError(f"`{home / FILE}` cannot be written: {wrong.strerror or wrong}") from wrong


def _value(value: object) -> str:
    """Print a word, number or text as TOML; what is JSON without control characters is TOML as well."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if not isinstance(value, str) or _UNPRINTABLE.search(value):
        raise FormatError(f"{value!a} cannot stand in a configuration", hint="take control characters out")
    return msgspec.json.encode(value).decode()
