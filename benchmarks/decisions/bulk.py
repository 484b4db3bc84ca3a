"""Which of many objects may go to each party at an instant, and what a lapse loses of them."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.decisions.columns import PERIOD, Archive
from benchmarks.decisions.limits import limits
from benchmarks.decisions.naming import instant
from benchmarks.decisions.ours import Servanda
from benchmarks.decisions.rows import Row
from benchmarks.decisions.timing import batches
from benchmarks.decisions.world import World, day, make
from servanda.decisions import Index
from servanda.decisions.columns.almanac import Almanac
from servanda.decisions.columns.difference import difference
from servanda.decisions.columns.lots import arrange
from servanda.decisions.columns.masks import no_party
from servanda.decisions.columns.releasable import Engine, release_into
from servanda.decisions.histories import Kinds
from servanda.model.act import Terminate
from servanda.model.instrument import Registry

AT = day(2019, 11, 23)


def measure(objects: int, rounds: int) -> list[Row]:
    """Time the bulk question on every subject, after checking that they agree."""
    world = make(objects=objects)
    ours = Servanda(world)
    archive = ours.archive()
    question = f"bulk, {objects:,} objects by {world.parties} parties"
    out = no_party(objects, world.parties)

    def bulk(engine: Engine, threads: int) -> Callable[[int], object]:
        return lambda at: release_into(
            out, archive.almanac, archive.objects, at, engine=engine, threads=threads
        )

    runs: list[tuple[str, Callable[[int], object]]] = [
        ("Servanda, NumPy, one thread", bulk(Engine.NUMPY, 1)),
        ("Servanda, NumPy, two threads", bulk(Engine.NUMPY, 2)),
    ]
    try:
        import_module("numba")
        runs += [("Servanda, numba, two threads", bulk(Engine.NUMBA, 2))]
    except ImportError as missing:
        print(f"left out: numba, {missing}")
    release_into(out, archive.almanac, archive.objects, AT)
    runs += _peers(world, archive, out[:, 0])
    for _, run in runs:
        run(AT)
    figures = batches([run for _, run in runs], [AT], rounds)
    told = {name: figure.median / 1000 for (name, _), figure in zip(runs, figures, strict=True)}
    rows = [Row(question, name, "ms", median, objects) for name, median in told.items()]
    held = archive.objects.embargoes
    # A signature and a barrier are read for each object and a word is written; embargoes are read besides.
    moved = objects * 10 + sum(one.nbytes for one in (held.row, held.since, held.until, held.barred))
    rows += _bulk_goals(question, told, objects, moved)
    rows.append(_any_instant(archive, objects))
    return rows


def _peers(world: World, archive: Archive, truth: NDArray[Any]) -> list[tuple[str, Callable[[int], object]]]:
    """Return the bulk peers that are installed, each given the words at the instant beforehand."""
    signature, barrier = archive.objects.signature, archive.objects.barriers.words[:, 0]
    words = archive.almanac.table(AT)[:, 0]
    runs: list[tuple[str, Callable[[int], object]]] = []
    for module, name in (("duck", "Duck"), ("polars_engine", "Polars")):
        try:
            peer = getattr(import_module(f"benchmarks.decisions.peers.{module}"), name)
        except ImportError as missing:
            print(f"left out: {name}, {missing}")
            continue
        made = peer(world, signature, barrier)
        made.at(words)
        made.run(AT)
        assert np.array_equal(made.answer(), truth), made.name
        print(f"agrees: {made.name} ({made.version}) on {len(truth):,} objects")
        runs.append((made.name, made.run))
        if name == "Duck":
            made_plain = import_module(f"benchmarks.decisions.peers.{module}").DuckPlain(world, barrier)
            made_plain.run(AT)
            own = (world.objects.originator == world.objects.holder) & (world.objects.embargo <= AT)
            assert made_plain.count() == int(np.bitwise_count(truth[own]).sum()), made_plain.name
            runs.append((made_plain.name + ", what holders originated", made_plain.run))
    return runs


def _bulk_goals(question: str, told: dict[str, float], objects: int, moved: int) -> list[Row]:
    rows = []
    for ours, versus, goal in (
        ("Servanda, NumPy, one thread", "DuckDB, best form: signatures", 6.0),
        ("Servanda, NumPy, one thread", "Polars, best form: signatures", None),
        ("Servanda, NumPy, two threads", "DuckDB, best form: signatures", None),
    ):
        if versus in told:
            rows.append(
                Row(question, ours, "ms", told[ours], objects, versus, told[versus] / told[ours], goal)
            )
    machine = limits(max(16, objects * 8 >> 20))
    rows += [Row("the machine's limit", name, "bytes/s", rate) for name, rate in machine]
    for name in ("Servanda, NumPy, one thread", "Servanda, numba, two threads"):
        if name in told:
            rate = moved / (told[name] / 1000)
            goal = 0.5 if "numba" in name else None
            rows.append(
                Row(
                    question + ": bytes moved",
                    name,
                    "bytes/s",
                    rate,
                    objects,
                    machine[0][0],
                    rate / machine[0][1],
                    goal,
                )
            )
    return rows


def _any_instant(archive: Archive, objects: int) -> Row:
    """Time one answer at any instant of the history, with nothing compiled anew."""
    random = np.random.default_rng(3)
    some = random.integers(0, objects, 2_000)
    asked = [
        (int(archive.objects.signature[one]), int(random.integers(30)), int(random.integers(AT)))
        for one in some
    ]
    from benchmarks.decisions.timing import each  # noqa: PLC0415

    figure = each([(lambda one: archive.almanac.permits(*one), asked)], 3)[0]
    return Row(
        "one answer at any instant, from the history", "Servanda, columns", "us", figure.median, objects
    )


def lapse(objects: int, count: int) -> list[Row]:
    """Time what a lapse loses: the exact list, against working everything out again."""
    world = make(objects=objects)
    ours = Servanda(world)
    archive, before = ours.archive(), ours.compiled.index
    lots = arrange(archive.objects, archive.almanac.signatures)
    live = [one.number for one in world.agreements if one.in_force(AT)][:count]
    worlds = [lapsed(ours.registry, number) for number in live]

    def only_the_list(number: int) -> object:
        after = before.supposing(worlds[number])
        supposed = archive.kinds.supposing(archive.almanac, before, after, PERIOD)
        return difference(lots, archive.almanac, AT, supposed, AT).lost.arrays()

    supposed = [
        archive.kinds.supposing(archive.almanac, before, before.supposing(one), PERIOD) for one in worlds
    ]

    def list_alone(number: int) -> object:
        return difference(lots, archive.almanac, AT, supposed[number], AT).lost.arrays()

    def columns_again(number: int) -> object:
        return _compared(archive, archive.almanac, supposed[number], objects, world.parties)

    def everything(number: int) -> object:
        kinds = Kinds(archive.given, archive.kinds.parties)
        whole = Almanac(kinds.history(Index(worlds[number]), PERIOD))
        return _compared(archive, archive.almanac, whole, objects, world.parties)

    lost = difference(lots, archive.almanac, AT, supposed[0], AT).lost.arrays()
    again = everything(0)
    assert isinstance(again, tuple)
    assert sorted(zip(*(one.tolist() for one in lost), strict=True)) == sorted(
        zip(*(one.tolist() for one in again), strict=True)
    )
    numbers = list(range(len(live)))
    listed, alone, columns = batches([only_the_list, list_alone, columns_again], numbers, len(numbers))
    whole = batches([everything], numbers[:2], 2)[0]
    question = f"what a lapse loses, of {objects:,} objects"
    rows = [
        Row(question, "Servanda, from the acts to the list", "ms", listed.median / 1000, objects),
        Row(question, "Servanda, the list alone", "ms", alone.median / 1000, objects),
        Row(question, "all answers again from the history", "ms", columns.median / 1000, objects),
        Row(question, "everything again from the law", "ms", whole.median / 1000, objects),
    ]
    for name, figure, versus, other, goal in (
        ("Servanda, from the acts to the list", listed, "everything again from the law", whole, 100.0),
        ("Servanda, the list alone", alone, "all answers again from the history", columns, None),
    ):
        ratio = other.median / figure.median
        rows.append(Row(question, name, "ms", figure.median / 1000, objects, versus, ratio, goal))
    return rows


def lapsed(registry: Registry, number: int) -> Registry:
    """Return a registry in which an agreement ends at the instant asked about."""
    instrument = registry.instrument(f"agreement-{number}")
    at = instant(AT)
    end = Terminate(id="lapse", by=instrument.parties, done=at, seen=at, effect=at)
    kept = tuple(one for one in instrument.acts if one.id != "end")
    return registry.with_instrument(instrument.with_acts((*kept, end)))


def _compared(
    archive: Archive, before: Almanac, after: Almanac, objects: int, parties: int
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return what is lost, by answering for all objects twice and comparing."""
    was, becomes = no_party(objects, parties), no_party(objects, parties)
    release_into(was, before, archive.objects, AT)
    release_into(becomes, after, archive.objects, AT)
    lost = was & ~becomes
    rows = np.flatnonzero(lost[:, 0])
    bits = np.unpackbits(lost[rows].view(np.uint8), axis=1, bitorder="little")
    which, party = np.nonzero(bits)
    return rows[which], party
