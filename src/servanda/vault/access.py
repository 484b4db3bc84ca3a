"""The key access service: gives a key only against a decision that permits, at that instant.

Pure but for cryptography: the node asks the law, and hands the decision in. What is wrong with a share is
told in one and the same way, so that nobody learns anything by trying.
"""

from __future__ import annotations

import base64
from typing import Protocol

from servanda.errors import ContainerError, KeyAccessError, RefusedError
from servanda.vault.keys import PrivateKey, load_public, wrap
from servanda.vault.manifest import KeyAccess
from servanda.vault.policy import check_binding, parse_policy
from servanda.vault.segments import KEY_BYTES

_MOST_WRAPPED = 4096


class Permit(Protocol):
    """What a decision must show: its outcome as a word, and of which object and recipient it speaks."""

    @property
    def outcome(self) -> str:
        """`permit`, `deny` or `undetermined`."""

    @property
    def object_id(self) -> str:
        """The object that the decision is about."""

    @property
    def recipient(self) -> str:
        """The party that may have it."""


def rewrap(
    service: PrivateKey, access: KeyAccess, policy: str, session_pem: str, permit: Permit, asker: str
) -> str:
    """Return the key share wrapped for the asker's session key, as base64.

    The policy's binding is recomputed with the share and compared in constant time.

    Raises:
        RefusedError: the decision is no permit, or not about this object and this asker.
        KeyAccessError: the request is malformed, the share is not ours, or the policy is not the one that
            it was bound to.
    """
    if permit.outcome != "permit":
        raise RefusedError(f"no key: the decision is {permit.outcome}")
    try:
        object_id = parse_policy(policy).uuid
    except ContainerError as wrong:
        raise KeyAccessError(wrong.message) from wrong
    if permit.object_id != object_id or permit.recipient != asker:
        raise RefusedError("no key: the decision is about another object or recipient")
    if access.type != "wrapped" or access.binding().alg != "HS256":
        raise KeyAccessError("the key share is wrapped in a way that is not read here")
    load_public(session_pem)
    return base64.b64encode(wrap(session_pem, _share(service, access, policy))).decode()


def _share(service: PrivateKey, access: KeyAccess, policy: str) -> bytes:
    try:
        share = service.unwrap(access.wrapped()[:_MOST_WRAPPED])
        check_binding(share, policy, access.binding().hash)
    except (KeyAccessError, ContainerError):
        share = b""
    if len(share) != KEY_BYTES:
        # raised outside the handler: a chained cause would tell which of the checks failed
        raise KeyAccessError("the key share is not bound to this policy and this key access service")
    return share


def unwrap(session: PrivateKey, wrapped: str) -> bytes:
    """Return the payload key that a key access service sent to our session key.

    Raises:
        KeyAccessError: malformed, or not for this session.
    """
    try:
        data = base64.b64decode(wrapped, validate=True)
    except ValueError as wrong:
        raise KeyAccessError("the answer of the key access service is malformed") from wrong
    key = session.unwrap(data)
    if len(key) != KEY_BYTES:
        raise KeyAccessError("the payload key is not of the right length")
    return key
