"""What an object carries: caveats, purposes, and everything of the objects that it was made from."""

from __future__ import annotations

import json
import uuid
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import select

from node.federation import Federation
from servanda.errors import (
    ContainerError,
    FormatError,
    NodeError,
    QuestionError,
    RefusedError,
    UnknownNameError,
)
from servanda.formats.when import parse_instant
from servanda.model.label import Embargo, EyesOnly, NoForeign, OriginatorControlled, Portion, ReleasableTo
from servanda.node import views
from servanda.node.config import read_config, write_config
from servanda.node.deriving import MOST_PORTIONS
from servanda.node.keeping import destroy_item
from servanda.node.label import Label, read_label
from servanda.node.opening import open_item
from servanda.node.releasing import release_file, release_item
from servanda.node.spelled import person_of, print_caveat, read_caveat, read_portion
from servanda.node.tables import ITEM

CONSENT = '{ recipients = ["C"], holders = ["B"] }'


def paper(federation: Federation, content: bytes = b"secret") -> Path:
    path = federation.folder / "paper.txt"
    path.write_bytes(content)
    return path


def derived(
    federation: Federation, holder: str, recipient: str, *sources: str, marking: str = "", name: str = ""
) -> str:
    """A document of the holder's own that was made from others, released; its name."""
    done = release_file(
        federation.nodes[holder],
        paper(federation),
        recipient,
        marking or f"{holder}-secret",
        derived_from=sources,
        object_id=name,
    )
    federation.settle()
    return done.object_id


def received(federation: Federation, holder: str = "A", recipient: str = "B") -> str:
    released = federation.release(holder, recipient)
    federation.settle()
    return released.object_id


def label_at(federation: Federation, party: str, object_id: str) -> Label:
    with federation.nodes[party].reading() as connection:
        row = connection.execute(select(ITEM.c.label).where(ITEM.c.object_id == object_id)).scalar_one()
    return read_label(json.loads(row))


@pytest.mark.parametrize(
    ("words", "caveat"),
    [
        ("no-foreign", NoForeign()),
        ("originator-controlled", OriginatorControlled()),
        ("releasable-to:KR,US", ReleasableTo(("KR", "US"))),
        ("eyes-only:JP,KR", EyesOnly(("JP", "KR"))),
        ("embargo:2026-11-01T00:00:00Z", Embargo(parse_instant("2026-11-01T00:00:00Z"))),
    ],
)
def test_a_caveat_reads_back_as_it_is_printed(words: str, caveat: object) -> None:
    assert read_caveat(words) == caveat
    assert print_caveat(read_caveat(words)) == words


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("noforn", "write no-foreign"),
        ("", "write no-foreign"),
        ("no-foreign:KR", "nothing follows"),
        ("releasable-to", "names nobody"),
        ("releasable-to: , ", "names nobody"),
        ("eyes-only:", "write eyes-only:KR,US"),
        ("embargo:tomorrow", "write embargo:2026"),
        ("embargo:2026-11-01", "write embargo:2026"),
    ],
)
def test_what_is_no_caveat_says_what_to_write(words: str, says: str) -> None:
    with pytest.raises(FormatError) as wrong:
        read_caveat(words)
    assert says in str(wrong.value)


def test_a_portion_is_an_originator_a_marking_and_topics() -> None:
    assert read_portion("JP:極秘:dprk-missile,space") == Portion(("JP",), "極秘", ("dprk-missile", "space"))
    for words in ("", "JP", "JP:", ":極秘", "JP: :x"):
        with pytest.raises(FormatError, match="not a portion"):
            read_portion(words)


def test_nothing_is_said_of_a_person_who_is_not_named() -> None:
    assert person_of("", (), "", "") is None
    with pytest.raises(FormatError, match="of nobody"):
        person_of("", ("KR",), "", "")


