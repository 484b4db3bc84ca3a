"""Speed: every METI name against every CSL name, one name against all, the index, its memory, its growth."""

from __future__ import annotations

import gc
import random
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.utils import default_process

from benchmarks.decisions.rows import Row
from benchmarks.decisions.timing import batches
from benchmarks.screening.lists import names
from servanda.decisions.screening import Screen
from servanda.model.listed import PartyList

CUTOFF = 90
GOAL_BULK, GOAL_RECALL, GOAL_ONE = 5, 0.995, 50


def build(of: PartyList) -> tuple[Screen, list[Row]]:
    """Build the index; return it with what that took."""
    many = len(names(of)[0])
    gc.collect()
    before = _resident()
    made: list[Screen] = []
    figure = batches([lambda _: made.append(Screen.of([of]))], [0], 1)[0]
    grown = _resident() - before
    screen = made[-1]
    return screen, [
        Row("index built", "Servanda", "ms", figure.median / 1000, many),
        Row("memory of the index, beside the list", "Servanda", "MB", grown / 1e6, many),
    ]


def bulk(of: PartyList, asked_of: PartyList, screen: Screen, rounds: int) -> list[Row]:
    """Measure all names against all, and what is missed of what brute force finds."""
    every, owners = names(of)
    asked = list(dict.fromkeys(names(asked_of)[0]))
    ready, wanted = [default_process(name) for name in every], [default_process(name) for name in asked]
    question, size = "all METI names x all CSL names", len(asked) * len(every)

    def ours(workers: int) -> object:
        return screen.find_all(asked, limit=1000, workers=workers)

    def brute(workers: int) -> object:
        return process.cdist(
            wanted, ready, scorer=fuzz.token_sort_ratio, score_cutoff=CUTOFF, workers=workers, dtype=np.uint8
        )

    def winkler(_: int) -> object:
        return process.cdist(
            wanted,
            ready,
            scorer=JaroWinkler.normalized_similarity,
            score_cutoff=0.92,
            workers=2,
            dtype=np.float32,
        )

    figures = batches(
        [lambda _: ours(1), lambda _: ours(2), lambda _: brute(1), lambda _: brute(2), winkler], [0], rounds
    )
    one, two, slow, slower, other = [figure.median / 1000 for figure in figures]
    ratios = brute(2)
    assert isinstance(ratios, np.ndarray)
    pairs = {(int(row), of.parties[owners[int(at)]].id) for row, at in zip(*np.nonzero(ratios), strict=True)}
    hits = screen.find_all(asked, limit=1000, workers=2)
    found = {(number, hit.listed.id) for number, own in enumerate(hits) for hit in own}
    recall = len(pairs & found) / len(pairs)
    return [
        Row(question, "Servanda, hits with evidence, 1 thread", "ms", one, size),
        Row(question, "Servanda, hits with evidence, 2 threads", "ms", two, size),
        Row(
            question,
            "rapidfuzz cdist token_sort, 1 thread",
            "ms",
            slow,
            size,
            "Servanda, 1 thread",
            slow / one,
            GOAL_BULK,
        ),
        Row(
            question,
            "rapidfuzz cdist token_sort, 2 threads",
            "ms",
            slower,
            size,
            "Servanda, 2 threads",
            slower / two,
            GOAL_BULK,
        ),
        Row(
            question,
            "rapidfuzz cdist Jaro-Winkler, 2 threads",
            "ms",
            other,
            size,
            "Servanda, 2 threads",
            other / two,
        ),
        Row(
            "of what token_sort finds from 90 on, found",
            "Servanda",
            "share",
            recall,
            len(pairs),
            "1",
            recall,
            GOAL_RECALL,
        ),
        Row("hits told beside those", "Servanda", "hits", len(found - pairs), len(found)),
        Row(
            "hits of both that hold",
            "Servanda",
            "hits",
            sum(hit.blocks for own in hits for hit in own),
            len(found),
        ),
    ]


def single(of: PartyList, asked_of: PartyList, screen: Screen, rounds: int) -> list[Row]:
    """Measure one name against all."""
    every, _ = names(of)
    ready = [default_process(name) for name in every]
    chance = random.Random(7)  # noqa: S311 - a sample, no secret
    asked = chance.sample(list(dict.fromkeys(names(asked_of)[0])), 200)
    wanted = [default_process(name) for name in asked]
    quick = batches([lambda at: screen.find(asked[at])], range(200), 200 * rounds)[0]
    slow = batches(
        [
            lambda at: process.extract(
                wanted[at], ready, scorer=fuzz.token_sort_ratio, score_cutoff=75, limit=20
            ),
            lambda at: process.cdist([wanted[at]], ready, scorer=fuzz.token_sort_ratio, score_cutoff=75),
            lambda at: process.extractOne(wanted[at], ready, scorer=JaroWinkler.normalized_similarity),
        ],
        range(200),
        20 * rounds,
    )
    question = "one name against all"
    labels = (
        "rapidfuzz extract token_sort",
        "rapidfuzz cdist token_sort, 1 thread",
        "rapidfuzz extractOne Jaro-Winkler",
    )
    return [
        Row(question, "Servanda, hits with evidence", "us", quick.median, len(every)),
        Row(f"{question}, 99th percentile", "Servanda", "us", quick.p99, len(every)),
        *(
            Row(
                question,
                label,
                "us",
                figure.median,
                len(every),
                "Servanda",
                figure.median / quick.median,
                GOAL_ONE if not place else None,
            )
            for place, (label, figure) in enumerate(zip(labels, slow, strict=True))
        ),
    ]


def growth(of: PartyList, asked_of: PartyList, sizes: tuple[int, ...], rounds: int) -> list[Row]:
    """Measure one name against lists of rising size."""
    asked = names(asked_of)[0][:100]
    return [
        row
        for size in sizes
        for row in _grown(PartyList(of.code, of.title, of.issued, of.parties[:size]), asked, rounds)
    ]


def _grown(part: PartyList, asked: list[str], rounds: int) -> list[Row]:
    screen = Screen.of([part])
    ready = [default_process(name) for name in names(part)[0]]
    wanted = [default_process(name) for name in asked]
    many = range(len(asked))
    quick = batches([lambda at: screen.find(asked[at])], many, 100 * rounds)[0]
    slow = batches(
        [lambda at: process.extract(wanted[at], ready, scorer=fuzz.token_sort_ratio, limit=20)],
        many,
        10 * rounds,
    )[0]
    question = "one name, by names of the list"
    return [
        Row(question, "Servanda", "us", quick.median, screen.names),
        Row(question, "rapidfuzz extract", "us", slow.median, screen.names),
    ]


def _resident() -> int:
    """Return the bytes of this process that are in memory."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096
