"""The policy of a protected object: its id and its attributes, as OpenTDF writes them."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from dataclasses import dataclass

import msgspec

from servanda.errors import ContainerError, KeyAccessError
from servanda.vault.once import refuse_twice

MOST_BYTES = 1 << 20


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


class _Attribute(msgspec.Struct, frozen=True):
    attribute: str


class _Body(msgspec.Struct, frozen=True, rename="camel"):
    data_attributes: tuple[_Attribute, ...] | None = None
    dissem: tuple[str, ...] | None = None


class _Wire(msgspec.Struct, frozen=True):
    uuid: str
    body: _Body


def parse_policy(encoded: str) -> Policy:
    """Read a policy; the inverse of `encoded`. Lists that are null, as some clients write, are empty.

    Raises:
        ContainerError: malformed, too long, without an id, or a name twice in one object.
    """
    if len(encoded) > MOST_BYTES:
        raise ContainerError(f"the policy is longer than {MOST_BYTES} bytes")
    try:
        data = base64.b64decode(encoded, validate=True)
        refuse_twice(data, "the policy")
        wire = msgspec.json.decode(data, type=_Wire)
    except (ValueError, binascii.Error, RecursionError, msgspec.MsgspecError) as wrong:
        raise ContainerError(f"the policy is malformed: {wrong}") from wrong
    if not wire.uuid:
        raise ContainerError("the policy has no id")
    attributes = tuple(one.attribute for one in wire.body.data_attributes or ())
    return Policy(wire.uuid, attributes, wire.body.dissem or ())


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
        given = b""  # no digest is empty: refused below, with the same words and in the same time
    as_hex = hmac.compare_digest(given, mac.hexdigest().encode())
    as_raw = hmac.compare_digest(given, mac.digest())
    if not (as_hex or as_raw):
        raise KeyAccessError("the policy is not bound to this key")
