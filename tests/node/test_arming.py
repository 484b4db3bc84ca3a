"""Nothing polls: the next instant is waited for, and at it what changes is recorded for the officer."""

from __future__ import annotations

import threading
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import select

from node.federation import Federation
from servanda.errors import RefusedError, ServandaError, StorageError
from servanda.formats.when import parse_instant
from servanda.model.when import FOREVER, Instant
from servanda.node import arming as armed
from servanda.node import opening, turning, views
from servanda.node.arming import Arming, keep_armed, soonest
from servanda.node.bell import NAME, Bell, ring
from servanda.node.clock import LONGEST_SECONDS, LOOK_SECONDS, DrivenClock, SystemClock
from servanda.node.config import read_config, write_config
from servanda.node.keeping import destroy_item
from servanda.node.opening import open_item
from servanda.node.releasing import release_item
from servanda.node.tables import STANDING
from servanda.node.turning import Changed
from servanda.node.watching import CHANGES

BEFORE = "2020-06-02T23:59:59.999999Z"
LAPSE = "2020-06-03T00:00:00Z"


def at(words: str) -> Instant:
    return parse_instant(words)


def statements(federation: Federation, party: str) -> list[dict[str, Any]]:
    """What has changed by a party's register, oldest first."""
    entries = reversed(views.entries(federation.nodes[party], 1000))
    return [one["body"] for one in entries if one["body"].get("changed")]


def also_in_the_catalogue(federation: Federation, act: str) -> None:
    """One act more of A and B in the catalogue that all nodes read when they are opened."""
    acts = federation.folder / "catalogue" / "a-b" / "acts.toml"
    before, bracket, after = acts.read_text().rpartition("]")
    acts.write_text(f'{before}  {{ id = "end", by = ["A", "B"], {act} }},\n{bracket}{after}')


def under_notice(federation: Federation, tmp_path: Path) -> str:
    """Something of A's that B holds and has opened, under an agreement that ends on 3 June at 0:00."""
    object_id = federation.release("A", "B").object_id
    federation.settle()
    open_item(federation.nodes["B"], object_id, tmp_path / "opened", federation.reach("A"))
    federation.act("B", "a-b", "notice", "give-notice")
    federation.settle()
    return object_id


def test_the_next_instant_is_the_soonest_of_all() -> None:
    one, other = at("2020-01-01T00:00:00Z"), at("2020-01-02T00:00:00Z")
    assert soonest([other, one], FOREVER) == one
    assert soonest([other], one) == one
    assert soonest([], FOREVER) == FOREVER


def test_at_the_lapse_the_flow_stops_the_item_is_under_survival_duties_and_the_key_access_closes(
    federation: Federation, tmp_path: Path
) -> None:
    object_id = under_notice(federation, tmp_path)
    arming = {party: Arming(federation.nodes[party]) for party in "AB"}
    federation.at(BEFORE)
    assert [one.ask() for one in arming.values()] == [[], []]
    assert [one.next() for one in arming.values()] == [at(LAPSE), at(LAPSE)]
    federation.at(LAPSE)
    assert [one.changed for one in arming["A"].ask()] == ["flow-stopped", "key-access-closed"]
    (item,) = arming["B"].ask()
    assert (item.changed, item.party, item.objects) == ("item-under-survival-duties", "A", (object_id,))
    assert "a-b v1 art. 6" in "".join(item.says)
    (recorded,) = statements(federation, "B")
    assert recorded["since"] == LAPSE
    assert "no-third-party-without-consent" in recorded["duties"]
    flow, key = statements(federation, "A")
    assert (flow["party"], flow["objects"], flow["decision"]["outcome"]) == ("B", [object_id], "deny")
    assert key["path"] == ["A", "B"]
    assert arming["A"].next() == FOREVER


def test_before_the_instant_nothing_is_asked_and_after_it_nothing_is_said_twice(
    federation: Federation, tmp_path: Path
) -> None:
    under_notice(federation, tmp_path)
    arming = Arming(federation.nodes["A"])
    for words in ("2020-06-01T12:00:00Z", BEFORE):
        federation.at(words)
        assert arming.ask() == []
    for words in (LAPSE, "2020-06-04T00:00:00Z", "2021-06-04T00:00:00Z"):
        federation.at(words)
        arming.ask()
    assert [one["changed"] for one in statements(federation, "A")] == ["flow-stopped", "key-access-closed"]


