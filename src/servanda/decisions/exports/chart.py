"""A country chart: which of an item's reasons for control need a licence for the destination."""

from __future__ import annotations

from servanda.decisions.exports.force import World
from servanda.decisions.exports.sentences import (
    COLUMN_EMPTY,
    COLUMN_MARKED,
    COLUMN_PART,
    FOOTNOTE,
    GROUND_UNREAD,
    NO_GROUNDS,
    NO_ROW,
    NOT_MODELLED,
    NOT_ON_LIST,
    POINTER,
    STANDS_FOR,
    WORLDWIDE,
    WORLDWIDE_PART,
)
from servanda.decisions.exports.weighing import Part
from servanda.model.clauses import CountryChart
from servanda.model.clauses.exports import Concern, Ground, Listed
from servanda.model.destination import named
from servanda.model.export import ExportRequest


def by_chart(world: World, request: ExportRequest, address: str, item: Listed | None) -> list[Part]:
    """Return what the chart at an address says of an item, or of one that is on no list."""
    chart = world.text.clause[address]
    assert isinstance(chart, CountryChart)
    code, to = request.destination, named(request.destination)
    found: list[Part] = []
    row = chart.stands_for.get(code, code)
    if row != code:
        found.append(Part.clear(world.text.because(address, STANDS_FOR(to, named(row)))))
    if row in chart.pointers:
        found.append(Part(missing=(world.text.because(address, POINTER(to, chart.pointers[row])),)))
    elif row not in chart.marks:
        found.append(Part(missing=(world.text.because(address, NO_ROW(to)),)))
    marks = chart.marks.get(row)
    if item is None:
        found.append(Part.clear(world.text.because(address, NOT_ON_LIST())))
    elif not item.grounds:
        found.append(Part(missing=(world.text.because(address, NO_GROUNDS()),)))
    else:
        found += [_ground(world, address, ground, marks, to) for ground in item.grounds]
    number = item.number if item is not None else ""
    for note in chart.footnotes.get(row, ()):
        if not note.items or number.startswith(note.items):
            found.append(Part(missing=(world.text.because(address, FOOTNOTE(to, note.says)),)))
    if request.informed or request.concern not in (None, Concern.NONE):
        found.append(Part(missing=(world.text.because(address, NOT_MODELLED()),)))
    return found


def _ground(world: World, address: str, ground: Ground, marks: tuple[str, ...] | None, to: str) -> Part:
    if ground.everywhere and ground.part:
        return Part(missing=(world.text.because(address, WORLDWIDE_PART(ground.control, ground.part)),))
    if ground.everywhere:
        return Part.needs(world.text.because(address, WORLDWIDE(ground.control)))
    if not ground.column:
        return Part(missing=(world.text.because(address, GROUND_UNREAD(ground.control, ground.says)),))
    if marks is None:
        # The chart has no row for the destination, or an empty one: it says nothing, and that was said.
        return Part()
    if ground.column not in marks:
        return Part.clear(world.text.because(address, COLUMN_EMPTY(ground.control, to, ground.column)))
    if ground.part:
        says = COLUMN_PART(ground.control, to, ground.column, ground.part)
        return Part(missing=(world.text.because(address, says),))
    return Part.needs(world.text.because(address, COLUMN_MARKED(ground.control, to, ground.column)))
