"""Cedar through cedarpy: one policy for an agreement in a direction, and one `forbid` for each caveat."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

import cedarpy

from benchmarks.decisions.peers import Direction, Facts, directions, version
from benchmarks.decisions.world import World

_FORBIDS = """
@id("no-foreign") forbid(principal, action, resource) when { resource.noforn && !context.back };
@id("release-list") forbid(principal, action, resource)
  when { !context.back && resource has releasable && !resource.releasable.contains(principal.number) };
@id("embargo") forbid(principal, action, resource) when { !context.back && context.at < resource.embargo };
@id("consent") forbid(principal, action, resource)
  when { context.third && context.at >= context.consented_until };
"""


def policy(one: Direction) -> str:
    """Return the policy of one agreement in one direction."""
    times = " || ".join(f"(context.at >= {start} && context.at < {end})" for start, end in one.periods)
    levels = f"[{', '.join(map(str, one.levels))}].contains(resource.level)" if one.levels else "false"
    return (
        f'@id("{one.number}-{one.holder}") permit(principal == Party::"{one.recipient}", '
        f'action == Action::"release", resource) when {{ resource.holder == {one.holder} && ({times}) && '
        f"[{', '.join(map(str, one.topics))}].containsAll(resource.topics) && "
        f"(context.back || {levels}) }};\n"
    )


class Cedar:
    """All policies in one set, parsed beforehand; the request's two entities parsed beforehand."""

    name = "Cedar, all policies"

    def __init__(self, world: World) -> None:
        self.version = version("cedarpy")
        text = "".join(policy(one) for one in directions(world))
        self._all = cedarpy.PolicySet.from_str(text + _FORBIDS)

    def prepared(self, asked: list[Facts]) -> list[tuple[dict[str, Any], Any, Any]]:
        """Return the request, the policies and the entities for each question."""
        return [(_request(one), self.policies(one), _entities(one)) for one in asked]

    def policies(self, asked: Facts) -> Any:  # noqa: ANN401, ARG002 - a handle of Cedar's
        """Return the policies that the engine is given for a question."""
        return self._all

    def decide(self, asked: tuple[dict[str, Any], Any, Any]) -> bool:
        """Answer one prepared request."""
        return bool(cedarpy.is_authorized(*asked).allowed)


class Sliced(Cedar):
    """Cedar's best case: given only the few policies of the pair, which the caller has to find itself."""

    name = "Cedar, best case: sliced by pair"

    def __init__(self, world: World) -> None:
        super().__init__(world)
        texts: defaultdict[tuple[int, int], str] = defaultdict(str)
        for one in directions(world):
            texts[one.holder, one.recipient] += policy(one)
        self._none = cedarpy.PolicySet.from_str(_FORBIDS)
        self._by_pair = {pair: cedarpy.PolicySet.from_str(text + _FORBIDS) for pair, text in texts.items()}

    def policies(self, asked: Facts) -> Any:  # noqa: ANN401 - a handle of Cedar's
        """Return the policies of the pair."""
        return self._by_pair.get((asked.holder, asked.recipient), self._none)


def _request(one: Facts) -> dict[str, Any]:
    return {
        "principal": f'Party::"{one.recipient}"',
        "action": 'Action::"release"',
        "resource": 'Object::"it"',
        "context": {
            "at": one.at,
            "back": one.back,
            "third": one.third,
            "consented_until": one.consented_until,
        },
    }


def _entities(one: Facts) -> Any:  # noqa: ANN401 - a handle of Cedar's
    attributes: dict[str, Any] = {
        "holder": one.holder,
        "level": one.level,
        "topics": list(one.topics),
        "noforn": one.noforn,
        "embargo": one.embargo,
    }
    if one.releasable is not None:
        attributes["releasable"] = list(one.releasable)
    both = [
        {"uid": {"type": "Object", "id": "it"}, "attrs": attributes, "parents": []},
        {
            "uid": {"type": "Party", "id": str(one.recipient)},
            "attrs": {"number": one.recipient},
            "parents": [],
        },
    ]
    return cedarpy.Entities.from_json_str(json.dumps(both))
