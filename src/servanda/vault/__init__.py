"""Protected objects: OpenTDF containers. Keys are given only against a decision that permits."""

from __future__ import annotations

from servanda.vault.access import Permit, rewrap, unwrap
from servanda.vault.assertion import LABEL_ID, unverified_label
from servanda.vault.container import Sealed, file_digest, inspect, open_payload, seal, unseal
from servanda.vault.keys import KasPublicKey, PrivateKey
from servanda.vault.manifest import KeyAccess, Manifest, parse_manifest, print_manifest
from servanda.vault.policy import Policy, parse_policy
from servanda.vault.segments import SEGMENT_BYTES

__all__ = [
    "LABEL_ID",
    "SEGMENT_BYTES",
    "KasPublicKey",
    "KeyAccess",
    "Manifest",
    "Permit",
    "Policy",
    "PrivateKey",
    "Sealed",
    "file_digest",
    "inspect",
    "open_payload",
    "parse_manifest",
    "parse_policy",
    "print_manifest",
    "rewrap",
    "seal",
    "unseal",
    "unverified_label",
    "unwrap",
]
