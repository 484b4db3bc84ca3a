"""Messages between nodes: signed as they stand, read as they were printed, in order and once."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from servanda.errors import FormatError, NodeError, SequenceError, SignatureError
from servanda.exchange import (
    Arrival,
    Attachment,
    Envelope,
    EnvelopeKind,
    Identity,
    Receipt,
    Signed,
    arrival,
    next_try,
    open_envelope,
    open_receipt,
    parse_identity,
    parse_signed,
    read_envelope,
    seal_envelope,
    seal_receipt,
    sign_document,
)

NOW = "2019-11-22T15:00:00Z"
JAPAN, KOREA = Identity.generate("JP"), Identity.generate("KR")
WHOLE = b'{"document":"","signature":"' + b"A" * 84 + b'AA=="}'
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
bodies = st.dictionaries(words, words | st.integers(-(2**53) + 1, 2**53 - 1) | st.booleans(), max_size=4)
moments = st.datetimes(timezones=st.just(UTC)).map(lambda at: at.isoformat().replace("+00:00", "Z"))
digests = st.binary(min_size=32, max_size=32).map(bytes.hex)
envelopes = st.builds(
    Envelope,
    id=st.uuids(version=4).map(str),
    sender=st.just("JP"),
    recipient=st.just("KR"),
    sequence=st.integers(0, 2**53 - 1),
    kind=st.sampled_from(EnvelopeKind),
    sent=moments,
    body=bodies,
    attachments=st.lists(st.builds(Attachment, digests, st.integers(0, 2**53 - 1)), max_size=2).map(tuple),
)


@given(envelopes)
def test_an_envelope_reads_back_as_it_was_signed(envelope: Envelope) -> None:
    signed = seal_envelope(envelope, JAPAN)
    again = parse_signed(signed.wire())
    assert again == signed
    assert open_envelope(again, JAPAN.public, "KR").envelope == envelope


@given(envelopes, st.integers(0, 10_000), st.integers(1, 255))
def test_any_changed_byte_is_refused(envelope: Envelope, place: int, change: int) -> None:
    signed = seal_envelope(envelope, JAPAN)
    document = bytearray(signed.document)
    document[place % len(document)] ^= change
    with pytest.raises((FormatError, SignatureError)):
        open_envelope(type(signed)(bytes(document), signed.signature), JAPAN.public, "KR")


def test_an_envelope_of_another_signer_is_refused() -> None:
    envelope = Envelope("x", "JP", "KR", 1, EnvelopeKind.ACT, NOW, {})
    with pytest.raises(FormatError, match="cannot sign for JP"):
        seal_envelope(envelope, KOREA)
    forged = seal_envelope(msgspec.structs.replace(envelope, sender="KR"), KOREA)
    with pytest.raises(FormatError):
        open_envelope(forged, JAPAN.public, "KR")


def test_a_signature_of_one_kind_of_document_is_none_of_another() -> None:
    receipt = Receipt("d" * 64, "JP", "KR", 1, NOW, 0, "", accepted=True, reason="")
    signed = seal_receipt(receipt, KOREA)
    assert open_receipt(signed, KOREA.public) == receipt
    with pytest.raises(SignatureError):
        signed.verify("servanda/envelope@1", KOREA.public)
    with pytest.raises(SignatureError):
        open_receipt(signed, Identity.generate("KR").public)
    with pytest.raises(FormatError, match="of KR, not of JP"):
        open_receipt(signed, JAPAN.public)


receipts = st.builds(
    Receipt,
    digest=digests,
    sender=st.just("JP"),
    recipient=st.just("KR"),
    sequence=st.integers(1, 2**53 - 1),
    received=moments,
    position=st.integers(0, 2**53 - 1),
    checkpoint=words,
    accepted=st.just(value=True),
    reason=st.just(""),
) | st.builds(
    Receipt,
    digests,
    st.just("JP"),
    st.just("KR"),
    st.just(1),
    moments,
    st.just(0),
    words,
    st.just(value=False),
    words.filter(bool),
)


@given(receipts)
def test_a_receipt_reads_back_as_it_was_signed_and_is_always_the_same_bytes(receipt: Receipt) -> None:
    signed = seal_receipt(receipt, KOREA)
    assert seal_receipt(receipt, KOREA).wire() == signed.wire()
    assert open_receipt(parse_signed(signed.wire()), KOREA.public) == receipt
    with pytest.raises(FormatError, match="cannot sign for KR"):
        seal_receipt(receipt, JAPAN)


def test_the_signature_covers_the_format_a_newline_and_the_canonical_bytes() -> None:
    envelope = Envelope(str(UUID(int=7, version=4)), "JP", "KR", 1, EnvelopeKind.ACT, NOW, {"b": 1, "a": "é"})
    signed = seal_envelope(envelope, JAPAN)
    assert (
        signed.document
        == (
            '{"attachments":[],"body":{"a":"é","b":1},"format":"servanda/envelope@1",'
            '"id":"00000000-0000-4000-8000-000000000007","kind":"act","recipient":"KR","sender":"JP",'
            '"sent":"2019-11-22T15:00:00Z","sequence":1}'
        ).encode()
    )
    key = Ed25519PublicKey.from_public_bytes(JAPAN.public.public)
    key.verify(signed.signature, b"servanda/envelope@1\n" + signed.document)
    assert signed.digest == hashlib.sha256(signed.document).hexdigest()


def bent(**changes: object) -> Signed:
    """Return an envelope as no program of ours would write it, signed all the same."""
    envelope = Envelope("7", "JP", "KR", 1, EnvelopeKind.ACT, NOW, {}, (Attachment("d" * 64, 1),))
    plain = msgspec.to_builtins(envelope) | changes
    return sign_document({name: value for name, value in plain.items() if value is not MISSING}, JAPAN)


MISSING = object()


@pytest.mark.parametrize(
    "changes",
    [
        {"id": ""},
        {"id": "../1"},
        {"id": "7" * 65},
        {"sequence": -1},
        {"sequence": "1"},
        {"sequence": True},
        {"kind": "treaty"},
        {"sent": "2019-11-22"},
        {"sent": "2019-11-22T15:00:00"},
        {"sent": "2019-11-22T15:00:00+09:00"},
        {"sent": "2019-11-22t15:00:00z"},
        {"sent": "2019-11-31T15:00:00Z"},
        {"body": []},
        {"attachments": MISSING},
        {"attachments": [{"digest": "D" * 64, "size": 1}]},
        {"attachments": [{"digest": "../../etc/passwd", "size": 1}]},
        {"attachments": [{"digest": "d" * 64, "size": -1}]},
        {"attachments": [{"digest": "d" * 64, "size": 1, "name": "x"}]},
        {"priority": 1},
        {"sender": MISSING},
    ],
    ids=str,
)
def test_a_field_out_of_form_is_refused_though_signed(changes: dict[str, object]) -> None:
    assert read_envelope(bent()).id == "7"
    with pytest.raises(FormatError):
        open_envelope(bent(**changes), JAPAN.public, "KR")


@pytest.mark.parametrize(
    "changes",
    [
        {"digest": "d"},
        {"sequence": 0},
        {"position": -1},
        {"received": "yesterday"},
        {"accepted": False},
        {"reason": "because"},
    ],
    ids=str,
)
def test_a_receipt_that_contradicts_itself_is_refused_though_signed(changes: dict[str, object]) -> None:
    plain = msgspec.to_builtins(Receipt("d" * 64, "JP", "KR", 1, NOW, 0, "", accepted=True, reason=""))
    assert open_receipt(sign_document(plain, KOREA), KOREA.public)
    with pytest.raises(FormatError):
        open_receipt(sign_document(plain | changes, KOREA), KOREA.public)


@pytest.mark.parametrize(
    "document",
    [
        b'{"format": "servanda/envelope@1"}',
        b'{"format":"servanda/envelope@1","format":"servanda/envelope@1"}',
        b'{"format":"servanda/receipt@1"}',
        b"[" * 100_000,
        b'{"format":1.5}',
        b"\xff",
        b"",
    ],
    ids=lambda document: document[:40].decode(errors="replace"),
)
def test_only_one_form_of_a_document_is_read(document: bytes) -> None:
    with pytest.raises(FormatError):
        read_envelope(Signed(document, bytes(64)))


@pytest.mark.parametrize(
    "wire",
    [
        b'{"document":"","signature":"AA=="}',
        WHOLE.replace(b"}", b',"more":1}'),
        WHOLE.replace(b"AA==", b"AB=="),
        WHOLE.replace(b"AA==", b"A A=="),
        WHOLE.replace(b'"document":""', b'"document":null'),
        WHOLE.replace(b'"document":""', b'"document":"\xc3\xa9"'),
        b"[" * 100_000,
        b" " * (2 << 20),
    ],
    ids=lambda wire: wire[:40].decode(errors="replace"),
)
def test_only_one_wire_form_of_a_signature_is_read(wire: bytes) -> None:
    assert parse_signed(WHOLE) == Signed(b"", bytes(64))
    with pytest.raises(FormatError):
        parse_signed(wire)


def test_a_document_of_a_mebibyte_is_carried_and_one_byte_more_is_not() -> None:
    at_most = Signed(b"x" * (1 << 20), bytes(64))
    assert parse_signed(at_most.wire()) == at_most
    with pytest.raises(FormatError, match="longer than allowed"):
        parse_signed(Signed(b"x" * ((1 << 20) + 1), bytes(64)).wire())


@given(envelopes, st.data())
def test_a_damaged_message_is_refused_or_the_same(envelope: Envelope, data: st.DataObject) -> None:
    signed = seal_envelope(envelope, JAPAN)
    wire = bytearray(signed.wire())
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(wire) - 1))
        wire[at : at + data.draw(st.integers(0, 2))] = data.draw(st.binary(max_size=3))
    try:
        received = open_envelope(parse_signed(bytes(wire)), JAPAN.public, "KR")
    except (FormatError, SignatureError):
        return
    assert received.envelope == envelope
    assert received.signed == signed


@given(st.recursive(st.none() | st.booleans() | st.integers() | words, st.lists) | bodies)
def test_any_json_is_a_message_or_refused(value: object) -> None:
    wire = json.dumps({"format": "servanda/envelope@1", "x": value}).encode()
    with pytest.raises(FormatError):
        read_envelope(Signed(wire, bytes(64)))
    with pytest.raises(FormatError):
        parse_signed(json.dumps(value).encode())


@given(st.binary(max_size=200))
def test_noise_is_no_message(noise: bytes) -> None:
    with pytest.raises(FormatError):
        parse_signed(noise)


@given(words)
def test_noise_is_no_identity(noise: str) -> None:
    with pytest.raises(FormatError):
        parse_identity(noise)


def test_an_identity_is_kept_for_its_owner_and_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "identity.key"
    JAPAN.save(path)
    assert path.stat().st_mode & 0o077 == 0
    assert Identity.load("JP", path).public == JAPAN.public
    assert parse_identity(str(JAPAN.public)) == JAPAN.public
    with pytest.raises(NodeError, match="cannot be written"):
        KOREA.save(path)
    path.write_bytes(b"noise")
    with pytest.raises(NodeError, match="cannot be read"):
        Identity.load("JP", path)


@given(st.integers(1, 50), st.integers(0, 50), st.sampled_from(["same", "other", None]))
def test_every_envelope_once_and_in_order(sequence: int, last: int, known: str | None) -> None:
    try:
        found = arrival(sequence, "same", last, known if sequence <= last else None)
    except SequenceError:
        assert sequence > last + 1 or (sequence <= last and known != "same")
        return
    assert found is (Arrival.NEW if sequence == last + 1 else Arrival.AGAIN)


@given(st.lists(st.tuples(st.integers(-1, 6), st.sampled_from("xyz")), max_size=40))
def test_however_they_come_each_number_is_taken_once_in_order_and_keeps_its_first(
    coming: list[tuple[int, str]],
) -> None:
    taken: list[str] = []
    for sequence, digest in coming:
        known = taken[sequence - 1] if 0 < sequence <= len(taken) else None
        try:
            found = arrival(sequence, digest, len(taken), known)
        except SequenceError:
            assert known != digest
            assert sequence != len(taken) + 1
            continue
        if found is Arrival.NEW:
            assert sequence == len(taken) + 1
            taken.append(digest)
        else:
            assert known == digest
    firsts = iter(coming)
    assert all(any(one == (number, digest) for one in firsts) for number, digest in enumerate(taken, 1))


def test_the_specification_names_every_kind_and_every_field() -> None:
    page = (Path(__file__).parents[2] / "spec" / "envelope.md").read_text()
    fields = [*Envelope.__struct_fields__, *Receipt.__struct_fields__, *Attachment.__struct_fields__]
    names = {kind.value for kind in EnvelopeKind} | set(fields)
    assert [name for name in sorted(names) if f"`{name}`" not in page and f'"{name}"' not in page] == []


@given(st.integers(0, 60), words)
def test_attempts_grow_apart_and_never_stop(attempts: int, name: str) -> None:
    at = datetime(2019, 11, 23, tzinfo=UTC)
    wait = next_try(at, attempts, name) - at
    assert timedelta(milliseconds=200) <= wait <= timedelta(minutes=6.25)
    assert next_try(at, attempts, name) == at + wait
