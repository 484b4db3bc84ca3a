"""The memory that cannot be altered unnoticed: a Merkle log with signed checkpoints. Knows bytes only."""

from __future__ import annotations

from servanda.register.audit import Audit, audit
from servanda.register.checkpoint import Checkpoint, parse_checkpoint, read_checkpoint
from servanda.register.entry import Entry, EntryKind, parse_entry
from servanda.register.note import Note, Verifier, parse_note, parse_verifier, sign, verify
from servanda.register.store import Log, Register, register_tables
from servanda.register.verify import verify_consistency, verify_inclusion

__all__ = [
    "Audit",
    "Checkpoint",
    "Entry",
    "EntryKind",
    "Log",
    "Note",
    "Register",
    "Verifier",
    "audit",
    "parse_checkpoint",
    "parse_entry",
    "parse_note",
    "parse_verifier",
    "read_checkpoint",
    "register_tables",
    "sign",
    "verify",
    "verify_consistency",
    "verify_inclusion",
]
