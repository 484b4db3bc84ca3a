"""Acts of an originator about its information: consent, recall, regrading."""

from __future__ import annotations

from servanda.model.act.base import Deed
from servanda.model.label import Caveat
from servanda.model.when import When


class Consent(Deed, frozen=True, tag="consent"):
    """An originator agrees that a holder may pass its information on; empty tuples do not limit.

    `rests_on` names instruments that must be in force for the consent to work. `conditions` bind whoever
    receives under it, and become duties of the item.
    """

    recipients: tuple[str, ...]
    holders: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    markings: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    expires: When | None = None
    rests_on: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()


class WithdrawConsent(Deed, frozen=True, tag="withdraw-consent"):
    """A consent is withdrawn for what has not yet passed."""

    of: str


class Recall(Deed, frozen=True, tag="recall"):
    """An originator calls items back: no further release and no further key access.

    `parties` are those that may have it no more; empty means all but the originator.
    """

    objects: tuple[str, ...]
    parties: tuple[str, ...] = ()


class Regrade(Deed, frozen=True, tag="regrade"):
    """An originator marks its own information anew: in `objects`, and in whatever derives from them.

    What is None stays as it was; `caveats` and `topics` replace all that were. For an extract or a
    sanitised version, `objects` name the new object, `extract_of` the one that it was made from, and only
    that source's part of the new object changes. `frees` says that nothing of the originator is left in it.
    """

    objects: tuple[str, ...]
    marking: str | None = None
    topics: tuple[str, ...] | None = None
    caveats: tuple[Caveat, ...] | None = None
    extract_of: str = ""
    frees: bool = False
