"""The commands about objects: release, inbox, open, copy, destroy, report-compromise."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

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
from servanda.doors.cli.homes import Home, say
from servanda.doors.cli.printing import out, print_json, table, word, working
from servanda.errors import QuestionError
from servanda.formats.when import parse_instant
from servanda.model.when import FOREVER, zone
from servanda.node import views
from servanda.node.house import Node
from servanda.node.keeping import copy_item, destroy_item, duties_of, report_compromise
from servanda.node.opening import open_item
from servanda.node.reaching import Reaching
from servanda.node.releasing import Released, release_file, release_item
from servanda.node.spelled import print_caveat, print_portion


def add_to(app: App) -> None:
    """Give the app the commands of this file."""
    for command in (release, inbox, open_, copy, destroy, report):
        names = {open_: "open", report: "report-compromise"}
        app.command(command, name=names.get(command, command.__name__))


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
    say(answer, "\n".join(lines), json=json)


def inbox(*, home: Home, json: AsJson = False) -> int:
    """List what was received, with its state, what binds it and the duties that it carries."""
    node = Node.open(home)
    try:
        with node.reading() as connection:
            found = views.items(connection, "received")
        where = zone(views.seat(node))
    finally:
        node.close()
    if json:
        print_json(found)
        return 0
    rows = table("object", "name", "from", "marked", f"received ({where.key})", "state", "copies", "duties")
    rows.columns[0].no_wrap = True
    for one in found:
        received = parse_instant(one["obtained"]).utc.astimezone(where)
        rows.add_row(
            one["object"],
            one["name"],
            one["from"],
            one["marking"],
            f"{received:%Y-%m-%d %H:%M}",
            word(one["state"]),
            str(one["copies"]),
            str(len(one["duties"])),
        )
    console = out()
    console.print(rows if found else "nothing has been received")
    for one in found:
        bound = [*one["caveats"], *(f"contains {each['portion']}" for each in one["lineage"])]
        if bound:
            console.print(f"{one['object']}: {'; '.join(bound)}", markup=False, soft_wrap=True)
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
    say(answer, "\n".join(lines), json=json)
    return 0


def copy(object_id: str, *, for_whom: str, home: Home, json: AsJson = False) -> int:
    """Record a copy of an object; every copy is counted."""
    node = Node.open(home)
    try:
        number = copy_item(node, object_id, for_whom)
    finally:
        node.close()
    answer = {"object": object_id, "copy": number, "for": for_whom}
    say(answer, f"copy {number} of {object_id} for {for_whom}", json=json)
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
    say({"object": object_id, "position": position}, f"destroyed; entry {position}", json=json)
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
    say(answer, f"reported; entry {position}" + (f" ({cites})" if cites else ""), json=json)
    return 0
