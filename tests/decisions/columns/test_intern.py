"""A million rows become a few labels, each row has its own one, and a bad row never has any."""

from __future__ import annotations

import tracemalloc
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decisions.columns.worlds import may, random_history
from servanda.decisions.columns.almanac import Almanac
from servanda.decisions.columns.fold import fold
from servanda.decisions.columns.intern import NO_LABEL, Interner
from servanda.decisions.columns.labels import OTHER_TOPIC, Label, Vocabulary
from servanda.decisions.columns.masks import spread
from servanda.decisions.columns.meanings import Meaning, meanings
from servanda.decisions.columns.problems import Problems
from servanda.decisions.columns.releasable import releasable
from servanda.errors import QuestionError
from servanda.formats.columns import read_objects
from servanda.model.label import NoForeign, Portion, ReleasableTo

KNOWN = Vocabulary(
    parties=frozenset({"A", "B", "C"}),
    words={"A": frozenset({"secret"}), "B": frozenset({"geheim", "secret"})},
    topics=frozenset({"x", "y"}),
    forms=frozenset({"electronic", "document"}),
)
ROW = {
    "object_id": "o",
    "holder": "A",
    "originators": ["A"],
    "marking": "secret",
    "topics": ["x"],
    "given_for": [""][:0],
    "caveats": "[]",
    "purpose": "",
    "form": "electronic",
}
TEXTS = pa.list_(pa.string())
SCHEMA = pa.schema([(name, TEXTS if isinstance(value, list) else pa.string()) for name, value in ROW.items()])


def table(*rows: dict[str, object]) -> pa.Table:
    return pa.Table.from_pylist([ROW | row for row in rows], SCHEMA)


def intern(source: pa.Table | Path, interner: Interner, problems: Problems, batch: int = 3) -> list[int]:
    found = [
        interner.add(rows, problems) for rows in read_objects(source, batch=batch, named=frozenset({"n"}))
    ]
    return np.concatenate(found).tolist()


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(
        st.tuples(st.integers(0, 2), st.integers(0, 3), st.integers(0, 900)), min_size=1, max_size=40
    ),
    scale=st.sampled_from([1, 1 << 11, 1 << 19]),
)
def test_rows_are_folded_together_exactly_where_they_are_equal(
    rows: list[tuple[int, int, int]], scale: int
) -> None:
    columns = [(np.array(column) * scale, 901 * scale) for column in zip(*rows, strict=True)]
    number, first = fold(columns)
    assert [rows[first[one]] for one in number] == rows
    assert len(first) == len(set(rows))


@pytest.mark.parametrize("batch", [1, 3, 100])
def test_equal_labels_have_one_number_in_every_batch_whatever_the_order_of_topics(batch: int) -> None:
    interner, problems = Interner(KNOWN), Problems()
    numbers = intern(
        table(
            {"topics": ["x", "y"]},
            {"topics": ["y", "x", "y"]},
            {"originators": ["B"]},
            {"originators": ["B"], "object_id": "other"},
            {"topics": ["x", "y"], "caveats": '[{"kind": "no-foreign"}]'},
            {"topics": ["y", "x"]},
            {"object_id": "n"},
            {},
            {"topics": ["unheard of"]},
            {"topics": ["never seen", "also not"]},
        ),
        interner,
        problems,
        batch,
    )
    assert numbers == [1, 1, 2, 2, 3, 1, 4, 5, 6, 6]
    assert interner.labels[0] == Label("A", Portion(("A",), "secret", ("x", "y")), "", "electronic")
    assert interner.labels[2].portion.caveats == (NoForeign(),)
    assert interner.labels[3].portion.object_id == "n"
    assert interner.labels[5].portion.topics == (OTHER_TOPIC,)
    assert problems.count == 0


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"holder": "Z"}, "holder: `Z` is not a party"),
        ({"holder": None}, "holder: there is no value"),
        ({"originators": []}, "originators: there is no originator"),
        ({"originators": ["A", "Z"]}, "originators: `Z` is not a party"),
        ({"marking": "top"}, "marking: `top` is not a marking of any party"),
        ({"marking": "geheim"}, "marking: `geheim` is not a marking of `A`"),
        ({"originators": ["C"]}, "marking: `secret` is not a marking of `C`"),
        ({"form": "telepathic"}, "form: `telepathic` is not a form"),
        ({"caveats": "[{}]"}, "caveats: "),
        ({"topics": None}, "topics: there is no list"),
        ({"object_id": None}, "object_id: there is no name"),
        ({"marking": "x" * 500}, "marking: `" + "x" * 60 + "…` is not"),
    ],
)
def test_a_row_with_a_word_that_is_not_known_has_no_label_and_says_why(
    change: dict[str, object], says: str
) -> None:
    interner, problems = Interner(KNOWN), Problems()
    assert intern(table({}, {}, {}, {}, change, {}), interner, problems) == [1, 1, 1, 1, NO_LABEL, 1]
    (problem,) = problems.listed
    assert (problem.row, problems.count) == (4, 1)
    assert problem.what.startswith(says)


