"""What every clause has, whatever its kind."""

from __future__ import annotations

import msgspec


class Provision(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One rule of a text at its address; `kind` in the file chooses the class.

    `gist`, `says`, `source`, `confirmed` and `note` are ours: they tell where the rule was read and
    take no part in the hash of the text.
    """

    gist: str = ""
    """What the provision says, in our own words."""
    says: str = ""
    """Words of the provision, quoted."""
    source: str = ""
    """Where it was read."""
    confirmed: bool = True
    """False where only memory supports it; shown as such with every answer that rests on it."""
    note: str = ""


PROVENANCE: frozenset[str] = frozenset({"gist", "says", "source", "confirmed", "note"})
"""Field names that are about our reading of a text and not part of it."""
