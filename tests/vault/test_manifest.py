"""The manifest: what is needed must be there, what is not understood is refused, the rest is read over."""

from __future__ import annotations

import copy
import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servanda.errors import ContainerError
from servanda.vault import KeyAccess, Manifest, Sealed, parse_manifest, print_manifest
from servanda.vault.manifest import (
    OVERHEAD,
    Assertion,
    Binding,
    Encryption,
    Integrity,
    Method,
    Payload,
    PolicyBinding,
    RootSignature,
    Segment,
    Statement,
)

WORDS = st.text(max_size=12)
MAYBE = st.none() | WORDS
SIZES = st.integers(0, 64 << 20)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


def sized(size: int) -> Segment:
    return Segment(hash="AAAA", segment_size=size, encrypted_segment_size=size + OVERHEAD)


ACCESS = st.builds(
    KeyAccess,
    type=WORDS,
    url=WORDS,
    protocol=WORDS,
    wrapped_key=WORDS,
    policy_binding=WORDS | st.builds(PolicyBinding, alg=WORDS, hash=WORDS),
    kid=MAYBE,
    sid=MAYBE,
    schema_version=MAYBE,
)
ASSERTION = st.builds(
    Assertion,
    id=WORDS,
    type=WORDS,
    scope=WORDS,
    applies_to_state=MAYBE,
    statement=st.builds(Statement, format=MAYBE, value=st.text(max_size=5) | st.integers(), schema=MAYBE),
    binding=st.none() | st.builds(Binding, method=WORDS, signature=WORDS),
)
MANIFESTS = st.builds(
    Manifest,
    payload=st.builds(
        Payload,
        type=st.just("reference"),
        url=st.just("0.payload"),
        protocol=st.just("zip"),
        is_encrypted=st.just(value=True),
        mime_type=MAYBE,
    ),
    encryption_information=st.builds(
        Encryption,
        type=st.just("split"),
        key_access=st.lists(ACCESS, min_size=1, max_size=3).map(tuple),
        method=st.builds(
            Method,
            algorithm=st.just("AES-256-GCM"),
            is_streamable=st.none() | st.booleans(),
            iv=MAYBE,
        ),
        integrity_information=st.builds(
            Integrity,
            root_signature=st.builds(RootSignature, alg=st.just("HS256"), sig=WORDS),
            segment_hash_alg=st.sampled_from(["GMAC", "HS256"]),
            segments=st.lists(SIZES.map(sized) | st.just(Segment(hash="")), max_size=4).map(tuple),
            segment_size_default=st.just(1 << 20),
            encrypted_segment_size_default=st.none() | st.just((1 << 20) + OVERHEAD),
        ),
        policy=WORDS,
    ),
    assertions=st.none() | st.lists(ASSERTION, max_size=3, unique_by=lambda one: one.id).map(tuple),
    schema_version=MAYBE,
)


@settings(max_examples=150, deadline=None)
@given(MANIFESTS)
def test_every_manifest_reads_back_as_printed(manifest: Manifest) -> None:
    assert parse_manifest(print_manifest(manifest)) == manifest


@pytest.fixture
def good(sealed: Sealed) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(print_manifest(sealed.manifest))
    return found


