"""A procedure made ready to be walked: its stages, steps and limits, each with its address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from servanda.model.clauses import Limit, Procedure, Proceeding, Stage, Step
from servanda.model.text import Text


@dataclass(frozen=True, slots=True)
class Placed:
    """A step at the article that knows it."""

    address: str
    step: Step


@dataclass(frozen=True, slots=True)
class Running:
    """A limit at the article that sets it."""

    address: str
    limit: Limit


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything that a text says of how a proceeding goes."""

    text: Text
    stages: tuple[tuple[str, str, Stage], ...]
    """Name, address and stage."""
    steps: tuple[Placed, ...]
    limits: tuple[Running, ...]

    def stage(self, name: str) -> tuple[str, Stage]:
        """Return a stage with its address; a name that no article has is a stage without remarks."""
        for known, address, stage in self.stages:
            if known == name:
                return address, stage
        return "", Stage()

    def named(self, step: str) -> Iterator[Placed]:
        """Yield every article that knows a step of this name."""
        return (one for one in self.steps if one.step.name == step)

    def fitting(self, stage: str) -> Iterator[Placed]:
        """Yield the steps that the stage allows; before the first and after a final one those that begin."""
        over = not stage or self.stage(stage)[1].final
        for one in self.steps:
            anywhere = not one.step.at and not one.step.begins
            if one.step.begins if over else (anywhere or stage in one.step.at):
                yield one

    def opening(self, step: str) -> tuple[Running, ...]:
        """Return the limits of which one must have opened a step before it may be taken."""
        return tuple(one for one in self.limits if step in one.limit.opens)


def rules(text: Text) -> Rules:
    """Return the procedure of a text."""
    clauses = list(text.clauses(Procedure))
    return Rules(
        text,
        tuple((name, address, stage) for address, one in clauses for name, stage in one.stages.items()),
        tuple(Placed(address, step) for address, one in clauses for step in one.steps),
        tuple(Running(address, limit) for address, one in clauses for limit in one.limits),
    )


def parties_of(proceeding: Proceeding, roles: tuple[str, ...]) -> tuple[str, ...]:
    """Return the parties that have one of the roles, in the order of the roles."""
    return tuple(dict.fromkeys(party for role in roles for party in proceeding.roles.get(role, ())))
