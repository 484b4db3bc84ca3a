"""The smallest registry and question in which a difference is still there, to be read by people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import msgspec

from servanda.model.decision import ReleaseRequest
from servanda.model.instrument import Instrument, Registry
from servanda.model.text import Conventions, Text

Case = tuple[Registry, ReleaseRequest]


def smallest(case: Case, differs: Callable[[Case], bool]) -> Case:
    """Take away whatever can go, one thing after another, while the difference stays."""
    again = True
    while again:
        again = False
        for candidate in smaller(case):
            if differs(candidate):
                case, again = candidate, True
                break
    return case


def smaller(case: Case) -> Iterator[Case]:
    """Yield the case without one thing."""
    registry, request = case
    for name, instrument in registry.instruments.items():
        rest = {one: other for one, other in registry.instruments.items() if one != name}
        yield replace(registry, instruments=rest), request
        for candidate in smaller_instruments(instrument):
            yield registry.with_instrument(candidate), request
    for code in registry.parties:
        rest = {one: party for one, party in registry.parties.items() if one != code}
        yield replace(registry, parties=rest), request
    for asked in smaller_requests(request):
        yield registry, asked


def smaller_instruments(instrument: Instrument) -> Iterator[Instrument]:
    """Yield an instrument without one act, one version or one clause; with the plainest conventions."""
    for act in instrument.acts:
        yield instrument.with_acts(tuple(one for one in instrument.acts if one is not act))
    if len(instrument.texts) > 1:
        yield replace(instrument, texts=instrument.texts[:1])
    for number, text in enumerate(instrument.texts):
        for candidate in smaller_texts(text):
            texts = list(instrument.texts)
            texts[number] = candidate
            yield replace(instrument, texts=tuple(texts))
    plain = Conventions(zone="UTC", presumed_to_continue=instrument.conventions.presumed_to_continue)
    if instrument.conventions != plain:
        yield replace(instrument, conventions=plain)


def smaller_texts(text: Text) -> Iterator[Text]:
    """Yield a text without one clause, or without what it leaves unread."""
    for address in text.clause:
        rest = {one: clause for one, clause in text.clause.items() if one != address}
        yield msgspec.structs.replace(text, clause=rest)
    if text.unread:
        yield msgspec.structs.replace(text, unread=())


def smaller_requests(request: ReleaseRequest) -> Iterator[ReleaseRequest]:
    """Yield a question without one of the things that it says."""
    for field in ("topics", "caveats", "given_for", "lineage"):
        values = getattr(request, field)
        for value in values:
            rest = tuple(one for one in values if one is not value)
            yield replace(request, **{field: rest})  # type: ignore[arg-type]  # fields of the request
    for portion in request.lineage:
        for candidate in (
            msgspec.structs.replace(portion, caveats=()),
            msgspec.structs.replace(portion, topics=()),
        ):
            if candidate != portion:
                lineage = tuple(candidate if one is portion else one for one in request.lineage)
                yield replace(request, lineage=lineage)
    if request.purpose:
        yield replace(request, purpose="")
    if request.object_id:
        yield replace(request, object_id="")
    if len(request.originators) > 1:
        yield replace(request, originators=request.originators[:1])
    if request.person is not None:
        yield replace(request, person=None)
        if request.person.facility or request.person.visiting:
            yield replace(request, person=msgspec.structs.replace(request.person, facility="", visiting=""))
