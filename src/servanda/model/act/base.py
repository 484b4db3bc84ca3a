"""What every act has."""

from __future__ import annotations

import msgspec

from servanda.model.when import Instant, When


class Condition(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """On what an act depends by its author's own words: `while another instrument runs`.

    It holds while `instrument` works, or is under way and nobody has halted it; with `stages` only while it
    stands at one of them. When it ceases to hold nothing follows by itself: the author may act.
    """

    instrument: str
    says: str
    stages: tuple[str, ...] = ()


class Deed(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    tag_field="kind",
):
    """What every act has; `kind` in the file chooses the class."""

    id: str
    by: tuple[str, ...]
    done: When
    """When it happened in law: receipt, not dispatch and not announcement (VCLT 78(b))."""
    seen: Instant
    """When this register, or for the past the public, learnt it."""
    package: str = ""
    """The package of acts on several instruments that this one is part of."""
    condition: Condition | None = msgspec.field(default=None, name="while")
    via: str = ""
    source: str = ""
    confirmed: bool = True
    note: str = ""