def test_it_is_rebuilt_from_the_tables_also_where_the_instant_passed_while_nobody_looked(
    federation: Federation, tmp_path: Path
) -> None:
    under_notice(federation, tmp_path)
    before = Arming(federation.nodes["A"])
    before.ask()
    again = Arming(federation.nodes["A"])
    assert again.ask() == []
    assert again.next() == before.next() == at(LAPSE)
    federation.at("2020-07-01T00:00:00Z")
    federation.reopen("A")
    late = Arming(federation.nodes["A"])
    assert [one.changed for one in late.ask()] == ["flow-stopped", "key-access-closed"]
    assert {one["since"] for one in statements(federation, "A")} == {LAPSE}
    assert Arming(federation.nodes["A"]).ask() == []


def test_an_act_that_arrives_changes_what_is_waited_for(federation: Federation, tmp_path: Path) -> None:
    under_notice(federation, tmp_path)
    arming = Arming(federation.nodes["A"])
    arming.ask()
    assert arming.next() == at(LAPSE)
    federation.act("B", "a-b", "withdrawn", "withdraw-notice", of="notice")
    federation.settle()
    assert arming.ask() == []
    assert arming.next() == FOREVER


def test_a_recall_is_told_at_once_for_this_object_alone_and_its_end_too(
    federation: Federation, tmp_path: Path
) -> None:
    object_id = under_notice(federation, tmp_path)
    other = federation.release("A", "B").object_id
    federation.settle()
    arming = {party: Arming(federation.nodes[party]) for party in "AB"}
    assert [one.ask() for one in arming.values()] == [[], []]
    federation.act("A", "a-b", "recall", "recall", f'{{ objects = ["{object_id}"] }}')
    federation.settle()
    assert [one.objects for one in arming["B"].ask()] == [(object_id,)]
    assert [one.changed for one in arming["A"].ask()] == ["flow-stopped", "key-access-closed"]
    federation.act("A", "a-b", "correction", "correct", "{ strikes = true }", of="recall")
    federation.settle()
    assert [one.changed for one in arming["B"].ask()] == ["item-open-again"]
    assert [one.changed for one in arming["A"].ask()] == ["flow-resumed", "key-access-open-again"]
    assert other not in str(statements(federation, "B"))


def test_a_release_that_is_made_is_armed_without_a_word(federation: Federation) -> None:
    arming = Arming(federation.nodes["A"])
    arming.ask()
    assert arming.next() == FOREVER
    federation.act("A", "a-b", "notice", "give-notice")
    federation.release("A", "B")
    assert arming.ask() == []
    assert arming.next() == at(LAPSE)
    (ahead,) = arming.ahead()
    assert (ahead.at, {kind.value: many for kind, many in ahead.of.items()}) == (at(LAPSE), {"flow": 1})
    assert ahead.turns


def test_a_chain_is_watched_link_by_link(federation: Federation, tmp_path: Path) -> None:
    federation.act("A", "a-b", "consent", "consent", '{ recipients = ["C"], expires = 2020-06-10T00:00:00Z }')
    object_id = federation.release("A", "B").object_id
    federation.settle()
    release_item(federation.nodes["B"], object_id, "C")
    federation.settle()
    open_item(federation.nodes["C"], object_id, tmp_path / "out", federation.reach("A"))
    arming = {party: Arming(federation.nodes[party]) for party in "ABC"}
    for one in arming.values():
        one.ask()
        assert one.next() == at("2020-06-10T00:00:00Z")
    federation.at("2020-06-10T00:00:00Z")
    said = {party: [one.changed for one in armed.ask()] for party, armed in arming.items()}
    assert said == {
        "A": ["key-access-closed"],
        "B": ["flow-stopped"],
        "C": ["item-under-survival-duties"],
    }


