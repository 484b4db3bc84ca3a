"""Clauses of a procedure: its stages, the steps that lead through them, and the limits that run."""

from __future__ import annotations

from enum import Enum

import msgspec

from servanda.model.clauses.provision import Provision
from servanda.model.when import Duration


class Stage(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Where a proceeding can stand; a final stage is its end, any other has a way out.

    `suspended` says that nothing goes on there. `stuck` tells why no step leaves it in practice although the
    text has some.
    """

    final: bool = False
    suspended: bool = False
    stuck: str = ""


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What somebody may do in a proceeding.

    `by` are roles, any of which may take it, or all only `together`. `at` are the stages at which it may be
    taken; left out, any stage that is not final. `to` is the stage that it leads to; left out, it leaves the
    stage as it is. `begins` marks a step that opens the proceeding; one that
    `returns` leads back to the stage before.
    """

    name: str
    by: tuple[str, ...]
    at: tuple[str, ...] = ()
    to: str = ""
    together: bool = False
    begins: bool = False
    returns: bool = False

    def __post_init__(self) -> None:
        if self.to and self.returns:
            raise ValueError(f"step `{self.name}` leads `to` a stage or `returns` to the last, not both")


class Bound(Enum):
    """What a limit bounds."""

    LATEST = "latest"
    """The last day on which its step is in time."""
    EARLIEST = "earliest"
    """The day before which the steps that it opens may not be taken."""
    TARGET = "target"
    """A day that the text aims at; nothing follows when it passes."""


class Limit(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A period that runs in a proceeding, and what follows when it has passed.

    It runs `after` the day of the step, the entry into the stage, or the end of the limit that `counts_from`
    names (of one name a step comes first, then a stage); with `named` from the date that the step itself
    fixes, and then `before` counts back from it. `binds` are the roles that must meet it by one of `met_by`,
    each for itself. When it has passed unmet, `opens` lists the steps that may be taken from then on, and
    `leads_to` the stage that follows by itself. A step in `unless` opens what it opens early; a step in
    `moved_by` fixes another last day. `waits_at` are stages during which it does not run; `only_at` those at
    which alone it is live; it is live only once one of `if_taken` was taken.
    """

    name: str
    bound: Bound
    counts_from: str
    after: Duration | None = None
    before: Duration | None = None
    named: bool = False
    binds: tuple[str, ...] = ()
    met_by: tuple[str, ...] = ()
    opens: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    leads_to: str = ""
    moved_by: tuple[str, ...] = ()
    waits_at: tuple[str, ...] = ()
    only_at: tuple[str, ...] = ()
    if_taken: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.after is not None and self.before is not None:
            raise ValueError(f"limit `{self.name}` counts `after` or `before`, not both")
        if not self.named and self.after is None:
            raise ValueError(f"limit `{self.name}` needs `after`, or a date that its step names")
        if self.bound is Bound.EARLIEST and (not self.opens or self.leads_to or self.met_by):
            raise ValueError(f"limit `{self.name}` of bound earliest says what it `opens`, and nothing else")
        if self.bound is Bound.TARGET and (self.opens or self.leads_to):
            raise ValueError(f"target `{self.name}` neither `opens` nor `leads_to` anything")


class Procedure(Provision, frozen=True, tag_field="kind", tag="procedure"):
    """What an article says of how a proceeding goes: its stages, steps and limits."""

    stages: dict[str, Stage] = msgspec.field(default_factory=dict)
    steps: tuple[Step, ...] = ()
    limits: tuple[Limit, ...] = ()


class Proceeding(Provision, frozen=True, tag_field="kind", tag="proceeding"):
    """This instrument is a proceeding: the instrument whose procedure it follows, and who has which role."""

    follows: str
    roles: dict[str, tuple[str, ...]]
