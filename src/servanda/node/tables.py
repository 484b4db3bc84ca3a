"""The tables of a node. Instants are RFC 3339 text in UTC of one width, so that they sort."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

node_tables = MetaData()

META = Table(
    "meta",
    node_tables,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

ACT = Table(
    "act",
    node_tables,
    Column("digest", Text, primary_key=True),
    Column("instrument", Text, nullable=False),
    Column("act_id", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("came_from", Text, nullable=True),
    Column("position", BigInteger, nullable=False),
    UniqueConstraint("instrument", "act_id", name="act_once"),
    Index("act_by_position", "position"),
)
"""Acts recorded here or received, beside those of the catalogue; `body` is the canonical form."""

ITEM = Table(
    "item",
    node_tables,
    Column("object_id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("held_under", Text, nullable=True),
    Column("duties", Text, nullable=False),
    Column("container", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("obtained", Text, nullable=False),
    Column("obtained_from", Text, nullable=True),
    Column("state", Text, nullable=False),
    Column("state_at", Text, nullable=False),
    Column("path", Text, nullable=False, server_default="[]"),
    Index("item_by_time", "obtained"),
)
"""Objects that this party originated or received; `duties` stay with the item for its life.

`path` holds the signed handovers by which it came here from its originator, oldest first.
"""

LINEAGE = Table(
    "lineage",
    node_tables,
    Column("object_id", Text, ForeignKey("item.object_id"), primary_key=True),
    Column("source", Text, primary_key=True),
    Index("lineage_by_source", "source"),
)
"""Which objects went into which, at whatever distance: found by either end."""

RELEASE = Table(
    "release",
    node_tables,
    Column("release_id", Text, primary_key=True),
    Column("object_id", Text, ForeignKey("item.object_id"), nullable=False),
    Column("recipient", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("decision", Text, nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Column("received", Text, nullable=True),
    Column("officer", Text, nullable=False, server_default=""),
    Index("release_by_object", "object_id"),
    Index("release_by_time", "at"),
)
"""Releases from here; `officer` is who decided on it, empty where nobody was named."""

KEY_ACCESS = Table(
    "key_access",
    node_tables,
    Column("object_id", Text, ForeignKey("item.object_id"), primary_key=True),
    Column("asker", Text, primary_key=True),
    Column("person", Text, primary_key=True),
    Column("path", Text, nullable=False),
    Column("given", Text, nullable=False),
    Index("key_access_by_time", "given"),
)
"""To whom keys were given, the last time; `path` are the parties from the originator to the asker."""

STANDING = Table(
    "standing",
    node_tables,
    Column("kind", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("outcome", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("position", BigInteger, nullable=False),
)
"""What became of a flow, an item or a key access since it was permitted; no row: it still is."""

OUTBOX = Table(
    "outbox",
    node_tables,
    Column("recipient", Text, primary_key=True),
    Column("sequence", BigInteger, primary_key=True, autoincrement=False),
    Column("envelope_id", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("wire", LargeBinary, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_try", Text, nullable=False),
    Column("last_error", Text, nullable=True),
    Column("receipt", LargeBinary, nullable=True),
    Index("outbox_by_state", "state", "next_try"),
    Index("outbox_waiting", "recipient", "state", "sequence"),
)

INBOX = Table(
    "inbox",
    node_tables,
    Column("sender", Text, primary_key=True),
    Column("sequence", BigInteger, primary_key=True, autoincrement=False),
    Column("envelope_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("wire", LargeBinary, nullable=False),
    Column("received", Text, nullable=False),
    Column("receipt", LargeBinary, nullable=False),
)

COPY = Table(
    "copy",
    node_tables,
    Column("object_id", Text, ForeignKey("item.object_id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("for_whom", Text, nullable=False),
    Column("made", Text, nullable=False),
    Column("destroyed", Text, nullable=True),
)

PEER_STATUS = Table(
    "peer_status",
    node_tables,
    Column("instrument", Text, primary_key=True),
    Column("party", Text, primary_key=True),
    Column("report", Text, nullable=False),
    Column("received", Text, nullable=False),
)
"""The status that a peer's node last reported: two nodes that differ are a status of their own."""

PEER_CHECKPOINT = Table(
    "peer_checkpoint",
    node_tables,
    Column("party", Text, primary_key=True),
    Column("size", BigInteger, primary_key=True, autoincrement=False),
    Column("note", Text, nullable=False),
)
"""Checkpoints of peers' registers as they came with receipts: a rewriting there would show here."""

LICENCE_EVENT = Table(
    "licence_event",
    node_tables,
    Column("licence", Text, primary_key=True),
    Column("event_id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("shipment", Text, nullable=True),
    Column("body", LargeBinary, nullable=False),
    Column("position", BigInteger, nullable=False),
    UniqueConstraint("shipment", name="shipment_once"),
    Index("licence_event_by_position", "licence", "position"),
)
"""What was done about licences, in the order of the register; no two shipments of a node have one id."""

LIST_COPY = Table(
    "list_copy",
    node_tables,
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("digest", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("sort", Text, nullable=False),
    Column("latest", Text, nullable=True),
    Column("parties", BigInteger, nullable=False),
    Column("added", Text, nullable=False),
    Column("officer", Text, nullable=False),
    Column("files", Text, nullable=False),
    UniqueConstraint("code", "digest", name="list_copy_once"),
)
"""Copies of lists, in the order in which they came; `files` are names and SHA-256 of what lies in `lists`."""

SCREENING_DECISION = Table(
    "screening_decision",
    node_tables,
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("pair", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("officer", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("record", Text, nullable=False),
    Column("blocked", Integer, nullable=False),
    Column("at", Text, nullable=False),
    Column("salt", Text, nullable=False),
    Column("asked", Text, nullable=False),
    Index("screening_by_pair", "pair", "position"),
)
"""What officers decided on hits. The register has only a salted digest of the name asked about and of why."""

SCREENING_COUNTERSIGN = Table(
    "screening_countersign",
    node_tables,
    Column("decision", BigInteger, ForeignKey("screening_decision.position"), primary_key=True),
    Column("officer", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("position", BigInteger, nullable=False),
)
"""The second officer of a decision; a decision has one at most."""
