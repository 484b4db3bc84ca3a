"""The way to the peers' nodes: one kept connection each, over mutual TLS 1.3."""

from __future__ import annotations

from servanda.exchange import HttpsPeer, Peer, client_context, server_context
from servanda.node.house import Node

__all__ = ["Reaching", "server_context"]


class Reaching:
    """Connections of a node to its peers; opened when needed, kept, closed together."""

    def __init__(self, node: Node) -> None:
        keys = node.home / "keys"
        self._node = node
        self._context = client_context(keys / "tls.pem", keys / "tls.key", keys / "ca.pem")
        # Owned here alone: one connection a peer.
        self._open: dict[str, HttpsPeer] = {}

    def __call__(self, party: str) -> Peer:
        """Return the way to a party's node.

        Raises:
            NodeError: there is no such peer.
        """
        if party not in self._open:
            peer = self._node.config.peer(party)
            self._open[party] = HttpsPeer(party, peer.url, self._context)
        return self._open[party]

    def close(self) -> None:
        """Close every connection."""
        for peer in self._open.values():
            peer.close()
        self._open.clear()
