"""Acts in a proceeding: steps, meetings, halts by conduct, undertakings and what was done of them."""

from __future__ import annotations

from servanda.model.act.base import Deed
from servanda.model.when import When


class TakeStep(Deed, frozen=True, tag="take-step"):
    """A step that the procedure knows; `fixes` is the date that it sets, as of a meeting or an expiry."""

    step: str
    fixes: When | None = None


class Meet(Deed, frozen=True, tag="meet"):
    """A meeting, on the day of `done` or until `through`; in the procedure it is the step `meet`."""

    agenda: tuple[str, ...] = ()
    number: int | None = None
    place: str = ""
    through: When | None = None

    def __post_init__(self) -> None:
        if self.number is not None and self.number < 1:
            raise ValueError("meetings are numbered from 1")


class Halt(Deed, frozen=True, tag="halt"):
    """A party lets a proceeding rest by conduct: no article provides for it, so nothing lapses by it."""


class Resume(Deed, frozen=True, tag="resume"):
    """A party takes up again what it had let rest by the halt `of`."""

    of: str


class Undertake(Deed, frozen=True, tag="undertake"):
    """A party says that it will do something, by the end of `due` where a day was named."""

    what: str
    due: When | None = None


class Fulfil(Deed, frozen=True, tag="fulfil"):
    """A party did what was undertaken in `of`."""

    of: str


Step = TakeStep | Meet
"""What can move a proceeding from stage to stage."""

MEETING = "meet"
"""The step that a meeting is."""


def step_of(act: Step) -> str:
    """Return the name under which the procedure knows a step."""
    return act.step if isinstance(act, TakeStep) else MEETING


__all__ = ["MEETING", "Fulfil", "Halt", "Meet", "Resume", "Step", "TakeStep", "Undertake", "step_of"]
