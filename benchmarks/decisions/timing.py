"""Timing: rounds in turn over all subjects, so that a busy moment falls on all of them alike."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter_ns
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured of a subject, in microseconds: the median, and the 99th percentile."""

    median: float
    p99: float
    count: int


def each(subjects: Sequence[tuple[Callable[[Any], object], Sequence[Any]]], rounds: int) -> list[Figure]:
    """Time single calls: every subject over its own prepared inputs, in turn, a few at a time."""
    overhead = _overhead()
    times: list[list[int]] = [[] for _ in subjects]
    for _ in range(rounds):
        for (call, inputs), found in zip(subjects, times, strict=True):
            for one in inputs:
                start = perf_counter_ns()
                call(one)
                found.append(perf_counter_ns() - start - overhead)
    return [_figure(found) for found in times]


def batches(subjects: Sequence[Callable[[int], object]], inputs: Sequence[int], rounds: int) -> list[Figure]:
    """Time whole runs: every subject on each input, in turn."""
    times: list[list[int]] = [[] for _ in subjects]
    for number in range(rounds):
        for call, found in zip(subjects, times, strict=True):
            start = perf_counter_ns()
            call(inputs[number % len(inputs)])
            found.append(perf_counter_ns() - start)
    return [_figure(found) for found in times]


def _figure(nanoseconds: list[int]) -> Figure:
    ordered = sorted(nanoseconds)
    return Figure(
        max(statistics.median(ordered), 1) / 1000, ordered[int(len(ordered) * 0.99)] / 1000, len(ordered)
    )


def _overhead() -> int:
    empty = []
    for _ in range(10_000):
        start = perf_counter_ns()
        _nothing(None)
        empty.append(perf_counter_ns() - start)
    return int(statistics.median(empty))


def _nothing(one: object) -> object:
    return one
