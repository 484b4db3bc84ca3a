"""Screening at a node: copies of lists that make a history, decisions that are remembered, two officers."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from node.federation import Federation, found
from servanda.decisions.screening.remembered import PairState, Verdict
from servanda.errors import FormatError, QuestionError, RefusedError, StorageError, UnknownNameError
from servanda.formats.when import parse_when
from servanda.model.listed import Membership, PartyList
from servanda.model.when import Day, Instant
from servanda.node import views
from servanda.node.house import Node
from servanda.node.screening.asking import Seen, decide_pair, moment, screen
from servanda.node.screening.deciding import countersign, record_of
from servanda.node.screening.keeping import add, copies, kept_lists
from servanda.node.screening.sources import lists_of, names_of

RECORD = (
    '[{"id": "%s", "entity_name": "%s", "addresses": ["X"], "aliases": [], "reason": "N", '
    '"source_url": "https://m/%s/a.html"}]'
)
MAY = (RECORD % ("1", "Alpha Industries", "2024/05/20240501001")).encode()
JUNE = (RECORD % ("2", "Beta Works", "2024/06/20240601001")).encode()
TWO = (RECORD % ("1", "Alpha Industries", "2024/07/20240701001")).encode()


@pytest.fixture
def federation(tmp_path: Path) -> Iterator[Federation]:
    made = found(tmp_path / "federation", lambda name: f"sqlite:///{tmp_path / name}.db", "A")
    made.at("2026-06-01T09:00:00+09:00")
    yield made
    made.close()


@pytest.fixture
def node(federation: Federation) -> Node:
    return federation.nodes["A"]


def asked(
    node: Node, name: str, at: str | None = None, lists: tuple[PartyList, ...] | None = None
) -> list[Seen]:
    instant, where = moment(at, node)
    known = lists_of({}, node, None) if lists is None else lists
    found = screen(known, [name], instant, where, node=node)
    return list(found.screened[0].seen)


def test_a_copy_is_kept_whole_by_its_digest_and_is_an_entry_of_the_register(node: Node) -> None:
    kept, read = add(node, {"may.json": MAY}, "officer-1")
    assert (kept.code, kept.latest, len(read.parties)) == ("JP-EUL", "2024-05-01", 1)
    (file,) = kept.files.values()
    assert (node.home / "lists" / file).read_bytes() == MAY
    with node.reading() as connection:
        assert [one.digest for one in copies(connection)] == [kept.digest]
    assert [row["kind"] for row in views.entries(node)][-1] == "list"


def test_the_same_copy_is_not_kept_twice_and_what_is_no_list_not_once(node: Node) -> None:
    add(node, {"may.json": MAY}, "officer-1")
    with pytest.raises(QuestionError, match="was taken in"):
        add(node, {"may.json": MAY}, "officer-2")
    with pytest.raises(FormatError):
        add(node, {"x.json": b"{}"}, "officer-1")
    with node.reading() as connection:
        assert len(copies(connection)) == 1


def test_a_file_that_was_changed_on_disk_is_refused(node: Node) -> None:
    kept, _ = add(node, {"may.json": MAY}, "officer-1")
    (file,) = kept.files.values()
    (node.home / "lists" / file).write_bytes(JUNE)
    with pytest.raises(StorageError, match="not what was kept"):
        kept_lists(node)
    (node.home / "lists" / file).unlink()
    with pytest.raises(StorageError, match="cannot be read"):
        kept_lists(node)


def test_copies_of_a_list_are_its_history_and_between_two_that_differ_nobody_can_say(node: Node) -> None:
    add(node, {"june.json": JUNE}, "officer-1")
    add(node, {"may.json": MAY}, "officer-1")
    (history,) = kept_lists(node)
    alpha, beta = (
        next(one for one in history.parties if one.name == name)
        for name in ("Alpha Industries", "Beta Works")
    )

    def stood(day: str) -> tuple[Membership, Membership]:
        when = parse_when(day)
        assert isinstance(when, Day)
        return history.membership(alpha, when), history.membership(beta, when)

    assert stood("2024-04-30") == (Membership.UNKNOWN, Membership.UNKNOWN)
    assert stood("2024-05-01") == (Membership.LISTED, Membership.UNKNOWN)
    assert stood("2024-05-15") == (Membership.UNKNOWN, Membership.UNKNOWN)
    assert stood("2024-06-01") == (Membership.UNKNOWN, Membership.LISTED)
    assert stood("2024-06-02") == (Membership.UNKNOWN, Membership.LISTED)


def test_a_copy_that_came_later_did_not_count_before(node: Node, federation: Federation) -> None:
    add(node, {"may.json": MAY}, "officer-1")
    before = node.now()
    federation.at("2026-06-02T09:00:00+09:00")
    add(node, {"june.json": JUNE}, "officer-1")
    assert [len(one.parties) for one in kept_lists(node, before)] == [1]
    assert [len(one.parties) for one in kept_lists(node)] == [2]


def test_a_match_that_blocks_is_set_aside_by_two_officers_and_never_by_one(node: Node) -> None:
    add(node, {"may.json": MAY}, "officer-1")
    lists = kept_lists(node)
    (seen,) = asked(node, "ALPHA industries")
    assert (seen.standing.state, seen.holds) == (PairState.OPEN, True)
    decide_pair(node, lists, "ALPHA industries", seen.pair, Verdict.FALSE, "officer-1", "another address")
    (seen,) = asked(node, "ALPHA industries")
    assert (seen.standing.state, seen.holds) == (PairState.WAITS, True)
    with pytest.raises(RefusedError, match="second person"):
        countersign(node, seen.pair, "officer-1")
    countersign(node, seen.pair, "officer-2")
    (seen,) = asked(node, "Alpha  Industries")
    assert (seen.standing.state, seen.holds) == (PairState.SET_ASIDE, False)
    assert seen.standing.decided is not None
    assert seen.standing.decided.countersigned_by == "officer-2"
    with pytest.raises(RefusedError, match="already"):
        countersign(node, seen.pair, "officer-3")


def test_a_true_match_stays_and_needs_nobody_else(node: Node) -> None:
    add(node, {"may.json": MAY}, "officer-1")
    (seen,) = asked(node, "Alpha Industries")
    decide_pair(
        node, kept_lists(node), "Alpha Industries", seen.pair, Verdict.TRUE, "officer-1", "same address"
    )
    (seen,) = asked(node, "Alpha Industries")
    assert (seen.standing.state, seen.holds) == (PairState.CONFIRMED, True)
    with pytest.raises(RefusedError, match="no countersign"):
        countersign(node, seen.pair, "officer-2")


def test_a_later_decision_counts_instead_and_the_earlier_stays_on_record(node: Node) -> None:
    add(node, {"may.json": MAY}, "officer-1")
    lists = kept_lists(node)
    (seen,) = asked(node, "Alpha Industries")
    for verdict in (Verdict.FALSE, Verdict.TRUE):
        decide_pair(node, lists, "Alpha Industries", seen.pair, verdict, "officer-1", "looked again")
    (again,) = asked(node, "Alpha Industries")
    assert again.standing.state is PairState.CONFIRMED
    assert [row["kind"] for row in views.entries(node)].count("screening") == 2


def test_when_the_list_says_something_else_of_the_party_the_pair_is_open_again(node: Node) -> None:
    first = (add(node, {"t.json": TWO}, "officer-1")[1],)
    (seen,) = asked(node, "Alpha Industries", lists=first)
    decide_pair(node, first, "Alpha Industries", seen.pair, Verdict.FALSE, "officer-1", "another address")
    countersign(node, seen.pair, "officer-2")
    changed = TWO.replace(b'"reason": "N"', b'"reason": "N,M"').replace(b"07/20240701", b"08/20240801")
    second = (add(node, {"t.json": changed}, "officer-1")[1],)
    (seen,) = asked(node, "Alpha Industries", lists=second)
    assert (seen.standing.state, seen.holds) == (PairState.REOPENED, True)


def test_the_register_has_neither_the_name_asked_about_nor_why(node: Node) -> None:
    add(node, {"may.json": MAY}, "officer-1")
    (seen,) = asked(node, "Alpha Industries")
    decide_pair(
        node, kept_lists(node), "Alpha Industries", seen.pair, Verdict.FALSE, "officer-1", "a secret reason"
    )
    said = str([row for row in views.entries(node) if row["kind"] == "screening"])
    assert "Alpha" not in said
    assert "secret" not in said
    assert seen.pair not in said
    assert record_of(seen.hit.listed) not in said


def test_a_pair_that_is_not_a_hit_of_the_name_and_an_officer_without_a_name_are_refused(node: Node) -> None:
    add(node, {"may.json": MAY}, "officer-1")
    lists = kept_lists(node)
    (seen,) = asked(node, "Alpha Industries")
    with pytest.raises(UnknownNameError):
        decide_pair(node, lists, "Alpha Industries", "0" * 16, Verdict.FALSE, "officer-1", "why")
    with pytest.raises(QuestionError):
        decide_pair(node, lists, "Alpha Industries", seen.pair, Verdict.FALSE, " ", "why")
    with pytest.raises(UnknownNameError):
        countersign(node, seen.pair, "officer-2")


def test_of_officers_who_countersign_at_once_exactly_one_does(node: Node) -> None:
    add(node, {"may.json": MAY}, "officer-1")
    (seen,) = asked(node, "Alpha Industries")
    decide_pair(node, kept_lists(node), "Alpha Industries", seen.pair, Verdict.FALSE, "officer-1", "why")
    start = threading.Barrier(4)
    won: list[str] = []
    refused: list[str] = []

    def race(officer: str) -> None:
        own = Node.open(node.home)
        try:
            start.wait()
            countersign(own, seen.pair, officer)
            won.append(officer)
        except RefusedError:
            refused.append(officer)
        finally:
            own.close()

    threads = [threading.Thread(target=race, args=(f"officer-{number}",)) for number in range(2, 6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert (len(won), len(refused)) == (1, 3)


def test_a_file_of_names_is_one_a_line_or_a_column_and_rows_without_one_are_told() -> None:
    assert names_of(b"KIM, Jong Un\n\nAlpha\n", "n.txt") == (("KIM, Jong Un", "Alpha"), ())
    names, problems = names_of(b"id,name\n1,Alpha\n2,\n3,Beta\n", "n.csv")
    assert names == ("Alpha", "Beta")
    assert problems == ("n.csv line 3: has no name",)
    with pytest.raises(FormatError):
        names_of(b"", "n.csv")


def test_a_day_is_that_day_at_the_seat_of_the_party_and_no_list_is_an_error(node: Node) -> None:
    instant, where = moment("2024-05-01", node)
    assert instant.day(where) == parse_when("2024-05-01")
    with pytest.raises(FormatError):
        moment("2024-05", node)
    with pytest.raises(QuestionError):
        screen((), ["Alpha"], Instant(instant.utc), where)
