"""The commands of a party's own node; each works on the node's home, whether it is running or not."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

from cyclopts import App, Parameter

from servanda.doors import answers
from servanda.doors.cli import demonstration, objects
from servanda.doors.cli.asking import AsJson
from servanda.doors.cli.homes import Home
from servanda.doors.cli.printing import out, print_json, table, word, working
from servanda.doors.http.serving import run_node
from servanda.formats.when import parse_instant
from servanda.model.act import kind_of
from servanda.model.when import zone
from servanda.node import views
from servanda.node.acting import record_act
from servanda.node.arming import Arming
from servanda.node.first_run import Place, introduce, make_node
from servanda.node.house import Node
from servanda.node.law import act_of
from servanda.node.reaching import Reaching
from servanda.node.sending import waiting
from servanda.node.watching import Kind


def add_to(app: App) -> None:
    """Give the app the commands of this file."""
    node = App(name="node", help="Make and run a party's node.")
    node.command(init)
    node.command(meet)
    node.command(run)
    node.command(status)
    app.command(node)
    act = App(name="act", help="What this party does.")
    act.command(record)
    app.command(act)
    objects.add_to(app)
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


MOST_AHEAD = 10
"""How many instants ahead are printed; JSON has all of them."""


def status(*, home: Home, json: AsJson = False) -> int:
    """Show what goes on by this node's permits, when that may change and why, and what has stopped."""
    node = Node.open(home)
    try:
        answer = _standing(node)
    finally:
        node.close()
    if json:
        print_json(answer)
        return 0
    console = out()
    driven = f" by its {answer['clock']} clock" if answer["clock"] != "system" else ""
    console.print(
        f"{answer['party']} at {answer['at']}{driven}; {answer['waiting']} to be sent", markup=False
    )
    rows = table("what", "as it stands", "how many")
    for one in answer["goes_on"]:
        rows.add_row(one["what"].replace("-", " "), word(one["outcome"]), str(one["count"]))
    console.print(rows if answer["goes_on"] else "nothing was released, received or opened")
    if answer["ahead"]:
        rows = table("may change", "because", "flows", "items", "keys")
        for one in answer["ahead"][:MOST_AHEAD]:
            said = "; ".join(turn["says"] for turn in one["turns"])
            rows.add_row(one["at"], said, *(str(one[kind.value]) for kind in _KINDS))
        console.print(rows)
    if answer["changed"]:
        rows = table("since", "what", "with", "objects", "cite", "entry")
        for one in answer["changed"]:
            what = one["changed"].replace("-", " ")
            cite = next((cite for cite in one["cites"] if " " in cite), "")
            many = str(len(one["objects"]))
            rows.add_row(one["since"], what, one["of"], many, cite, str(one["position"]))
        console.print(rows)
    return 0


_KINDS = tuple(Kind)


def _standing(node: Node) -> dict[str, Any]:
    where = zone(views.seat(node))
    arming = Arming(node)
    ahead = [
        {
            "at": one.at.within(where),
            "turns": answers.because(one.turns),
            **{kind.value: one.of.get(kind, 0) for kind in _KINDS},
        }
        for one in arming.ahead()
    ]
    return {
        "party": node.party,
        "at": node.now().within(where),
        "clock": node.clock_name,
        "waiting": waiting(node),
        "goes_on": [
            {"what": kind.value, "outcome": outcome.value, "count": number}
            for (kind, outcome), number in arming.going_on().items()
        ],
        "ahead": ahead,
        "changed": [
            {**one, "since": parse_instant(one["since"]).within(where)} for one in views.changes(node)
        ],
    }


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
        rows.add_row(str(one["position"]), one["at"], one["kind"], _what(body))
    out().print(rows)
    return 0


def _what(body: dict[str, Any]) -> str:
    """Return what an entry is about, as far as one line says it."""
    for name in ("act", "object", "doing", "changed", "kind", "by"):
        if body.get(name):
            return str(body[name])
    return str(body.get("label", {}).get("object_id") or body.get("decision", {}).get("object") or "")


def prove(position: int, *, home: Home) -> int:
    """Print the proof that an entry is in the register, to be checked without this node (.tlog-proof)."""
    node = Node.open(home)
    try:
        sys.stdout.write(views.proof(node, position))
    finally:
        node.close()
    return 0
