"""The memory that cannot be altered unnoticed: a Merkle log with signed checkpoints. Knows bytes only."""

from __future__ import annotations

from servanda.register.audit import Audit, audit
from servanda.register.checkpoint import Checkpoint, parse_checkpoint, read_checkpoint
from servanda.register.entry import Entry, EntryKind, parse_entry
from servanda.register.hashing import EMPTY_ROOT, leaf_hash, node_hash
from servanda.register.log import Register
from servanda.register.memory import MemoryLog
from servanda.register.note import (
    Note,
    Signature,
    Verifier,
    parse_note,
    parse_verifier,
    sign,
    verifier_of,
    verify_note,
)
from servanda.register.proof_file import ProofFile, parse_proof, prove, verify_proof
from servanda.register.store import Log, register_tables
from servanda.register.verify import verify_consistency, verify_inclusion

__all__ = [
    "EMPTY_ROOT",
    "Audit",
    "Checkpoint",
    "Entry",
    "EntryKind",
    "Log",
    "MemoryLog",
    "Note",
    "ProofFile",
    "Register",
    "Signature",
    "Verifier",
    "audit",
    "leaf_hash",
    "node_hash",
    "parse_checkpoint",
    "parse_entry",
    "parse_note",
    "parse_proof",
    "parse_verifier",
    "prove",
    "read_checkpoint",
    "register_tables",
    "sign",
    "verifier_of",
    "verify_consistency",
    "verify_inclusion",
    "verify_note",
    "verify_proof",
]
