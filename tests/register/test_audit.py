"""What an audit finds: every change to a row, and where it begins."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Connection, Engine, Executable, delete, insert, update

from register.naive import KEY, ORIGIN, OTHER_KEY, VERIFIER, entry_of
from servanda.errors import ProofError
from servanda.register import (
    Audit,
    Log,
    MemoryLog,
    Register,
    audit,
    leaf_hash,
    node_hash,
    read_checkpoint,
    verify_consistency,
)
from servanda.register.store import CHECKPOINT, LEAF, NODE

SIZE = 23
Fill = Callable[[int], Register]


def twin(register: Register) -> MemoryLog:
    assert isinstance(register, MemoryLog)
    return register


def flip(data: bytes, bit: int) -> bytes:
    return (int.from_bytes(data, "big") ^ 1 << bit).to_bytes(len(data), "big")


def audited(register: Register, others: tuple[str, ...] = ()) -> Audit:
    return audit(register, (VERIFIER,), others)


@pytest.mark.parametrize("size", [0, 1, 2, 3, 8, SIZE, 64, 100])
def test_an_untouched_register_has_no_problems(filled: Fill, size: int) -> None:
    register = filled(size)
    found = audited(register)
    assert found == Audit(size, register.root(), size // 3, (), proven=size // 3 * 3)


def test_an_untouched_database_has_no_problems(engine: Engine) -> None:
    with engine.begin() as connection:
        log = Log(connection, ORIGIN)
        for position in range(1200):
            log.append(entry_of(position))
        log.publish(ORIGIN, KEY)
        assert audited(log).problems == ()


def test_any_bit_of_any_entry_is_found_where_it_stands(filled: Fill) -> None:
    register = twin(filled(SIZE))
    for position, (data, leaf) in enumerate(list(register._leaves)):
        for bit in range(position % 5, len(data) * 8, 37):
            register._leaves[position] = (flip(data, bit), leaf)
            found = audited(register)
            assert (found.first_altered, bool(found.problems)) == (position, True)
        register._leaves[position] = (data, leaf)
    assert audited(register).problems == ()


def test_any_bit_of_any_stored_hash_is_found(filled: Fill) -> None:
    register = twin(filled(SIZE))
    for bit in range(0, 256, 5):
        for position, (data, leaf) in enumerate(list(register._leaves)):
            register._leaves[position] = (data, flip(leaf, bit))
            assert audited(register).first_altered == position
            register._leaves[position] = (data, leaf)
        for (level, index), found in list(register._nodes.items()):
            register._nodes[level, index] = flip(found, bit)
            assert audited(register).first_altered == index << level
            register._nodes[level, index] = found


def test_any_bit_of_any_checkpoint_is_found(filled: Fill) -> None:
    register = twin(filled(9))
    for size, note in list(register._checkpoints.items()):
        data = note.encode()
        for bit in range(len(data) * 8):
            register._checkpoints[size] = flip(data, bit).decode(errors="replace")
            assert audited(register).problems, (size, bit)
        register._checkpoints[size] = note


ALTERATIONS: dict[str, tuple[Executable, int | None]] = {
    "entry altered": (update(LEAF).where(LEAF.c.position == 5).values(entry=bytes(entry_of(5, "other"))), 5),
    "entry not an entry": (
        update(LEAF).where(LEAF.c.position == 5).values(entry=b"{}", leaf_hash=leaf_hash(b"{}")),
        5,
    ),
    "entry gone": (delete(LEAF).where(LEAF.c.position == 7), 7),
    "first gone": (delete(LEAF).where(LEAF.c.position == 0), 0),
    "all gone": (delete(LEAF), 0),
    "tail gone": (delete(LEAF).where(LEAF.c.position >= 20), 20),
    "node swapped": (update(NODE).where(NODE.c.level == 1, NODE.c.position == 3).values(hash=b"x" * 32), 6),
    "node gone": (delete(NODE).where(NODE.c.level == 2, NODE.c.position == 1), 4),
    "node too many": (insert(NODE).values(level=9, position=0, hash=b"x" * 32), None),
    "checkpoint damaged": (update(CHECKPOINT).where(CHECKPOINT.c.size == 6).values(note="x"), None),
    "row far away": (update(LEAF).where(LEAF.c.position == 22).values(position=2**62), 22),
}


@pytest.mark.parametrize("name", ALTERATIONS)
def test_an_alteration_of_the_database_is_found_with_its_first_position(engine: Engine, name: str) -> None:
    statement, first = ALTERATIONS[name]
    with engine.connect() as connection:
        log = Log(connection, ORIGIN)
        for position in range(SIZE):
            log.append(entry_of(position))
            if position % 3 == 2 or position == SIZE - 1:
                log.publish(ORIGIN, KEY)
        assert audited(log).problems == ()
        connection.execute(statement)
        found = audited(log)
        assert found.problems
        assert found.first_altered == first
        connection.rollback()


def swap(connection: Connection, one: int, two: int) -> None:
    for source, target in ((one, -1), (two, one), (-1, two)):
        connection.execute(update(LEAF).where(LEAF.c.position == source).values(position=target))


def test_entries_in_another_order_are_found_even_with_their_hashes(engine: Engine) -> None:
    with engine.connect() as connection:
        log = Log(connection, ORIGIN)
        for position in range(SIZE):
            log.append(entry_of(position))
        log.publish(ORIGIN, KEY)
        swap(connection, 4, 11)
        assert audited(log).first_altered == 4
        connection.rollback()


def rehash(register: MemoryLog) -> None:
    """Do what a forger with the whole database would: make every hash fit the entries again."""
    register._leaves = [(data, leaf_hash(data)) for data, _ in register._leaves]
    for level, index in sorted(register._nodes):
        read = register.node
        register._nodes[level, index] = node_hash(read(level - 1, index * 2), read(level - 1, index * 2 + 1))


def test_a_rewriting_that_fits_in_itself_contradicts_the_checkpoints(filled: Fill) -> None:
    register = twin(filled(SIZE))
    register._leaves[10] = (bytes(entry_of(10, "rewritten")), b"")
    rehash(register)
    found = audited(register)
    assert (found.proven, found.first_altered) == (9, 9)  # the last checkpoint that still fits
    assert [problem[:16] for problem in found.problems] == [
        f"checkpoint of {size}" for size in (12, 15, 18, 21)
    ]


def test_a_rewriting_signed_anew_contradicts_what_the_other_side_has_kept(filled: Fill) -> None:
    register = twin(filled(SIZE))
    kept = read_checkpoint(register._checkpoints[12], (VERIFIER,))
    others = (register._checkpoints[12],)
    register._leaves[10] = (bytes(entry_of(10, "rewritten")), b"")
    rehash(register)
    register._checkpoints.clear()
    newest = read_checkpoint(register.publish(ORIGIN, KEY), (VERIFIER,))
    assert audited(register).problems == ()  # alone it cannot be told
    assert audited(register, others).first_altered == 0
    with pytest.raises(ProofError):
        verify_consistency(12, SIZE, register.consistency(12), kept.root, newest.root)


def test_entries_removed_with_their_checkpoints_contradict_what_the_other_side_has_kept(filled: Fill) -> None:
    newest = filled(SIZE).latest()
    assert newest is not None
    found = audited(filled(12), (newest,))
    assert (found.first_altered, len(found.problems)) == (12, 1)


def test_a_checkpoint_of_another_key_or_another_register_is_found(filled: Fill) -> None:
    forged = twin(filled(4))
    forged._checkpoints.clear()
    strange = forged.publish(ORIGIN, OTHER_KEY)
    assert len(audited(filled(4), (strange,)).problems) == 1
    elsewhere = MemoryLog("servanda:JP").publish(ORIGIN, KEY)
    assert len(audited(filled(4), (elsewhere,)).problems) == 1


def test_a_second_alteration_that_fits_in_itself_is_not_hidden_by_a_plain_one(filled: Fill) -> None:
    register = twin(filled(SIZE))
    register._leaves[1] = (bytes(entry_of(1, "rewritten")), b"")
    rehash(register)
    register._leaves[5] = (bytes(entry_of(5, "altered")), register._leaves[5][1])
    found = audited(register)
    assert (found.proven, found.first_altered) == (0, 0)  # the checkpoint of 3 covers the first
