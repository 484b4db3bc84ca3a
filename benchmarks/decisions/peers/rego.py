"""Rego through regorus (the interpreter, data by pair) and through regopy (a compiled bundle)."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

import regopy
import regorus

from benchmarks.decisions.peers import Facts, directions, version
from benchmarks.decisions.world import World

_POLICY = """
package release
import rego.v1

default allow := false

allow if {
    some number in permitting
    not barred
}

permitting contains one.number if {
    some one in data.agreements[input.pair]
    some period in one.periods
    input.at >= period[0]
    input.at < period[1]
    every topic in input.topics { one.topics[topic] }
    marked(one)
}

marked(one) if input.back
marked(one) if { not input.back; one.levels[input.level] }

barred if { not input.back; input.noforn }
barred if { not input.back; input.listed; not input.releasable[input.recipient] }
barred if { not input.back; input.at < input.embargo }
barred if { input.third; input.at >= input.consented_until }
"""


def _data(world: World) -> str:
    found: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for one in directions(world):
        found[f"{one.holder}-{one.recipient}"].append(
            {
                "number": one.number,
                "periods": [list(period) for period in one.periods],
                "topics": {str(topic): True for topic in one.topics},
                "levels": {str(level): True for level in one.levels},
            }
        )
    return json.dumps({"agreements": found})


def _input(one: Facts) -> dict[str, Any]:
    return {
        "pair": f"{one.holder}-{one.recipient}",
        "recipient": str(one.recipient),
        "level": str(one.level),
        "topics": [str(topic) for topic in one.topics],
        "back": one.back,
        "third": one.third,
        "noforn": one.noforn,
        "listed": one.releasable is not None,
        "releasable": {str(party): True for party in one.releasable or ()},
        "embargo": one.embargo,
        "consented_until": one.consented_until,
        "at": one.at,
    }


class Regorus:
    """The regorus interpreter, with its data arranged by pair."""

    name = "Rego (regorus)"

    def __init__(self, world: World) -> None:
        self.version = version("gordon-to-regorus")
        self._engine = regorus.Engine()
        self._engine.add_policy("release.rego", _POLICY)
        self._engine.add_data_json(_data(world))
        self._engine.set_input_json("{}")
        self._engine.eval_rule("data.release.allow")

    def prepared(self, asked: list[Facts]) -> list[str]:
        """Return each question as the JSON that the engine reads fastest."""
        return [json.dumps(_input(one)) for one in asked]

    def decide(self, asked: str) -> bool:
        """Answer one prepared request."""
        self._engine.set_input_json(asked)
        return bool(self._engine.eval_rule("data.release.allow"))


class Regopy:
    """rego-cpp through regopy, with policy and data compiled into a bundle."""

    name = "Rego (regopy)"

    def __init__(self, world: World) -> None:
        self.version = version("regopy")
        self._engine = regopy.Interpreter()
        self._engine.add_module("release.rego", _POLICY)
        self._engine.add_data_json(_data(world))
        self._bundle = self._engine.build(None, ["release/allow"])

    def prepared(self, asked: list[Facts]) -> list[Any]:
        """Return each question as an input term made beforehand."""
        return [regopy.Input(_input(one)) for one in asked]

    def decide(self, asked: Any) -> bool:  # noqa: ANN401 - an input of regopy's
        """Answer one prepared request."""
        self._engine.set_input(asked)
        answer = json.loads(str(self._engine.query_bundle_entrypoint(self._bundle, "release/allow")))
        return bool(_first(answer))


def _first(answer: Any) -> Any:  # noqa: ANN401 - JSON
    while isinstance(answer, dict | list) and answer:
        answer = (
            answer["expressions"]
            if isinstance(answer, dict) and "expressions" in answer
            else (next(iter(answer.values())) if isinstance(answer, dict) else answer[0])
        )
    return answer
