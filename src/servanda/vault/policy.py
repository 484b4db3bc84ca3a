"""The policy of a protected object: its id and its attributes, as OpenTDF writes them."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from dataclasses import dataclass

from servanda.errors import ContainerError, KeyAccessError


@dataclass(frozen=True, slots=True)
class Policy:
    """The object's id, its attributes as fully qualified names, and to whom it is addressed.

    Wire form: base64 of {"uuid", "body": {"dataAttributes": [{"attribute"}], "dissem": []}}.
    """

    uuid: str
    attributes: tuple[str, ...] = ()
    dissem: tuple[str, ...] = ()

    def encoded(self) -> str:
        """Print to base64, the form that the binding covers."""
        body = {
            "dataAttributes": [{"attribute": name} for name in self.attributes],
            "dissem": list(self.dissem),
        }
        plain = {"uuid": self.uuid, "body": body}
        return base64.b64encode(json.dumps(plain, sort_keys=True).encode()).decode()


def parse_policy(encoded: str) -> Policy:
    """Read a policy; the inverse of `encoded`.

    Raises:
        ContainerError: malformed.
    """
    try:
        plain = json.loads(base64.b64decode(encoded, validate=True))
        body = plain["body"]
        return Policy(
            str(plain["uuid"]),
            tuple(str(one["attribute"]) for one in body.get("dataAttributes") or ()),
            tuple(map(str, body.get("dissem") or ())),
        )
    except (ValueError, KeyError, TypeError, AttributeError, binascii.Error, RecursionError) as wrong:
        raise ContainerError(f"the policy is malformed: {wrong}") from wrong


def bind(share: bytes, encoded: str) -> str:
    """Return the binding of a policy to a key share: base64 of the hex HMAC-SHA256."""
    mac = hmac.new(share, encoded.encode(), hashlib.sha256).hexdigest()
    return base64.b64encode(mac.encode()).decode()


def check_binding(share: bytes, encoded: str, binding: str) -> None:
    """Check that a policy is the one that the key share was bound to, in constant time.

    Older and newer containers write the digest as hex or raw; both are read.

    Raises:
        KeyAccessError: it is another policy, or another key.
    """
    mac = hmac.new(share, encoded.encode(), hashlib.sha256)
    try:
        given = base64.b64decode(binding, validate=True)
    except (ValueError, binascii.Error):
        given = b""
    as_hex = hmac.compare_digest(given, mac.hexdigest().encode())
    as_raw = hmac.compare_digest(given, mac.digest())
    if not (as_hex or as_raw):
        raise KeyAccessError("the policy is not bound to this key")
