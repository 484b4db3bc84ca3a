"""The life of a licence as its record: what was done about it, by whom, when, and when that was seen.

Nothing here is ever taken back. A record that was wrong is struck or corrected by another, and what was
known before stays computable. Exhausted and expired are no events: they follow.
"""

from __future__ import annotations

from decimal import Decimal
from enum import Enum

import msgspec

from servanda.errors import FormatError
from servanda.model.licence import Change, Licence, dated, name, positive, words
from servanda.model.when import Instant, When


class RedFlag(Enum):
    """Signs of diversion that METI's checks before an application ask about, as far as we have read them.

    The circular on documents to be submitted has nineteen; only these seven are known here.
    """

    END_USER = "existence-of-end-user"
    USE = "use"
    INSTALLATION = "installation"
    ROUTING = "routing"
    PACKING = "packing"
    PAYMENT = "payment"
    INSTALLATION_REFUSED = "refusal-of-installation"


class Found(Enum):
    """What an officer found of a sign."""

    RAISED = "raised"
    NONE = "none"
    UNCLEAR = "unclear"


class Record(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    tag_field="kind",
):
    """What every record of a licence has; `kind` chooses the class."""

    id: str
    licence: str
    officer: str
    done: When
    """When it was done: a day or an instant."""
    seen: Instant
    """When this register learnt it."""
    reason: str = ""
    source: str = ""

    def __post_init__(self) -> None:
        name(self.id, "record")
        name(self.licence, "licence")
        words(self.officer, "officer")
        dated(self.done, "done")
        for what in ("reason", "source"):
            if getattr(self, what):
                words(getattr(self, what), what)


class Drafted(Record, frozen=True, tag="drafted"):
    """The terms were drafted."""

    terms: Licence

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.terms.id != self.licence:
            raise FormatError(f"the terms are of `{self.terms.id}`, the record of `{self.licence}`")


class Issued(Record, frozen=True, tag="issued"):
    """The licence was issued, by somebody who had no hand in the draft."""


class _Reasoned(Record, frozen=True):
    def __post_init__(self) -> None:
        super().__post_init__()
        words(self.reason, "reason")


class Suspended(_Reasoned, frozen=True, tag="suspended"):
    """Nothing may be shipped under it for the time being."""


class Reinstated(Record, frozen=True, tag="reinstated"):
    """A suspension ended."""


class Revoked(_Reasoned, frozen=True, tag="revoked"):
    """The authority took it back."""


class Surrendered(Record, frozen=True, tag="surrendered"):
    """The exporter gave it back."""


class Line(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a shipment holds of one item."""

    item: str
    quantity: Decimal
    unit: str
    value: Decimal | None = None
    currency: str = ""

    def __post_init__(self) -> None:
        name(self.item, "item")
        words(self.unit, "unit")
        positive(self.quantity, f"the quantity of item `{self.item}`")
        if self.value is not None:
            positive(self.value, f"the value of item `{self.item}`")
        if (self.value is None) == bool(self.currency):
            raise FormatError(f"the value of item `{self.item}` needs a currency, and no value needs none")


class Shipped(Record, frozen=True, tag="shipped"):
    """A shipment left under the licence; its `id` is the shipment's."""

    lines: tuple[Line, ...]
    to: str = ""
    """Who gets it; the consignee where left out."""

    def __post_init__(self) -> None:
        super().__post_init__()
        items = [one.item for one in self.lines]
        if not items or len(set(items)) != len(items):
            raise FormatError(f"shipment `{self.id}` names each of its items once, and at least one")


class Consented(Record, frozen=True, tag="consented"):
    """The authority consented to a change beforehand, as far as this says."""

    clause: str
    change: Change
    item: str
    to: str
    quantity: Decimal | None = None
    until: When | None = None
    conditions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        words(self.to, "to")
        if self.quantity is not None:
            positive(self.quantity, "the quantity of the consent")
        if self.until is not None:
            dated(self.until, "until")


class Moved(Record, frozen=True, tag="moved"):
    """Goods of the licence were re-exported, resold, relocated, or put to another use."""

    change: Change
    item: str
    quantity: Decimal
    unit: str
    holder: str
    """Who had them."""
    to: str
    """Who or what place has them now; for a change of use, the new use."""

    def __post_init__(self) -> None:
        super().__post_init__()
        words(self.holder, "holder")
        words(self.to, "to")
        positive(self.quantity, "the quantity")


class Reported(Record, frozen=True, tag="reported"):
    """What an undertaking asked to be reported was; of a delivery, what arrived."""

    clause: str
    shipment: str = ""
    arrived: When | None = None
    received: tuple[Line, ...] = ()
    """What arrived, where that was not all."""


class Answered(Record, frozen=True, tag="answered"):
    """An officer looked for a sign of diversion and said what was found."""

    flag: RedFlag
    found: Found


Plain = (
    Drafted
    | Issued
    | Suspended
    | Reinstated
    | Revoked
    | Surrendered
    | Shipped
    | Consented
    | Moved
    | Reported
    | Answered
)
"""Records of what happened."""


class Struck(Record, frozen=True, tag="struck"):
    """Another record was wrong altogether; whoever knows of this counts it no more."""

    of: str


class Corrected(Record, frozen=True, tag="corrected"):
    """Another record was wrong in part; whoever knows of this reads `record` in its place."""

    of: str
    record: Plain

    def __post_init__(self) -> None:
        super().__post_init__()
        if (self.record.id, self.record.licence) != (self.of, self.licence):
            raise FormatError(f"the correction of `{self.of}` speaks of `{self.record.id}`")


LicenceEvent = Plain | Struck | Corrected


def kind_of(event: LicenceEvent) -> str:
    """Return the word for the kind of a record."""
    return str(event.__struct_config__.tag)
