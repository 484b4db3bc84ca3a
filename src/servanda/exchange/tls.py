"""Mutual TLS 1.3 between nodes, with the authority pinned; the signature stays the evidence."""

from __future__ import annotations

import re
import ssl
from pathlib import Path

from servanda.errors import NodeError

_DOMAIN = "party.servanda.invalid"
_CODE = re.compile(r"[A-Z0-9](?:[A-Z0-9-]{0,61}[A-Z0-9])?")
_LABEL = 60
"""Characters in one label of a name; a multiple of two, and under the 63 of RFC 1035."""
_MOST_NAME = 64
"""Bytes of a party's name: no common name in a certificate is longer (RFC 5280)."""


def party_host(party: str) -> str:
    """Return the name that a party's certificate bears, whatever machine its node runs on.

    The client asks for this name, so that another party's node, though of the same authority, is not
    taken for it. No two parties have one name: a code in capitals stands as it is, any other name is
    spelled out in hexadecimal.

    Raises:
        NodeError: the party's name is empty or too long.
    """
    if _CODE.fullmatch(party):
        return f"{party.lower()}.{_DOMAIN}"
    spelled = party.encode(errors="surrogatepass").hex()
    if not 0 < len(spelled) <= 2 * _MOST_NAME:
        raise NodeError(f"`{party[:80]}` cannot stand in a certificate", hint="take 1 to 64 letters")
    labels = [spelled[at : at + _LABEL] for at in range(0, len(spelled), _LABEL)]
    return ".".join([*labels, "spelled", _DOMAIN])


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
    except (OSError, ValueError) as wrong:  # an SSLError is an OSError
        raise NodeError(
            f"the certificates in `{certificate.parent}` cannot be used: {wrong}",
            hint="make them anew with `servanda node init`",
        ) from wrong
    return context
