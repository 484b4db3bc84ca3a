"""What every act has."""

from __future__ import annotations

import msgspec

from servanda.model.when import Instant, When


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
    via: str = ""
    source: str = ""
    confirmed: bool = True
    note: str = ""
