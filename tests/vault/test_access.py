"""Key access: a permit for this object and this asker, a share bound to this policy; else one refusal."""

from __future__ import annotations

import base64
import traceback
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servanda.errors import ContainerError, KeyAccessError, RefusedError
from servanda.vault import (
    KasPublicKey,
    KeyAccess,
    Policy,
    PrivateKey,
    Sealed,
    inspect,
    rewrap,
    seal,
    unseal,
    unwrap,
)
from servanda.vault.keys import wrap
from servanda.vault.manifest import PolicyBinding
from servanda.vault.policy import bind

PERMIT = SimpleNamespace(outcome="permit", object_id="object-1", recipient="KR")
POLICY = Policy("object-1").encoded()
SHARE = bytes(range(32))


def access_to(service: PrivateKey, share: bytes = SHARE, policy: str = POLICY) -> KeyAccess:
    return KeyAccess(
        type="wrapped",
        url="https://kas.example/",
        protocol="kas",
        wrapped_key=base64.b64encode(wrap(service.public_pem, share)).decode(),
        policy_binding=PolicyBinding(alg="HS256", hash=bind(share, policy)),
    )


def test_each_of_several_services_can_give_the_key_alone(tmp_path: Path, session: PrivateKey) -> None:
    services = [PrivateKey.generate() for _ in range(3)]
    public = [
        KasPublicKey(f"https://kas{number}.example/", f"k{number}", one.public_pem)
        for number, one in enumerate(services)
    ]
    done = seal(BytesIO(b"shared"), tmp_path / "c", Policy("object-1"), {}, public)
    encryption = inspect(done.path).encryption_information
    for service, access in zip(services, encryption.key_access, strict=True):
        key = unwrap(session, rewrap(service, access, encryption.policy, session.public_pem, PERMIT, "KR"))
        unseal(done.path, key, tmp_path / "out")
        assert (tmp_path / "out").read_bytes() == b"shared"
    with pytest.raises(KeyAccessError):
        rewrap(services[0], encryption.key_access[1], encryption.policy, session.public_pem, PERMIT, "KR")


def test_an_answer_differs_each_time_and_never_holds_the_key_in_the_clear(
    service: PrivateKey, session: PrivateKey
) -> None:
    answers = {
        rewrap(service, access_to(service), POLICY, session.public_pem, PERMIT, "KR") for _ in range(3)
    }
    assert len(answers) == 3
    for one in answers:
        assert SHARE not in base64.b64decode(one)
        assert unwrap(session, one) == SHARE


def wrong_requests(service: PrivateKey, other: PrivateKey) -> dict[str, tuple[KeyAccess, str]]:
    good = access_to(service)
    raw = bytearray(base64.b64decode(good.wrapped_key))
    raw[100] ^= 1
    replaced = msgspec.structs.replace
    return {
        "for another service": (access_to(other), POLICY),
        "altered": (replaced(good, wrapped_key=base64.b64encode(raw).decode()), POLICY),
        "empty": (replaced(good, wrapped_key=""), POLICY),
        "no base64": (replaced(good, wrapped_key="%"), POLICY),
        "endless": (replaced(good, wrapped_key="A" * 1_000_000), POLICY),
        "another binding": (replaced(good, policy_binding=PolicyBinding(alg="HS256", hash="AAAA")), POLICY),
        "no binding": (replaced(good, policy_binding=""), POLICY),
        "another policy": (good, Policy("object-1", dissem=("everybody",)).encoded()),
        "short share": (access_to(service, b"short"), POLICY),
        "long share": (access_to(service, bytes(33)), POLICY),
    }


def test_whatever_is_wrong_with_a_share_the_answer_is_one_and_the_same(
    service: PrivateKey, session: PrivateKey
) -> None:
    told = set()
    for access, policy in wrong_requests(service, session).values():
        with pytest.raises(KeyAccessError) as refused:
            rewrap(service, access, policy, session.public_pem, PERMIT, "KR")
        told.add(str(refused.value))
        assert refused.value.__cause__ is None
        assert refused.value.__context__ is None
        assert "OAEP" not in "".join(traceback.format_exception(refused.value))
    assert len(told) == 1


