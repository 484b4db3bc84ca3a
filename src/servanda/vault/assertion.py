"""Assertions: our label bound to its container by a JWS (HS256 with the payload key)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

import rfc8785

from servanda.errors import ContainerError
from servanda.vault.manifest import Assertion, Binding, Statement, decode, plain

LABEL_ID = "servanda-label"
LABEL_SCHEMA = "urn:servanda:label:1"
_HEADER = {"alg": "HS256", "typ": "JWT"}


def label_assertion(label: Mapping[str, Any], key: bytes, root: bytes) -> Assertion:
    """Return the label as an assertion bound to the container with this key and root signature."""
    value = bytes(rfc8785.dumps(dict(label))).decode()
    bare = Assertion(
        id=LABEL_ID,
        type="handling",
        scope="payload",
        statement=Statement(format="json", schema=LABEL_SCHEMA, value=value),
        binding=Binding(method="jws", signature=""),
    )
    return Assertion(
        id=bare.id,
        type=bare.type,
        scope=bare.scope,
        statement=bare.statement,
        binding=Binding(method="jws", signature=_sign(_claims(bare, root), key)),
    )


def read_label(assertions: tuple[Assertion, ...], key: bytes, root: bytes) -> dict[str, Any]:
    """Return the label after checking that it belongs to this very container.

    Raises:
        ContainerError: there is no label, it was altered, or it was moved from elsewhere.
    """
    for one in assertions:
        if one.id == LABEL_ID:
            signature = _sign(_claims(one, root), key)
            if not hmac.compare_digest(signature.encode(), one.binding.signature.encode()):
                raise ContainerError("the label is not bound to this container")
            return unverified_label(one)
    raise ContainerError("the container has no label")


def unverified_label(assertion: Assertion) -> dict[str, Any]:
    """Return what a label says without checking its binding; for display before a key is had.

    Raises:
        ContainerError: malformed.
    """
    try:
        found = json.loads(assertion.statement.value)
    except (ValueError, RecursionError) as wrong:
        raise ContainerError("the label is not JSON") from wrong
    if not isinstance(found, dict):
        raise ContainerError("the label is not an object")
    return found


def _claims(assertion: Assertion, root: bytes) -> dict[str, str]:
    """Return what is signed: the hash of the assertion without its binding, and the context."""
    bare = plain(assertion)
    bare.pop("binding", None)
    digest = hashlib.sha256(bytes(rfc8785.dumps(bare))).hexdigest()
    context = base64.b64encode(root + digest.encode()).decode()
    return {"assertionHash": digest, "assertionSig": context}


def _sign(claims: Mapping[str, str], key: bytes) -> str:
    head = ".".join(_url(bytes(rfc8785.dumps(dict(part)))) for part in (_HEADER, claims))
    return f"{head}.{_url(hmac.new(key, head.encode(), hashlib.sha256).digest())}"


def _url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def root_of(signature: str) -> bytes:
    """Return the bytes of a root signature.

    Raises:
        ContainerError: not base64.
    """
    return decode(signature, "rootSignature.sig")
