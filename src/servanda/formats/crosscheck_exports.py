"""What no clause or act of a regime can see by itself: names that point nowhere, days out of order."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator

from servanda.model.act import (
    REGIME_ACTS,
    Act,
    ChangeCatchAll,
    ChangeGroups,
    EaseLimit,
    LiftLimit,
    LimitLicences,
    RegimeAct,
)
from servanda.model.clauses import (
    CatchAll,
    ControlList,
    CountryChart,
    CountryGroup,
    LicenceType,
    Requirement,
    Review,
    SmallValue,
)
from servanda.model.destination import destinations
from servanda.model.instrument import Instrument
from servanda.model.text import InstrumentKind, Text
from servanda.model.when import Day, Instant, zone


def check_regime(text: Text) -> Iterator[str]:
    """Yield what is wrong with the clauses of a regime."""
    groups = [address for address, _ in text.clauses(CountryGroup)]
    lists = [address for address, _ in text.clauses(ControlList)]
    charts = [address for address, _ in text.clauses(CountryChart)]
    for address, clause in text.clause.items():
        named: Iterable[str] = ()
        match clause:
            case CatchAll():
                named = (*clause.inform_spares, *clause.know_spares, *clause.know_only)
            case LicenceType():
                named = clause.destinations
            case SmallValue():
                named = clause.never_to
            case Review():
                named = (clause.group,)
            case Requirement():
                yield from _strange(f'clause "{address}": lists', clause.lists, lists, "control list")
                chart = (clause.chart,) if clause.chart else ()
                yield from _strange(f'clause "{address}": chart', chart, charts, "country chart")
            case CountryGroup():
                yield from _codes(f'clause "{address}": members', clause.members)
            case ControlList():
                numbers = [item.number for item in clause.items]
                for number in sorted({one for one in numbers if numbers.count(one) > 1}):
                    yield f'clause "{address}": items: `{number}` stands twice'
        yield from _strange(f'clause "{address}"', named, groups, "country group")
    names = [clause.name for _, clause in text.clauses(LicenceType)]
    for name in sorted({one for one in names if names.count(one) > 1}):
        yield f"licence type {name}: stands twice"
    if text.kind is InstrumentKind.EXPORT_CONTROL and len(text.parties) != 1:
        yield "parties: a regime is of one party"


def check_measure(instrument: Instrument, act: Act, by_id: dict[str, Act]) -> Iterator[str]:
    """Yield what is wrong with a change of a regime."""
    if not isinstance(act, REGIME_ACTS):
        return
    text = instrument.texts[-1]
    if text.kind is not InstrumentKind.EXPORT_CONTROL:
        yield f"`{instrument.id}` is no export-control regime"
        return
    groups = [address for address, _ in text.clauses(CountryGroup)]
    types = [clause.name for _, clause in text.clauses(LicenceType)]
    items = [item.number for _, one in text.clauses(ControlList) for item in one.items]
    match act:
        case ChangeGroups():
            for change in act.groups:
                yield from _strange("groups", (change.group,), groups, "country group")
                yield from _codes("groups", (*change.adds, *change.removes))
        case LimitLicences():
            yield from _strange("items", act.items, items, "item of a list")
            yield from _strange("excludes", act.excludes, types, "licence type")
            yield from _codes("destinations", act.destinations)
        case EaseLimit() | LiftLimit():
            yield from _strange("opens", act.opens, types, "licence type")
            target = by_id.get(act.of)
            if target is not None and not isinstance(target, LimitLicences):
                yield f"of: `{act.of}` is not a limit-licences"
        case ChangeCatchAll():
            catching = [address for address, _ in text.clauses(CatchAll)]
            yield from _strange("clauses", act.clauses, catching, "catch-all")
            yield from _strange("inform_reaches", act.inform_reaches, groups, "country group")
    yield from _order(instrument, act)


def _order(instrument: Instrument, act: RegimeAct) -> Iterator[str]:
    """A measure is in force no earlier than it was done; where either day is not known nothing is said."""
    name = instrument.conventions.zone
    if name is None or not isinstance(act.effect, Day | Instant) or not isinstance(act.done, Day | Instant):
        return
    where = zone(name)
    if act.effect.span(where)[1] <= act.done.span(where)[0]:
        yield f"effect: {act.effect} is before it was done, {act.done}"


def _codes(where: str, codes: Iterable[str]) -> Iterator[str]:
    yield from _strange(where, codes, destinations(), "destination of ISO 3166-1")


def _strange(where: str, names: Iterable[str], known: Iterable[str], what: str) -> Iterator[str]:
    every = list(known)
    for name in names:
        if name not in every:
            close = difflib.get_close_matches(name, every, n=1, cutoff=0.6)
            yield f"{where}: no {what} `{name}`" + (f", did you mean `{close[0]}`?" if close else "")