def places(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Return the path of every value inside a JSON document."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(deeper for name, one in inner for deeper in places(one, (*path, name)))]


def changed(document: dict[str, Any], path: tuple[str | int, ...], value: object) -> dict[str, Any]:
    """Return a copy of a document with another value at a path, its last name made where it is not there."""
    whole: dict[str, Any] = copy.deepcopy(document)
    at: Any = whole
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    return whole


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_any_json_anywhere_in_a_manifest_gives_a_refusal_or_a_manifest(
    document: bytes, data: st.DataObject
) -> None:
    good = json.loads(document)
    path = data.draw(st.sampled_from(places(good)[1:]))
    try:
        found = parse_manifest(json.dumps(changed(good, path, data.draw(JSON))).encode())
    except ContainerError:
        return
    assert parse_manifest(print_manifest(found)) == found


@settings(max_examples=300, deadline=None)
@given(place=st.integers(0, 4000), put=st.binary(max_size=6), gone=st.integers(0, 6))
def test_any_bytes_anywhere_in_a_manifest_give_a_refusal_or_a_manifest(
    document: bytes, place: int, put: bytes, gone: int
) -> None:
    place = min(place, len(document))
    with suppress(ContainerError):
        parse_manifest(document[:place] + put + document[place + gone :])


@pytest.fixture(scope="module")
def document() -> bytes:
    """A small manifest as bytes."""
    access = KeyAccess(type="wrapped", url="u", protocol="kas", wrapped_key="", policy_binding="")
    integrity = Integrity(
        root_signature=RootSignature(alg="HS256", sig=""),
        segment_hash_alg="GMAC",
        segments=(sized(5), sized(6)),
        segment_size_default=10,
        encrypted_segment_size_default=38,
    )
    statement = Statement(format="json", value="{}")
    return print_manifest(
        Manifest(
            payload=Payload(type="reference", url="0.payload", protocol="zip", is_encrypted=True),
            encryption_information=Encryption(
                type="split",
                key_access=(access,),
                method=Method(algorithm="AES-256-GCM"),
                integrity_information=integrity,
                policy="",
            ),
            assertions=(Assertion(id="a", type="other", scope="tdo", statement=statement),),
        )
    )


def test_unknown_fields_of_other_clients_are_read_over(good: dict[str, Any], sealed: Sealed) -> None:
    for path in places(good):
        wider = changed({"": good}, ("", *path, "unheard-of"), [1]) if at_object(good, path) else None
        if wider is not None:
            assert parse_manifest(json.dumps(wider[""]).encode()) == sealed.manifest


def at_object(document: Any, path: tuple[str | int, ...]) -> bool:  # noqa: ANN401 - any JSON
    for step in path:
        document = document[step]
    return isinstance(document, dict)


@pytest.mark.parametrize(
    "twice",
    [
        (b'"policy":', b'"policy":"e30=","policy":'),
        (b'"kid":', b'"kid":"other","kid":'),
        (b'"hash":', b'"hash":"","hash":'),
        (b'"payload":', b'"payload":null,"payload":'),
        (b'"id":', b'"unknown":{"a":1,"a":2},"id":'),
        (b'"id":', b'"\\u0069d":"servanda-label","id":'),
    ],
)
def test_a_name_that_stands_twice_in_one_object_is_refused(
    sealed: Sealed, twice: tuple[bytes, bytes]
) -> None:
    data = print_manifest(sealed.manifest)
    assert twice[0] in data
    with pytest.raises(ContainerError, match="twice"):
        parse_manifest(data.replace(*twice, 1))


ENCRYPTION = "encryptionInformation"
INTEGRITY = (ENCRYPTION, "integrityInformation")


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("payload", "type"), "embedded"),
        (("payload", "url"), "../0.payload"),
        (("payload", "url"), "https://elsewhere.example/"),
        (("payload", "protocol"), "file"),
        (("payload", "isEncrypted"), False),
        ((ENCRYPTION, "type"), "remote"),
        ((ENCRYPTION, "keyAccess"), []),
        ((ENCRYPTION, "method", "algorithm"), "AES-128-CBC"),
        ((*INTEGRITY, "segmentHashAlg"), "none"),
        ((*INTEGRITY, "rootSignature", "alg"), "none"),
        ((*INTEGRITY, "rootSignature", "alg"), "hs256"),
    ],
)
def test_a_way_of_protection_that_is_not_understood_is_refused(
    good: dict[str, Any], path: tuple[str, ...], value: object
) -> None:
    with pytest.raises(ContainerError):
        parse_manifest(json.dumps(changed(good, path, value)).encode())


@pytest.mark.parametrize("size", [-1, -28, 1, 127, 129, 1 << 27, 1 << 40, 1 << 80, 128.0, "128", True, None])
def test_a_segment_of_a_size_that_cannot_be_is_refused(good: dict[str, Any], size: object) -> None:
    path = (*INTEGRITY, "segments", 0, "encryptedSegmentSize")
    expected = 128  # one hundred bytes, and IV and tag
    assert good[ENCRYPTION]["integrityInformation"]["segments"][0]["encryptedSegmentSize"] == expected
    if size is None:  # not stated: what the plain size says
        parse_manifest(json.dumps(changed(good, path, size)).encode())
        return
    with pytest.raises(ContainerError):
        parse_manifest(json.dumps(changed(good, path, size)).encode())


@pytest.mark.parametrize("size", [-1, (64 << 20) + 1, 1 << 70])
def test_a_default_size_that_cannot_be_is_refused(good: dict[str, Any], size: int) -> None:
    with pytest.raises(ContainerError, match="size"):
        parse_manifest(json.dumps(changed(good, (*INTEGRITY, "segmentSizeDefault"), size)).encode())


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b"\xef\xbb\xbf{}",
        "{}".encode("utf-16"),
        b"[" * 100_000,
        b'{"payload":' * 20_000,
        b'{"payload":' + b"9" * 10_000 + b"}",
        b"{} {}",
        b" " * ((10 << 20) + 1),
    ],
)
def test_what_is_no_manifest_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(ContainerError):
        parse_manifest(data)


def test_two_assertions_with_one_id_are_refused(good: dict[str, Any]) -> None:
    both = good["assertions"] * 2
    with pytest.raises(ContainerError, match="same id"):
        parse_manifest(json.dumps({**good, "assertions": both}).encode())
