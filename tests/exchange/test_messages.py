"""Messages between nodes: signed as they stand, read as they were printed, in order and once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
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
    arrival,
    next_try,
    open_envelope,
    open_receipt,
    parse_identity,
    parse_signed,
    seal_envelope,
    seal_receipt,
)

NOW = "2019-11-22T15:00:00Z"
JAPAN, KOREA = Identity.generate("JP"), Identity.generate("KR")
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
bodies = st.dictionaries(words, words | st.integers(-(2**53) + 1, 2**53 - 1) | st.booleans(), max_size=4)
moments = st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1)).map(lambda at: at.isoformat() + "Z")
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


@given(st.integers(0, 60), words)
def test_attempts_grow_apart_and_never_stop(attempts: int, name: str) -> None:
    at = datetime(2019, 11, 23, tzinfo=UTC)
    wait = next_try(at, attempts, name) - at
    assert timedelta(milliseconds=200) <= wait <= timedelta(minutes=6.25)
    assert next_try(at, attempts, name) == at + wait
