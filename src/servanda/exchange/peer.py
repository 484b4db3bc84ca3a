"""A peer's node as this node reaches it: over HTTPS, or in memory (part of the product).

Nothing of a peer is trusted for having come over TLS: callers verify every signature.
"""

from __future__ import annotations

import json
import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import httpx2

from servanda.errors import (
    ExchangeError,
    FormatError,
    KeyAccessError,
    RefusedError,
    SequenceError,
    ServandaError,
    SignatureError,
    StorageError,
    UnreachableError,
)
from servanda.exchange.tls import party_host

MOST_ANSWER = 4 << 20
CHUNK = 1 << 20
TIMEOUT = httpx2.Timeout(30.0, connect=5.0)

_KINDS: dict[str, type[ServandaError]] = {
    kind.__name__: kind
    for kind in (
        FormatError,
        SignatureError,
        SequenceError,
        RefusedError,
        KeyAccessError,
        StorageError,
        ExchangeError,
    )
}


class Receiver(Protocol):
    """What a node offers its peers; bytes in, bytes out, and it verifies everything itself."""

    def has_attachment(self, digest: str) -> bool:
        """Say whether a file is here already."""

    def take_attachment(self, digest: str, chunks: Iterator[bytes]) -> None:
        """Take a file in; only whole and with this digest does it stay."""

    def accept(self, wire: bytes) -> bytes:
        """Accept a signed envelope and return the signed receipt."""

    def answer(self, wire: bytes) -> bytes:
        """Answer a signed request for a key with a signed answer."""

    def last_sequence(self, sender: str) -> int:
        """Return the number of the last envelope accepted from a sender; 0 when none."""

    def consistency(self, old: int, new: int) -> list[bytes]:
        """Return the proof that the register of `old` entries is the beginning of that of `new`."""

    def kept(self, party: str) -> list[str]:
        """Return the checkpoints of a party's register that are kept here."""

    def checkpoint(self) -> str:
        """Return the newest checkpoint of the register."""


class Peer(Protocol):
    """What one can ask of a peer."""

    def send_attachment(self, digest: str, path: Path) -> None:
        """Send a file, unless the peer has it."""

    def deliver(self, wire: bytes) -> bytes:
        """Deliver a signed envelope and return the signed receipt."""

    def ask_key(self, wire: bytes) -> bytes:
        """Ask for a key and return the signed answer."""

    def last_sequence(self, sender: str) -> int:
        """Return the number of the last envelope that the peer accepted from a sender."""

    def consistency(self, old: int, new: int) -> list[bytes]:
        """Return the proof that the peer's register of `old` entries begins that of `new`."""

    def kept(self, party: str) -> list[str]:
        """Return the checkpoints of a party's register that the peer keeps."""

    def checkpoint(self) -> str:
        """Return the newest checkpoint of the peer's register."""


class MemoryPeer:
    """A peer in the same process: the same bytes, without a network."""

    def __init__(self, receiver: Receiver) -> None:
        self._receiver = receiver

    def send_attachment(self, digest: str, path: Path) -> None:
        """Hand a file over, unless it is there."""
        if not self._receiver.has_attachment(digest):
            self._receiver.take_attachment(digest, _chunks(path))

    def deliver(self, wire: bytes) -> bytes:
        """Hand a signed envelope over."""
        return self._receiver.accept(wire)

    def ask_key(self, wire: bytes) -> bytes:
        """Ask for a key."""
        return self._receiver.answer(wire)

    def last_sequence(self, sender: str) -> int:
        """Return the number of the last envelope accepted from a sender."""
        return self._receiver.last_sequence(sender)

    def consistency(self, old: int, new: int) -> list[bytes]:
        """Return the proof that the register of `old` entries begins that of `new`."""
        return self._receiver.consistency(old, new)

    def kept(self, party: str) -> list[str]:
        """Return the checkpoints of a party's register that are kept there."""
        return self._receiver.kept(party)

    def checkpoint(self) -> str:
        """Return the newest checkpoint."""
        return self._receiver.checkpoint()


