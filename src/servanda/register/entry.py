"""Entries: what a leaf of the register says, in its one canonical form (RFC 8785)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from servanda.errors import FormatError
from servanda.formats.canonical import canonical, parse_canonical

MOST_BYTES = 65_535
"""C2SP tlog-tiles writes the length of an entry in sixteen bits."""

FORMAT = "servanda/entry@1"
_MEMBERS = {"at", "body", "format", "kind"}
_AT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z")


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
    LICENCE = "licence"
    SHIPMENT = "shipment"
    LIST = "list"
    SCREENING = "screening"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its kind, the instant (RFC 3339, UTC, `Z`) and a JSON object without floats.

    Wire form: canonical JSON of {"at", "body", "format", "kind"}, at most 65,535 bytes.
    """

    kind: EntryKind
    at: str
    body: Mapping[str, Any]

    def __bytes__(self) -> bytes:
        # What cannot be read back must never be appended: it could not be taken out again.
        _check_instant(self.at)
        plain = {"format": FORMAT, "kind": self.kind.value, "at": self.at, "body": dict(self.body)}
        try:
            data = canonical(plain)
        except RecursionError as wrong:
            raise FormatError(f"an entry of kind {self.kind.value} is nested too deep") from wrong
        if len(data) > MOST_BYTES:
            raise FormatError(f"an entry of {len(data)} bytes is longer than {MOST_BYTES}")
        return data


def parse_entry(data: bytes) -> Entry:
    """Read an entry; the inverse of `bytes`.

    Raises:
        FormatError: malformed, too long, of an unknown kind or format, or not canonical.
    """
    try:
        plain = parse_canonical(data, MOST_BYTES)
    except RecursionError as wrong:
        raise FormatError("not an entry: nested too deep") from wrong
    if not isinstance(plain, dict) or plain.keys() != _MEMBERS:
        raise FormatError(f"not an entry: its members are not {', '.join(sorted(_MEMBERS))}")
    if plain["format"] != FORMAT:
        raise FormatError(f"not an entry: its format is not `{FORMAT}`")
    if not isinstance(plain["body"], dict) or not isinstance(plain["at"], str):
        raise FormatError("not an entry: its body is not an object, or its instant not text")
    _check_instant(plain["at"])
    try:
        kind = EntryKind(plain["kind"])
    except ValueError as wrong:
        raise FormatError(f"not an entry: `{str(plain['kind'])[:40]}` is not a kind") from wrong
    return Entry(kind, plain["at"], plain["body"])


def _check_instant(at: str) -> None:
    hint = "write 2019-11-22T09:00:00Z"
    if not _AT.fullmatch(at):
        raise FormatError(f"`{at[:40]}` is not an instant in UTC", hint=hint)
    try:
        datetime.fromisoformat(at)
    except ValueError as wrong:
        raise FormatError(f"`{at[:40]}` is not an instant: {wrong}", hint=hint) from wrong
