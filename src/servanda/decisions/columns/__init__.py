"""Bulk questions over columns: signatures, histories and masks instead of loops.

A `History` holds every answer of the law, an `Almanac` opens it at any instant. `Objects` are what is asked
about: `releasable` answers for all of them, `Lots` make lists, counts and differences cost what they hold.
`Interner` and `meanings` turn labels in tables into objects.
"""

from __future__ import annotations

from servanda.decisions.columns.almanac import Almanac, table
from servanda.decisions.columns.changes import Changes, changes_of_object, changes_of_signature
from servanda.decisions.columns.difference import Moves, difference, timeline
from servanda.decisions.columns.embargoes import Embargoes
from servanda.decisions.columns.flows import Flows, objects_for, who_may_see
from servanda.decisions.columns.history import History, PairHistory
from servanda.decisions.columns.intern import NO_LABEL, Interner
from servanda.decisions.columns.labels import OTHER_TOPIC, Label, Vocabulary
from servanda.decisions.columns.lots import Lots, arrange
from servanda.decisions.columns.masks import (
    Words,
    count_by_party,
    every_party,
    from_integers,
    gather,
    mask_of,
    members,
    no_party,
    spread,
)
from servanda.decisions.columns.meanings import Compile, Meaning, Meanings, meanings
from servanda.decisions.columns.objects import Barriers, Objects, narrow
from servanda.decisions.columns.problems import Problem, Problems
from servanda.decisions.columns.releasable import Batch, Engine, releasable, release_into
from servanda.decisions.columns.tally import Tally, tally

__all__ = [
    "NO_LABEL",
    "OTHER_TOPIC",
    "Almanac",
    "Barriers",
    "Batch",
    "Changes",
    "Compile",
    "Embargoes",
    "Engine",
    "Flows",
    "History",
    "Interner",
    "Label",
    "Lots",
    "Meaning",
    "Meanings",
    "Moves",
    "Objects",
    "PairHistory",
    "Problem",
    "Problems",
    "Tally",
    "Vocabulary",
    "Words",
    "arrange",
    "changes_of_object",
    "changes_of_signature",
    "count_by_party",
    "difference",
    "every_party",
    "from_integers",
    "gather",
    "mask_of",
    "meanings",
    "members",
    "narrow",
    "no_party",
    "objects_for",
    "releasable",
    "release_into",
    "spread",
    "table",
    "tally",
    "timeline",
    "who_may_see",
]