def test_a_label_reads_back_as_it_is_printed_with_all_that_binds_it() -> None:
    embargo = Embargo(parse_instant("2026-11-01T00:00:00Z"))
    source = Portion(("A",), "A-secret", ("x",), (NoForeign(), embargo), ("planning",), "s")
    label = Label(
        "o", "n", ("B",), "B-secret", (), "", "electronic", "t", "d", 7, (embargo,), (), ("s",), (source,)
    )
    assert read_label(json.loads(json.dumps(label.plain()))) == label
    assert label.everybody == ("B", "A")
    request = label.request("B", "C", parse_instant("2026-10-01T00:00:00Z"))
    assert request.portions == (label.own, source)
    with pytest.raises(FormatError):
        read_label({**label.plain(), "caveats": [{"kind": "noforn"}]})


@pytest.mark.parametrize(
    ("caveat", "says"),
    [
        ("no-foreign", "no foreign party"),
        ("releasable-to:C", "releasable to C, not B"),
        ("eyes-only:A,C", "only nationals of A, C"),
        ("embargo:2020-06-03T00:00:00Z", "holds it back until"),
    ],
)
def test_a_caveat_stops_the_release_that_it_is_against(small: Federation, caveat: str, says: str) -> None:
    with pytest.raises(RefusedError, match=says):
        release_file(small.nodes["A"], paper(small), "B", "A-secret", caveats=(read_caveat(caveat),))


def test_an_embargo_ends_by_itself(small: Federation) -> None:
    embargo = (read_caveat("embargo:2020-06-03T00:00:00Z"),)
    small.at("2020-06-03T00:00:00Z")
    assert release_file(small.nodes["A"], paper(small), "B", "A-secret", caveats=embargo).recipient == "B"


def test_caveats_and_purposes_travel_and_bind_whoever_receives(federation: Federation) -> None:
    node = federation.nodes["A"]
    caveats = (read_caveat("releasable-to:B"),)
    done = release_file(
        node, paper(federation), "B", "A-secret", caveats=caveats, given_for=("planning",), purpose="planning"
    )
    federation.act("A", "a-b", "consent", "consent", CONSENT)
    federation.settle()
    label = label_at(federation, "B", done.object_id)
    assert (label.caveats, label.given_for) == (caveats, ("planning",))
    (item,) = views_of(federation, "B")
    assert item["caveats"] == ["releasable-to:B"]
    with pytest.raises(RefusedError, match="releasable to B, not C"):
        release_item(federation.nodes["B"], done.object_id, "C")


def views_of(federation: Federation, party: str) -> list[dict[str, object]]:
    with federation.nodes[party].reading() as connection:
        return views.items(connection, "received")


def test_controlled_by_its_originator_a_standing_consent_does_not_reach_it(federation: Federation) -> None:
    controlled = (OriginatorControlled(),)
    done = release_file(federation.nodes["A"], paper(federation), "B", "A-secret", caveats=controlled)
    federation.act("A", "a-b", "standing", "consent", CONSENT)
    federation.settle()
    with pytest.raises(RefusedError, match="names it"):
        release_item(federation.nodes["B"], done.object_id, "C")
    more = f'{{ recipients = ["C"], holders = ["B"], objects = ["{done.object_id}"] }}'
    federation.act("A", "a-b", "by-name", "consent", more)
    federation.settle()
    release_item(federation.nodes["B"], done.object_id, "C")


def test_what_is_made_from_another_s_goes_to_nobody_without_its_consent(federation: Federation) -> None:
    source = received(federation)
    with pytest.raises(RefusedError, match="no working consent of A"):
        derived(federation, "B", "C", source)
    federation.act("A", "a-b", "consent", "consent", CONSENT)
    federation.settle()
    made = derived(federation, "B", "C", source)
    label = label_at(federation, "C", made)
    assert label.everybody == ("B", "A")
    assert [one.object_id for one in label.lineage] == [source]
    (item,) = views_of(federation, "C")
    assert item["originators"] == ["B", "A"]


