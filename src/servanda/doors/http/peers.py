"""The listener for peers: bytes in, bytes out, over mutual TLS 1.3. It decides nothing itself."""

from __future__ import annotations

import queue
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Protocol

import anyio
import anyio.to_thread
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from servanda.errors import (
    FormatError,
    KeyAccessError,
    RefusedError,
    SequenceError,
    ServandaError,
    SignatureError,
    StorageError,
    UnknownNameError,
)

MOST_MESSAGE = 3 << 20
_STATUS: dict[type[ServandaError], int] = {
    FormatError: 400,
    SignatureError: 401,
    RefusedError: 403,
    KeyAccessError: 403,
    UnknownNameError: 404,
    SequenceError: 409,
    StorageError: 507,
}


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

    async def attachment(request: Request) -> Response:
        digest = request.path_params["digest"]
        if request.method == "HEAD":
            here = await anyio.to_thread.run_sync(desk.has_attachment, digest)
            return Response(status_code=200 if here else 404)
        await _stream(request.stream(), lambda chunks: desk.take_attachment(digest, chunks))
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
    """Answer an error as a problem document (RFC 9457); the title names its class on both sides."""
    assert isinstance(wrong, ServandaError)
    kinds = [kind for kind in _STATUS if isinstance(wrong, kind)]
    status = _STATUS[kinds[0]] if kinds else 422
    title = kinds[0].__name__ if kinds else "ExchangeError"
    plain = {
        "type": f"urn:servanda:problem:{title}",
        "title": title,
        "status": status,
        "detail": wrong.message,
        "hint": wrong.hint,
    }
    return JSONResponse(plain, status_code=status, media_type="application/problem+json")


async def _body(request: Request) -> bytes:
    found = bytearray()
    async for chunk in request.stream():
        found += chunk
        if len(found) > MOST_MESSAGE:
            raise FormatError(f"a message longer than {MOST_MESSAGE} bytes")
    return bytes(found)


async def _stream(chunks: AsyncIterator[bytes], take: Callable[[Iterator[bytes]], None]) -> None:
    """Hand a body to a blocking reader piece by piece; a body cut short never looks whole."""
    pieces: queue.Queue[bytes | BaseException | None] = queue.Queue(maxsize=4)

    def read() -> Iterator[bytes]:
        while True:
            piece = pieces.get()
            if piece is None:
                return
            if isinstance(piece, BaseException):
                raise StorageError("the sender broke off; nothing was kept") from piece
            yield piece

    done = anyio.Event()

    async def feed() -> None:
        try:
            async for chunk in chunks:
                if chunk and not await _put(chunk):
                    return
            await _put(None)
        except BaseException as wrong:
            with anyio.CancelScope(shield=True):
                await _put(wrong)
            raise

    async def _put(piece: bytes | BaseException | None) -> bool:
        while not done.is_set():
            try:
                pieces.put_nowait(piece)
            except queue.Full:
                await anyio.sleep(0.001)
            else:
                return True
        return False

    async def consume() -> None:
        try:
            await anyio.to_thread.run_sync(take, read())
        finally:
            done.set()

    failure: ServandaError | None = None
    try:
        async with anyio.create_task_group() as group:
            group.start_soon(feed)
            await consume()
    except* ServandaError as wrong:
        failure = next(one for one in _flat(wrong) if isinstance(one, ServandaError))
    if failure is not None:
        raise failure


def _flat(group: BaseExceptionGroup[BaseException]) -> Iterator[BaseException]:
    for one in group.exceptions:
        if isinstance(one, BaseExceptionGroup):
            yield from _flat(one)
        else:
            yield one
