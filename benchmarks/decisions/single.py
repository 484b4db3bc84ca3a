"""One decision at a time: ours with its full explanation, and every peer, on the same hard requests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from benchmarks.decisions.ours import Servanda
from benchmarks.decisions.peers import Facts, facts
from benchmarks.decisions.plain import Plain, requests
from benchmarks.decisions.rows import Row
from benchmarks.decisions.timing import Figure, each
from benchmarks.decisions.world import World, make
from servanda.model.decision import Outcome

QUESTION = "one warm decision"
COMPILED = "Servanda, compiled answer, yes or no"


def peers(world: World) -> list[Any]:
    """Return every peer that is installed, made ready; the others are named with the reason."""
    from importlib import import_module  # noqa: PLC0415

    found = []
    for module, name in (
        ("cedar", "Sliced"),
        ("cedar", "Cedar"),
        ("rego", "Regorus"),
        ("rego", "Regopy"),
        ("casbin_engine", "Casbin"),
        ("sqlite", "Sqlite"),
    ):
        try:
            found.append(getattr(import_module(f"benchmarks.decisions.peers.{module}"), name)(world))
        except ImportError as missing:
            print(f"left out: {name}, {missing}")
    return found


def agree(world: World, plain: Plain, count: int) -> list[Any]:
    """Check that all say the same: ours and the fast peers on all requests, the slow ones on a part.

    Raises:
        AssertionError: somebody differs; the first case is told.
    """
    asked = requests(world, count // 2, hard=True) + requests(world, count - count // 2, hard=False)
    truth = [plain.decide(one).permit for one in asked]
    ours = Servanda(world)
    wrong = [one for one, said in zip(asked, truth, strict=True) if ours.plainly(one) is not said]
    assert not wrong, f"Servanda differs on {len(wrong)} of {count}: {wrong[0]} {plain.decide(wrong[0])}"
    spelled = [facts(plain, one) for one in asked]
    subjects = peers(world)
    for peer in subjects:
        share = _share(peer.name, count)
        some = list(zip(spelled[::share], truth[::share], strict=True))
        prepared = peer.prepared([one for one, _ in some])
        told = [peer.decide(one) for one in prepared]
        differ = sum(said is not known for said, (_, known) in zip(told, some, strict=True))
        print(f"agrees: {peer.name} ({peer.version}) on {len(some)} requests, {differ} differ")
        assert not differ, peer.name
    print(f"agrees: Servanda on {count} requests, {sum(truth)} of them permits")
    return subjects


def _share(name: str, count: int) -> int:
    """Return of how many requests a slow engine is asked one, so that the check ends in a minute."""
    if count <= 4_000:
        return 4 if "regopy" in name or "Casbin" in name else 1
    return 20 if "regopy" in name or "Casbin" in name or "all" in name else 1


def measure(world: World, plain: Plain, subjects: list[Any], count: int, rounds: int) -> list[Row]:
    """Time every subject on the same requests, in turn, and compare."""
    asked = requests(world, count, seed=7, hard=True)
    ours = Servanda(world)
    prepared = ours.prepared(asked)
    for one in prepared:
        ours.explain(one)
    questions = [(ours.compiled.question(one), one.at) for one in prepared]
    bits = [ours.bit(one) for one in asked]
    almanac = ours.archive().almanac
    spelled = [facts(plain, one) for one in asked]
    runs: list[tuple[str, Callable[[Any], object], list[Any]]] = [
        ("Servanda, with explanation", ours.explain, prepared),
        ("Servanda, with explanation, question kept", lambda one: one[0].at(one[1]), questions),
        (COMPILED, lambda one: one[0].at(one[1]).outcome is Outcome.PERMIT, questions),
        ("Servanda, columns, one answer", lambda one: almanac.permits(*one), bits),
        ("plain Python, with explanation", plain.decide, asked),
    ]
    runs += [(peer.name, peer.decide, peer.prepared(spelled)) for peer in subjects]
    figures = each([(call, inputs) for _, call, inputs in runs], rounds)
    told = dict(zip((name for name, _, _ in runs), figures, strict=True))
    rows = [Row(QUESTION, name, "us", figure.median, count) for name, figure in told.items()]
    rows += [
        Row(QUESTION + ", 99th percentile", name, "us", figure.p99, count) for name, figure in told.items()
    ]
    return rows + _goals(told, count)


def _goals(told: dict[str, Figure], count: int) -> list[Row]:
    rows = []
    for ours, versus, goal in (
        ("Servanda, with explanation", "Cedar, best case: sliced by pair", 30.0),
        ("Servanda, with explanation", "Rego (regorus)", 20.0),
        ("Servanda, with explanation, question kept", "Cedar, best case: sliced by pair", 30.0),
        ("Servanda, with explanation, question kept", "Rego (regorus)", 20.0),
        (COMPILED, "Cedar, best case: sliced by pair", 100.0),
    ):
        if versus in told:
            ratio = told[versus].median / told[ours].median
            rows.append(Row(QUESTION, ours, "us", told[ours].median, count, versus, ratio, goal))
    return rows


def growth(sizes: tuple[int, ...], count: int) -> list[Row]:
    """Measure how one decision grows with the number of agreements."""
    rows = []
    for size in sizes:
        world = make(parties=max(30, int(size**0.5) * 2), agreements=size, objects=20_000)
        plain = Plain(world)
        asked = requests(world, count, seed=8, hard=True)
        ours = Servanda(world)
        prepared = ours.prepared(asked)
        for one in prepared:
            ours.explain(one)
        spelled: list[Facts] = [facts(plain, one) for one in asked]
        runs: list[tuple[str, Callable[[Any], object], list[Any]]] = [
            ("Servanda, with explanation", ours.explain, prepared)
        ]
        runs += [
            (peer.name, peer.decide, peer.prepared(spelled))
            for peer in peers(world)
            if size <= 2_000 or "best" in peer.name or "SQLite" in peer.name
        ]
        for (name, _, _), figure in zip(runs, each([(call, some) for _, call, some in runs], 1), strict=True):
            rows.append(Row("one decision, by agreements", name, "us", figure.median, size))
    return rows
