"""Entries: what a leaf of the register says, in its one canonical form (RFC 8785)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

import rfc8785

from servanda.errors import FormatError

MOST_BYTES = 65_535
"""C2SP tlog-tiles writes the length of an entry in sixteen bits."""

FORMAT = "servanda/entry@1"
_AT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z")


class EntryKind(Enum):
    """The closed list of what a register records."""

    ACT = "act"
    RELEASE = "release"
    RECEIPT = "receipt"
    RECEIVED = "received"
    KEY_ACCESS = "key-access"
    REFUSAL = "refusal"
    OPENED = "opened"
    COPY = "copy"
    DESTRUCTION = "destruction"
    COMPROMISE = "compromise"
    RECALL = "recall"
    STATEMENT = "statement"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its kind, the instant (RFC 3339, UTC, `Z`) and a JSON object.

    Wire form: canonical JSON of {"at", "body", "format", "kind"}.
    """

    kind: EntryKind
    at: str
    body: Mapping[str, Any]

    def __bytes__(self) -> bytes:
        plain = {"format": FORMAT, "kind": self.kind.value, "at": self.at, "body": dict(self.body)}
        try:
            data = bytes(rfc8785.dumps(plain))
        except (rfc8785.CanonicalizationError, RecursionError) as wrong:
            raise FormatError(f"an entry of kind {self.kind.value} is not JSON: {wrong}") from wrong
        if len(data) > MOST_BYTES:
            raise FormatError(f"an entry of {len(data)} bytes is longer than {MOST_BYTES}")
        return data


def parse_entry(data: bytes) -> Entry:
    """Read an entry; the inverse of `bytes`.

    Raises:
        FormatError: malformed, of an unknown kind, or not canonical.
    """
    if len(data) > MOST_BYTES:
        raise FormatError(f"an entry of {len(data)} bytes is longer than {MOST_BYTES}")
    try:
        plain = json.loads(data)
        entry = Entry(EntryKind(plain["kind"]), plain["at"], plain["body"])
        if not isinstance(entry.body, dict) or not _AT.fullmatch(entry.at):
            raise FormatError("not an entry: its instant or body is malformed")
        canonical = bytes(entry) == data
    except (ValueError, KeyError, TypeError, RecursionError) as wrong:
        raise FormatError(f"not an entry: {wrong}") from wrong
    if not canonical:
        raise FormatError("not an entry: not in canonical form")
    return entry
