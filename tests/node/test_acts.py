"""Acts about objects, persons and facilities: they travel to whom they concern, from whose they are."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from node.federation import Federation
from servanda.errors import FormatError, QuestionError, ServandaError, UnknownNameError
from servanda.exchange import Envelope, EnvelopeKind, parse_signed, seal_envelope, sign_document
from servanda.node import views
from servanda.node.acting import FORMAT
from servanda.node.receiving import PeerDesk
from servanda.node.releasing import release_item
from servanda.node.tables import ACT, OUTBOX

VISIT = (
    '{ persons = ["kim"], facility = "yard", highest = "A-secret", '
    "starts = 2020-06-01T00:00:00Z, ends = 2020-07-01T00:00:00Z }"
)
GRANTS = [
    ("clear-person", '{ person = "ito", level = "A-secret", expires = 2021-01-01 }'),
    ("list-persons", '{ persons = ["ito"], topics = ["missile"] }'),
    ("assure-persons", '{ persons = ["ito"], to = "B" }'),
    ("permit-visit", VISIT),
    ("clear-facility", '{ facility = "yard", level = "A-secret", inspected_each = "P1Y" }'),
    ("inspect-facility", '{ facility = "yard", passed = true }'),
]


def on_record(federation: Federation, party: str) -> dict[str, str]:
    """The acts on a party's record: their ids, and where they came from."""
    with federation.nodes[party].reading() as connection:
        rows = connection.execute(select(ACT.c.act_id, ACT.c.came_from).order_by(ACT.c.position))
        return {row.act_id: row.came_from or "" for row in rows}


@pytest.mark.parametrize(("kind", "more"), GRANTS)
def test_what_a_party_grants_is_on_both_records_and_its_author_ends_it(
    small: Federation, kind: str, more: str
) -> None:
    small.act("A", "a-b", "grant", kind, more)
    small.settle()
    with pytest.raises(QuestionError, match="only its author ends it"):
        small.act("B", "a-b", "end", "revoke", of="grant")
    small.act("A", "a-b", "end", "revoke", of="grant")
    small.settle()
    assert on_record(small, "A") == {"grant": "", "end": ""}
    assert on_record(small, "B") == {"grant": "A", "end": "A"}
    assert small.nodes["B"]._catalogue.instrument("a-b")
    for party in "AB":
        with small.nodes[party].reading() as connection:
            acts = small.nodes[party].registry(connection).instrument("a-b").acts
        assert [one.id for one in acts][-2:] == ["grant", "end"]


@pytest.mark.parametrize(
    ("kind", "more", "says"),
    [
        ("clear-person", '{ person = "ito", level = "A-sekret" }', "is not a marking of A"),
        ("clear-facility", '{ facility = "yard", level = "B-secret" }', "is not a marking of A"),
        ("assure-persons", '{ persons = ["ito"], to = "Q" }', "no party `Q`"),
        ("consent", '{ recipients = ["Q"] }', "no party `Q`"),
        ("consent", '{ recipients = ["B"], rests_on = ["q-r"] }', "q-r"),
        ("recall", '{ objects = ["nothing"] }', "no object `nothing`"),
        ("recall", '{ objects = [], parties = ["Q"] }', "no party `Q`"),
        ("regrade", '{ objects = ["nothing"], marking = "A-internal" }', "no object `nothing`"),
        ("regrade", '{ objects = ["new"], extract_of = "nothing", frees = true }', "no object `nothing`"),
    ],
)
def test_a_name_that_nobody_knows_is_no_act(small: Federation, kind: str, more: str, says: str) -> None:
    with pytest.raises(UnknownNameError, match=says):
        small.act("A", "a-b", "act", kind, more)
    assert on_record(small, "A") == {}


def test_only_an_originator_consents_recalls_and_regrades(federation: Federation) -> None:
    object_id = federation.release("A", "B").object_id
    federation.settle()
    for kind, more in (
        ("consent", f'{{ recipients = ["C"], objects = ["{object_id}"] }}'),
        ("recall", f'{{ objects = ["{object_id}"] }}'),
        ("regrade", f'{{ objects = ["{object_id}"], marking = "B-internal" }}'),
        ("regrade", f'{{ objects = ["new"], extract_of = "{object_id}", frees = true }}'),
    ):
        with pytest.raises(QuestionError, match="is of A, not of B"):
            federation.act("B", "a-b", "act", kind, more)
    assert on_record(federation, "B") == {}


