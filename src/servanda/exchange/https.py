"""A peer's node over HTTPS with mutual TLS 1.3.

Whatever a peer answers, the caller gets a value or an error of ours: nothing is read without a limit, and
nothing is shown that is not printable text.
"""

from __future__ import annotations

import json
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

import httpx2

from servanda.errors import (
    ExchangeError,
    FormatError,
    KeyAccessError,
    NodeError,
    RefusedError,
    SequenceError,
    ServandaError,
    SignatureError,
    StorageError,
    UnknownNameError,
    UnreachableError,
)
from servanda.exchange.peer import read_chunks
from servanda.exchange.tls import party_host

MOST_ANSWER = 4 << 20  # bytes
MOST_TOLD = 500  # characters of what a peer says was wrong
MOST_DIGITS = 16
TIMEOUT = httpx2.Timeout(30.0, connect=5.0)  # seconds, for each step
_NOT_FOUND, _OWN_FAULT = 404, 500

PROBLEM = "urn:servanda:problem:"
PROBLEMS: dict[str, type[ServandaError]] = {
    PROBLEM + kind.__name__: kind
    for kind in (
        FormatError,
        UnknownNameError,
        RefusedError,
        KeyAccessError,
        ExchangeError,
        SignatureError,
        SequenceError,
        StorageError,
    )
}
"""The types of problem that keep their class on this side; any other is an ExchangeError.

What speaks of this node's own house (its register, its clock) is not among them: a peer cannot make this
node believe that of itself.
"""

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    body: bytes


class HttpsPeer:
    """A peer over HTTPS; the server must bear the party's name in its certificate.

    Raises:
        NodeError: the address or the party's name cannot be used.
    """

    def __init__(self, party: str, url: str, context: ssl.SSLContext) -> None:
        self._party = party
        self._host = party_host(party)
        try:
            self._client = httpx2.Client(
                base_url=url,
                verify=context,
                timeout=TIMEOUT,
                trust_env=False,
                headers={"Accept-Encoding": "identity"},
            )
        except httpx2.InvalidURL as wrong:
            raise NodeError(
                f"the address `{url}` of {party} is none: {wrong}", hint="write https://host:port"
            ) from wrong

    def close(self) -> None:
        """Close the connection."""
        self._client.close()

    def send_attachment(self, digest: str, path: Path) -> None:
        """Send a file in pieces, unless the peer has it.

        Raises:
            UnreachableError: the peer does not answer.
            StorageError: the file is gone here, or has no room there.
            FormatError: the file has another digest.
        """
        where = f"/peer/v1/attachments/{quote(digest, safe='')}"
        if self._ask("HEAD", where, allow=_NOT_FOUND).status == _NOT_FOUND:
            self._ask("PUT", where, content=read_chunks(path))

    def deliver(self, wire: bytes) -> bytes:
        """Deliver a signed envelope and return the signed receipt.

        Raises:
            UnreachableError: the peer does not answer; try again.
            SequenceError: an earlier envelope is missing there, or contradicts this one.
            ExchangeError: the peer refuses it.
        """
        return self._ask("POST", "/peer/v1/envelopes", content=wire).body

    def ask_key(self, wire: bytes) -> bytes:
        """Ask for a key and return the signed answer.

        Raises:
            UnreachableError: the peer does not answer.
            RefusedError: the peer's decision is not a permit.
        """
        return self._ask("POST", "/peer/v1/key-requests", content=wire).body

    def last_sequence(self, sender: str) -> int:
        """Return the number of the last envelope that the peer accepted from a sender.

        Raises:
            ExchangeError: the peer answers something else than a number.
        """
        return self._read(f"/peer/v1/sequences/{quote(sender, safe='')}", _number, "number")

    def consistency(self, old: int, new: int) -> list[bytes]:
        """Return the proof that the peer's register of `old` entries begins that of `new`.

        Raises:
            ExchangeError: the peer answers something else than a proof.
        """
        return self._read(f"/peer/v1/consistency/{old}/{new}", _hashes, "proof")

    def kept(self, party: str) -> list[str]:
        """Return the checkpoints of a party's register that the peer keeps.

        Raises:
            ExchangeError: the peer answers something else than checkpoints.
        """
        return self._read(f"/peer/v1/kept/{quote(party, safe='')}", _texts, "checkpoints")

    def checkpoint(self) -> str:
        """Return the newest checkpoint of the peer's register.

        Raises:
            ExchangeError: the peer answers something else than text.
        """
        return self._read("/peer/v1/checkpoint", bytes.decode, "checkpoint")

    def _read(self, where: str, parse: Callable[[bytes], Value], what: str) -> Value:
        body = self._ask("GET", where).body
        try:
            return parse(body)
        except (ValueError, RecursionError) as wrong:
            raise ExchangeError(f"{self._party} answers no {what}") from wrong

    def _ask(
        self, method: str, where: str, content: bytes | Iterator[bytes] | None = None, allow: int = 0
    ) -> _Answer:
        # The certificate is checked against this name, not against that of the machine.
        extensions = {"sni_hostname": self._host}
        try:
            with self._client.stream(method, where, content=content, extensions=extensions) as response:
                answer = _Answer(response.status_code, self._bounded(response))
        except (httpx2.HTTPError, httpx2.StreamError, httpx2.InvalidURL, OSError) as wrong:
            raise UnreachableError(
                f"{self._party} does not answer: {wrong!r}",
                hint="it is tried again; nothing is lost",
            ) from wrong
        if response.is_success or answer.status == allow:
            return answer
        raise self._problem(answer)

    def _bounded(self, response: httpx2.Response) -> bytes:
        found = bytearray()
        # Raw: nothing is unpacked, so a small answer stays small.
        for chunk in response.iter_raw():
            found += chunk
            if len(found) > MOST_ANSWER:
                raise ExchangeError(f"{self._party} answers with more than {MOST_ANSWER} bytes")
        return bytes(found)

    def _problem(self, answer: _Answer) -> ServandaError:
        try:
            plain = json.loads(answer.body)
        except (ValueError, RecursionError):
            plain = None
        if isinstance(plain, dict):
            kind = PROBLEMS.get(str(plain.get("type")), ExchangeError)
            detail = _told(plain.get("detail")) or f"refused with {answer.status}"
            return kind(f"{self._party}: {detail}", hint=_told(plain.get("hint")))
        if answer.status >= _OWN_FAULT:
            return UnreachableError(f"{self._party} answers {answer.status}")
        return ExchangeError(f"{self._party} answers {answer.status}")


def _number(body: bytes) -> int:
    if not body.isdigit() or len(body) > MOST_DIGITS:
        raise ValueError("not a number")
    return int(body)


def _texts(body: bytes) -> list[str]:
    found = json.loads(body)
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise ValueError("not a list of texts")
    return found


def _hashes(body: bytes) -> list[bytes]:
    return [bytes.fromhex(one) for one in _texts(body)]


def _told(said: object) -> str:
    """Return what a peer says as one short line that a terminal can show."""
    if not isinstance(said, str):
        return ""
    return "".join(one if one.isprintable() else " " for one in said[:MOST_TOLD])