def test_a_source_s_caveats_bind_all_that_is_made_from_it(federation: Federation) -> None:
    caveats = (read_caveat("releasable-to:B"),)
    done = release_file(federation.nodes["A"], paper(federation), "B", "A-secret", caveats=caveats)
    federation.act("A", "a-b", "consent", "consent", CONSENT)
    federation.settle()
    with pytest.raises(RefusedError, match="releasable to B, not C"):
        derived(federation, "B", "C", done.object_id)


def test_who_never_held_the_source_judges_by_the_label_also_two_derivations_away(
    federation: Federation,
) -> None:
    source = received(federation)
    federation.act("A", "a-b", "consent", "consent", '{ recipients = ["B", "C"] }')
    federation.settle()
    first = derived(federation, "B", "C", source)
    second = derived(federation, "C", "B", first)
    label = label_at(federation, "B", second)
    assert label.sources == (first,)
    assert [one.object_id for one in label.lineage] == [first, source]
    assert label.everybody == ("C", "B", "A")
    federation.act("A", "a-b", "withdrawn", "withdraw-consent", of="consent")
    federation.settle()
    with pytest.raises(RefusedError, match="withdrawn"):
        release_item(federation.nodes["B"], first, "C")


def test_a_recall_of_a_source_reaches_whoever_has_what_was_made_from_it(
    federation: Federation, tmp_path: Path
) -> None:
    source = received(federation)
    federation.act("A", "a-b", "consent", "consent", CONSENT)
    federation.settle()
    made = derived(federation, "B", "C", source)
    open_item(federation.nodes["C"], made, tmp_path / "one", federation.reach("B"))
    federation.act("A", "a-b", "recall", "recall", f'{{ objects = ["{source}"] }}')
    federation.settle()
    with pytest.raises(RefusedError, match="recalled"):
        open_item(federation.nodes["C"], made, tmp_path / "two", federation.reach("B"))
    recalls = [one for one in views.entries(federation.nodes["C"], 50) if one["body"].get("kind") == "recall"]
    assert recalls


def test_it_is_marked_at_least_as_high_as_its_sources_are_held(federation: Federation) -> None:
    source = received(federation)
    with pytest.raises(QuestionError, match="`B-internal` is below `B-secret`"):
        derived(federation, "B", "A", source, marking="B-internal")
    own = received(federation, "B", "A")
    with pytest.raises(QuestionError, match="`B-internal` is below `B-secret`"):
        derived(federation, "B", "A", own, marking="B-internal")


def test_an_extract_is_one_only_when_the_originator_says_so(federation: Federation) -> None:
    source = received(federation)
    name = str(uuid.uuid4())
    with pytest.raises(RefusedError, match="no working consent of A"):
        derived(federation, "B", "C", source, name=name)
    frees = f'{{ objects = ["{name}"], extract_of = "{source}", frees = true }}'
    federation.act("A", "a-b", "free", "regrade", frees)
    federation.settle()
    assert derived(federation, "B", "C", source, name=name) == name
    with pytest.raises(RefusedError, match="no working consent of A"):
        derived(federation, "B", "C", source)


def test_nothing_is_made_from_what_is_not_held_or_from_itself(federation: Federation) -> None:
    source = received(federation)
    destroyed = received(federation)
    destroy_item(federation.nodes["B"], destroyed, "burning")
    for name in ("nothing", destroyed):
        with pytest.raises(UnknownNameError, match="is held here"):
            derived(federation, "B", "A", source, name)
    name = str(uuid.uuid4())
    with pytest.raises(QuestionError, match="derive from itself"):
        derived(federation, "B", "A", name, name=name)
    with pytest.raises(QuestionError, match="no name for a new object"):
        derived(federation, "B", "A", source, name="report")
    with pytest.raises(QuestionError, match="is on record"):
        derived(federation, "B", "A", name=source)


