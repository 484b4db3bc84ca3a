"""Verify a proof without trusting who made it: `python checker.py proof.json world.json`.

It imports nothing but the standard library, so that a reader can copy it, read it and run it. Linear in
the size of what it reads (but for sorting the consents of an arc). Exit 0: it holds; 1: it does not.
"""

import json
import sys
from datetime import datetime
from typing import Any

Json = Any
when = datetime.fromisoformat
NEVER = when("9999-12-31T00:00:00Z")
BEGINNING = "0001-01-02T00:00:00Z"


def lacks(case: Json, arc: Json, start: datetime, end: datetime) -> bool:
    """Whether at any instant from `start` until `end` a consent that the arc needs is missing."""
    for one in set(case["information"]["originators"]) - {arc["holder"], arc["recipient"]}:
        until = start
        for given in sorted(arc["consents"], key=lambda given: when(given["start"])):
            if given["by"] == one and when(given["start"]) <= until:
                until = max(until, when(given["end"]))
        if until < end:
            return True
    return False


def path_shows(case: Json, arcs: Json) -> bool:
    """Whether dated releases lead from a holder to the party, each within an arc that is listed."""
    known = {json.dumps(arc, sort_keys=True) for arc in arcs}
    held, now, bare = case["holders"], when(case["since"]), False
    for hop in case["path"]:
        arc, at = hop["arc"], when(hop["at"])
        if json.dumps(arc, sort_keys=True) not in known or arc["holder"] not in held:
            return False
        if not max(now, when(arc["start"])) <= at < when(arc["end"]):
            return False
        held, now, bare = [arc["recipient"]], at, lacks(case, arc, at, at + datetime.resolution)
    return case["party"] in held if case["claim"] == "reached" else bare


def labels_show(case: Json, arcs: Json) -> bool:
    """Whether no arc leads out of the labelling, nor to anybody before its label."""
    label = {party: when(at) for party, at in case["earliest"].items()}
    if any(label.get(holder, NEVER) > when(case["since"]) for holder in case["holders"]):
        return False
    for arc in arcs:
        at, end = max(label.get(arc["holder"], NEVER), when(arc["start"])), when(arc["end"])
        if at < end and label.get(arc["recipient"], NEVER) > at:
            return False
        if at < end and case["claim"] == "consented" and lacks(case, arc, at, end):
            return False
    return case["claim"] == "consented" or case["party"] not in label


def shows(case: Json, arcs: Json) -> bool:
    """Whether one certificate shows its claim over the arcs of its kind of information."""
    arcs = [arc for arc in arcs if case["avoiding"] not in {arc["holder"], arc["recipient"]}]
    return (path_shows if case["claim"] in {"reached", "unconsented"} else labels_show)(case, arcs)


def question(policy: Json, about: Json) -> Json:
    """Return what a policy asks of a kind of information, or None where it asks nothing."""
    whose = about["originators"]
    asked = {"holders": sorted(whose), "party": "", "avoiding": ""}
    if policy["policy"] == "never-reaches":
        fits = (not policy["topics"] or set(policy["topics"]) & set(about["topics"])) and policy[
            "party"
        ] not in whose
        fits = fits and (not policy["originator"] or policy["originator"] in whose)
        fits = fits and (policy["markings"] is None or about["marking"] in policy["markings"])
        return asked | {"party": policy["party"], "claims": ["not-reached", "reached"]} if fits else None
    if policy["policy"] == "no-reach-without-consent":
        return asked | {"claims": ["consented", "unconsented"]}
    fits = (
        policy["policy"] == "only-through" and policy["holder"] in whose and policy["recipient"] not in whose
    )
    asked |= {"holders": [policy["holder"]], "party": policy["recipient"], "avoiding": policy["linchpin"]}
    return asked | {"claims": ["not-reached", "reached"]} if fits else None


def proves(proof: Json, world: Json) -> bool:
    """Whether every kind of information in the world has the certificate that the policy asks for."""
    cases = {json.dumps(case["information"], sort_keys=True): case for case in proof["cases"]}
    holds = len(cases) == len(proof["cases"])
    for one in world:
        case = cases.pop(json.dumps(one["information"], sort_keys=True), None)
        asked = question(proof["policy"], one["information"])
        if asked is None or case is None:
            if asked is not case:
                return False
            continue
        claims = asked.pop("claims")
        if case["claim"] not in claims or case["since"] != BEGINNING or not shows(case, one["arcs"]):
            return False
        if any(case[name] != value for name, value in asked.items()):
            return False
        holds = holds and case["claim"] == claims[0]
    return not cases and holds is proof["holds"]


def main(proof: str, world: str) -> int:
    """Read both files and print the verdict."""
    try:
        with open(proof, encoding="utf-8") as first, open(world, encoding="utf-8") as second:  # noqa: PTH123
            good = proves(json.load(first), json.load(second))
    except (AttributeError, KeyError, TypeError, ValueError, OSError) as wrong:
        print(f"not a proof: {wrong!r}")
        return 1
    print("verified" if good else "refused")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
