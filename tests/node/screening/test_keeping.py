"""Copies of lists at a node: what goes together, what is kept ready, what a pulled plug leaves."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from node.federation import Federation, found
from servanda.decisions.screening.remembered import PairState, Verdict
from servanda.errors import FormatError, QuestionError, RefusedError, StorageError
from servanda.model.listed import PartyList
from servanda.model.when import Day
from servanda.node import views
from servanda.node.house import Node
from servanda.node.screening.asking import Seen, decide_pair, known_by, moment, screen
from servanda.node.screening.deciding import countersign
from servanda.node.screening.keeping import add, copies, kept_lists
from servanda.node.screening.sources import lists_of
from shared_data import data

NAME = "Alpha Industries"


def day(words: str) -> Day:
    return Day(date.fromisoformat(words))


def meti(on: str, *names: str) -> bytes:
    """A list of METI's form, of a day."""
    rows = [
        {
            "id": name,
            "entity_name": name,
            "addresses": ["X"],
            "aliases": [],
            "reason": "N",
            "source_url": f"https://m/{on[:4]}/{on[5:7]}/{on.replace('-', '')}001/a.html",
        }
        for name in names
    ]
    return json.dumps(rows).encode()


def sdn(*numbers: int) -> bytes:
    """A list of OFAC's form; its parties have weak aliases, which are hits that never block."""
    rows = (f'{one},"NAME OF {one}",,X,,,,,,,,"a.k.a. \'WEAK {one}\'."\r\n' for one in numbers)
    return "".join(rows).encode()


@pytest.fixture
def federation(tmp_path: Path) -> Iterator[Federation]:
    made = found(tmp_path / "federation", lambda name: f"sqlite:///{tmp_path / name}.db", "A")
    made.at("2026-06-01T09:00:00Z")
    yield made
    made.close()


@pytest.fixture
def node(federation: Federation) -> Node:
    return federation.nodes["A"]


def asked(node: Node, name: str, known: str | None = None) -> Seen:
    at, where = moment(None, node)
    by = known_by(known, where)
    (one,) = screen(kept_lists(node, by), [name], at, where, node=node, known=by).screened
    return one.seen[0]


def test_one_copy_is_not_kept_twice_under_another_file_name(node: Node) -> None:
    add(node, {"a.json": meti("2024-05-01", NAME)}, "sato")
    with pytest.raises(QuestionError, match="taken in"):
        add(node, {"b.json": meti("2024-05-01", NAME)}, "sato")


def test_copies_of_another_sort_never_take_the_place_of_those_that_are_kept(node: Node) -> None:
    add(node, {"own.csv": b"name\nAlpha\n"}, "sato", "OWN")
    with pytest.raises(QuestionError, match="no history holds both"):
        add(node, {"own.csv": b"name,from\nBeta,2024-01-01\n"}, "sato", "OWN")
    with pytest.raises(QuestionError, match="no history holds both"):
        add(node, {"own.csv": b"name\nBeta\n"}, "sato", "OWN", of=day("2024-01-01"))
    assert [one.name for one in kept_lists(node)[0].parties] == ["Alpha"]


def test_a_copy_that_names_no_day_is_told_its_day_and_then_makes_a_history(node: Node) -> None:
    add(node, {"own.csv": b"name\nAlpha\nBeta\n"}, "sato", "OWN", of=day("2024-01-01"))
    add(node, {"own.csv": b"name\nAlpha\n"}, "sato", "OWN", of=day("2024-02-01"))
    (made,) = kept_lists(node)
    assert made.days == (day("2024-01-01"), day("2024-02-01"))
    with pytest.raises(QuestionError, match="says itself"):
        add(node, {"a.json": meti("2024-05-01", NAME)}, "sato", of=day("2024-05-02"))


def test_a_copy_that_lost_most_of_its_parties_is_taken_only_when_that_is_said(node: Node) -> None:
    add(node, {"a.json": meti("2024-05-01", "A1", "B1", "C1")}, "sato")
    with pytest.raises(QuestionError, match="1 parties, the last one 3"):
        add(node, {"a.json": meti("2024-06-01", "A1")}, "sato")
    add(node, {"a.json": meti("2024-06-01", "A1")}, "sato", shrunk=True)
    assert len(kept_lists(node)[0].parties) == 3


@pytest.mark.parametrize("officer", ["", "  ", "\u200b", "sa\x1b[31mto", "o" * 201])
def test_an_officer_without_a_name_that_can_be_seen_is_refused(node: Node, officer: str) -> None:
    with pytest.raises(QuestionError, match="officer"):
        add(node, {"a.json": meti("2024-05-01", NAME)}, officer)
    with node.reading() as connection:
        assert copies(connection) == ()