class HttpsPeer:
    """A peer over HTTPS with mutual TLS 1.3."""

    def __init__(self, party: str, url: str, context: ssl.SSLContext) -> None:
        self._party = party
        self._client = httpx2.Client(base_url=url, verify=context, timeout=TIMEOUT, trust_env=False)

    def close(self) -> None:
        """Close the connection."""
        self._client.close()

    def send_attachment(self, digest: str, path: Path) -> None:
        """Send a file in pieces, unless the peer has it.

        Raises:
            UnreachableError: the peer does not answer.
            ExchangeError: the peer does not take it.
        """
        where = f"/peer/v1/attachments/{digest}"
        if self._ask("HEAD", where, allow=(404,)).status_code != 404:  # noqa: PLR2004 - not there
            return
        self._ask("PUT", where, content=_chunks(path))

    def deliver(self, wire: bytes) -> bytes:
        """Deliver a signed envelope and return the signed receipt.

        Raises:
            UnreachableError: the peer does not answer; try again.
            SequenceError: an earlier envelope is missing there, or contradicts this one.
            ExchangeError: the peer refuses it.
        """
        return self._body(self._ask("POST", "/peer/v1/envelopes", content=wire))

    def ask_key(self, wire: bytes) -> bytes:
        """Ask for a key and return the signed answer.

        Raises:
            UnreachableError: the peer does not answer.
            RefusedError: the peer's decision is not a permit.
        """
        return self._body(self._ask("POST", "/peer/v1/key-requests", content=wire))

    def last_sequence(self, sender: str) -> int:
        """Return the number of the last envelope that the peer accepted from a sender.

        Raises:
            ExchangeError: the peer answers something else than a number.
        """
        answer = self._body(self._ask("GET", f"/peer/v1/sequences/{sender}"))
        if not answer.isdigit():
            raise ExchangeError(f"{self._party} answers no number")
        return int(answer)

    def consistency(self, old: int, new: int) -> list[bytes]:
        """Return the proof that the peer's register of `old` entries begins that of `new`.

        Raises:
            ExchangeError: the peer answers something else than a proof.
        """
        try:
            found = json.loads(self._body(self._ask("GET", f"/peer/v1/consistency/{old}/{new}")))
            return [bytes.fromhex(one) for one in found]
        except (ValueError, TypeError) as wrong:
            raise ExchangeError(f"{self._party} answers no proof") from wrong

    def kept(self, party: str) -> list[str]:
        """Return the checkpoints of a party's register that the peer keeps.

        Raises:
            ExchangeError: the peer answers something else than checkpoints.
        """
        try:
            found = json.loads(self._body(self._ask("GET", f"/peer/v1/kept/{party}")))
            return [str(one) for one in found]
        except (ValueError, TypeError) as wrong:
            raise ExchangeError(f"{self._party} answers no checkpoints") from wrong

    def checkpoint(self) -> str:
        """Return the newest checkpoint of the peer's register."""
        return self._body(self._ask("GET", "/peer/v1/checkpoint")).decode()

    def _ask(
        self,
        method: str,
        where: str,
        content: bytes | Iterator[bytes] | None = None,
        allow: tuple[int, ...] = (),
    ) -> httpx2.Response:
        try:
            response = self._client.request(
                method, where, content=content, extensions={"sni_hostname": party_host(self._party)}
            )
        except (httpx2.HTTPError, httpx2.StreamError, OSError) as wrong:
            raise UnreachableError(
                f"{self._party} does not answer: {wrong!r}",
                hint="it is tried again; nothing is lost",
            ) from wrong
        if response.is_success or response.status_code in allow:
            return response
        raise self._problem(response)

    def _problem(self, response: httpx2.Response) -> ServandaError:
        try:
            plain = response.json()
            kind = _KINDS.get(str(plain.get("title")), ExchangeError)
            return kind(f"{self._party}: {plain.get('detail', 'refused')}", hint=str(plain.get("hint", "")))
        except (ValueError, AttributeError):
            if response.status_code >= 500:  # noqa: PLR2004 - HTTP: the server's own fault
                return UnreachableError(f"{self._party} answers {response.status_code}")
            return ExchangeError(f"{self._party} answers {response.status_code}")

    def _body(self, response: httpx2.Response) -> bytes:
        if len(response.content) > MOST_ANSWER:
            raise ExchangeError(f"{self._party} answers with more than {MOST_ANSWER} bytes")
        return response.content


def _chunks(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                yield chunk
    except FileNotFoundError as wrong:
        raise StorageError(f"the object `{path.name}` is gone from the disk") from wrong
