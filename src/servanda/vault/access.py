"""The key access service: gives a key only against a decision that permits, at that instant.

Pure but for cryptography: the node asks the law, and hands the decision in.
"""

from __future__ import annotations

import base64
from typing import Protocol

from servanda.errors import KeyAccessError, RefusedError
from servanda.vault.container import KEY_BYTES
from servanda.vault.keys import PrivateKey, wrap
from servanda.vault.manifest import KeyAccess
from servanda.vault.policy import check_binding, parse_policy


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

    Raises:
        RefusedError: the decision is no permit, or not about this object and this asker.
        KeyAccessError: the share is not ours, or the policy is not the one it was bound to.
    """
    if permit.outcome != "permit":
        raise RefusedError(f"no key: the decision is {permit.outcome}")
    if permit.object_id != parse_policy(policy).uuid or permit.recipient != asker:
        raise RefusedError("no key: the decision is about another object or recipient")
    if access.type != "wrapped" or access.policy_binding.alg != "HS256":
        raise KeyAccessError("the key share is wrapped in a way that is not read here")
    share = service.unwrap(access.wrapped())
    if len(share) != KEY_BYTES:
        raise KeyAccessError("the key share is not of the right length")
    check_binding(share, policy, access.policy_binding.hash)
    return base64.b64encode(wrap(session_pem, share)).decode()


def unwrap(session: PrivateKey, wrapped: str) -> bytes:
    """Return the payload key that a key access service sent to our session key.

    Raises:
        KeyAccessError: it is not for this session.
    """
    try:
        data = base64.b64decode(wrapped, validate=True)
    except ValueError as wrong:
        raise KeyAccessError("the answer of the key access service is malformed") from wrong
    key = session.unwrap(data)
    if len(key) != KEY_BYTES:
        raise KeyAccessError("the payload key is not of the right length")
    return key
