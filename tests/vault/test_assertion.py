"""The label: bound as every OpenTDF client checks it, to these words and this container alone."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servanda.errors import ContainerError, VaultError
from servanda.vault import (
    LABEL_ID,
    KasPublicKey,
    Policy,
    PrivateKey,
    Sealed,
    inspect,
    seal,
    unseal,
    unverified_label,
)
from servanda.vault.assertion import label_assertion, label_text, read_label

KEY = bytes(range(32))
HASHES = bytes(48)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)
LABELS = st.dictionaries(st.text(max_size=10), VALUES, max_size=4)


@settings(max_examples=150, deadline=None)
@given(LABELS)
def test_every_label_comes_back_as_it_was_bound(label: dict[str, Any]) -> None:
    assertion = label_assertion(label_text(label), KEY, HASHES)
    assert read_label((assertion,), KEY, HASHES) == label
    assert unverified_label(assertion) == label


@given(LABELS, st.binary(min_size=32, max_size=32), st.binary(max_size=64))
def test_a_label_holds_under_no_other_key_and_over_no_other_segments(
    label: dict[str, Any], key: bytes, hashes: bytes
) -> None:
    assertion = label_assertion(label_text(label), KEY, HASHES)
    if (key, hashes) != (KEY, HASHES):
        with pytest.raises(ContainerError, match="not bound"):
            read_label((assertion,), key, hashes)


def unpadded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def test_another_program_verifies_the_binding_from_the_specification_alone(
    sealed: Sealed, service: PrivateKey
) -> None:
    with zipfile.ZipFile(sealed.path) as archive:
        manifest = json.loads(archive.read("0.manifest.json"))
    key = service.unwrap(base64.b64decode(manifest["encryptionInformation"]["keyAccess"][0]["wrappedKey"]))
    (assertion,) = manifest["assertions"]
    header, claims, signature = assertion.pop("binding")["signature"].split(".")
    signed = hmac.new(key, f"{header}.{claims}".encode(), hashlib.sha256).digest()
    assert unpadded(signature) == signed
    assert json.loads(unpadded(header)) == {"alg": "HS256", "typ": "JWT"}
    # all names and words of ours are such that sorted, unescaped JSON is their canonical form
    canonical = json.dumps(assertion, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    digest = hashlib.sha256(canonical.encode())
    rows = manifest["encryptionInformation"]["integrityInformation"]["segments"]
    hashes = b"".join(base64.b64decode(one["hash"]) for one in rows)
    assert json.loads(unpadded(claims)) == {
        "assertionHash": digest.hexdigest(),
        "assertionSig": base64.b64encode(hashes + digest.digest()).decode(),
    }


@pytest.mark.parametrize(
    "label", [{"a": 1.5}, {"a": 2**60}, {"a": {1, 2}}, {"a": b"x"}, {"a": "\ud800"}, {1: "a"}]
)
def test_a_label_that_json_cannot_hold_exactly_is_not_sealed(
    tmp_path: Path, service: PrivateKey, label: dict[str, Any]
) -> None:
    public = KasPublicKey("https://kas.example/", "kas-1", service.public_pem)
    with pytest.raises(VaultError, match="label"):
        seal(BytesIO(b"x"), tmp_path / "c", Policy("u"), label, (public,))
    assert list(tmp_path.iterdir()) == []


def spaced(label: dict[str, Any]) -> None:
    label["statement"]["value"] = label["statement"]["value"].replace(":", ": ")


def milder(label: dict[str, Any]) -> None:
    label["statement"]["value"] = label["statement"]["value"].replace("極秘", "秘")


def other_schema(label: dict[str, Any]) -> None:
    label["statement"]["schema"] = "urn:other"


def other_scope(label: dict[str, Any]) -> None:
    label["scope"] = "tdo"


def other_state(label: dict[str, Any]) -> None:
    del label["appliesToState"]


def unbound(label: dict[str, Any]) -> None:
    del label["binding"]


def unsigned(label: dict[str, Any]) -> None:
    head = base64.urlsafe_b64encode(b'{"alg":"none","typ":"JWT"}').rstrip(b"=").decode()
    label["binding"]["signature"] = f"{head}.{label['binding']['signature'].split('.')[1]}."


def without_signature(label: dict[str, Any]) -> None:
    label["binding"]["signature"] = ""


def renamed(label: dict[str, Any]) -> None:
    label["id"] = "servanda-label-2"


def object_instead_of_text(label: dict[str, Any]) -> None:
    label["statement"]["value"] = json.loads(label["statement"]["value"])


def number_instead_of_text(label: dict[str, Any]) -> None:
    label["statement"]["value"] = 1.5


@pytest.mark.parametrize(
    "change",
    [
        spaced,
        milder,
        other_schema,
        other_scope,
        other_state,
        unbound,
        unsigned,
        without_signature,
        renamed,
        object_instead_of_text,
        number_instead_of_text,
    ],
)
def test_a_label_changed_in_any_part_opens_nothing(
    sealed: Sealed, service: PrivateKey, tmp_path: Path, change: Callable[[dict[str, Any]], None]
) -> None:
    with zipfile.ZipFile(sealed.path) as archive:
        manifest, payload = json.loads(archive.read("0.manifest.json")), archive.read("0.payload")
    change(manifest["assertions"][0])
    with zipfile.ZipFile(sealed.path, "w") as archive:
        archive.writestr("0.payload", payload)
        archive.writestr("0.manifest.json", json.dumps(manifest))
    key = service.unwrap(sealed.manifest.encryption_information.key_access[0].wrapped())
    with pytest.raises(ContainerError):
        unseal(sealed.path, key, tmp_path / "out")
    assert [one.name for one in tmp_path.iterdir()] == ["sealed"]


def test_before_a_key_is_had_the_label_shows_but_proves_nothing(sealed: Sealed) -> None:
    (assertion,) = inspect(sealed.path).assertions or ()
    assert assertion.id == LABEL_ID
    assert unverified_label(assertion)["marking"] == "極秘"


@given(st.text(max_size=40))
def test_any_text_for_a_label_is_an_object_or_is_refused(text: str) -> None:
    assertion = label_assertion(text, KEY, HASHES)
    try:
        found = unverified_label(assertion)
    except ContainerError:
        return
    assert label_text(found) == text


def test_the_policy_cannot_be_exchanged_either(sealed: Sealed, service: PrivateKey, tmp_path: Path) -> None:
    with zipfile.ZipFile(sealed.path) as archive:
        manifest, payload = json.loads(archive.read("0.manifest.json")), archive.read("0.payload")
    manifest["encryptionInformation"]["policy"] = Policy("object-1", dissem=("everybody",)).encoded()
    with zipfile.ZipFile(sealed.path, "w") as archive:
        archive.writestr("0.payload", payload)
        archive.writestr("0.manifest.json", json.dumps(manifest))
    key = service.unwrap(sealed.manifest.encryption_information.key_access[0].wrapped())
    with pytest.raises(ContainerError, match="policy"):
        unseal(sealed.path, key, tmp_path / "out")
