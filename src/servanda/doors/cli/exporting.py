"""The commands about exports: decide, diff, lookback."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from servanda.doors import exported
from servanda.doors.cli.asking import AsJson, Assume, At, Catalogue, KnownAt, asked
from servanda.doors.cli.exports_shown import print_answer, print_difference, print_lookback
from servanda.doors.cli.printing import out, print_json
from servanda.errors import FormatError
from servanda.formats.languages import chosen
from servanda.formats.shipment_log import amount
from servanda.model.clauses.exports import Concern, Covers, Need
from servanda.model.export import ExportOutcome, ExportRequest
from servanda.model.when import FOREVER
from servanda.node.exporting import Exports
from servanda.node.law import instant_of

EXIT = {ExportOutcome.NOT_REQUIRED: 0, ExportOutcome.LICENCE_REQUIRED: 3, ExportOutcome.CANNOT_TELL: 4}
"""Exit status of `export decide`; 2 is bad use."""

Us = Annotated[Path | None, Parameter(name="--us", help="a folder of the public U.S. files: adds us-ear")]
Holds = Annotated[
    str | None,
    Parameter(help="what this exporter has: registration, icp, checklist, on-site-check, or none"),
]
Language = Annotated[str, Parameter(help="of the answer: en, ja or ko")]


def add_to(app: App) -> None:
    """Give the app the commands of this file."""
    export = App(name="export", help="May these goods go there, what changed, did past shipments fit?")
    export.command(decide)
    export.command(diff)
    export.command(lookback)
    app.command(export)


def decide(
    *,
    regime: Annotated[str, Parameter(help="as jp-export-control")],
    item: Annotated[str, Parameter(help="its number on the list, as 1-(3)(1), or unlisted")],
    to: Annotated[str, Parameter(help="the destination, as KR (ISO 3166-1)")],
    technology: Annotated[bool, Parameter(negative="", help="technology of the item, not goods")] = False,
    end_user: str = "",
    end_use: str = "",
    concern: Annotated[str | None, Parameter(help="what was found: none, wmd or conventional")] = None,
    informed: Annotated[bool, Parameter(negative="", help="the authority has given notice")] = False,
    value: Annotated[str | None, Parameter(help="of the goods, as 900000")] = None,
    currency: Annotated[str, Parameter(help="of the value, as JPY")] = "",
    holds: Holds = None,
    at: At = None,
    known_at: KnownAt = None,
    us: Us = None,
    assume: Assume = None,
    catalogue: Catalogue = None,
    language: Language = "en",
    json: AsJson = False,
) -> int:
    """Say whether a regime asks for a licence; exit 0 not under what was checked, 3 yes, 4 cannot tell."""
    spoken = chosen(language)
    question = asked(catalogue, assume, at, known_at)
    exports = Exports.of(question.law.registry, us)
    request = ExportRequest(
        regime=regime,
        item=_filled(item, "--item"),
        destination=_filled(to, "--to"),
        at=question.standpoint.at,
        known=question.standpoint.known,
        covers=Covers.TECHNOLOGY if technology else Covers.GOODS,
        end_user=end_user,
        end_use=end_use,
        concern=None if concern is None else _concern(concern),
        informed=informed,
        value=None if value is None else amount(value),
        currency=currency,
        holds=_holds(holds),
    )
    found = exports.decide(request)
    answer = exported.answer(found, exports.zone(regime), spoken)
    if json:
        print_json(answer)
    else:
        print_answer(out(), answer)
    return EXIT[found.outcome]


def diff(
    *,
    start: Annotated[str, Parameter(name="--from", help="a day or an instant")],
    to: Annotated[str, Parameter(name="--to", help="a later one; a day is its first instant")],
    regime: Annotated[str | None, Parameter(help="all that are known, if left out")] = None,
    to_country: Annotated[list[str] | None, Parameter(negative="", help="may be repeated")] = None,
    items: Annotated[list[str] | None, Parameter(name="--item", negative="", help="may be repeated")] = None,
    known_at: KnownAt = None,
    us: Us = None,
    assume: Assume = None,
    catalogue: Catalogue = None,
    language: Language = "en",
    json: AsJson = False,
) -> int:
    """Say what changed for an exporter between two days, each change with the act that made it."""
    spoken = chosen(language)
    exports = Exports.of(asked(catalogue, assume, None, None).law.registry, us)
    known = FOREVER if known_at is None else instant_of(known_at)
    names = [regime] if regime is not None else [one.id for one in exports.regimes]
    answers = []
    for name in names:
        codes = tuple(code.strip().upper() for code in to_country or ())
        instrument = exports.registry.instrument(name)
        if codes and all(code in instrument.parties for code in codes):
            continue
        first, last, found = exports.diff(name, start, to, codes, tuple(items or ()), known)
        answers.append(exported.difference(name, first, last, found, exports.zone(name), spoken))
    if json:
        print_json(answers)
        return 0
    for one in answers:
        print_difference(out(), one)
    return 0


def lookback(
    shipments: Annotated[Path, Parameter(help="a CSV file; its columns are in spec/exports.md")],
    *,
    regime: str = "jp-export-control",
    holds: Holds = None,
    known_at: KnownAt = None,
    us: Us = None,
    catalogue: Catalogue = None,
    language: Language = "en",
    json: AsJson = False,
) -> int:
    """Audit past shipments as of their own days; exit 3 if any did not fit, 4 if any cannot be told."""
    spoken = chosen(language)
    exports = Exports.of(asked(catalogue, None, None, None).law.registry, us)
    known = FOREVER if known_at is None else instant_of(known_at)
    where = exports.zone(regime)
    found = exports.lookback(regime, shipments, known, _holds(holds))
    rows = [exported.audited(one, where, spoken) for one in found]
    counts = Counter(row["fit"] for row in rows)
    if json:
        print_json({"regime": regime, "counts": dict(counts), "shipments": rows})
    else:
        print_lookback(out(), rows, counts)
    return 3 if counts["did_not_fit"] else 4 if counts["cannot_tell"] or counts["broken"] else 0


def _filled(words: str, option: str) -> str:
    longest = 10_000
    if not words.strip() or len(words) > longest:
        raise FormatError(f"{option} is empty or too long", hint="an item is a number such as 1-(3)(1)")
    return words.strip()


def _concern(words: str) -> Concern:
    try:
        return Concern(words.strip().lower())
    except ValueError as wrong:
        raise FormatError(f"`{words}` is no concern", hint="it can be none, wmd or conventional") from wrong


def _holds(words: str | None) -> frozenset[Need] | None:
    if words is None:
        return None
    named = [one.strip().lower() for one in words.split(",")]
    held = {need.value: need for need in Need if need.is_held}
    strange = [one for one in named if one not in ("none", "") and one not in held]
    if strange:
        raise FormatError(
            f"`{strange[0]}` is nothing that is held", hint=f"it can be {', '.join(held)} or none"
        )
    return frozenset(held[one] for one in named if one in held)
