"""The commands of a party's own node; each works on the node's home, whether it is running or not."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from servanda.doors.cli import demonstration
from servanda.doors.cli.asking import AsJson
from servanda.doors.cli.deciding import Topics
from servanda.doors.cli.describing import (
    Caveats,
    Facility,
    GivenFor,
    Nationalities,
    PersonName,
    Visiting,
    asked_person,
    caveats_of,
)
from servanda.doors.cli.printing import out, print_json, table, word, working
from servanda.doors.http.serving import run_node
from servanda.errors import QuestionError
from servanda.model.act import kind_of
from servanda.model.when import FOREVER, zone
from servanda.node import views
from servanda.node.acting import record_act
from servanda.node.first_run import Place, introduce, make_node
from servanda.node.house import Node
from servanda.node.keeping import copy_item, destroy_item, duties_of, report_compromise
from servanda.node.law import act_of
from servanda.node.opening import open_item
from servanda.node.reaching import Reaching
from servanda.node.releasing import Released, release_file, release_item
from servanda.node.spelled import print_caveat, print_portion

Home = Annotated[Path, Parameter(name="--home", env_var="SERVANDA_HOME", help="the node's folder")]


def add_to(app: App) -> None:
    """Give the app the commands of this file."""
    node = App(name="node", help="Make and run a party's node.")
    node.command(init)
    node.command(meet)
    node.command(run)
    app.command(node)
    act = App(name="act", help="What this party does.")
    act.command(record)
    app.command(act)
    for command in (release, inbox, open_, copy, destroy, report):
        names = {open_: "open", report: "report-compromise"}
        app.command(command, name=names.get(command, command.__name__))
    register = App(name="register", help="The register that neither side can rewrite.")
    register.command(verify)
    register.command(show)
    register.command(prove)
    app.command(register)
    app.command(demonstration.demo)


def init(
    *,
    home: Home,
    party: Annotated[str, Parameter(help="the party's code in the catalogue")],
    authority: Annotated[Path, Parameter(help="folder of the demonstration authority")],
    peer_port: int = 8443,
    local_port: int = 8080,
    catalogue: Annotated[str, Parameter(help="folder of agreements, from the home")] = "",
    database: Annotated[str, Parameter(help="SQLAlchemy URL; SQLite in the home if left out")] = "",
) -> int:
    """Make a node: its keys, its certificate, its configuration."""
    place = Place(home, peer_port, local_port)
    config = make_node(authority, party, place, catalogue=catalogue, database=database)
    out().print(f"node of {config.party} in {home}; make it known with `servanda node meet`", markup=False)
    return 0


def meet(homes: list[Path]) -> int:
    """Make nodes on this machine known to each other: addresses and public identities."""
    known = {Node.open(home).party: home for home in homes}
    introduce(known)
    out().print(f"{', '.join(known)} know each other", markup=False)
    return 0


def run(*, home: Home) -> int:
    """Run a node until it is stopped: its listeners, its page and its outbox."""
    run_node(home)
    return 0


def record(
    instrument: str,
    *,
    home: Home,
    id_: Annotated[str, Parameter(name="--id", help="a name for the act, as kr-notice-2019")],
    kind: Annotated[str, Parameter(help="give-notice, suspend-notice, consent, object, ...")],
    done: Annotated[str | None, Parameter(help="an instant, a day, a month; now if left out")] = None,
    of: Annotated[str | None, Parameter(help="the act that it speaks of")] = None,
    mode: Annotated[str | None, Parameter(help="frozen, tolled or revoked")] = None,
    more: Annotated[str, Parameter(help='further fields, as `{ recipients = ["KR"] }`')] = "{}",
    json: AsJson = False,
) -> int:
    """Record an act of this party, and send it to the parties it concerns."""
    node = Node.open(home)
    try:
        named = {"of": of, "mode": mode}
        fields = {name: value for name, value in named.items() if value is not None}
        act = act_of(node.party, id_, kind, done, node.now(), fields, more)
        position = record_act(node, instrument, act)
    finally:
        node.close()
    if json:
        print_json({"instrument": instrument, "act": id_, "kind": kind_of(act), "position": position})
    else:
        out().print(f"{id_} recorded as entry {position}; its receipts come as they come", markup=False)
    return 0


def release(
    document: Annotated[Path | None, Parameter(help="the document; or give --object")] = None,
    *,
    to: Annotated[str, Parameter(help="the receiving party")],
    home: Home,
    marking: Annotated[str, Parameter(help="this party's own word")] = "",
    topic: Topics = None,
    purpose: str = "",
    caveat: Caveats = None,
    given_for: GivenFor = None,
    derived_from: Annotated[
        list[str] | None,
        Parameter(negative="", help="an object held here that went into it; may be repeated"),
    ] = None,
    id_: Annotated[
        str, Parameter(name="--id", help="a UUID for the new object, where an act speaks of it already")
    ] = "",
    object_id: Annotated[str, Parameter(name="--object", help="an object that is held, as it is")] = "",
    officer: Annotated[
        str,
        Parameter(env_var="SERVANDA_OFFICER", help="who decides on it; the law permits and never obliges"),
    ] = "",
    json: AsJson = False,
) -> int:
    """Release a document, or an object that is held, to another party: decided, sealed, recorded."""
    caveats = caveats_of(caveat)
    described = bool(marking or topic or purpose or caveats or given_for or derived_from or id_)
    if object_id and (document is not None or described):
        raise QuestionError("an object that is held keeps its label", hint="give --object alone, with --to")
    if not object_id and (document is None or not marking):
        raise QuestionError("nothing to release", hint="name a document and its --marking, or an --object")
    node = Node.open(home)
    try:
        with working(f"deciding and sealing for {to}"):
            if document is None:
                done = release_item(node, object_id, to, officer=officer)
            else:
                done = release_file(
                    node,
                    document,
                    to,
                    marking,
                    topics=tuple(topic or ()),
                    purpose=purpose,
                    caveats=caveats,
                    given_for=tuple(given_for or ()),
                    derived_from=tuple(derived_from or ()),
                    object_id=id_,
                    officer=officer,
                )
        seat = views.seat(node)
    finally:
        node.close()
    _say_released(done, seat, json=json)
    return 0


def _say_released(done: Released, seat: str, *, json: bool) -> None:
    decision = done.decision
    until = None if decision.until == FOREVER else decision.until.within(zone(seat))
    answer = {
        "release": done.release_id,
        "object": done.object_id,
        "to": done.recipient,
        "via": list(decision.via),
        "equivalent": decision.equivalent,
        "lineage": [one.object_id for one in decision.request.lineage],
        "caveats": [print_caveat(one) for one in decision.request.caveats],
        "officer": done.officer,
        "until": until,
        "position": done.position,
    }
    by = f" by {done.officer}" if done.officer else ""
    under = f"under {', '.join(decision.via)}, marked there {decision.equivalent}"
    lines = [f"released to {done.recipient}{by} {under}; object {done.object_id}, entry {done.position}"]
    for portion in decision.request.portions:
        if portion.caveats or decision.request.lineage:
            what = "its own part" if portion.object_id == done.object_id else f"from {portion.object_id}"
            lines.append(f"  {what}: {print_portion(portion)}")
    if until:
        lines.append(f"  may change {until}: " + "; ".join(one.says for one in decision.judgement.turns))
    _say(answer, "\n".join(lines), json=json)


def inbox(*, home: Home, json: AsJson = False) -> int:
    """List what was received, with its state and the duties that it carries."""
    node = Node.open(home)
    try:
        with node.reading() as connection:
            found = views.items(connection, "received")
    finally:
        node.close()
    if json:
        print_json(found)
        return 0
    rows = table("object", "name", "from", "marked", "received", "state", "copies", "duties")
    for one in found:
        rows.add_row(
            one["object"],
            one["name"],
            one["from"],
            one["marking"],
            one["obtained"],
            word(one["state"]),
            str(one["copies"]),
            str(len(one["duties"])),
        )
    out().print(rows if found else "nothing has been received")
    return 0


def open_(
    object_id: str,
    *,
    to: Annotated[Path, Parameter(help="file to write")],
    home: Home,
    person: PersonName = "",
    nationality: Nationalities = None,
    facility: Facility = "",
    visiting: Visiting = "",
    json: AsJson = False,
) -> int:
    """Open an object; its originator decides again at this instant whether the key may be had."""
    opener = asked_person(person, nationality, facility, visiting)
    node = Node.open(home)
    reaching = Reaching(node)
    try:
        originator = views.originator(node, object_id)
        peer = reaching(originator) if originator != node.party else None
        with working(f"asking {originator} for the key"):
            label = open_item(node, object_id, to, peer, opener)
    finally:
        reaching.close()
        node.close()
    answer = {
        "object": object_id,
        "name": label.name,
        "marking": label.marking,
        "caveats": [print_caveat(one) for one in label.caveats],
        "lineage": [one.object_id for one in label.lineage],
        "person": person or None,
        "file": str(to),
    }
    bound = "".join(f", {print_caveat(one)}" for one in label.caveats)
    lines = [f"{label.name} opened to {to}; it is marked {label.marking} of {label.originators[0]}{bound}"]
    lines += [f"  from {one.object_id}: {print_portion(one)}" for one in label.lineage]
    _say(answer, "\n".join(lines), json=json)
    return 0


def copy(object_id: str, *, for_whom: str, home: Home, json: AsJson = False) -> int:
    """Record a copy of an object; every copy is counted."""
    node = Node.open(home)
    try:
        number = copy_item(node, object_id, for_whom)
    finally:
        node.close()
    answer = {"object": object_id, "copy": number, "for": for_whom}
    _say(answer, f"copy {number} of {object_id} for {for_whom}", json=json)
    return 0


def destroy(
    object_id: str,
    *,
    home: Home,
    how: Annotated[str, Parameter(help="by which means")] = "deletion of the container",
    witness: Annotated[list[str] | None, Parameter(negative="", help="may be repeated")] = None,
    json: AsJson = False,
) -> int:
    """Destroy an object and its copies, and tell the originator."""
    node = Node.open(home)
    try:
        position = destroy_item(node, object_id, how, tuple(witness or ()))
    finally:
        node.close()
    _say({"object": object_id, "position": position}, f"destroyed; entry {position}", json=json)
    return 0


def report(object_id: str, what: str, *, home: Home, json: AsJson = False) -> int:
    """Report a loss or compromise of an object, or its possibility, to its originator at once."""
    node = Node.open(home)
    try:
        position = report_compromise(node, object_id, what)
        owed = [one for one in duties_of(node, object_id) if one["duty"].startswith("report-loss")]
    finally:
        node.close()
    cites = ", ".join(one["cite"] for one in owed)
    answer = {"object": object_id, "position": position, "cites": [one["cite"] for one in owed]}
    _say(answer, f"reported; entry {position}" + (f" ({cites})" if cites else ""), json=json)
    return 0


def _say(answer: Mapping[str, object], words: str, *, json: bool) -> None:
    """Print an answer as JSON, or as a sentence."""
    if json:
        print_json(answer)
    else:
        out().print(words, markup=False)


def verify(
    *,
    home: Home,
    ask_peers: Annotated[bool, Parameter(negative="", help="also against what peers keep of it")] = False,
    json: AsJson = False,
) -> int:
    """Recompute the register from its entries and hold it against every checkpoint; exit 1 if altered."""
    node = Node.open(home)
    try:
        kept = _kept(node) if ask_peers else ()
        with working("recomputing the register"):
            found = views.verification(node, kept)
    finally:
        node.close()
    own = found.own
    if json:
        print_json(
            {
                "size": own.size,
                "root": own.root.hex(),
                "checkpoints": own.checkpoints,
                "problems": list(own.problems),
                "peers": list(found.peers),
            }
        )
    else:
        console = out()
        console.print(f"{own.size} entries, root {own.root.hex()}", markup=False)
        console.print(f"{own.checkpoints} checkpoints hold" if not own.problems else "ALTERED", markup=False)
        for problem in own.problems:
            console.print(f"  {problem}", markup=False)
        for one in found.peers:
            console.print(f"  peer {one}", markup=False)
    return 1 if own.problems else 0


def _kept(node: Node) -> tuple[str, ...]:
    reaching = Reaching(node)
    try:
        return views.kept_by_peers(node, reaching)
    finally:
        reaching.close()


def show(*, home: Home, last: int = 20, json: AsJson = False) -> int:
    """Show the last entries of the register."""
    node = Node.open(home)
    try:
        found = views.entries(node, last)
    finally:
        node.close()
    if json:
        print_json(found)
        return 0
    rows = table("entry", "at", "kind", "what")
    for one in found:
        body = one["body"]
        what = body.get("act") or body.get("object") or body.get("doing") or body.get("kind") or ""
        rows.add_row(str(one["position"]), one["at"], one["kind"], str(what))
    out().print(rows)
    return 0


def prove(position: int, *, home: Home) -> int:
    """Print the proof that an entry is in the register, to be checked without this node (.tlog-proof)."""
    node = Node.open(home)
    try:
        sys.stdout.write(views.proof(node, position))
    finally:
        node.close()
    return 0
