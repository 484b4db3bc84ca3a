"""What a register does, in memory, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import Engine, Executable, delete, update

from register import naive
from register.naive import KEY, ORIGIN, OTHER_KEY, VERIFIER, entry_of
from servanda.errors import FormatError, ProofError, RegisterError
from servanda.register import (
    EMPTY_ROOT,
    Entry,
    EntryKind,
    Log,
    MemoryLog,
    Register,
    leaf_hash,
    read_checkpoint,
    verifier_of,
    verify_consistency,
    verify_inclusion,
)
from servanda.register.store import CHECKPOINT, LEAF, NODE


def grow(register: Register, count: int) -> list[bytes]:
    start = register.size()
    for position in range(start, start + count):
        assert register.append(entry_of(position)) == position
    return [bytes(entry_of(position)) for position in range(start + count)]


def test_an_empty_register_has_no_entries_and_the_empty_root(register: Register) -> None:
    assert (register.size(), register.root(), register.latest()) == (0, EMPTY_ROOT, None)
    assert list(register.entries()) == list(register.nodes()) == list(register.checkpoints()) == []
    with pytest.raises(RegisterError):
        register.entry(0)


def test_entries_come_back_as_they_were_appended_and_in_order(register: Register) -> None:
    grow(register, 7)
    assert list(register.entries()) == [(position, entry_of(position)) for position in range(7)]
    assert [position for position, _ in register.entries(2, 5)] == [2, 3, 4]
    assert [position for position, _ in register.entries(-3, 50)] == list(range(7))
    assert register.entry(3) == entry_of(3)
    for outside in (-1, 7):
        with pytest.raises(RegisterError):
            register.entry(outside)


def test_roots_and_proofs_are_those_of_the_definition_at_every_size(register: Register) -> None:
    data = grow(register, 35)
    for size in range(36):
        assert register.root(size) == naive.mth(data[:size])
    for position in range(0, 35, 3):
        found = register.inclusion(position)
        assert found == naive.path(position, data)
        verify_inclusion(leaf_hash(data[position]), position, 35, found, register.root())
    for old in range(1, 35, 4):
        assert register.consistency(old) == naive.proof(old, data)


def test_what_is_not_there_cannot_be_asked(register: Register) -> None:
    grow(register, 3)
    for ask in (
        lambda: register.root(4),
        lambda: register.root(-1),
        lambda: register.inclusion(3),
        lambda: register.inclusion(-1),
        lambda: register.inclusion(2, 2),
        lambda: register.consistency(4),
        lambda: register.consistency(3, 2),
        lambda: register.consistency(-1, 2),
        lambda: register.node(5, 0),
    ):
        with pytest.raises(RegisterError):
            ask()


def test_more_entries_than_a_page_come_in_order(register: Register) -> None:
    grow(register, 1001 if isinstance(register, MemoryLog) else 2003)
    assert [position for position, _, _ in register.leaves()] == list(range(register.size()))
    nodes = [(level, index) for level, index, _ in register.nodes()]
    assert nodes == sorted(nodes)
    assert len(nodes) == register.size() - register.size().bit_count()


def test_a_checkpoint_is_signed_and_says_what_the_register_is(register: Register) -> None:
    data = grow(register, 5)
    note = register.publish(ORIGIN, KEY)
    one = read_checkpoint(note, (VERIFIER,))
    assert (one.origin, one.size, one.root) == (ORIGIN, 5, naive.mth(data))
    assert register.latest() == note
    assert register.publish(ORIGIN, KEY) == note  # the same size, the same note
    grow(register, 1)
    newer = register.publish(ORIGIN, KEY)
    assert list(register.checkpoints()) == [note, newer]
    two = read_checkpoint(newer, (VERIFIER,))
    verify_consistency(5, 6, register.consistency(5, 6), one.root, two.root)


def test_the_empty_register_can_be_published(register: Register) -> None:
    assert read_checkpoint(register.publish(ORIGIN, KEY), (VERIFIER,)).root == EMPTY_ROOT


def test_a_new_key_signs_only_when_told_which_key_signed_before(register: Register) -> None:
    grow(register, 2)
    register.publish(ORIGIN, KEY)
    grow(register, 1)
    with pytest.raises(ProofError):
        register.publish(ORIGIN, OTHER_KEY)
    note = register.publish(ORIGIN, OTHER_KEY, earlier=(VERIFIER,))
    assert read_checkpoint(note, (verifier_of(ORIGIN, OTHER_KEY),)).size == 3


def test_what_could_not_be_read_back_is_not_appended(register: Register) -> None:
    grow(register, 1)
    for entry in (
        Entry(EntryKind.ACT, "garbage", {}),
        Entry(EntryKind.ACT, "2019-11-22T09:00:00Z", {"a": "x" * 70_000}),
    ):
        with pytest.raises(FormatError):
            register.append(entry)
    assert register.size() == 1


def test_an_entry_is_there_exactly_when_the_transaction_is(engine: Engine) -> None:
    with engine.begin() as connection:
        grow(Log(connection, ORIGIN), 3)
    with engine.connect() as connection:
        grow(Log(connection, ORIGIN), 5)
        Log(connection, ORIGIN).publish(ORIGIN, KEY)
        connection.rollback()
    with engine.connect() as connection:
        log = Log(connection, ORIGIN)
        assert (log.size(), log.latest(), len(list(log.nodes()))) == (3, None, 1)


def test_writers_at_once_leave_one_line_of_entries(engine: Engine) -> None:
    def write(name: str) -> None:
        try:
            for count in range(10):
                with engine.begin() as connection:
                    Log(connection, ORIGIN).append(entry_of(count, name))
        except Exception as wrong:  # noqa: BLE001 - shown by the assertion below, in the test's own thread
            failures.append(wrong)

    failures: list[Exception] = []
    writers = [threading.Thread(target=write, args=(name,)) for name in ("a", "b", "c")]
    for one in writers:
        one.start()
    for one in writers:
        one.join(timeout=60)
    assert failures == []
    with engine.connect() as connection:
        log = Log(connection, ORIGIN)
        data = [data for _, data, _ in log.leaves()]
        assert (len(data), log.root()) == (30, naive.mth(data))
        for name in ("a", "b", "c"):
            own = [entry.body[name] for _, entry in log.entries() if name in entry.body]
            assert own == list(range(10))


@pytest.mark.parametrize(
    "damage",
    [
        delete(LEAF).where(LEAF.c.position >= 3),
        update(LEAF).where(LEAF.c.position == 4).values(leaf_hash=b"x" * 32),
        update(NODE).where(NODE.c.level == 2).values(hash=b"x" * 32),
        delete(NODE).where(NODE.c.level == 2),
        update(CHECKPOINT).values(note="not a note"),
        update(CHECKPOINT).values(note="text\n\n— name AAAAAAA=\n"),
    ],
    ids=["tail gone", "leaf hash", "node hash", "node gone", "checkpoint damaged", "checkpoint forged"],
)
def test_a_register_that_no_longer_continues_its_checkpoint_signs_nothing(
    engine: Engine, damage: Executable
) -> None:
    with engine.connect() as connection:
        log = Log(connection, ORIGIN)
        grow(log, 5)
        log.publish(ORIGIN, KEY)
        connection.execute(damage)
        with pytest.raises(RegisterError):
            log.publish(ORIGIN, KEY)
        connection.rollback()


def test_a_checkpoint_of_another_register_is_not_continued(engine: Engine) -> None:
    with engine.connect() as connection:
        log = Log(connection, "servanda:JP")
        log.publish("servanda:JP", KEY)
        with pytest.raises(RegisterError):
            Log(connection, ORIGIN).publish("servanda:JP", KEY)
        connection.rollback()


def test_nodes_beyond_the_last_entry_stop_an_append(engine: Engine) -> None:
    with engine.connect() as connection:
        log = Log(connection, ORIGIN)
        grow(log, 4)
        connection.execute(delete(LEAF).where(LEAF.c.position == 3))
        with pytest.raises(RegisterError):
            log.append(entry_of(3))
        connection.rollback()


def test_a_position_is_never_written_twice(engine: Engine) -> None:
    with engine.connect() as connection:
        log = Log(connection, ORIGIN)
        grow(log, 2)
        with pytest.raises(RegisterError):
            log._keep_leaf(1, b"other", b"o" * 32, [])
        connection.rollback()


def test_an_altered_entry_is_not_handed_out(engine: Engine) -> None:
    with engine.connect() as connection:
        log = Log(connection, ORIGIN)
        grow(log, 3)
        connection.execute(update(LEAF).where(LEAF.c.position == 1).values(entry=bytes(entry_of(9))))
        with pytest.raises(RegisterError):
            log.entry(1)
        with pytest.raises(RegisterError):
            list(log.entries())
        connection.execute(
            update(LEAF).where(LEAF.c.position == 1).values(entry=b"{}", leaf_hash=leaf_hash(b"{}"))
        )
        with pytest.raises(RegisterError):
            log.entry(1)
        connection.rollback()


def test_a_register_restored_from_an_old_copy_says_that_it_is_behind_what_it_signed(engine: Engine) -> None:
    with engine.connect() as connection:
        log = Log(connection, ORIGIN)
        grow(log, 5)
        log.publish(ORIGIN, KEY)
        connection.execute(delete(LEAF).where(LEAF.c.position >= 3))
        with pytest.raises(RegisterError, match="no longer continues its own checkpoint of 5 entries"):
            log.publish(ORIGIN, KEY)
        connection.rollback()
