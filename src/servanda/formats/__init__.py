"""Bytes to words and back, nothing else: TOML for people, canonical JSON (RFC 8785) for signatures."""

from __future__ import annotations

from servanda.formats.acts import read_act, read_acts
from servanda.formats.canonical import canonical, digest, parse_canonical
from servanda.formats.catalogue import read_catalogue
from servanda.formats.documents import read_conventions, read_parties, read_text
from servanda.formats.when import parse_duration, parse_instant, parse_when
from servanda.formats.words import act_bytes, act_from_bytes, text_digest

__all__ = [
    "act_bytes",
    "act_from_bytes",
    "canonical",
    "digest",
    "parse_canonical",
    "parse_duration",
    "parse_instant",
    "parse_when",
    "read_act",
    "read_acts",
    "read_catalogue",
    "read_conventions",
    "read_parties",
    "read_text",
    "text_digest",
]
