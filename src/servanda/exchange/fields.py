"""The fields that messages have in common, held to one form each."""

from __future__ import annotations

import re

from servanda.errors import FormatError
from servanda.formats.when import parse_instant

_DIGEST = re.compile(r"[0-9a-f]{64}")
_ID = re.compile(r"[0-9A-Za-z-]{1,64}")
_UTC = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z", re.ASCII)


def require_digest(text: str, what: str) -> None:
    """Hold a field to a SHA-256 of 64 small hexadecimal digits.

    Raises:
        FormatError: it is something else.
    """
    if not _DIGEST.fullmatch(text):
        raise FormatError(f"{what} `{text[:80]}` is not a SHA-256 in hexadecimal")


def require_id(text: str, what: str) -> None:
    """Hold a field to an identifier: 1 to 64 ASCII letters, digits and hyphens (a UUID is one).

    Raises:
        FormatError: it is something else.
    """
    if not _ID.fullmatch(text):
        raise FormatError(f"{what} `{text[:80]}` is not an identifier")


def require_utc(text: str, what: str) -> None:
    """Hold a field to an RFC 3339 instant in UTC, with a `Z`.

    Raises:
        FormatError: it is something else, or an instant that does not exist.
    """
    if not _UTC.fullmatch(text):
        raise FormatError(f"{what} `{text[:80]}` is not an instant in UTC", hint="write 2019-11-22T15:00:00Z")
    parse_instant(text)
