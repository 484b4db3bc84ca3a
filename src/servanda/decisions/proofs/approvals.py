"""Consents as their own record has them: whose, for which hop, and from when until when they work.

Read here once more from the acts, apart from the engine that judges releases, so that a proof about
consents does not rest on the rule that it examines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from servanda.decisions.index import Index
from servanda.decisions.lineage import contents
from servanda.decisions.proofs.arcs import Approval
from servanda.decisions.proofs.periods import Periods, common, union
from servanda.decisions.recorded import Recorded, expiry
from servanda.model.act import Consent, Regrade, WithdrawConsent
from servanda.model.decision import ReleaseRequest
from servanda.model.label import OriginatorControlled, Portion
from servanda.model.when import FOREVER, Instant, Period


def approvals(
    index: Index, request: ReleaseRequest, span: Period, *, undetermined: bool = False
) -> tuple[Approval, ...]:
    """Return every consent that covers a hop as it stands at its instant, with when it works in `span`.

    The object is taken as its originators have regraded it by then; where the hour of a regrading is
    open, only what covers it both ways counts. That nothing of an originator is left in it is an act of
    the originator too, and counts as its consent. With `undetermined`, a consent counts wherever it may
    work: its hour is open, it rests on what may be in force, or it covers the object one way.
    """
    left = tuple(one for content in contents(index, request) for one in content.portions)
    enough = any if undetermined else all
    found = []
    for originator in request.originators:
        if left:
            covering = [
                (record.act.id, working(index, record, span, undetermined=undetermined))
                for record in index.acts(Consent)
                if _is(index, record.act.by, originator)
                and enough(_covers(index, record.act, portion, request) for portion in left)
            ]
        else:
            covering = [
                (record.act.id, common((span,), (Period(record.first, FOREVER),)))
                for record in index.acts(Regrade)
                if record.act.frees
                and request.object_id in record.act.objects
                and _is(index, record.act.by, originator)
            ]
        found += [
            Approval(originator, act, one.start, one.end) for act, periods in covering for one in periods
        ]
    return tuple(found)


def working(index: Index, record: Recorded[Consent], span: Period, *, undetermined: bool) -> Periods:
    """Return when a consent works: done, not withdrawn, not expired, resting on what works.

    Certainly so, or with `undetermined` possibly; a withdrawal counts from when it may have been done.
    """
    act = record.act
    start = record.first if undetermined else record.certain
    first, certain = expiry(index.registry.instrument(record.instrument), act.expires)
    end = certain if undetermined else first
    for one in index.acts(WithdrawConsent):
        if one.act.of == act.id and any(_is(index, one.act.by, author) for author in act.by):
            end = min(end, one.first)
    found = common((span,), union([Period(start, end)]))
    for name in act.rests_on:
        found = common(found, standing(index, name, span, undetermined=undetermined))
    return found


def standing(index: Index, name: str, span: Period, *, undetermined: bool) -> Periods:
    """Return when an instrument works in every reading and possible world, or in any of them."""
    if name not in index.registry.instruments:
        return (span,) if undetermined else ()
    life = index.life(name)
    enough = any if undetermined else all

    def at(moment: Instant) -> tuple[bool, Instant]:
        stretch = life.at(moment)
        return enough(status.phase.works for status in stretch.answer.values), stretch.until

    return union(Period(start, end) for start, end, works in steps(at, span) if works)


def steps(
    at: Callable[[Instant], tuple[bool, Instant]], span: Period
) -> Iterator[tuple[Instant, Instant, bool]]:
    """Ask from stretch to stretch over a span: `at` answers at an instant, and until when that holds."""
    start = span.start
    while start < span.end:
        answer, until = at(start)
        end = min(until, span.end)
        yield start, end, answer
        start = end


def _is(index: Index, authors: tuple[str, ...], originator: str) -> bool:
    return any(index.same(one, originator) for one in authors if one in index.registry.parties)


def _covers(index: Index, act: Consent, portion: Portion, request: ReleaseRequest) -> bool:
    controlled = any(isinstance(one, OriginatorControlled) for one in portion.caveats)
    named = any(name and name in act.objects for name in (request.object_id, portion.object_id))
    return (
        index.among(request.recipient, act.recipients)
        and (not act.holders or index.among(request.holder, act.holders))
        and (named or (not act.objects and not controlled))
        and (not act.topics or (bool(portion.topics) and set(portion.topics) <= set(act.topics)))
        and (not act.markings or portion.marking in act.markings)
        and (not act.purposes or request.purpose in act.purposes)
    )
