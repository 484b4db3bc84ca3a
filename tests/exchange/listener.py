"""A listener on loopback with real TLS for any application, and the keys of a small federation."""

from __future__ import annotations

import contextlib
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from socket import IPPROTO_TCP, socket

import uvicorn
from starlette.types import ASGIApp

from servanda.exchange import HttpsPeer, client_context, make_authority, make_certificate, server_context
from servanda.node.clock import SystemClock

PATIENCE_SECONDS = 10


@dataclass(frozen=True)
class Keys:
    """The folders of an authority and of parties, each with its certificate."""

    folder: Path
    at: datetime

    @classmethod
    def make(cls, folder: Path, parties: str) -> Keys:
        keys = cls(folder, SystemClock().now())
        make_authority(folder / "ca", keys.at)
        for party in parties:
            keys.issue(party)
        return keys

    def issue(
        self, party: str, folder: str = "", since: timedelta = timedelta(), valid_days: int = 10
    ) -> None:
        make_certificate(
            self.folder / "ca", self.folder / (folder or party), party, self.at + since, valid_days
        )

    def client(self, party: str, authority: Path | None = None) -> ssl.SSLContext:
        where = self.folder / party
        return client_context(where / "tls.pem", where / "tls.key", authority or self.folder / "ca/ca.pem")

    def server(self, party: str) -> ssl.SSLContext:
        where = self.folder / party
        return server_context(where / "tls.pem", where / "tls.key", self.folder / "ca/ca.pem")


@contextlib.contextmanager
def listening(app: ASGIApp, context: ssl.SSLContext) -> Iterator[str]:
    """Serve an application on a free port; yield its address."""
    # With the protocol named, asyncio sends small answers at once.
    with socket(proto=IPPROTO_TCP) as bound:
        bound.bind(("127.0.0.1", 0))
        config = uvicorn.Config(
            app, log_config=None, access_log=False, lifespan="off", timeout_graceful_shutdown=2
        )
        config.load()
        config.ssl = context
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([bound],), daemon=True)
        thread.start()
        try:
            for _ in range(PATIENCE_SECONDS * 100):
                if server.started:
                    break
                thread.join(0.01)
            yield f"https://127.0.0.1:{bound.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(PATIENCE_SECONDS)
            assert not thread.is_alive()


@contextlib.contextmanager
def reaching(party: str, url: str, context: ssl.SSLContext) -> Iterator[HttpsPeer]:
    """Yield a peer whose connection is closed in the end."""
    peer = HttpsPeer(party, url, context)
    try:
        yield peer
    finally:
        peer.close()