def test_without_a_permit_nothing_else_is_looked_at(session: PrivateKey) -> None:
    nothing = SimpleNamespace()  # a service that would fail at the first touch
    access = KeyAccess(type="?", url="", protocol="", wrapped_key="%", policy_binding="")
    for outcome in ("deny", "undetermined", "", "PERMIT", "permit "):
        permit = SimpleNamespace(outcome=outcome, object_id="object-1", recipient="KR")
        with pytest.raises(RefusedError):
            rewrap(nothing, access, "no policy", session.public_pem, permit, "KR")  # type: ignore[arg-type]  # on purpose


@pytest.mark.parametrize(
    "change",
    [{"type": "ec-wrapped"}, {"type": ""}, {"policy_binding": PolicyBinding(alg="none", hash="")}],
)
def test_a_share_wrapped_or_bound_in_another_way_is_refused(
    service: PrivateKey, session: PrivateKey, change: dict[str, object]
) -> None:
    access = msgspec.structs.replace(access_to(service), **change)
    with pytest.raises(KeyAccessError, match="not read here"):
        rewrap(service, access, POLICY, session.public_pem, PERMIT, "KR")


@pytest.mark.parametrize("pem", ["", "x", "-----BEGIN PUBLIC KEY-----\n", "\ud800", "A" * 1_000_000])
def test_no_key_for_a_session_that_is_none(service: PrivateKey, pem: str) -> None:
    with pytest.raises(KeyAccessError):
        rewrap(service, access_to(service), POLICY, pem, PERMIT, "KR")


@pytest.mark.parametrize("policy", ["", "%", "e30=", "eyJ1dWlkIjogIm9iamVjdC0xIn0="])
def test_no_key_for_a_policy_that_is_none(service: PrivateKey, session: PrivateKey, policy: str) -> None:
    with pytest.raises(KeyAccessError, match="policy"):
        rewrap(service, access_to(service), policy, session.public_pem, PERMIT, "KR")


def test_a_policy_that_names_two_objects_gives_the_key_of_neither(
    service: PrivateKey, session: PrivateKey
) -> None:
    both = base64.b64encode(b'{"uuid":"object-2","uuid":"object-1","body":{}}').decode()
    with pytest.raises(KeyAccessError, match="twice"):
        rewrap(service, access_to(service, policy=both), both, session.public_pem, PERMIT, "KR")


@settings(max_examples=150, deadline=None)
@given(
    wrapped_key=st.text(max_size=30)
    | st.binary(max_size=400).map(lambda raw: base64.b64encode(raw).decode()),
    binding=st.text(max_size=30) | st.builds(PolicyBinding, alg=st.just("HS256"), hash=st.text(max_size=30)),
    policy=st.text(max_size=30) | st.just(POLICY),
)
def test_no_request_made_up_gives_anything(
    service: PrivateKey,
    session: PrivateKey,
    wrapped_key: str,
    binding: str | PolicyBinding,
    policy: str,
) -> None:
    access = msgspec.structs.replace(access_to(service), wrapped_key=wrapped_key, policy_binding=binding)
    with pytest.raises((KeyAccessError, RefusedError)):
        rewrap(service, access, policy, session.public_pem, PERMIT, "KR")


@given(st.text(max_size=40) | st.binary(max_size=400).map(lambda raw: base64.b64encode(raw).decode()))
def test_no_answer_made_up_is_a_key(session: PrivateKey, answer: str) -> None:
    with pytest.raises(KeyAccessError):
        unwrap(session, answer)


def test_an_answer_of_another_length_is_no_key(session: PrivateKey) -> None:
    answer = base64.b64encode(wrap(session.public_pem, bytes(16))).decode()
    with pytest.raises(KeyAccessError, match="length"):
        unwrap(session, answer)


def test_the_key_of_one_container_does_not_open_another(
    sealed: Sealed, service: PrivateKey, tmp_path: Path
) -> None:
    public = KasPublicKey("https://kas.example/", "kas-1", service.public_pem)
    other = seal(BytesIO(b"x" * 250), tmp_path / "o", Policy("object-1"), {}, (public,), 100)
    key = service.unwrap(other.manifest.encryption_information.key_access[0].wrapped())
    with pytest.raises(ContainerError):
        unseal(sealed.path, key, tmp_path / "out")
    assert not (tmp_path / "out").exists()