def test_more_sources_than_a_label_carries_are_refused(small: Federation) -> None:
    node = small.nodes["A"]
    names = [small.release("A", "B").object_id for _ in range(2)]
    with node.writing() as work:
        (row,) = work.connection.execute(select(ITEM).where(ITEM.c.object_id == names[0])).mappings()
        for number in range(MOST_PORTIONS):
            label = json.loads(row["label"]) | {"object_id": f"copy-{number}"}
            values = {**row, "object_id": f"copy-{number}", "label": json.dumps(label)}
            work.connection.execute(ITEM.insert().values(**values))
    sources = tuple(f"copy-{number}" for number in range(MOST_PORTIONS))
    assert release_file(node, paper(small), "B", "A-secret", derived_from=sources).object_id
    with pytest.raises(QuestionError, match="101 objects have gone into it"):
        release_file(node, paper(small), "B", "A-secret", derived_from=(*sources, names[1]))


def test_a_lineage_that_is_cut_on_the_way_opens_nothing(federation: Federation, tmp_path: Path) -> None:
    source = received(federation)
    federation.act("A", "a-b", "consent", "consent", CONSENT)
    federation.settle()
    made = derived(federation, "B", "A", source)
    with federation.nodes["B"].writing() as work:
        label = msgspec.structs.replace(label_at(federation, "B", made), sources=(), lineage=())
        mine = ITEM.c.object_id == made
        work.connection.execute(ITEM.update().where(mine).values(label=json.dumps(label.plain())))
    release_item(federation.nodes["B"], made, "C")
    federation.settle()
    with pytest.raises(ContainerError, match="not the one in its container"):
        open_item(federation.nodes["C"], made, tmp_path / "out", federation.reach("B"))
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "lie",
    [
        {"lineage": []},
        {"sources": []},
        {"lineage": [{"originators": ["A"], "marking": "A-internal", "object_id": "SOURCE"}]},
        {"lineage": [{"originators": ["A"], "marking": "A-secret"}]},
    ],
)
def test_a_label_that_says_otherwise_of_a_source_than_is_on_record_is_not_taken(
    federation: Federation, lie: dict[str, object]
) -> None:
    source = received(federation)
    made = derived(federation, "B", "A", source)
    words = json.loads(json.dumps(lie).replace("SOURCE", source))
    with federation.nodes["B"].writing() as work:
        label = label_at(federation, "B", made).plain() | words
        mine = ITEM.c.object_id == made
        work.connection.execute(ITEM.update().where(mine).values(label=json.dumps(label)))
    federation.act("A", "a-b", "consent", "consent", '{ recipients = ["A", "C"] }')
    federation.settle()
    release_item(federation.nodes["B"], made, "A")
    federation.settle()
    with federation.nodes["B"].reading() as connection:
        (refused,) = views.outbox(connection)
    assert refused["state"] == "refused"


def test_the_officer_who_decides_is_on_record_here_and_nowhere_else(federation: Federation) -> None:
    node = federation.nodes["A"]
    done = release_file(node, paper(federation), "B", "A-secret", officer="Col. Ito")
    federation.settle()
    assert done.officer == "Col. Ito"
    entry = views.entries(node, 10)[-1]
    assert (entry["kind"], entry["body"]["officer"]) == ("release", "Col. Ito")
    with node.reading() as connection:
        assert views.releases(connection)[0]["officer"] == "Col. Ito"
    assert "Col. Ito" not in json.dumps(views.entries(federation.nodes["B"], 10))


def test_a_node_may_want_every_release_decided_by_name(small: Federation) -> None:
    home = small.nodes["A"].home
    config = msgspec.structs.replace(read_config(home), officer_required=True)
    write_config(config, home)
    assert read_config(home) == config
    small.reopen("A")
    with pytest.raises(NodeError, match="names the officer"):
        small.release("A", "B")
    write_config(msgspec.structs.replace(config, officer="Col. Ito"), home)
    small.reopen("A")
    assert small.release("A", "B").officer == "Col. Ito"
