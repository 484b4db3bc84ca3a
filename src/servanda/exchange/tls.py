"""Mutual TLS 1.3 between nodes, with the authority pinned; the signature stays the evidence."""

from __future__ import annotations

import ssl
from pathlib import Path

from servanda.errors import NodeError


def party_host(party: str) -> str:
    """Return the name that a party's certificate bears, whatever machine its node runs on.

    The client asks for this name, so that another party's node, though of the same authority, is not
    taken for it.
    """
    return f"{party.lower()}.party.servanda.invalid"


def server_context(certificate: Path, key: Path, authority: Path) -> ssl.SSLContext:
    """Return the listener's context: TLS 1.3 alone, and a client certificate of the authority.

    Raises:
        NodeError: a file cannot be read.
    """
    return _context(ssl.PROTOCOL_TLS_SERVER, certificate, key, authority)


def client_context(certificate: Path, key: Path, authority: Path) -> ssl.SSLContext:
    """Return the client's context: TLS 1.3 alone, the host name checked, the authority pinned.

    Raises:
        NodeError: a file cannot be read.
    """
    context = _context(ssl.PROTOCOL_TLS_CLIENT, certificate, key, authority)
    context.check_hostname = True
    return context


def _context(protocol: int, certificate: Path, key: Path, authority: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(protocol)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.verify_mode = ssl.CERT_REQUIRED
    try:
        context.load_cert_chain(certificate, key)
        context.load_verify_locations(authority)
    except (OSError, ssl.SSLError) as wrong:
        raise NodeError(
            f"the certificates in `{certificate.parent}` cannot be used: {wrong}",
            hint="make them anew with `servanda node init`",
        ) from wrong
    return context