def test_problems_are_listed_up_to_a_cap_and_counted_without_one() -> None:
    interner, problems = Interner(KNOWN), Problems(most=5)
    rows = [{"holder": "Z", "marking": "top"}, {"marking": "geheim"}, {"caveats": "no"}, {}] * 10
    assert intern(table(*rows), interner, problems, batch=7) == [0, 0, 0, 1] * 10
    assert problems.count == 30
    assert len(problems.listed) == 5
    assert len(interner.labels) == 1


def test_labels_beyond_the_most_that_are_taken_are_problems_and_never_another_label() -> None:
    interner, problems = Interner(KNOWN, most=2), Problems()
    rows = [{"purpose": f"p{number}"} for number in (0, 1, 2, 3, 1, 2)]
    assert intern(table(*rows), interner, problems, batch=2) == [1, 2, 0, 0, 2, 0]
    assert problems.count == 3
    assert problems.listed[0].what == "there are more than 2 different labels"


def made_up(path: Path, count: int) -> Path:
    """A file of which every marking but the last is another unknown word."""
    columns = {
        name: pa.repeat(pa.scalar(value, SCHEMA.field(name).type), count) for name, value in ROW.items()
    }
    columns["marking"] = pa.array([f"made up {number}" for number in range(count - 1)] + ["secret"])
    pq.write_table(pa.table(columns), path, row_group_size=1 << 14)
    return path


def test_a_million_unknown_markings_leave_nothing_behind(tmp_path: Path) -> None:
    interner, problems = Interner(KNOWN), Problems()
    numbers = intern(made_up(tmp_path / "o.parquet", 1_000_000), interner, problems, batch=1 << 16)
    assert sum(numbers) == numbers[-1] == 1
    assert problems.count == 999_999
    assert len(problems.listed) == 100
    assert len(interner.labels) == 1


def test_unknown_words_need_no_more_room_the_more_there_are(tmp_path: Path) -> None:
    peaks = []
    for count in (50_000, 200_000):
        interner, problems = Interner(KNOWN), Problems()
        path = made_up(tmp_path / "o.parquet", count)
        tracemalloc.start()
        for rows in read_objects(path, batch=1 << 14):
            interner.add(rows, problems)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.2 * peaks[0] < 64 << 20


def test_what_the_law_finds_wrong_or_was_never_told_of_goes_to_nobody() -> None:
    interner, problems = Interner(KNOWN), Problems()
    source = table({}, {"marking": "top"}, {"caveats": '[{"kind": "releasable-to", "parties": ["Q"]}]'}, {})
    numbers = np.array(intern(source, interner, problems), np.uint32)
    history = random_history(2, 3)

    def law(labels: Sequence[Label]) -> list[Meaning]:
        strange = ReleasableTo(("Q",))
        return [Meaning(0, 7, wrong="`Q`?" if strange in one.portion.caveats else "") for one in labels]

    made = meanings(interner, law, 3)
    made.note(numbers, problems)
    assert [(one.row, one.what) for one in problems.listed[1:]] == [(2, "`Q`?")]
    assert problems.count == 2
    for at in (0, 500, 999):
        (batch,) = releasable(Almanac(history), made.objects(numbers), at)
        assert not batch.words[[1, 2]].any()
        assert spread(batch.words, 3)[0].tolist() == [may(history, 0, party, at) for party in range(3)]
    with pytest.raises(QuestionError, match="2 labels have 0 meanings"):
        meanings(interner, lambda _: [], 3)
