"""A node at work: its two listeners, its outbox and its armed instants in one process, stopped together."""

from __future__ import annotations

import contextlib
import signal
import ssl
import threading
from collections.abc import Callable, Generator
from pathlib import Path
from types import FrameType

import structlog
import uvicorn
from starlette.applications import Starlette

from servanda.doors.http.peers import peers_app
from servanda.doors.web.pages import local_app
from servanda.errors import NodeError, ServandaError
from servanda.node.arming import keep_armed
from servanda.node.bell import Bell
from servanda.node.clock import SystemClock
from servanda.node.house import Node
from servanda.node.reaching import Reaching, server_context
from servanda.node.receiving import PeerDesk
from servanda.node.sending import deliver_to
from servanda.node.sweeping import sweep
from servanda.node.turning import Changed

OUTBOX_SECONDS = 0.1
SHOWN_OBJECTS = 5
LOG = structlog.get_logger("servanda")


class _Server(uvicorn.Server):
    """A server that leaves the signals to us, since there are two."""

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """Capture none."""
        yield


def _server(app: Starlette, host: str, port: int, context: ssl.SSLContext | None) -> _Server:
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        log_config=None,
        access_log=False,
        lifespan="off",
        timeout_keep_alive=30,
        timeout_graceful_shutdown=5,
    )
    if context is not None:
        config.load()
        config.ssl = context
    return _Server(config)


def _listen(server: _Server) -> None:
    """Run a listener; where its port is taken it ends, and whoever waits for it says so."""
    with contextlib.suppress(SystemExit):
        server.run()


class Running:
    """A node whose listeners are open and whose outbox is at work, until `stop`."""

    def __init__(self, node: Node) -> None:
        keys = node.home / "keys"
        context = server_context(keys / "tls.pem", keys / "tls.key", keys / "ca.pem")
        host = node.config.host
        self._node = node
        self._servers = [
            _server(peers_app(PeerDesk(node)), host, node.config.peer_port, context),
            _server(local_app(node), "127.0.0.1", node.config.local_port, None),
        ]
        self._stopping = threading.Event()
        self._bell = Bell(node.home)
        self._threads = [
            threading.Thread(target=_listen, args=(one,), name=f"listener-{number}", daemon=True)
            for number, one in enumerate(self._servers)
        ]
        # One for each peer: whoever is slow to answer delays nobody else.
        self._threads += [
            threading.Thread(target=self._send, args=(peer.party,), name=f"outbox-{peer.party}", daemon=True)
            for peer in node.config.peers
        ]

        self._threads.append(threading.Thread(target=self._watch, name="armed", daemon=True))

    def start(self) -> None:
        """Open the listeners, set the outbox to work and arm the next instant."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Stop everything, letting what is under way finish."""
        self._stopping.set()
        self._bell.end()
        for server in self._servers:
            server.should_exit = True
        for thread in self._threads:
            thread.join(timeout=10)
        self._bell.close()

    def wait(self, stopped: Callable[[], bool]) -> None:
        """Wait until something says that it is time to stop, or a listener ends by itself."""
        while not stopped() and all(thread.is_alive() for thread in self._threads):
            self._stopping.wait(0.2)

    def _watch(self) -> None:
        keep_armed(self._node, self._bell, self._stopping.is_set, self._changed, self._fault)

    def _changed(self, one: Changed) -> None:
        LOG.warning(
            one.changed,
            party=self._node.party,
            peer=one.party,
            objects=list(one.objects[:SHOWN_OBJECTS]),
            count=len(one.objects),
            since=str(one.since),
            entry=one.position,
            why="; ".join(one.says),
        )

    def _fault(self, wrong: ServandaError) -> None:
        LOG.warning("armed", party=self._node.party, wrong=str(wrong))

    def _send(self, party: str) -> None:
        reaching = Reaching(self._node)
        told = ""
        while not self._stopping.wait(OUTBOX_SECONDS):
            try:
                # Waiting between attempts goes by the machine's clock: a driven clock may stand still.
                deliver_to(self._node, party, reaching, SystemClock().now)
                told = ""
            except ServandaError as wrong:
                if str(wrong) != told:
                    LOG.warning("outbox", party=self._node.party, peer=party, wrong=str(wrong))
                told = str(wrong)
        reaching.close()


def run_node(home: Path) -> None:
    """Run the node in a folder until it is told to stop (SIGTERM or SIGINT).

    Raises:
        NodeError: there is no node in the folder, or another process listens on its ports.
    """
    node = Node.open(home)
    swept = sweep(node)
    LOG.info(
        "open",
        party=node.party,
        clock=node.clock_name,
        page=f"http://127.0.0.1:{node.config.local_port}/",
        swept=swept,
    )
    stopped = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopped.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    running = Running(node)
    running.start()
    try:
        running.wait(stopped.is_set)
        if not stopped.is_set():
            ports = f"{node.config.peer_port} or {node.config.local_port}"
            raise NodeError(
                f"a listener of {node.party} has ended", hint=f"does another process listen on {ports}?"
            )
    finally:
        running.stop()
        node.close()
        LOG.info("closed", party=node.party)
