"""What changed for an exporter between two instants: groups, licence types, papers, review, triggers.

Every thing that a regime says is asked at the first instant, at each at which it can turn, and at the last;
so each change names the acts that made it, and what changed and came back is seen too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from servanda.decisions.exports import force
from servanda.decisions.exports.decide import finding, turns
from servanda.decisions.exports.sentences import TURNED
from servanda.errors import QuestionError
from servanda.model.act import Act, ChangeGroups, LimitLicences
from servanda.model.cite import Because, because
from servanda.model.clauses import CatchAll, ControlList
from servanda.model.clauses.exports import Concern, Covers
from servanda.model.export import ExportRequest, Facet, Finding
from servanda.model.instrument import Instrument
from servanda.model.when import FOREVER, Instant

UNLISTED = "what is on no list"
OTHERS = "any other listed item"
_SPOKEN = {
    "licence_required": "a licence is needed",
    "not_required_under": "no licence is needed",
    "cannot_tell": "cannot tell",
}
Key = tuple[str, str]
"""The item, empty for what holds for the destination, and what is said of it."""


def export_diff(
    instrument: Instrument,
    start: Instant,
    end: Instant,
    destinations: tuple[str, ...] = (),
    items: tuple[str, ...] = (),
    known: Instant = FOREVER,
) -> tuple[Facet, ...]:
    """Return everything that a regime says otherwise at some instant after `start` and up to `end`.

    Left out, `destinations` and `items` are those that its acts name, and of items one other and an unlisted.

    Raises:
        QuestionError: the first instant is not before the last.
    """
    if end <= start:
        raise QuestionError(f"`{start}` is not before `{end}`", hint="--from comes before --to")
    acts = force.known_acts(instrument, known)
    instants = (start, *(edge for edge in force.edges(instrument, acts) if start < edge <= end))
    found: list[Facet] = []
    for code in destinations or _touched(acts):
        said = [dict(_facets(instrument, acts, code, items, at, known)) for at in instants]
        for key in dict.fromkeys(key for one in said for key in one):
            values = [one.get(key, "-") for one in said]
            if len(set(values)) > 1:
                by = tuple(_by(instrument, acts, instants, values))
                found.append(Facet(code, *key, values[0], values[-1], by))
    return tuple(found)


def _by(
    instrument: Instrument, acts: tuple[Act, ...], instants: tuple[Instant, ...], values: list[str]
) -> Iterator[Because]:
    where = force.zone_of(instrument)
    for number in range(1, len(values)):
        if values[number] == values[number - 1]:
            continue
        when = force.spoken(instants[number], where)
        for reason in turns(instrument, acts, instants[number]):
            said = TURNED(values[number], when)
            yield because(
                said,
                instrument=reason.instrument,
                version=reason.version,
                article=reason.article,
                act=reason.act,
                confirmed=reason.confirmed,
                when=when,
            )


def _touched(acts: tuple[Act, ...]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for act in acts:
        if isinstance(act, ChangeGroups):
            for change in act.groups:
                found.update(dict.fromkeys((*change.adds, *change.removes)))
        elif isinstance(act, LimitLicences):
            found.update(dict.fromkeys(act.destinations))
    return tuple(found)


def _probed(instrument: Instrument, acts: tuple[Act, ...]) -> dict[str, str]:
    """Return the items to ask about where none is named, each with its number."""
    limited = [item for act in acts if isinstance(act, LimitLicences) for item in act.items]
    found = {number: number for number in dict.fromkeys(limited)}
    listed = [item.number for _, one in instrument.texts[-1].clauses(ControlList) for item in one.items]
    other = next((number for number in listed if number not in found), None)
    if other is not None:
        found[OTHERS if limited else other] = other
    return found


def _facets(
    instrument: Instrument,
    acts: tuple[Act, ...],
    code: str,
    items: tuple[str, ...],
    at: Instant,
    known: Instant,
) -> Iterator[tuple[Key, str]]:
    asked = ExportRequest(instrument.id, "", code, at, known, Covers.GOODS)

    def say(**changed: object) -> Finding:
        return finding(instrument, acts, replace(asked, **changed))[0]  # type: ignore[arg-type]

    probed = {item: item for item in items} or _probed(instrument, acts)
    first = True
    for label, number in probed.items():
        found = say(item=number)
        if first:
            yield ("", "group"), "; ".join(found.groups) or "none known"
            for paper in found.papers:
                yield ("", paper.says), "needed" if paper.certain else "needed by a table not read"
            if found.review is not None:
                yield ("", "review"), f"{found.review.days} days, {found.review.documents} documents"
            first = False
        for one in found.types:
            yield (label, one.title), one.standing.value.replace("_", " ")
    if instrument.texts[-1].first(CatchAll) is not None and not items:
        for what, changed in (
            ("when the authority gives notice", {"informed": True, "concern": Concern.NONE}),
            ("when the exporter knows of weapons of mass destruction", {"concern": Concern.WMD}),
            ("when the exporter knows of conventional arms", {"concern": Concern.CONVENTIONAL}),
        ):
            yield (UNLISTED, what), _SPOKEN[say(item="unlisted", **changed).outcome.value]