def test_what_came_again_by_another_way_is_watched_by_that_way_alone(
    federation: Federation, tmp_path: Path
) -> None:
    federation.act("A", "a-b", "consent", "consent", '{ recipients = ["C"] }')
    object_id = federation.release("A", "B").object_id
    federation.settle()
    release_item(federation.nodes["B"], object_id, "C")
    federation.settle()
    open_item(federation.nodes["C"], object_id, tmp_path / "one", federation.reach("A"))
    arming = {party: Arming(federation.nodes[party]) for party in "AC"}
    for one in arming.values():
        one.ask()
    federation.at("2020-06-01T13:00:00Z")
    release_item(federation.nodes["A"], object_id, "C")
    federation.settle()
    open_item(federation.nodes["C"], object_id, tmp_path / "two", federation.reach("A"))
    for one in arming.values():
        assert one.ask() == []
    federation.act("B", "b-c", "notice", "give-notice")
    federation.settle()
    federation.at("2020-06-04T00:00:00Z")
    assert {party: one.ask() for party, one in arming.items()} == {"A": [], "C": []}
    open_item(federation.nodes["C"], object_id, tmp_path / "three", federation.reach("A"))


def test_what_was_destroyed_or_never_left_is_not_watched(federation: Federation, tmp_path: Path) -> None:
    object_id = under_notice(federation, tmp_path)
    destroy_item(federation.nodes["B"], object_id, "burning")
    federation.cut.parties.add("B")
    federation.release("A", "B")
    federation.at(LAPSE)
    federation.cut.parties.clear()
    federation.at("2020-06-04T00:00:00Z")
    federation.settle()
    assert Arming(federation.nodes["B"]).ask() == []
    changed = Arming(federation.nodes["A"]).ask()
    assert {name for one in changed for name in one.objects} == {object_id}


def test_a_thousand_releases_are_one_question_and_few_entries(
    small: Federation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turning, "MOST_OBJECTS", 4)
    names = {small.release("A", "B").object_id for _ in range(10)}
    small.act("A", "a-b", "notice", "give-notice")
    arming = Arming(small.nodes["A"])
    arming.ask()
    assert len(arming._answers) == 1
    small.at(LAPSE)
    changed = arming.ask()
    assert [len(one.objects) for one in changed] == [4, 4, 2]
    assert {name for one in changed for name in one.objects} == names


def test_what_can_no_longer_be_asked_has_stopped(small: Federation) -> None:
    small.release("A", "B")
    catalogue = small.folder / "catalogue" / "parties" / "all.toml"
    catalogue.write_text(catalogue.read_text().replace("A-secret", "A-most-secret"))
    for table in (small.folder / "catalogue").glob("*/text-1.toml"):
        table.write_text(table.read_text().replace("A-secret", "A-most-secret"))
    small.reopen("A")
    (changed,) = Arming(small.nodes["A"]).ask()
    assert changed.changed == "flow-stopped"
    assert "`A-secret` is not a marking of A" in changed.says[0]


def test_an_act_that_gets_known_later_is_waited_for_too(small: Federation) -> None:
    small.release("A", "B")
    also_in_the_catalogue(small, 'kind = "terminate", done = 2020-05-01, seen = 2020-06-20T00:00:00Z')
    small.reopen("A")
    arming = Arming(small.nodes["A"])
    assert arming.ask() == []
    assert arming.next() == at("2020-06-20T00:00:00Z")
    small.at("2020-06-20T00:00:00Z")
    assert [one.changed for one in arming.ask()] == ["flow-stopped"]


