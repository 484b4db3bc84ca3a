"""An archive before the law: what each of its labels means, for every party and at every instant.

Labels are told apart once, the law is asked for each kind of them, and the answer for millions of objects is
then a look-up for each.
"""

from __future__ import annotations

from collections.abc import Sequence

from servanda.decisions.columns.almanac import Almanac
from servanda.decisions.columns.labels import Label, Vocabulary
from servanda.decisions.columns.meanings import Meaning
from servanda.decisions.compiled import named
from servanda.decisions.histories import Kinds
from servanda.decisions.index import Index
from servanda.decisions.kinds import CaveatMasks, Kind
from servanda.decisions.sieves import micros
from servanda.errors import QuestionError
from servanda.model.act import Consent, ListPersons
from servanda.model.clauses import Prohibition, Scope
from servanda.model.label import EyesOnly, NoForeign, OriginatorControlled, Portion, ReleasableTo
from servanda.model.when import Period

_FORMS = ("electronic", "document", "oral", "visual", "magnetic", "equipment")


class Archive:
    """The law as one knowledge time has it, ready to be asked about many labels within a period.

    `parties` are those that are asked about, in the order of their bits; every holder must be among them.
    """

    def __init__(self, index: Index, parties: tuple[str, ...], period: Period) -> None:
        self.index = index
        self.parties = parties
        self.period = period
        self.named = named(index)
        self._masks = CaveatMasks(index, parties)
        self._asked: tuple[Kinds, Almanac] | None = None

    @property
    def almanac(self) -> Almanac:
        """The history of every answer; there is one once the labels have been given their meanings.

        Raises:
            QuestionError: they have not.
        """
        return self._worked_out()[1]

    def vocabulary(self) -> Vocabulary:
        """Return the words that the law knows; topics that no clause and no act names are all alike."""
        registry = self.index.registry
        topics: set[str] = set()
        forms = set(_FORMS)
        for instrument in registry.instruments.values():
            for text in instrument.texts:
                for _, scope in text.clauses(Scope):
                    topics |= set(scope.topics)
                    forms |= set(scope.forms)
                for _, clause in text.clauses(Prohibition):
                    topics |= set(clause.topics)
                    forms |= set(clause.forms)
        topics |= {topic for record in self.index.acts(Consent) for topic in record.act.topics}
        topics |= {topic for record in self.index.acts(ListPersons) for topic in record.act.topics}
        words = {code: self._words(code) for code in registry.parties}
        return Vocabulary(frozenset(self.parties), words, frozenset(topics), frozenset(forms))

    def _words(self, code: str) -> frozenset[str]:
        parties = self.index.registry.parties
        whole = parties.get(parties[code].part_of or "")
        levels = (*parties[code].levels, *(whole.levels if whole is not None else ()))
        return frozenset(word for level in levels for word in (level.word, *level.also))

    def meanings(self, labels: Sequence[Label]) -> list[Meaning]:
        """Return what the law makes of each label, and work out the history of all of them."""
        kinds: dict[Kind, int] = {}
        numbers = [kinds.setdefault(_kind(label), len(kinds)) for label in labels]
        held = Kinds(tuple(kinds), self.parties)
        self._asked = (held, Almanac(held.history(self.index, self.period)))
        found = []
        for label, number in zip(labels, numbers, strict=True):
            mask = self._masks.of((label.portion,))
            later = tuple((micros(until), barred) for until, barred in mask.later)
            wrong = self._contradiction(label.portion)
            found.append(Meaning(int(held.numbers[number]), mask.clear, later, wrong))
        return found

    def supposing(self, after: Index) -> Almanac:
        """Return the history that the same labels have in another registry, of the same knowledge time."""
        held, almanac = self._worked_out()
        return held.supposing(almanac, self.index, after, self.period)

    def _worked_out(self) -> tuple[Kinds, Almanac]:
        if self._asked is None:
            raise QuestionError("the labels have no meanings yet", hint="ask for their meanings first")
        return self._asked

    def _contradiction(self, portion: Portion) -> str:
        """Say what is wrong with a label that is for no foreign party and yet for some by name."""
        if not any(isinstance(one, NoForeign) for one in portion.caveats):
            return ""
        for caveat in portion.caveats:
            foreign: tuple[str, ...] = ()
            if isinstance(caveat, ReleasableTo):
                foreign = caveat.parties
            elif isinstance(caveat, EyesOnly):
                foreign = caveat.nationalities
            for one in foreign:
                if not any(self.index.same(own, one) for own in portion.originators):
                    return f"its caveats contradict one another: for no foreign party, and for `{one}`"
        return ""


def _kind(label: Label) -> Kind:
    given = label.portion
    portion = Portion(
        given.originators,
        given.marking,
        given.topics,
        given_for=given.given_for,
        object_id=given.object_id,
    )
    controlled = any(isinstance(one, OriginatorControlled) for one in given.caveats)
    return Kind(label.holder, (portion,), label.purpose, label.form, controlled, given.object_id)
