"""How an instrument can end by notice: the periods of its term, deadlines, and effects."""

from __future__ import annotations

from dataclasses import dataclass

from servanda.model.cite import Because, Said, because
from servanda.model.clauses import (
    ByConsent,
    Counts,
    Denunciation,
    NoneGiven,
    RenewalMode,
    RollingNotice,
    Term,
    Termination,
)
from servanda.model.text import Text
from servanda.model.when import Day, Duration, Instant, Period
from servanda.status.count import after, effect_after_receipt, first_too_late_day
from servanda.status.worlds import World

VCLT_56 = Duration(months=12)


@dataclass(frozen=True, slots=True)
class Span:
    """One period of a term: its number from 0, and its first and first-no-more days."""

    number: int
    first: Day
    end: Day


@dataclass(frozen=True, slots=True)
class Ways:
    """How the text can be ended by notice, counted from its first day in one world.

    `address` and `clause` are those that rule. Without a first day nothing can be counted.
    """

    world: World
    day: Day
    address: str
    clause: Term | Termination | None
    term: Term | None
    term_address: str

    @property
    def counts(self) -> Counts:
        """Whether dispatch or receipt counts."""
        match self.clause:
            case Term(notice=notice) if notice is not None:
                return notice.counts
            case Termination(way=RollingNotice() | Denunciation() as way):
                return way.counts
        return Counts.RECEIPT

    def because(self, said: Said, when: str) -> Because:
        """Cite the clause that rules."""
        silent = isinstance(self.clause, Termination) and isinstance(self.clause.way, NoneGiven)
        if self.clause is None or silent:
            return because(said, instrument=self.world.text.id, rule="vclt:56", when=when)
        return self.world.text.because(self.address, said, when)

    def span(self, on: Day) -> Span | None:
        """Return the period of the term in which a day lies; None where there are no periods."""
        if self.term is None or self.term.first is None:
            return None
        on = max(on, self.day)
        end = after(self.day, self.term.first)
        if on < end or self.term.renewal is None or self.term.renewal.each is None:
            return Span(0, self.day, end)
        each = self.term.renewal.each
        years = on.date.year - end.date.year
        low = max(0, (years - 1) * 12 // max(1, each.whole_months or 1) - 1) if not each.days else 0
        number = low
        while self._anchor(number + 1) <= on:
            number += 1
        return Span(number + 1, self._anchor(number), self._anchor(number + 1))

    def _anchor(self, number: int) -> Day:
        """Return the first day after the first period and `number` renewals, from the first day."""
        assert self.term is not None
        assert self.term.first is not None
        assert self.term.renewal is not None
        assert self.term.renewal.each is not None
        first, each = self.term.first, self.term.renewal.each
        if first.days or each.days:
            return after(after(self.day, first), each, number)
        months = first.whole_months + number * each.whole_months
        return after(self.day, Duration(months=months)) if months else self.day

    @property
    def at_will(self) -> bool:
        """Whether anybody can leave at any time: what does not bind and names no way out."""
        return self.clause is None and not self.world.text.binding

    @property
    def renews(self) -> bool:
        """Whether a period is followed by another without anybody acting."""
        return (
            self.term is not None
            and self.term.renewal is not None
            and self.term.renewal.mode is RenewalMode.AUTOMATIC
        )

    def deadline(self, on: Day) -> Instant | None:
        """Return the first instant at which a notice is too late to end the period of that day."""
        if not isinstance(self.clause, Term) or self.clause.notice is None:
            return None
        span = self.span(on)
        if span is None:
            return None
        counting = self.world.conventions.notice_days
        late = first_too_late_day(span.end, self.clause.notice.at_least, counting)
        return late.start(self.world.where)

    def too_late(self, received: Instant) -> bool:
        """Say whether a notice came too late for the period then running."""
        deadline = self.deadline(received.day(self.world.where))
        return deadline is not None and received >= deadline

    def effect(self, received: Instant) -> Instant | None:
        """Return when a notice received then takes effect; None where no clause read tells."""
        where = self.world.where
        day = received.day(where)
        if self.at_will:
            return received
        match self.clause:
            case Term(notice=notice) if notice is not None:
                span = self.span(day)
                assert span is not None
                if self.too_late(received):
                    span = self.span(span.end)
                    assert span is not None
                return span.end.start(where)
            case Termination(way=RollingNotice(after=length) | Denunciation(after=length)):
                counting = self.world.conventions.rolling_from
                return effect_after_receipt(day, length, counting).start(where)
            case Termination(way=NoneGiven()):
                counting = self.world.conventions.rolling_from
                return effect_after_receipt(day, VCLT_56, counting).start(where)
        return None

    def period(self, at: Instant) -> Period | None:
        """Return the period of the term in which an instant lies."""
        span = self.span(at.day(self.world.where))
        if span is None:
            return None
        return Period(span.first.start(self.world.where), span.end.start(self.world.where))


def ways(world: World, day: Day) -> Ways:
    """Return how the world's text can be ended by notice, counted from its first day."""
    term = world.text.first(Term)
    term_address, clause = term if term is not None else ("", None)
    if clause is not None and clause.notice is not None and clause.first is not None:
        return Ways(world, day, term_address, clause, clause, term_address)
    for address, termination in world.text.clauses(Termination):
        if not isinstance(termination.way, ByConsent):
            return Ways(world, day, address, termination, clause, term_address)
    silence = world.text.first(Termination) is None and "termination" not in world.text.unread
    if silence and world.text.binding:
        silent = Termination(way=NoneGiven())
        return Ways(world, day, "", silent, clause, term_address)
    return Ways(world, day, "", None, clause, term_address)


def only_by_consent(text: Text) -> bool:
    """Say whether the text names the consent of all as the only way."""
    kinds = [clause.way for _, clause in text.clauses(Termination)]
    return bool(kinds) and all(isinstance(way, ByConsent) for way in kinds)
