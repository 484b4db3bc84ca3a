"""Proof files (C2SP tlog-proof): evidence that needs neither register nor network."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.naive import CALM, KEY, ORIGIN, OTHER_KEY, VERIFIER, entry_of
from servanda.errors import FormatError, ProofError, RegisterError
from servanda.register import MemoryLog, ProofFile, Register, parse_proof, prove, verifier_of, verify_proof

Fill = Callable[[int], Register]
CHECKPOINT = MemoryLog(ORIGIN).publish(ORIGIN, KEY)


def proven() -> ProofFile:
    register = MemoryLog(ORIGIN)
    for position in range(13):
        register.append(entry_of(position))
    register.publish(ORIGIN, KEY)
    return prove(register, 6)


PROOF = proven()
ENTRY = bytes(entry_of(6))


def test_every_entry_under_a_checkpoint_is_proven_off_line(filled: Fill) -> None:
    for size in range(3, 40, 3):
        register = filled(size)
        for position in range(size):
            text = str(prove(register, position))
            found = verify_proof(parse_proof(text), bytes(entry_of(position)), ORIGIN, (VERIFIER,))
            assert (found.size, found.root) == (size, register.root())


@CALM
@given(
    st.integers(0, 2**63 - 1),
    st.lists(st.binary(min_size=32, max_size=32), max_size=63),
    st.none() | st.binary(min_size=1, max_size=40),
)
def test_parsing_a_proof_undoes_printing_it(index: int, path: list[bytes], extra: bytes | None) -> None:
    proof = ProofFile(index, tuple(path), CHECKPOINT, extra)
    assert parse_proof(str(proof)) == proof


def test_the_wire_form_begins_as_the_specification_says() -> None:
    lines = str(replace(PROOF, extra=b"x")).split("\n")
    assert lines[:3] == ["c2sp.org/tlog-proof@v1", "extra eA==", "index 6"]
    assert lines[3 + len(PROOF.path) :][:3] == ["", ORIGIN, "13"]


def test_extra_data_prove_nothing_and_spoil_nothing() -> None:
    verify_proof(replace(PROOF, extra=b"anything"), ENTRY, ORIGIN, (VERIFIER,))


def test_any_bit_of_a_proof_file_counts() -> None:
    data = str(PROOF).encode()
    for bit in range(len(data) * 8):
        altered = bytearray(data)
        altered[bit // 8] ^= 1 << bit % 8
        with pytest.raises((FormatError, ProofError, UnicodeDecodeError)):
            verify_proof(parse_proof(altered.decode()), ENTRY, ORIGIN, (VERIFIER,))


def test_a_proof_is_of_one_entry_one_register_and_one_key() -> None:
    for entry, origin, verifier in (
        (bytes(entry_of(7)), ORIGIN, VERIFIER),
        (ENTRY, "servanda:JP", VERIFIER),
        (ENTRY, ORIGIN, verifier_of(ORIGIN, OTHER_KEY)),
    ):
        with pytest.raises(ProofError):
            verify_proof(PROOF, entry, origin, (verifier,))


def test_an_entry_that_no_checkpoint_covers_has_no_proof(filled: Fill) -> None:
    with pytest.raises(RegisterError):
        prove(filled(2), 0)
    with pytest.raises(RegisterError):
        prove(filled(4), 3)
    damaged = filled(4)
    assert isinstance(damaged, MemoryLog)
    damaged._checkpoints[3] = "damaged"
    with pytest.raises(RegisterError):
        prove(damaged, 0)


HEAD = "c2sp.org/tlog-proof@v1\n"


@pytest.mark.parametrize(
    "text",
    [
        "",
        HEAD,
        HEAD + "\n" + CHECKPOINT,
        "c2sp.org/tlog-proof@v2\nindex 0\n\n" + CHECKPOINT,
        HEAD + "index 00\n\n" + CHECKPOINT,
        HEAD + "index -1\n\n" + CHECKPOINT,
        HEAD + "index ٣\n\n" + CHECKPOINT,
        HEAD + f"index {2**63}\n\n" + CHECKPOINT,
        HEAD + "index 0\n" + CHECKPOINT,
        HEAD + "extra eA==\n\n" + CHECKPOINT,
        HEAD + "extra eA=\nindex 0\n\n" + CHECKPOINT,
        HEAD + "extra eB==\nindex 0\n\n" + CHECKPOINT,
        HEAD + "index 0\nextra eA==\n\n" + CHECKPOINT,
        HEAD + "index 0\neA==\n\n" + CHECKPOINT,
        HEAD + "index 0\n" + ("A" * 43 + "=\n") * 64 + "\n" + CHECKPOINT,
        HEAD + "index 0\n\n" + CHECKPOINT + "\n",
        HEAD + "index 0\n\n" + "text\n\n— name AAAAAAA=\n",
        HEAD + "index 0\n\n" + "x" * (1 << 22),
    ],
)
def test_what_is_not_a_proof_is_refused(text: str) -> None:
    with pytest.raises(FormatError):
        parse_proof(text)


@CALM
@given(st.text(max_size=200))
def test_no_text_makes_the_parser_fail_otherwise(text: str) -> None:
    for whole in (text, HEAD + text, HEAD + "index 0\n" + text + "\n\n" + CHECKPOINT):
        try:
            assert str(parse_proof(whole)) == whole
        except FormatError:
            continue


@CALM
@given(st.integers(0, 2**32), st.integers(1, 4))
def test_no_mutation_is_accepted_or_fails_otherwise(seed: int, edits: int) -> None:
    source = random.Random(seed)  # noqa: S311 - mutations, not keys
    text = list(str(PROOF))
    for _ in range(edits):
        at = source.randrange(len(text))
        text[at] = source.choice(
            ["", "\n", "=", "\ud800", "\x00", "٣", text[at] * 2, chr(source.randrange(0x110000))]
        )
    mutated = "".join(text)
    try:
        verify_proof(parse_proof(mutated), ENTRY, ORIGIN, (VERIFIER,))
        assert mutated == str(PROOF)
    except (FormatError, ProofError):
        pass