def wrongly_sent(federation: Federation, act: dict[str, object]) -> str:
    """Send an act of B's to A as a node that checks nothing would; return why it was not taken."""
    node = federation.nodes["B"]
    at = "2020-06-01T12:00:00Z"
    plain = {"format": FORMAT, "instrument": "a-b", "act": {"by": ["B"], "done": at, "seen": at, **act}}
    signed = json.loads(sign_document(plain, node.identity).wire())
    desk = PeerDesk(federation.nodes["A"])
    number = desk.last_sequence("B") + 1
    envelope = Envelope(f"x{number}", "B", "A", number, EnvelopeKind.ACT, at, {"signed": signed})
    receipt = json.loads(parse_signed(desk.accept(seal_envelope(envelope, node.identity).wire())).document)
    return str(receipt["reason"])


def test_what_a_node_that_checks_nothing_sends_is_not_taken_and_the_receipt_says_why(
    federation: Federation,
) -> None:
    object_id = federation.release("A", "B").object_id
    federation.act("A", "a-b", "consent", "consent", '{ recipients = ["C"] }')
    with federation.nodes["B"].database.writing() as connection:
        connection.execute(OUTBOX.delete())
    for act, says in (
        ({"id": "1", "kind": "recall", "objects": [object_id]}, "is of A, not of B"),
        ({"id": "2", "kind": "regrade", "objects": [object_id], "frees": True}, "is of A, not of B"),
        ({"id": "3", "kind": "withdraw-consent", "of": "consent"}, "only its author ends it"),
        ({"id": "4", "kind": "revoke", "of": "consent"}, "revoke does not end"),
        ({"id": "5", "kind": "revoke", "of": "nothing"}, "not on record"),
        ({"id": "6", "kind": "consent", "recipients": ["Q"]}, "no party `Q`"),
        ({"id": "7", "kind": "clear-person", "person": 7, "level": "B-secret"}, "Expected `str`"),
        ({"id": "8", "kind": "clear-persons"}, "Invalid value"),
    ):
        assert says in wrongly_sent(federation, act), act
    assert wrongly_sent(federation, {"id": "9", "kind": "list-persons", "persons": ["ito"]}) == ""
    assert list(on_record(federation, "A")) == ["consent", "9"]


def test_a_withdrawal_reaches_whom_the_consent_named(federation: Federation) -> None:
    federation.act("A", "a-b", "consent", "consent", '{ recipients = ["C"], holders = ["B"] }')
    federation.act("A", "a-b", "withdrawn", "withdraw-consent", of="consent")
    federation.settle()
    assert on_record(federation, "C") == {"consent": "A", "withdrawn": "A"}
    with pytest.raises(QuestionError, match="withdraw-consent does not end"):
        federation.act("A", "a-b", "again", "withdraw-consent", of="withdrawn")


def test_a_regrading_reaches_every_hand_with_its_author_s_signature(federation: Federation) -> None:
    federation.act("A", "a-b", "consent", "consent", '{ recipients = ["C"] }')
    object_id = federation.release("A", "B").object_id
    federation.settle()
    release_item(federation.nodes["B"], object_id, "C")
    federation.settle()
    federation.act("A", "a-b", "lower", "regrade", f'{{ objects = ["{object_id}"], marking = "A-internal" }}')
    federation.settle()
    assert on_record(federation, "C")["lower"] == "B"
    with pytest.raises(ServandaError, match="no equivalent"):
        release_item(federation.nodes["B"], object_id, "C")


def test_the_register_says_of_each_act_of_which_kind_it_is(small: Federation) -> None:
    for kind, more in GRANTS:
        small.act("A", "a-b", kind, kind, more)
    kinds = [one["body"]["kind"] for one in views.entries(small.nodes["A"], 50) if one["kind"] == "act"]
    assert kinds[::-1] == [kind for kind, _ in GRANTS]


def test_fields_of_another_kind_are_refused_and_each_is_named(small: Federation) -> None:
    with pytest.raises(FormatError) as wrong:
        small.act("A", "a-b", "x", "clear-person", '{ persons = ["ito"], level = "A-secret" }')
    assert "there is no field `persons`" in str(wrong.value)
