"""The story of a package: what was done in one breath on several instruments, why, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from servanda.errors import UnknownNameError
from servanda.model.act import Act, kind_of
from servanda.model.cite import Said
from servanda.model.instrument import Instrument, Registry
from servanda.model.package import Package
from servanda.model.status import Hanging, Standpoint
from servanda.model.when import zone
from servanda.status.ask import ask
from servanda.status.believed import believed
from servanda.status.entry import shown
from servanda.status.explain import Line, acts_explained
from servanda.status.sentences import REASON, REASON_UNCONFIRMED
from servanda.status.sentences_proceedings import AFTERWARDS, ANSWERS, MEMBER, NOT_YET, PACKAGE
from servanda.status.worlds import zones


@dataclass(frozen=True, slots=True)
class Part:
    """An act of the story: of a cause, of the package, or of what came afterwards; and what it did in law.

    `known` is False where it was not done, or not known, at the standpoint.
    """

    instrument: str
    act: Act
    known: bool
    done: str
    """When it was done, as a sentence says it: an instant in the zone of its instrument, or a day."""
    said: Said
    hanging: tuple[Hanging, ...] = ()

    @property
    def says(self) -> str:
        """What it did, in English."""
        return self.said.english

    @property
    def code(self) -> str:
        """The template of what it did."""
        return self.said.code

    @property
    def values(self) -> tuple[str, ...]:
        """What stands in its holes."""
        return self.said.values


@dataclass(frozen=True, slots=True)
class Story:
    """A package as it stands: what it answers, what is part of it, what was done about its parts since."""

    package: Package
    done: str
    causes: tuple[Part, ...]
    parts: tuple[Part, ...]
    afterwards: tuple[Part, ...]


def story(registry: Registry, name: str, standpoint: Standpoint) -> Story:
    """Tell a package from a standpoint; a part that was not yet done or known is told as such.

    Raises:
        UnknownNameError: there is no such package.
    """
    package = registry.packages.get(name)
    if package is None:
        raise UnknownNameError(f"no package `{name}`", hint="packages are named by their acts")
    causes = tuple(
        _part(registry, registry.instrument(one.instrument), one.act, standpoint) for one in package.cause
    )
    parts, afterwards = [], []
    for instrument in registry.instruments.values():
        members = [act for act in instrument.acts if act.package == name]
        parts += [_part(registry, instrument, act.id, standpoint) for act in members]
        later = _since(instrument, {act.id for act in members}, standpoint)
        afterwards += [_part(registry, instrument, act.id, standpoint) for act in later]
    first = next((part for part in parts), None)
    where = zones(registry.instrument(first.instrument))[0] if first else zone("UTC")
    done = shown(package.done, where)
    return Story(package, done, causes, _ordered(parts, registry), _ordered(afterwards, registry))


def _since(instrument: Instrument, members: set[str], standpoint: Standpoint) -> list[Act]:
    """Return the acts known that speak of a part, as one that ends it or a position on it."""
    found = []
    for act in believed(instrument.acts, standpoint.known):
        about = {getattr(act, "of", ""), *getattr(act, "also", ())}
        done = min(act.done.span(where)[0] for where in zones(instrument))
        if about & members and done <= standpoint.at:
            found.append(act)
    return found


def _part(registry: Registry, instrument: Instrument, act: str, standpoint: Standpoint) -> Part:
    whole = next(one for one in instrument.acts if one.id == act)
    told = {one.act.id: one for one in acts_explained(instrument, standpoint)}
    found = told.get(act)
    said_done = shown(whole.done, zones(instrument)[0])
    done = min(whole.done.span(where)[0] for where in zones(instrument))
    if found is None or done > standpoint.at:
        return Part(instrument.id, whole, known=False, done=said_done, said=NOT_YET(act, instrument.id))
    hanging = {
        one
        for value in ask(registry, instrument.id, replace(standpoint, reader=None)).values
        for one in value.hanging
        if one.act == act
    }
    said = Said(found.says, found.code, found.values)
    ordered = tuple(sorted(hanging, key=lambda one: one.holds.value))
    return Part(instrument.id, whole, known=True, done=said_done, said=said, hanging=ordered)


def _ordered(parts: list[Part], registry: Registry) -> tuple[Part, ...]:
    def when(part: Part) -> tuple[object, ...]:
        where = zones(registry.instrument(part.instrument))[0]
        return part.act.done.span(where)[0].utc, part.instrument, part.act.id

    return tuple(sorted(parts, key=when))


def tell(story: Story, language: str = "en") -> tuple[Line, ...]:
    """Return the story line by line; `language` chooses the title, where it has one in that language."""
    package = story.package
    title = package.title.get(language, package.title.get("en", package.id))
    found = [Line(PACKAGE(title, package.id, story.done))]
    if package.gist:
        found.append(Line(Said(package.gist)))
    found += [Line(ANSWERS(one.act.id, one.instrument, one.done)) for one in story.causes]
    for one in story.parts:
        found += _member(one)
    for one in story.afterwards:
        said = AFTERWARDS(one.act.id, one.instrument, one.done, one.says)
        found.append(Line(said))
    return tuple(found)


def _member(one: Part) -> Iterator[Line]:
    if not one.known:
        yield Line(one.said)
        return
    kind = kind_of(one.act).replace("-", " ")
    yield Line(MEMBER(kind, one.instrument, one.done, one.says))
    for hanging in one.hanging:
        for reason in hanging.because:
            template = REASON if reason.confirmed else REASON_UNCONFIRMED
            yield Line(template(reason.says, reason.cite()), reason, 1)