def test_an_opening_that_lasts_beyond_its_instant_leaves_nothing(
    federation: Federation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    object_id = under_notice(federation, tmp_path)
    federation.at(BEFORE)
    whole = opening.unseal

    def slowly(*words: Any) -> Any:  # noqa: ANN401 - the arguments of another
        found = whole(*words)
        federation.at(LAPSE)
        return found

    monkeypatch.setattr(opening, "unseal", slowly)
    with pytest.raises(RefusedError):
        open_item(federation.nodes["B"], object_id, tmp_path / "late", federation.reach("A"))
    assert not (tmp_path / "late").exists()
    assert [one["kind"] for one in views.entries(federation.nodes["B"], 1)] == ["refusal"]


def test_what_changed_is_shown_newest_first(federation: Federation, tmp_path: Path) -> None:
    object_id = under_notice(federation, tmp_path)
    federation.at(LAPSE)
    Arming(federation.nodes["A"]).ask()
    found = views.changes(federation.nodes["A"])
    assert [one["changed"] for one in found] == ["key-access-closed", "flow-stopped"]
    assert {one["changed"] for one in found} <= CHANGES
    assert found[0]["objects"] == [object_id]
    with federation.nodes["A"].reading() as connection:
        assert len(connection.execute(select(STANDING)).all()) == 2


class Kept:
    """The loop of the serving process in a thread, and what it told."""

    def __init__(self, federation: Federation, party: str) -> None:
        self.told: list[Changed] = []
        self.faults: list[ServandaError] = []
        self.heard = threading.Event()
        self._stopping = threading.Event()
        node = federation.nodes[party]
        self._bell = Bell(node.home)
        self._thread = threading.Thread(
            target=keep_armed, args=(node, self._bell, self._stopping.is_set, self._tell, self._fault)
        )
        self._thread.start()

    def _tell(self, one: Changed) -> None:
        self.told.append(one)
        self.heard.set()

    def _fault(self, wrong: ServandaError) -> None:
        self.faults.append(wrong)
        self.heard.set()

    def stop(self) -> None:
        self._stopping.set()
        self._bell.end()
        self._thread.join(timeout=10)
        assert not self._thread.is_alive()
        self._bell.close()


def by_the_system_clock(federation: Federation) -> None:
    for party, node in federation.nodes.items():
        write_config(msgspec.structs.replace(read_config(node.home), clock="system"), node.home)
        federation.reopen(party)


def test_by_the_machines_clock_it_sleeps_until_the_very_instant(small: Federation) -> None:
    ends = Instant(SystemClock().now() + timedelta(seconds=3))
    done = "done = 2020-05-01, seen = 2020-05-02T00:00:00Z"
    also_in_the_catalogue(small, f'kind = "terminate", {done}, effect = {ends}')
    by_the_system_clock(small)
    kept = Kept(small, "A")
    released = small.release("A", "B")
    assert kept.heard.wait(20)
    late = SystemClock().now() - ends.utc
    kept.stop()
    assert timedelta(0) <= late < timedelta(seconds=1)
    assert [(one.changed, one.objects) for one in kept.told] == [("flow-stopped", (released.object_id,))]
    assert kept.told[0].since == ends
    assert kept.faults == []


def test_what_another_process_records_wakes_it(small: Federation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("servanda.node.clock.LOOK_SECONDS", 60.0)
    object_id = small.release("A", "B").object_id
    small.settle()
    kept = Kept(small, "B")
    small.act("A", "a-b", "recall", "recall", f'{{ objects = ["{object_id}"] }}')
    started = time.monotonic()
    small.settle()
    assert kept.heard.wait(10)
    assert time.monotonic() - started < 10
    kept.stop()
    assert [one.changed for one in kept.told] == ["item-under-survival-duties"]


def test_a_fault_is_told_and_tried_again(small: Federation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(armed, "RETRY_SECONDS", 0.01)
    (small.folder / "clock").write_text("broken")
    kept = Kept(small, "A")
    assert kept.heard.wait(10)
    kept.stop()
    assert "driven clock" in str(kept.faults[0])


def test_a_bell_wakes_whoever_waits_and_nobody_is_needed(tmp_path: Path) -> None:
    ring(tmp_path)
    bell = Bell(tmp_path)
    assert not bell.wait(0)
    ring(tmp_path)
    ring(tmp_path)
    assert bell.wait(10)
    assert not bell.wait(0)
    bell.end()
    assert bell.wait(10)
    bell.close()
    Bell(tmp_path).close()
    (tmp_path / NAME).unlink()
    (tmp_path / NAME).write_text("no bell")
    ring(tmp_path)
    assert (tmp_path / NAME).read_text() == "no bell"
    with pytest.raises(StorageError, match="is no bell"):
        Bell(tmp_path)


def test_a_clock_says_how_long_it_may_be_left_alone(tmp_path: Path) -> None:
    clock = SystemClock()
    assert clock.seconds_until(clock.now() - timedelta(days=1)) == 0
    assert 0 < clock.seconds_until(clock.now() + timedelta(seconds=1)) <= 1
    assert clock.seconds_until(FOREVER.utc) == LONGEST_SECONDS
    (tmp_path / "clock").write_text("2020-06-01T12:00:00Z")
    driven = DrivenClock(tmp_path / "clock")
    assert driven.seconds_until(at("2020-06-01T12:00:00Z").utc) == 0
    assert driven.seconds_until(at(LAPSE).utc) == LOOK_SECONDS