@pytest.mark.parametrize("code", ["x" * 65, "a\u202eb", " a"])
def test_a_code_that_cannot_be_seen_or_is_too_long_is_refused(node: Node, code: str) -> None:
    with pytest.raises(QuestionError, match="code"):
        add(node, {"a.json": meti("2024-05-01", NAME)}, "sato", code)


def fresh(node: Node) -> tuple[PartyList, ...]:
    """What the copies make when nothing is prepared."""
    shutil.rmtree(node.home / "lists" / "prepared")
    return kept_lists(node)


def test_what_is_kept_ready_is_what_the_copies_say_however_it_was_made(node: Node) -> None:
    for on, names in (("01", "AB"), ("03", "BC"), ("02", "ACD"), ("04", "AD")):
        add(node, {"a.json": meti(f"2024-05-{on}", *(f"{one} Works" for one in names))}, "sato")
        ready = kept_lists(node)
        assert kept_lists(node) == ready
        assert fresh(node) == ready
    assert len(ready[0].days) == 4


@pytest.mark.parametrize("damage", [b"", b"Omega", None])
def test_what_is_kept_ready_and_was_damaged_or_lost_is_made_again(node: Node, damage: bytes | None) -> None:
    for on in ("01", "02"):
        add(node, {"a.json": meti(f"2024-05-{on}", NAME, f"B{on}")}, "sato")
    ready = kept_lists(node)
    for path in (node.home / "lists" / "prepared").iterdir():
        if damage is None:
            path.unlink()
        else:
            path.write_bytes(path.read_bytes().replace(b"Alpha", damage) if damage else b"")
    assert kept_lists(node) == ready


def test_what_is_kept_ready_does_not_hide_that_a_file_is_gone(node: Node) -> None:
    kept, _ = add(node, {"a.json": meti("2024-05-01", NAME)}, "sato")
    kept_lists(node)
    (file,) = kept.files.values()
    (node.home / "lists" / file).unlink()
    with pytest.raises(StorageError, match="cannot be read"):
        kept_lists(node)


def test_files_that_belong_to_a_list_are_known_by_their_columns_and_read_with_that_list_alone() -> None:
    alias = b'7,1,"aka","OTHER NAME",""\r\n'
    files = {"b.csv": alias, "x.json": meti("2024-05-01", NAME), "a.csv": sdn(7)}
    found = {one.code: one for one in lists_of(files, None, None)}
    assert "OTHER NAME" in found["US-SDN"].parties[0].aliases
    assert found["JP-EUL"].problems == ()
    with pytest.raises(FormatError, match="not named"):
        lists_of({"b.csv": alias, "x.json": files["x.json"]}, None, None)


def test_the_real_lists_are_the_same_from_what_is_kept_ready(node: Node) -> None:
    files = ("us/screening-list.json", "meti/end_user_list.json", "ofac/sdn.csv")
    for name in files:
        add(node, {name: data(name).read_bytes()}, "sato")
    first = kept_lists(node)
    assert kept_lists(node) == first
    assert [len(one.parties) for one in first] == [25921, 835, 7379]


def test_a_past_answer_stays_what_it_was(node: Node, federation: Federation) -> None:
    add(node, {"a.json": meti("2024-05-01", NAME)}, "sato")
    seen = asked(node, NAME)
    federation.at("2026-06-02T09:00:00Z")
    decide_pair(node, kept_lists(node), NAME, seen.pair, Verdict.FALSE, "sato", "another address")
    federation.at("2026-06-03T09:00:00Z")
    countersign(node, seen.pair, "kim")
    states = [asked(node, NAME, f"2026-06-0{on}").standing.state for on in (1, 2, 3)]
    assert states == [PairState.OPEN, PairState.WAITS, PairState.SET_ASIDE]
    assert [asked(node, NAME, f"2026-06-0{on}").holds for on in (1, 2, 3)] == [True, True, False]


def test_who_left_the_list_can_still_be_decided_on_and_a_true_match_holds_however_far(node: Node) -> None:
    add(node, {"sdn.csv": sdn(1, 2)}, "sato", of=day("2024-05-01"))
    add(node, {"sdn.csv": sdn(2)}, "sato", of=day("2024-06-01"))
    add(node, {"sdn.csv": sdn(2, 3)}, "sato", of=day("2024-07-01"))
    at, where = moment("2024-05-01", node)
    (one,) = screen(kept_lists(node), ["Weak 1"], at, where, node=node).screened
    (seen,) = one.seen
    assert not seen.hit.blocks
    assert not one.holds
    decide_pair(node, kept_lists(node), "Weak 1", seen.pair, Verdict.TRUE, "sato", "same owner")
    (one,) = screen(kept_lists(node), ["Weak 1"], at, where, node=node).screened
    assert one.holds


