"""The listener for peers: bytes in, bytes out, over mutual TLS 1.3. It decides nothing itself."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Protocol

import anyio
import anyio.from_thread
import anyio.to_thread
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from servanda.errors import (
    ExchangeError,
    FormatError,
    KeyAccessError,
    NodeError,
    RefusedError,
    RegisterError,
    SequenceError,
    ServandaError,
    SignatureError,
    StorageError,
    UnknownNameError,
    UnreachableError,
)

MOST_MESSAGE = 3 << 20  # bytes
MOST_UPLOADS = 16  # at once
STALL_SECONDS = 30.0

_STATUS: dict[type, int] = {
    FormatError: 400,
    SignatureError: 401,
    RefusedError: 403,
    KeyAccessError: 403,
    UnknownNameError: 404,
    SequenceError: 409,
    ExchangeError: 422,
    StorageError: 507,
}
_OWN_FAULT = 503


class Desk(Protocol):
    """What the node offers at this door."""

    def has_attachment(self, digest: str) -> bool:
        """Say whether a file is here."""

    def take_attachment(self, digest: str, chunks: Iterator[bytes]) -> None:
        """Take a file in."""

    def accept(self, wire: bytes) -> bytes:
        """Accept a signed envelope."""

    def answer(self, wire: bytes) -> bytes:
        """Answer a request for a key."""

    def last_sequence(self, sender: str) -> int:
        """Return the last number accepted from a sender."""

    def consistency(self, old: int, new: int) -> list[bytes]:
        """Return the proof that one size of the register begins another."""

    def kept(self, party: str) -> list[str]:
        """Return the checkpoints of a party's register that are kept here."""

    def checkpoint(self) -> str:
        """Return the newest checkpoint."""


def peers_app(desk: Desk) -> Starlette:
    """Return the application of the listener for peers."""
    # Uploads have threads of their own, so that slow ones never keep a request for a key waiting.
    uploads = anyio.CapacityLimiter(MOST_UPLOADS)

    async def attachment(request: Request) -> Response:
        digest = request.path_params["digest"]
        if request.method == "HEAD":
            here = await anyio.to_thread.run_sync(desk.has_attachment, digest)
            return Response(status_code=200 if here else 404)
        pieces = _Pieces(request.stream())
        await anyio.to_thread.run_sync(desk.take_attachment, digest, pieces.wait(), limiter=uploads)
        return Response(status_code=201)

    async def envelopes(request: Request) -> Response:
        receipt = await anyio.to_thread.run_sync(desk.accept, await _body(request))
        return Response(receipt, media_type="application/json")

    async def key_requests(request: Request) -> Response:
        answer = await anyio.to_thread.run_sync(desk.answer, await _body(request))
        return Response(answer, media_type="application/json")

    async def sequences(request: Request) -> Response:
        found = await anyio.to_thread.run_sync(desk.last_sequence, request.path_params["sender"])
        return Response(str(found), media_type="text/plain")

    async def consistency(request: Request) -> Response:
        old, new = request.path_params["old"], request.path_params["new"]
        found = await anyio.to_thread.run_sync(desk.consistency, old, new)
        return JSONResponse([one.hex() for one in found])

    async def kept(request: Request) -> Response:
        return JSONResponse(await anyio.to_thread.run_sync(desk.kept, request.path_params["party"]))

    async def checkpoint(_request: Request) -> Response:
        found = await anyio.to_thread.run_sync(desk.checkpoint)
        return Response(found, media_type="text/plain; charset=utf-8")

    return Starlette(
        routes=[
            Route("/peer/v1/attachments/{digest}", attachment, methods=["HEAD", "PUT"]),
            Route("/peer/v1/envelopes", envelopes, methods=["POST"]),
            Route("/peer/v1/key-requests", key_requests, methods=["POST"]),
            Route("/peer/v1/sequences/{sender}", sequences),
            Route("/peer/v1/consistency/{old:int}/{new:int}", consistency),
            Route("/peer/v1/kept/{party}", kept),
            Route("/peer/v1/checkpoint", checkpoint),
        ],
        exception_handlers={ServandaError: problem},
    )


async def problem(_request: Request, wrong: Exception) -> Response:
    """Answer an error as a problem document (RFC 9457); its type names the error's class on both sides.

    An error without a type of its own goes by the nearest class above it that has one.
    """
    assert isinstance(wrong, ServandaError)
    kind = next((one for one in type(wrong).__mro__ if one in _STATUS), ExchangeError)
    status = _STATUS[kind]
    if isinstance(wrong, NodeError | RegisterError | UnreachableError):
        status = max(status, _OWN_FAULT)
    plain = {
        "type": f"urn:servanda:problem:{kind.__name__}",
        "title": kind.__name__,
        "status": status,
        "detail": wrong.message,
        "hint": wrong.hint,
    }
    # What is left of a body that stopped coming is not waited for.
    headers = {"Connection": "close"} if isinstance(wrong, UnreachableError) else None
    return JSONResponse(plain, status_code=status, headers=headers, media_type="application/problem+json")


async def _body(request: Request) -> bytes:
    pieces = _Pieces(request.stream())
    found = bytearray()
    while piece := await pieces.next():
        found += piece
        if len(found) > MOST_MESSAGE:
            raise FormatError(f"a message longer than {MOST_MESSAGE} bytes")
    return bytes(found)


class _Pieces:
    """The pieces of a body, waited for only so long; a body cut short never looks whole."""

    def __init__(self, stream: AsyncIterator[bytes]) -> None:
        self._stream = stream
        self._over = False

    async def next(self) -> bytes:
        """Return the next piece, empty at the end.

        Raises:
            UnreachableError: the sender broke off, or sends nothing any more.
        """
        try:
            with anyio.fail_after(STALL_SECONDS):
                while not self._over:
                    piece = await anext(self._stream, b"")
                    self._over = not piece
                    if piece:
                        return piece
        except (ClientDisconnect, TimeoutError) as wrong:
            self._over = True
            raise UnreachableError("the sender broke off", hint="nothing was kept; send it again") from wrong
        return b""

    def wait(self) -> Iterator[bytes]:
        """Yield the pieces in a worker thread, one at a time: the sender goes no faster than the disk."""
        while piece := anyio.from_thread.run(self.next):
            yield piece
