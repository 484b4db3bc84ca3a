"""The policy: it reads back as printed, and its binding holds for it and for no other."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servanda.errors import ContainerError, KeyAccessError
from servanda.vault import Policy, parse_policy
from servanda.vault.policy import bind, check_binding

WORDS = st.lists(st.text(max_size=20), max_size=4).map(tuple)
POLICIES = st.builds(Policy, uuid=st.text(min_size=1, max_size=40), attributes=WORDS, dissem=WORDS)
SHARE = bytes(range(32))


@given(POLICIES)
def test_every_policy_reads_back_as_printed(policy: Policy) -> None:
    assert parse_policy(policy.encoded()) == policy


@given(st.text(max_size=80))
def test_any_text_is_a_policy_or_is_refused(text: str) -> None:
    with suppress(ContainerError):
        parse_policy(text)


@given(POLICIES, st.integers(0, 200), st.binary(max_size=4), st.integers(0, 4))
def test_a_policy_with_any_bytes_changed_is_a_policy_or_is_refused(
    policy: Policy, place: int, put: bytes, gone: int
) -> None:
    data = base64.b64decode(policy.encoded())
    text = base64.b64encode(data[:place] + put + data[place + gone :]).decode()
    try:
        found = parse_policy(text)
    except ContainerError:
        return
    assert parse_policy(found.encoded()) == found


@pytest.mark.parametrize(
    "plain",
    [
        '{"uuid":"u","uuid":"v","body":{}}',
        '{"uuid":"u","body":{"dissem":[],"dissem":["KR"]}}',
        '{"uuid":"","body":{}}',
        '{"uuid":5,"body":{}}',
        '{"uuid":null,"body":{}}',
        '{"uuid":"u"}',
        '{"uuid":"u","body":[]}',
        '{"uuid":"u","body":{"dissem":"KR"}}',
        '{"uuid":"u","body":{"dissem":[5]}}',
        '{"uuid":"u","body":{"dataAttributes":["x"]}}',
        '{"uuid":"u","body":{"dataAttributes":[{"attribute":1}]}}',
        "[]",
        "",
        "[" * 100_000,
    ],
)
def test_a_policy_that_could_be_read_in_two_ways_or_in_none_is_refused(plain: str) -> None:
    with pytest.raises(ContainerError):
        parse_policy(base64.b64encode(plain.encode()).decode())


def test_a_policy_of_a_megabyte_and_more_is_not_read() -> None:
    with pytest.raises(ContainerError, match="longer"):
        parse_policy("A" * ((1 << 20) + 1))


def test_lists_that_are_null_or_absent_are_empty_and_unknown_fields_are_read_over() -> None:
    for body in ({"dataAttributes": None, "dissem": None}, {}, {"unheard-of": 1}):
        text = base64.b64encode(json.dumps({"uuid": "u", "body": body, "more": 1}).encode()).decode()
        assert parse_policy(text) == Policy("u")


@given(POLICIES, st.sampled_from(["raw", "hex"]))
def test_a_binding_holds_whether_its_digest_is_raw_or_hexadecimal(policy: Policy, form: str) -> None:
    digest = hmac.new(SHARE, policy.encoded().encode(), hashlib.sha256).digest()
    shown = digest if form == "raw" else digest.hex().encode()
    check_binding(SHARE, policy.encoded(), base64.b64encode(shown).decode())
    if form == "hex":
        assert bind(SHARE, policy.encoded()) == base64.b64encode(shown).decode()


@given(POLICIES, POLICIES)
def test_a_binding_holds_for_no_other_policy_and_no_other_share(one: Policy, other: Policy) -> None:
    with pytest.raises(KeyAccessError):
        check_binding(bytes(32), one.encoded(), bind(SHARE, one.encoded()))
    if one != other:
        with pytest.raises(KeyAccessError):
            check_binding(SHARE, other.encoded(), bind(SHARE, one.encoded()))


@given(st.text(max_size=60))
def test_any_text_for_a_binding_is_refused(text: str) -> None:
    with pytest.raises(KeyAccessError):
        check_binding(SHARE, Policy("u").encoded(), text)