def test_no_bound_hides_a_hit_that_holds(node: Node) -> None:
    add(node, {"own.csv": b"id,name\n1,Li Wei\n2,Li Wei\n3,Li Wei\n"}, "sato", "OWN")
    at, where = moment(None, node)
    lists = kept_lists(node)
    for bounds in ({"limit": 0}, {"limit": -1}, {"least": 88.5}, {"least": float("nan")}, {"least": -1}):
        with pytest.raises(QuestionError, match="leave out"):
            screen(lists, ["Li Wei"], at, where, node=node, **bounds)  # type: ignore[arg-type]
    (one,) = screen(lists, ["Li Wei"], at, where, node=node).screened
    for seen in one.seen[:2]:
        decide_pair(node, lists, "Li Wei", seen.pair, Verdict.FALSE, "sato", "born elsewhere")
        countersign(node, seen.pair, "kim")
    (one,) = screen(lists, ["Li Wei"], at, where, node=node, limit=1).screened
    found = [(seen.holds, seen.standing.state) for seen in one.seen]
    assert sorted(found, reverse=True) == [(True, PairState.OPEN), *[(False, PairState.SET_ASIDE)] * 2]


def test_what_a_bound_leaves_out_is_counted(node: Node) -> None:
    add(node, {"sdn.csv": sdn(7, 7)}, "sato", of=day("2024-05-01"))
    at, where = moment(None, node)
    (one,) = screen(kept_lists(node), ["Weak 7"], at, where, node=node, limit=1).screened
    assert [len(one.seen), one.more, one.holds] == [1, 1, False]


@pytest.mark.parametrize("rounds", [3])
def test_of_officers_who_act_at_once_the_record_is_one(
    tmp_path: Path, databases: Callable[[str], str], rounds: int
) -> None:
    made = found(tmp_path / "federation", databases, "A")
    node = made.nodes["A"]
    add(node, {"a.json": meti("2024-05-01", NAME)}, "sato")
    lists, pair = kept_lists(node), asked(node, NAME).pair
    decide_pair(node, lists, NAME, pair, Verdict.FALSE, "sato", "first")
    start, refused = threading.Barrier(4), []

    def act(number: int) -> None:
        own = Node.open(node.home)
        try:
            start.wait()
            for _ in range(rounds):
                if number < 2:
                    decide_pair(own, lists, NAME, pair, Verdict.FALSE, f"officer-{number}", "again")
                else:
                    try:
                        countersign(own, pair, f"officer-{number - 2}")
                    except RefusedError as wrong:
                        refused.append(wrong)
        finally:
            own.close()

    threads = [threading.Thread(target=act, args=(number,)) for number in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    seen = asked(node, NAME)
    decided = seen.standing.decided
    assert decided is not None
    assert (seen.standing.state is PairState.SET_ASIDE) == bool(decided.countersigned_by)
    assert decided.officer != decided.countersigned_by
    written = [row["kind"] for row in views.entries(node)].count("screening")
    assert written == 1 + 2 * rounds + (2 * rounds - len(refused))
    made.close()


PULLED = """
import os, signal, sys
from pathlib import Path
from servanda.node.house import Node
from servanda.node.screening import keeping
node = Node.open(Path(sys.argv[1]))
step = sys.argv[2]
if step == "entry":
    keeping.json = type("J", (), {"dumps": staticmethod(lambda _: os.kill(os.getpid(), signal.SIGKILL))})
else:
    keeping._fits = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)
keeping.add(node, {"a.json": Path(sys.argv[3]).read_bytes()}, "sato")
"""


@pytest.mark.parametrize("step", ["file", "entry"])
def test_a_pulled_plug_leaves_a_copy_whole_or_not_there(node: Node, tmp_path: Path, step: str) -> None:
    file = tmp_path / "a.json"
    file.write_bytes(meti("2024-05-01", NAME))
    command = [sys.executable, "-c", PULLED, str(node.home), step, str(file)]
    done = subprocess.run(command, check=False, capture_output=True, env=dict(os.environ), timeout=60)
    assert done.returncode == -signal.SIGKILL, done.stderr
    with node.reading() as connection:
        assert copies(connection) == ()
    assert "list" not in [row["kind"] for row in views.entries(node)]
    kept, _ = add(node, {"a.json": file.read_bytes()}, "sato")
    assert kept_lists(node)[0].parties[0].name == NAME
    assert kept.position == len(views.entries(node)) - 1
