"""Recall and precision of every subject over the labelled set: who finds the party that is meant."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.utils import default_process

from benchmarks.decisions.rows import Row
from benchmarks.screening import peers
from benchmarks.screening.labelled import Case
from benchmarks.screening.lists import names
from servanda.decisions.screening import LEAST, Screen
from servanda.model.listed import EntityKind, PartyList

SCHEMA = {EntityKind.PERSON: "Person", EntityKind.ORGANISATION: "Organization"}
CANDIDATES = 50
PEERS_AT = {"nomenklatura logic-v2": 0.7, "nomenklatura ofac": 0.85, "rigour compare_parts": 0.8}
"""From which score a peer's hit counts: 0.7 is yente's own default for logic-v2."""
OURS = f"Servanda, from {LEAST:g}"


@dataclass(frozen=True, slots=True)
class Judged:
    """What a subject said of each case: the party it put first, or None below its threshold."""

    subject: str
    first: list[int | None]


def judge(of: PartyList, screen: Screen, cases: list[Case]) -> tuple[list[Judged], list[Row], list[str]]:
    """Ask every subject every case; return also how quick the pairwise peers were, and their versions."""
    places = {one.id: place for place, one in enumerate(of.parties)}
    ours: list[int | None] = []
    for case in cases:
        hits = screen.find(case.asked, limit=1)
        ours.append(places[hits[0].listed.id] if hits else None)
    judged = [Judged(OURS, ours)]
    every, owners = names(of)
    ready = [default_process(name) for name in every]
    asked = [default_process(case.asked) for case in cases]
    nearest: list[list[int]] = [[] for _ in cases]
    for subject, scorer, least in (
        ("rapidfuzz token_sort, from 90", fuzz.token_sort_ratio, 90.0),
        ("rapidfuzz Jaro-Winkler, from 0.92", JaroWinkler.normalized_similarity, 0.92),
    ):
        first: list[int | None] = []
        for low in range(0, len(asked), 100):
            scores = process.cdist(asked[low : low + 100], ready, scorer=scorer, workers=2, dtype=np.float32)
            best = scores.argmax(axis=1)
            first += [owners[int(at)] if scores[row, at] >= least else None for row, at in enumerate(best)]
            if scorer is fuzz.token_sort_ratio:
                near = np.argpartition(-scores, CANDIDATES, axis=1)[:, :CANDIDATES]
                for row in range(len(scores)):
                    nearest[low + row] = near[row].tolist()
        judged.append(Judged(subject, first))
    found, rows, versions = _peers(of, cases, every, owners, nearest)
    return [*judged, *found], rows, versions


def _peers(
    of: PartyList, cases: list[Case], every: list[str], owners: list[int], nearest: list[list[int]]
) -> tuple[list[Judged], list[Row], list[str]]:
    of_party: dict[int, list[int]] = defaultdict(list)
    for entry, owner in enumerate(owners):
        of_party[owner].append(entry)
    task = {
        "names": [
            [name, SCHEMA.get(of.parties[owner].kind, "LegalEntity")]
            for name, owner in zip(every, owners, strict=True)
        ],
        "cases": [
            {
                "asked": case.asked,
                "schema": "LegalEntity"
                if case.party is None
                else SCHEMA.get(of.parties[case.party].kind, "LegalEntity"),
                "candidates": sorted({*near, *(of_party[case.party] if case.party is not None else ())}),
            }
            for case, near in zip(cases, nearest, strict=True)
        ],
    }
    answer = peers.run(task)
    if answer is None:
        return [], [Row("peers", "nomenklatura, rigour: not installed, see the message", "", 0)], []
    judged, rows = [], []
    for name, said in answer["peers"].items():
        least = PEERS_AT[name]
        first = [owners[place] if place >= 0 and score >= least else None for score, place in said["best"]]
        judged.append(Judged(f"{name} among {CANDIDATES}, from {least:g}", first))
        rate = said["pairs"] / said["seconds"]
        rows.append(Row("pairs compared, one thread", name, "pairs/s", rate, said["pairs"]))
    return judged, rows, list(answer["versions"])


def rows(of: PartyList, cases: list[Case], judged: list[Judged]) -> list[Row]:
    """Return the recall of each group, of all transliterated names, and how many harmless names were hit."""
    same = _same_names(of)
    groups = list(dict.fromkeys(case.group for case in cases))
    found = []
    for group in [*groups, "transliterated, all"]:
        chosen = [
            number
            for number, case in enumerate(cases)
            if case.group == group or (group.endswith("all") and case.group.startswith("transliterated"))
        ]
        for one in judged:
            right = sum(_right(cases[number].party, one.first[number], same) for number in chosen)
            question = f"{'hit by mistake' if group == 'harmless' else 'found first'}: {group}"
            share = right / len(chosen) if chosen else 0.0
            found.append(
                Row(question, one.subject, "share", 1 - share if group == "harmless" else share, len(chosen))
            )
    return found


def _right(wanted: int | None, first: int | None, same: dict[int, int]) -> bool:
    if wanted is None or first is None:
        return wanted is first
    return same[wanted] == same[first]


def _same_names(of: PartyList) -> dict[int, int]:
    """Return for each party one that shares a name with it: lists have many under one name."""
    roots: dict[str, int] = {}
    found: dict[int, int] = {}
    for place, one in enumerate(of.parties):
        keys = {" ".join(sorted(name.lower().replace(",", " ").split())) for name in one.names}
        root = min((roots[key] for key in keys if key in roots), default=place)
        for key in keys:
            roots.setdefault(key, root)
        found[place] = root
    return found
