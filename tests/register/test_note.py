"""Signed notes and checkpoints (C2SP signed-note, tlog-checkpoint)."""

from __future__ import annotations

import base64
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.naive import CALM, KEY, ORIGIN, OTHER_KEY, VERIFIER
from servanda.errors import FormatError, ProofError
from servanda.register import (
    EMPTY_ROOT,
    Checkpoint,
    Note,
    Signature,
    Verifier,
    parse_checkpoint,
    parse_note,
    parse_verifier,
    read_checkpoint,
    sign,
    verifier_of,
    verify_note,
)

# The example of Go's package golang.org/x/mod/sumdb/note: another implementation's key and signature.
GO_VKEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZIn"
    "NIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)

NAMES = st.text(min_size=1, max_size=12).filter(
    lambda name: not any(one.isspace() or one == "+" or one < " " or one == "\x7f" for one in name)
)
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.just("\n"), max_size=60).map(
    lambda text: text + "\n"
)
SIGNATURES = st.builds(
    Signature, NAMES, st.binary(min_size=4, max_size=4), st.binary(min_size=1, max_size=80)
)


def checkpoint_note(size: int = 3, root: bytes = b"r" * 32) -> str:
    return str(sign(str(Checkpoint(ORIGIN, size, root)), ORIGIN, KEY))


def test_a_note_of_another_implementation_verifies_and_prints_as_it_was_read() -> None:
    verifier = parse_verifier(GO_VKEY)
    note = parse_note(GO_NOTE)
    assert verify_note(note, (verifier,)) == ("PeterNeumann",)
    assert (str(verifier), str(note)) == (GO_VKEY, GO_NOTE)


@CALM
@given(TEXTS, st.lists(SIGNATURES, min_size=1, max_size=4))
def test_parsing_a_note_undoes_printing_it(text: str, signatures: list[Signature]) -> None:
    note = Note(text, tuple(signatures))
    assert parse_note(str(note)) == note


@CALM
@given(NAMES, st.binary(min_size=32, max_size=32))
def test_parsing_a_verifier_undoes_printing_it(name: str, public: bytes) -> None:
    verifier = Verifier(name, public)
    assert parse_verifier(str(verifier)) == verifier


@CALM
@given(TEXTS, NAMES)
def test_what_is_signed_verifies(text: str, name: str) -> None:
    note = parse_note(str(sign(text, name, KEY)))
    assert verify_note(note, (verifier_of(name, KEY),)) == (name,)


def test_the_text_ends_at_the_last_empty_line() -> None:
    note = parse_note(str(sign("one\n\ntwo\n\n", ORIGIN, KEY)))
    assert note.text == "one\n\ntwo\n\n"


