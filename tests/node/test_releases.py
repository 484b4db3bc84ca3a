"""A release from the document to the receipt, and everything that may stand in its way."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from node.federation import Federation
from servanda.errors import ContainerError, RefusedError, StorageError, UnknownNameError
from servanda.node import views
from servanda.node.keeping import copy_item, destroy_item, duties_of, report_compromise
from servanda.node.opening import open_item
from servanda.node.releasing import release_file, release_item
from servanda.node.sending import waiting
from servanda.node.tables import ITEM


def kinds(federation: Federation, party: str) -> list[str]:
    """The kinds of the register's entries, oldest first."""
    return [entry["kind"] for entry in reversed(views.entries(federation.nodes[party], 1000))]


def inbox(federation: Federation, party: str) -> list[dict[str, object]]:
    with federation.nodes[party].reading() as connection:
        return views.items(connection, "received")


def test_a_released_document_arrives_whole_and_is_receipted_in_both_registers(
    federation: Federation, tmp_path: Path
) -> None:
    released = federation.release("A", "B", b"the document")
    assert released.decision.equivalent == "B-secret"
    assert federation.settle() > 0
    open_item(federation.nodes["B"], released.object_id, tmp_path / "out", federation.reach("A"))
    assert (tmp_path / "out").read_bytes() == b"the document"
    assert kinds(federation, "A") == ["release", "receipt", "key-access"]
    assert kinds(federation, "B") == ["receipt", "received", "opened"]
    (item,) = inbox(federation, "B")
    assert (item["state"], item["from"]) == ("held", "A")
    assert item["under"] == [
        {
            "instrument": "a-b",
            "version": 1,
            "text": federation.nodes["B"]._catalogue.instrument("a-b").digests[1],
        }
    ]


def test_what_may_not_go_is_refused_before_anything_is_sealed_and_the_refusal_is_on_record(
    federation: Federation, tmp_path: Path
) -> None:
    paper = tmp_path / "paper"
    paper.write_bytes(b"x")
    with pytest.raises(RefusedError, match="no equivalent"):
        release_file(federation.nodes["A"], paper, "B", "A-internal")
    assert kinds(federation, "A") == ["refusal"]
    assert not list((federation.nodes["A"].home / "objects").glob("*/*"))
    assert waiting(federation.nodes["A"]) == 0


def test_a_key_is_refused_from_the_instant_of_the_lapse_and_duties_stay(
    federation: Federation, tmp_path: Path
) -> None:
    released = federation.release("A", "B")
    federation.settle()
    federation.act("B", "a-b", "notice", "give-notice")
    federation.settle()
    federation.at("2020-06-02T23:59:59.999999Z")
    open_item(federation.nodes["B"], released.object_id, tmp_path / "one", federation.reach("A"))
    federation.at("2020-06-03T00:00:00Z")
    with pytest.raises(RefusedError, match=r"a-b v1 art. 6"):
        open_item(federation.nodes["B"], released.object_id, tmp_path / "two", federation.reach("A"))
    assert not (tmp_path / "two").exists()
    duties = duties_of(federation.nodes["B"], released.object_id)
    assert {duty["survives"] for duty in duties} == {"unlimited"}
    assert "no-third-party-without-consent" in {duty["duty"] for duty in duties}


def test_the_originator_refuses_the_key_even_where_the_receiver_does_not_know_of_the_end(
    federation: Federation, tmp_path: Path
) -> None:
    released = federation.release("A", "B")
    federation.settle()
    federation.cut.parties.add("B")
    federation.act("A", "a-b", "notice", "give-notice")
    federation.settle()
    federation.at("2020-06-03T00:00:00Z")
    with pytest.raises(RefusedError):
        open_item(federation.nodes["B"], released.object_id, tmp_path / "out", federation.reach("A"))
    assert kinds(federation, "A")[-1] == "refusal"


def test_a_release_that_waited_over_the_lapse_never_leaves_and_the_sequence_goes_on(
    federation: Federation,
) -> None:
    federation.cut.parties.add("B")
    federation.release("A", "B")
    federation.act("A", "a-b", "notice", "give-notice")
    federation.settle()
    federation.at("2020-06-03T00:00:00Z")
    federation.cut.parties.clear()
    federation.at("2020-06-04T00:00:00Z")
    federation.settle()
    assert inbox(federation, "B") == []
    assert waiting(federation.nodes["A"]) == 0
    with federation.nodes["A"].reading() as connection:
        assert views.releases(connection)[0]["received"].startswith("stopped")


def test_copies_are_counted_and_destruction_takes_them_all_and_tells_the_originator(
    federation: Federation,
) -> None:
    released = federation.release("A", "B")
    federation.settle()
    node = federation.nodes["B"]
    assert [copy_item(node, released.object_id, who) for who in ("one", "two")] == [1, 2]
    destroy_item(node, released.object_id, "burning", ("first witness", "second witness"))
    federation.settle()
    (item,) = inbox(federation, "B")
    assert (item["state"], item["copies"]) == ("destroyed", 0)
    assert not list((node.home / "objects").glob("??/*"))
    assert kinds(federation, "A")[-2:] == ["destruction", "received"]
    with pytest.raises(UnknownNameError, match="destroyed"):
        copy_item(node, released.object_id, "three")


def test_a_compromise_is_reported_to_the_originator_at_once(federation: Federation) -> None:
    released = federation.release("A", "B")
    federation.settle()
    report_compromise(federation.nodes["B"], released.object_id, "a bag was left in a train")
    federation.settle()
    report = views.entries(federation.nodes["A"], 2)[1]
    assert report["kind"] == "compromise"
    assert report["body"]["report"]["what"] == "a bag was left in a train"


