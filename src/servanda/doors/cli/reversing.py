"""Commands that turn the question round: when an answer changes, and who may see something."""

from __future__ import annotations

from typing import Annotated, Any

from cyclopts import App, Parameter

from servanda.decisions.reverse import over_time, who
from servanda.doors import answers
from servanda.doors.cli.asking import AsJson, Assume, At, Catalogue, KnownAt, asked
from servanda.doors.cli.deciding import Topics
from servanda.doors.cli.describing import Caveats, GivenFor, Portions, caveats_of, portions_of
from servanda.doors.cli.printing import out, print_json, table, word
from servanda.errors import QuestionError
from servanda.model.decision import Judgement, ReleaseRequest
from servanda.model.when import Period, zone
from servanda.node.law import instant_of

Json = dict[str, Any]
Holder = Annotated[str, Parameter(help="the party that would release")]
Marking = Annotated[str, Parameter(help="the first originator's own word")]
Originators = Annotated[list[str] | None, Parameter(negative="", help="whose it is; the holder if left out")]
ObjectId = Annotated[str, Parameter(name="--object", help="an object's id")]


def add_to(app: App) -> None:
    """Give the app the commands of this file."""
    app.command(changes)
    app.command(who_, name="who")


def changes(
    *,
    holder: Holder,
    recipient: Annotated[str, Parameter(help="the party that would receive")],
    marking: Marking,
    since: Annotated[str, Parameter(name="--from", help="the first instant")],
    until: Annotated[str, Parameter(name="--to", help="the instant at which to stop")],
    originator: Originators = None,
    topic: Topics = None,
    purpose: str = "",
    form: str = "electronic",
    caveat: Caveats = None,
    given_for: GivenFor = None,
    portion: Portions = None,
    object_id: ObjectId = "",
    known_at: KnownAt = None,
    assume: Assume = None,
    catalogue: Catalogue = None,
    json: AsJson = False,
) -> int:
    """Show when an answer did or will change between two instants, and what turned it."""
    question = asked(catalogue, assume, since, known_at)
    period = Period(question.standpoint.at, instant_of(until))
    if not period.start < period.end:
        raise QuestionError("the second instant is not after the first", hint="give them in their order")
    request = ReleaseRequest(
        holder,
        recipient,
        tuple(originator or (holder,)),
        marking,
        period.start,
        tuple(topic or ()),
        purpose,
        form,
        object_id,
        question.standpoint.known,
        caveats_of(caveat),
        tuple(given_for or ()),
        portions_of(portion),
    )
    registry = question.law.registry
    found = over_time(question.law.index(question.standpoint.known), request, period)
    where = zone(registry.party(holder).seat)
    told: list[Json] = [
        {
            "from": one.start.within(where),
            "to": one.end.within(where),
            **_judged(one.first),
        }
        for one in found
    ]
    if json:
        print_json(told)
        return 0
    rows = table("from", "answer", "under", "because")
    for line in told:
        rows.add_row(line["from"], word(line["outcome"]), ", ".join(line["via"]), _first(line))
    out().print(rows)
    return 0


def who_(
    *,
    holder: Holder,
    marking: Marking,
    originator: Originators = None,
    topic: Topics = None,
    purpose: str = "",
    form: str = "electronic",
    caveat: Caveats = None,
    given_for: GivenFor = None,
    portion: Portions = None,
    object_id: ObjectId = "",
    at: At = None,
    known_at: KnownAt = None,
    assume: Assume = None,
    catalogue: Catalogue = None,
    json: AsJson = False,
) -> int:
    """Show who may see an object at an instant, of all to whom something binds its holder."""
    question = asked(catalogue, assume, at, known_at)
    request = ReleaseRequest(
        holder,
        holder,
        tuple(originator or (holder,)),
        marking,
        question.standpoint.at,
        tuple(topic or ()),
        purpose,
        form,
        object_id,
        question.standpoint.known,
        caveats_of(caveat),
        tuple(given_for or ()),
        portions_of(portion),
    )
    question.law.registry.party(holder)
    found = who(question.law.index(question.standpoint.known), request)
    told: list[Json] = [{"party": code, **_judged(judged)} for code, judged in found]
    if json:
        print_json(told)
        return 0
    rows = table("party", "answer", "marked there", "because")
    for line in told:
        rows.add_row(line["party"], word(line["outcome"]), line["equivalent"] or "", _first(line))
    out().print(rows)
    return 0


def _judged(found: Judgement) -> Json:
    return {
        "outcome": found.outcome.value,
        "via": list(found.via),
        "equivalent": found.equivalent,
        "missing": list(found.missing),
        "because": answers.because(found.because),
    }


def _first(line: Json) -> str:
    """Return the first reason with its citation."""
    reason = line["because"][0] if line["because"] else None
    return "" if reason is None else f"{reason['says']}  {reason['cite']}"