def test_any_bit_of_a_signed_checkpoint_counts() -> None:
    data = checkpoint_note().encode()
    for bit in range(len(data) * 8):
        altered = bytearray(data)
        altered[bit // 8] ^= 1 << bit % 8
        with pytest.raises((FormatError, ProofError, UnicodeDecodeError)):
            read_checkpoint(altered.decode(), (VERIFIER,))


def test_unknown_keys_are_ignored_and_the_known_one_counts() -> None:
    text = str(Checkpoint(ORIGIN, 3, b"r" * 32))
    known, unknown = sign(text, ORIGIN, KEY).signatures, sign(text, "witness", OTHER_KEY).signatures
    note = Note(text, (*unknown, *known))
    assert verify_note(note, (VERIFIER,)) == (ORIGIN,)
    assert verify_note(note, (VERIFIER, verifier_of("witness", OTHER_KEY))) == ("witness", ORIGIN)
    with pytest.raises(ProofError):
        verify_note(Note(text, unknown), (VERIFIER,))


def test_a_key_that_shares_a_name_or_an_id_but_not_both_is_unknown() -> None:
    good = sign("text\n", ORIGIN, KEY).signatures[0]
    same_name = Signature(ORIGIN, b"\0\0\0\0", b"x" * 64)
    same_id = Signature("another", VERIFIER.key_id, b"x" * 64)
    assert verify_note(Note("text\n", (same_name, same_id, good)), (VERIFIER,)) == (ORIGIN,)


def test_a_known_key_that_fails_rejects_the_note_even_beside_one_that_holds() -> None:
    good = sign("text\n", ORIGIN, KEY).signatures[0]
    for bad in (b"x" * 64, b"x", good.signature + b"x"):
        for order in (
            (good, Signature(ORIGIN, good.key_id, bad)),
            (Signature(ORIGIN, good.key_id, bad), good),
        ):
            with pytest.raises(ProofError):
                verify_note(Note("text\n", order), (VERIFIER,))


def test_a_key_that_signs_twice_is_one_signer() -> None:
    good = sign("text\n", ORIGIN, KEY).signatures[0]
    assert verify_note(Note("text\n", (good, good)), (VERIFIER,)) == (ORIGIN,)


def test_a_note_may_carry_many_cosignatures() -> None:
    text = str(Checkpoint(ORIGIN, 3, b"r" * 32))
    others = tuple(Signature(f"witness-{one}", b"%04d" % one, b"s" * 2428) for one in range(40))
    note = parse_note(str(Note(text, (*others, *sign(text, ORIGIN, KEY).signatures))))
    assert read_checkpoint(str(note), (VERIFIER,)).size == 3


@pytest.mark.parametrize(
    "data",
    [
        "",
        "text\n",
        "text\n\n",
        "text\n\n— name AAAAAAA=",
        "text\n\n- name AAAAAAA=\n",
        "text\n\n—  name AAAAAAA=\n",
        "text\n\n— name AAAA\n",
        "text\n\n— name AAAAAA==\n",
        "text\n\n— name AAAAAAB=\n",
        "text\n\n— na+me AAAAAAA=\n",
        "text\n\n— na\u00a0me AAAAAAA=\n",
        "te\txt\n\n— name AAAAAAA=\n",
        "te\rxt\n\n— name AAAAAAA=\n",
        "te\ud800xt\n\n— name AAAAAAA=\n",
        "text\n\n— na\ud800me AAAAAAA=\n",
        "text\n\n— name AAAAAAA=\n\n",
        "text\n\n— name AAAAAAA= \n",
        "text\n\n" + "— name AAAAAAA=\n" * 101,
        "x" * (1 << 20) + "\n\n— name AAAAAAA=\n",
    ],
)
def test_what_is_not_a_note_is_refused(data: str) -> None:
    with pytest.raises(FormatError):
        parse_note(data)


def test_what_could_not_be_read_back_is_not_signed() -> None:
    for text, name in (
        ("no newline", ORIGIN),
        ("bell\x07\n", ORIGIN),
        ("\ud800\n", ORIGIN),
        ("t\n", "a b"),
        ("t\n", ""),
    ):
        with pytest.raises(FormatError):
            sign(text, name, KEY)


def vkey(name: str, key: bytes, key_id: str | None = None) -> str:
    shown = key_id or Verifier(name, key[1:]).key_id.hex()
    return f"{name}+{shown}+{base64.b64encode(key).decode()}"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a+b",
        vkey("name", b"\1" + b"k" * 31),
        vkey("name", b"\2" + b"k" * 32),
        vkey("na me", b"\1" + b"k" * 32),
        vkey("name", b"\1" + b"k" * 32, "00000000"),
        vkey("name", b"\1" + b"k" * 32, Verifier("name", b"k" * 32).key_id.hex().upper() + " "),
        "na\ud800me+00000000+AQ==",
        "na\ud800me+00000000+" + base64.b64encode(b"\1" + b"k" * 32).decode(),
        vkey("name", b"\1" + b"k" * 32) + "\n",
    ],
)
def test_what_is_not_a_verifier_key_is_refused(text: str) -> None:
    with pytest.raises(FormatError):
        parse_verifier(text)


@CALM
@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1),
    st.integers(0, 2**63 - 1),
    st.binary(min_size=32, max_size=32),
)
def test_parsing_a_checkpoint_undoes_printing_it(origin: str, size: int, root: bytes) -> None:
    checkpoint = Checkpoint(origin, size, root)
    assert parse_checkpoint(str(checkpoint)) == checkpoint


ROOT = base64.b64encode(EMPTY_ROOT).decode()


@pytest.mark.parametrize(
    "text",
    [
        "",
        f"origin\n0\n{ROOT}",
        f"\n0\n{ROOT}\n",
        f"origin\n00\n{ROOT}\n",
        f"origin\n-1\n{ROOT}\n",
        f"origin\n+1\n{ROOT}\n",
        f"origin\n1_0\n{ROOT}\n",
        f"origin\n ١\n{ROOT}\n",
        f"origin\n{2**63}\n{ROOT}\n",
        f"origin\n{'9' * 5000}\n{ROOT}\n",
        f"origin\n0\n{ROOT[:-4]}\n",
        f"origin\n0\n{ROOT[:-2]}V=\n",
        f"origin\n0\n{ROOT}\nextension\n",
        f"origin\n0\n{ROOT}\n\n",
        f"ori\ud800gin\n0\n{ROOT}\n",
    ],
)
def test_what_is_not_a_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(FormatError):
        parse_checkpoint(text)


@CALM
@given(st.text(max_size=300))
def test_no_text_makes_a_parser_fail_otherwise(text: str) -> None:
    for parse in (parse_note, parse_checkpoint, parse_verifier):
        try:
            assert str(parse(text)) == text
        except FormatError:
            continue


@CALM
@given(st.integers(0, 2**32), st.integers(1, 4))
def test_no_mutation_of_a_note_makes_a_reader_fail_otherwise(seed: int, edits: int) -> None:
    source = random.Random(seed)  # noqa: S311 - mutations, not keys
    text = list(checkpoint_note())
    for _ in range(edits):
        at = source.randrange(len(text))
        text[at] = source.choice(
            [
                "",
                "\n",
                " ",
                "+",
                "=",
                "\ud800",
                "\x00",
                "—",
                "٣",
                text[at] * 2,
                chr(source.randrange(0x110000)),
            ]
        )
    mutated = "".join(text)
    try:
        assert read_checkpoint(mutated, (VERIFIER,)) == Checkpoint(ORIGIN, 3, b"r" * 32)
        assert mutated == checkpoint_note()
    except (FormatError, ProofError):
        pass