def test_nothing_of_a_reaches_c_through_b_without_a_s_consent(federation: Federation) -> None:
    released = federation.release("A", "B")
    federation.settle()
    with pytest.raises(RefusedError, match="no working consent of A"):
        release_item(federation.nodes["B"], released.object_id, "C")


CONSENT = '{ recipients = ["C"], holders = ["B"], rests_on = ["a-c"] }'


def consented(federation: Federation) -> str:
    """Something of A's that B holds and may give to C while A and C have their agreement."""
    released = federation.release("A", "B")
    federation.act("A", "a-b", "consent", "consent", CONSENT)
    federation.settle()
    return released.object_id


def test_with_consent_it_goes_on_and_a_gives_c_the_key(federation: Federation, tmp_path: Path) -> None:
    object_id = consented(federation)
    release_item(federation.nodes["B"], object_id, "C")
    federation.settle()
    open_item(federation.nodes["C"], object_id, tmp_path / "out", federation.reach("A"))
    assert (tmp_path / "out").read_bytes() == b"secret"


def test_end_the_agreement_of_a_and_c_and_c_gets_nothing_more_from_b_who_can_show_why(
    federation: Federation, tmp_path: Path
) -> None:
    object_id = consented(federation)
    release_item(federation.nodes["B"], object_id, "C")
    federation.settle()
    federation.act("A", "a-c", "notice", "give-notice")
    federation.settle()
    federation.at("2020-06-03T00:00:00Z")
    another = federation.release("A", "B")
    federation.settle()
    with pytest.raises(RefusedError) as refused:
        release_item(federation.nodes["B"], another.object_id, "C")
    assert "rests on a-c" in str(refused.value)
    with pytest.raises(RefusedError):
        open_item(federation.nodes["C"], object_id, tmp_path / "out", federation.reach("A"))


def test_a_recall_reaches_every_hop_with_receipts_and_stops_release_and_key(
    federation: Federation, tmp_path: Path
) -> None:
    object_id = consented(federation)
    release_item(federation.nodes["B"], object_id, "C")
    federation.settle()
    federation.act("A", "a-b", "recall", "recall", f'{{ objects = ["{object_id}"] }}')
    federation.settle()
    assert all(waiting(node) == 0 for node in federation.nodes.values())
    assert "recall" in {entry["body"].get("kind") for entry in views.entries(federation.nodes["C"], 9)}
    for holder, recipient in (("B", "C"),):
        with pytest.raises(RefusedError, match="recalled"):
            release_item(federation.nodes[holder], object_id, recipient)
    for party in "BC":
        with pytest.raises(RefusedError, match="recalled"):
            open_item(federation.nodes[party], object_id, tmp_path / party, federation.reach("A"))


@pytest.mark.parametrize("size", [0, 1, (1 << 20) - 1, 1 << 20, (1 << 20) + 1])
def test_documents_of_any_size_arrive(small: Federation, tmp_path: Path, size: int) -> None:
    released = small.release("A", "B", b"x" * size)
    small.settle()
    open_item(small.nodes["B"], released.object_id, tmp_path / "out", small.reach("A"))
    assert (tmp_path / "out").stat().st_size == size


@pytest.mark.parametrize(
    ("name", "says"),
    [("nothing", "is not a file"), (".", "is not a file")],
)
def test_a_document_that_is_not_there_is_one_clear_error(small: Federation, name: str, says: str) -> None:
    with pytest.raises(StorageError, match=says):
        release_file(small.nodes["A"], small.folder / name, "B", "A-secret")


def test_unknown_markings_and_parties_are_errors_that_name_what_is_known(small: Federation) -> None:
    paper = small.folder / "paper"
    paper.write_bytes(b"x")
    with pytest.raises(UnknownNameError, match="A-secret"):
        release_file(small.nodes["A"], paper, "B", "TOP SECRET")
    with pytest.raises(UnknownNameError, match="no party `Q`"):
        release_file(small.nodes["A"], paper, "Q", "A-secret")


def test_a_label_changed_by_whoever_passes_it_on_opens_nothing(
    federation: Federation, tmp_path: Path
) -> None:
    object_id = consented(federation)
    with federation.nodes["B"].writing() as work:
        label = work.connection.execute(select(ITEM.c.label)).scalar_one()
        changed = label.replace('"purpose": ""', '"purpose": "advertising"')
        work.connection.execute(ITEM.update().values(label=changed))
    release_item(federation.nodes["B"], object_id, "C")
    federation.settle()
    with pytest.raises(ContainerError, match="not the one in its container"):
        open_item(federation.nodes["C"], object_id, tmp_path / "out", federation.reach("A"))
    assert not (tmp_path / "out").exists()


def test_no_key_for_somebody_to_whom_nothing_was_released(federation: Federation, tmp_path: Path) -> None:
    released = federation.release("A", "B")
    federation.settle()
    node = federation.nodes["C"]
    with federation.nodes["B"].reading() as connection:
        (row,) = connection.execute(select(ITEM)).mappings()
    digest = str(row["container"])
    node.objects.take(digest, iter([federation.nodes["B"].objects.path(digest).read_bytes()]))
    with node.writing() as work:
        work.connection.execute(ITEM.insert().values(**{**row, "obtained_from": "A"}))
    with pytest.raises(RefusedError, match="never released to C"):
        open_item(node, released.object_id, tmp_path / "out", federation.reach("A"))
    assert kinds(federation, "A")[-1] == "refusal"
