"""The command that decides, and the catalogue's own report."""

from __future__ import annotations

from typing import Annotated

from cyclopts import App, Parameter

from servanda.doors import answers
from servanda.doors.cli.asking import AsJson, Assume, At, Catalogue, KnownAt, asked
from servanda.doors.cli.decided import print_decision
from servanda.doors.cli.describing import (
    Caveats,
    Facility,
    GivenFor,
    Nationalities,
    PersonName,
    Portions,
    Visiting,
    asked_person,
    caveats_of,
    portions_of,
)
from servanda.doors.cli.printing import out, print_json, table
from servanda.formats.languages import chosen
from servanda.model.decision import Outcome, ReleaseRequest
from servanda.node.coverage import coverage

EXIT = {Outcome.PERMIT: 0, Outcome.DENY: 3, Outcome.UNDETERMINED: 4}
"""Exit status of `decide`; 2 is bad use."""

Topics = Annotated[list[str] | None, Parameter(name="--topic", negative="", help="may be repeated")]


def add_to(app: App) -> None:
    """Give the app the commands of this file."""
    app.command(decide)
    catalogue = App(name="catalogue", help="The agreements that are known, and how well.")
    catalogue.command(report)
    catalogue.command(list_, name="list")
    app.command(catalogue)


def decide(
    *,
    holder: Annotated[str, Parameter(help="the party that would release")],
    recipient: Annotated[str, Parameter(help="the party that would receive")],
    marking: Annotated[str, Parameter(help="the first originator's own word")],
    originator: Annotated[
        list[str] | None, Parameter(negative="", help="whose it is; the holder if left out")
    ] = None,
    topic: Topics = None,
    purpose: str = "",
    form: str = "electronic",
    caveat: Caveats = None,
    given_for: GivenFor = None,
    portion: Portions = None,
    object_id: Annotated[str, Parameter(name="--object", help="an object's id")] = "",
    person: PersonName = "",
    nationality: Nationalities = None,
    facility: Facility = "",
    visiting: Visiting = "",
    at: At = None,
    known_at: KnownAt = None,
    assume: Assume = None,
    catalogue: Catalogue = None,
    language: Annotated[str, Parameter(help="of the answer: en, ja or ko")] = "en",
    json: AsJson = False,
) -> int:
    """Decide whether something may be released; exit 0 permit, 3 deny, 4 undetermined."""
    spoken = chosen(language)
    question = asked(catalogue, assume, at, known_at)
    request = ReleaseRequest(
        holder=holder,
        recipient=recipient,
        originators=tuple(originator or (holder,)),
        marking=marking,
        at=question.standpoint.at,
        topics=tuple(topic or ()),
        purpose=purpose,
        form=form,
        object_id=object_id,
        known=question.standpoint.known,
        caveats=caveats_of(caveat),
        given_for=tuple(given_for or ()),
        lineage=portions_of(portion),
        person=asked_person(person, nationality, facility, visiting),
    )
    decision = question.law.decide(request)
    answer = answers.decision(decision, question.law.registry, spoken)
    if json:
        print_json(answer)
    else:
        print_decision(out(), answer)
    return EXIT[decision.outcome]


def report(*, catalogue: Catalogue = None, json: AsJson = False) -> int:
    """Show what the catalogue knows, what is unconfirmed and what nobody has read."""
    question = asked(catalogue, None, None, None)
    found = coverage(question.law.registry)
    if json:
        print_json(
            {
                "instruments": found.instruments,
                "acts": found.acts,
                "fields": {
                    one.field: {
                        "known": one.known,
                        "unconfirmed": one.unconfirmed,
                        "unknown": one.unknown,
                        "none": one.none,
                    }
                    for one in found.fields
                },
            }
        )
        return 0
    rows = table("field", "known", "unconfirmed", "unknown", "has none")
    for one in found.fields:
        rows.add_row(one.field, str(one.known), str(one.unconfirmed), str(one.unknown), str(one.none))
    console = out()
    console.print(f"{found.instruments} instruments, {found.acts} acts")
    console.print(rows)
    return 0


def list_(*, catalogue: Catalogue = None, json: AsJson = False) -> int:
    """List the instruments of the catalogue."""
    registry = asked(catalogue, None, None, None).law.registry
    if json:
        print_json(
            [
                {"id": one.id, "title": one.texts[-1].title, "parties": list(one.parties)}
                for one in registry.instruments.values()
            ]
        )
        return 0
    rows = table("id", "parties", "title")
    for one in registry.instruments.values():
        most = ", ".join(one.parties[:4]) + (" ..." if len(one.parties) > 4 else "")  # noqa: PLR2004 - fits a line
        rows.add_row(one.id, most, one.texts[-1].title.get("en", ""))
    out().print(rows)
    return 0
