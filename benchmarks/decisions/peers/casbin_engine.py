"""Casbin through pycasbin: one line for an agreement in a direction, Python functions in its matcher."""

from __future__ import annotations

import casbin

from benchmarks.decisions.peers import Facts, directions, version
from benchmarks.decisions.world import World

_MODEL = """
[request_definition]
r = holder, recipient, it

[policy_definition]
p = holder, recipient, number

[policy_effect]
e = some(where (p.eft == allow))

[matchers]
m = r.holder == p.holder && r.recipient == p.recipient && permits(r.it, p.number)
"""


class Casbin:
    """Every agreement is a line of the policy, read one after the other."""

    name = "Casbin"

    def __init__(self, world: World) -> None:
        self.version = version("pycasbin")
        model = casbin.Model()
        model.load_model_from_text(_MODEL)
        self._enforcer = casbin.Enforcer(model)
        self._rules = {f"{one.number}-{one.holder}": one for one in directions(world)}
        self._enforcer.add_policies(
            [[str(one.holder), str(one.recipient), key] for key, one in self._rules.items()]
        )
        self._enforcer.add_function("permits", self._permits)

    def prepared(self, asked: list[Facts]) -> list[tuple[str, str, Facts]]:
        """Return each question as the values that the matcher takes."""
        return [(str(one.holder), str(one.recipient), one) for one in asked]

    def decide(self, asked: tuple[str, str, Facts]) -> bool:
        """Answer one prepared request."""
        return bool(self._enforcer.enforce(*asked))

    def _permits(self, it: Facts, key: str) -> bool:
        one = self._rules[key]
        return (
            any(start <= it.at < end for start, end in one.periods)
            and set(it.topics) <= set(one.topics)
            and (it.back or it.level in one.levels)
            and (it.back or not it.noforn)
            and (it.back or it.releasable is None or it.recipient in it.releasable)
            and (it.back or it.at >= it.embargo)
            and (not it.third or it.at < it.consented_until)
        )
