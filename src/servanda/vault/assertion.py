"""Assertions: our label bound to its container by a JWS (HS256 with the payload key), as OpenTDF binds.

The JWS signs two claims: `assertionHash`, the SHA-256 in hexadecimal of the assertion without its binding as
canonical JSON (RFC 8785); and `assertionSig`, base64 of all segment hashes one after the other, then that
SHA-256 as bytes. So it holds for these words in this container only, and every OpenTDF client can check it.
Whoever holds the payload key could bind another label: that none did is shown by the container's digest,
which its originator has on record.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

import msgspec

from servanda.errors import ContainerError, FormatError, VaultError
from servanda.formats.canonical import canonical, parse_canonical
from servanda.vault.manifest import Assertion, Binding, Statement, plain

LABEL_ID = "servanda-label"
LABEL_SCHEMA = "urn:servanda:label:1"
_HEADER = {"alg": "HS256", "typ": "JWT"}


def label_text(label: Mapping[str, Any]) -> str:
    """Print a label as canonical JSON.

    Raises:
        VaultError: it holds something that is not JSON, or a floating-point number.
    """
    try:
        return canonical(dict(label)).decode()
    except FormatError as wrong:
        raise VaultError(f"the label cannot be written: {wrong.message}", hint=wrong.hint) from wrong


def label_assertion(text: str, key: bytes, hashes: bytes) -> Assertion:
    """Bind a label to the container with this key and these segment hashes."""
    bare = Assertion(
        id=LABEL_ID,
        type="handling",
        scope="payload",
        applies_to_state="unencrypted",
        statement=Statement(format="json", schema=LABEL_SCHEMA, value=text),
    )
    signature = _sign(_claims(bare, hashes), key)
    return msgspec.structs.replace(bare, binding=Binding(method="jws", signature=signature))


def read_label(assertions: tuple[Assertion, ...], key: bytes, hashes: bytes) -> dict[str, Any]:
    """Return the label after checking that it belongs to this very container.

    Raises:
        ContainerError: there is no label, it was altered, or it was moved from elsewhere.
    """
    for one in assertions:
        if one.id == LABEL_ID:
            signature = _sign(_claims(one, hashes), key)
            given = one.binding.signature if one.binding else ""
            if not hmac.compare_digest(signature.encode(), given.encode()):
                raise ContainerError("the label is not bound to this container")
            return unverified_label(one)
    raise ContainerError("the container has no label")


def unverified_label(assertion: Assertion) -> dict[str, Any]:
    """Return what a label says without checking its binding; for display before a key is had.

    Raises:
        ContainerError: malformed.
    """
    value = assertion.statement.value
    try:
        found = parse_canonical(value.encode()) if isinstance(value, str) else None
    except FormatError as wrong:
        raise ContainerError(f"the label is malformed: {wrong.message}") from wrong
    if not isinstance(found, dict):
        raise ContainerError("the label is not an object")
    return found


def _claims(assertion: Assertion, hashes: bytes) -> dict[str, str]:
    """Return what is signed: the hash of the assertion without its binding, and the context."""
    bare = plain(assertion)
    bare.pop("binding", None)
    try:
        digest = hashlib.sha256(canonical(bare))
    except FormatError as wrong:
        raise ContainerError(f"the label is malformed: {wrong.message}") from wrong
    context = base64.b64encode(hashes + digest.digest()).decode()
    return {"assertionHash": digest.hexdigest(), "assertionSig": context}


def _sign(claims: Mapping[str, str], key: bytes) -> str:
    """Return the compact JWS (RFC 7515) of claims."""
    head = ".".join(_url(canonical(part)) for part in (_HEADER, dict(claims)))
    return f"{head}.{_url(hmac.digest(key, head.encode(), hashlib.sha256))}"


def _url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
