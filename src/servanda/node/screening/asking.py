"""Screening as a door asks for it: lists from files or a node's keeping, hits with what was decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from servanda.decisions.screening import LEAST, Hit, Screen
from servanda.decisions.screening.age import Age, Freshness, age
from servanda.decisions.screening.remembered import Decided, PairStanding, Verdict, pair_standing
from servanda.errors import FormatError, QuestionError, UnknownNameError
from servanda.formats.lists.reading import rows_of, text_of
from servanda.formats.when import parse_when
from servanda.model.listed import Membership, PartyList
from servanda.model.when import Day, Instant, zone
from servanda.node.house import Node
from servanda.node.law import now
from servanda.node.screening.deciding import decide, pair_of, record_of, standing_of
from servanda.node.screening.keeping import as_list, kept_lists

MOST_NAMES = 200_000


@dataclass(frozen=True, slots=True)
class Seen:
    """A hit with the name of its pair and where that stands; `holds` says whether it holds a transaction."""

    hit: Hit
    pair: str
    standing: PairStanding

    @property
    def holds(self) -> bool:
        """Whether nothing may go out before somebody has decided on it."""
        return self.hit.blocks and self.standing.blocks


@dataclass(frozen=True, slots=True)
class Screened:
    """A name with its hits; `wrong` says why it could not be asked."""

    name: str
    seen: tuple[Seen, ...]
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """What a screening answers: each name, and each list with its age at the instant asked about."""

    screened: tuple[Screened, ...]
    lists: tuple[tuple[PartyList, Age], ...]

    @property
    def holds(self) -> bool:
        """Whether some hit holds a transaction."""
        return any(one.holds for each in self.screened for one in each.seen)

    @property
    def cannot_tell(self) -> bool:
        """Whether something kept the question from being answered: a name, or a list that is later."""
        return any(one.wrong for one in self.screened) or any(
            grade.freshness is Freshness.AHEAD for _, grade in self.lists
        )


def screen(
    lists: Sequence[PartyList],
    names: Sequence[str],
    at: Instant,
    where: ZoneInfo,
    *,
    limit: int = 20,
    least: float = LEAST,
    node: Node | None = None,
) -> Answered:
    """Ask names against lists as of an instant; with a node, what its officers decided stands beside.

    Raises:
        QuestionError: no list is named.
    """
    if not lists:
        raise QuestionError(
            "there is no list to ask", hint="add --list FILE, or --home of a node that keeps lists"
        )
    index = Screen.of(lists)
    day = at.day(where)
    found = [_asked(index, name, limit, least, day) for name in names]
    ages = tuple((one, age(one, at, where)) for one in lists)
    if node is None:
        seen = [(name, tuple(_undecided(name, hit) for hit in hits), wrong) for name, hits, wrong in found]
    else:
        with node.reading() as connection:
            seen = [
                (name, tuple(Seen(hit, *standing_of(connection, name, hit)) for hit in hits), wrong)
                for name, hits, wrong in found
            ]
    return Answered(tuple(Screened(*one) for one in seen), ages)


def _asked(index: Screen, name: str, limit: int, least: float, day: Day) -> tuple[str, tuple[Hit, ...], str]:
    try:
        return name, index.find(name, limit=limit, least=least, at=day), ""
    except QuestionError as wrong:
        return name, (), str(wrong)


def _undecided(name: str, hit: Hit) -> Seen:
    return Seen(hit, pair_of(name, hit.list_code, hit.listed), pair_standing((), record_of(hit.listed)))


def moment(words: str | None, node: Node | None) -> tuple[Instant, ZoneInfo]:
    """Return the instant that a question is about, and the zone whose days it is asked in.

    A day is that day in the zone of the node's party, in UTC without a node; left out it is now.

    Raises:
        FormatError: neither a day nor an instant.
    """
    where = zone("UTC")
    if node is not None:
        with node.reading() as connection:
            where = zone(node.registry(connection).party(node.party).seat)
    if words is None:
        return (now() if node is None else node.now()), where
    when = parse_when(words)
    if isinstance(when, Instant):
        return when, where
    if isinstance(when, Day):
        return when.start(where), where
    raise FormatError(
        f"`{words}` is neither a day nor an instant", hint="write 2024-05-01 or an instant with offset"
    )


def lists_of(files: Mapping[str, bytes], node: Node | None, at: Instant) -> tuple[PartyList, ...]:
    """Return the lists of files, and those that a node kept by an instant.

    Files that belong to a list (`alt.csv`, `add.csv`, events and days of copies) may stand beside it.

    Raises:
        FormatError: a file is no list and belongs to none.
    """
    kept = () if node is None else kept_lists(node, at)
    mains = [name for name in files if not _belongs(name, files[name])]
    beside = {name: data for name, data in files.items() if name not in mains}
    if beside and not mains:
        raise FormatError(f"`{next(iter(beside))}` belongs to a list that is not named", hint="name that too")
    return (*(as_list({name: files[name], **beside}) for name in mains), *kept)


def _belongs(name: str, data: bytes) -> bool:
    """Say whether a file belongs to a list and is none by itself: by its first line, or its name."""
    first = data[:200].decode("utf-8", "replace").lstrip("\ufeff").partition("\n")[0].strip().lower()
    if first.startswith("observed,") or first == "snapshot":
        return True
    stem = name.rpartition("/")[2].lower()
    return stem.startswith(("alt.", "add.", "sdn_comments."))


def names_of(data: bytes, file: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names of a file, one a line or those of the column `name`; and lines about rows without one.

    Raises:
        FormatError: not text, or no CSV, or too many names.
    """
    rows = list(rows_of(text_of(data, file), file))
    if not rows:
        raise FormatError(
            f"`{file}` holds no name", hint="write one name a line, or a CSV with a column `name`"
        )
    head = [cell.strip().lower() for cell in rows[0][1]]
    if "name" in head:
        column = head.index("name")
        cells = [(line, row[column].strip() if column < len(row) else "") for line, row in rows[1:]]
    else:
        # Without a header a line is a name, and its commas are its own: `KIM, Jong Un`.
        text = text_of(data, file)
        cells = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if len(cells) > MOST_NAMES:
        raise FormatError(f"`{file}` has more than {MOST_NAMES} names", hint="split it")
    problems = tuple(f"{file} line {line}: has no name" for line, cell in cells if not cell)
    return tuple(cell for _, cell in cells if cell), problems


def decide_pair(
    node: Node, lists: Sequence[PartyList], name: str, pair: str, verdict: Verdict, officer: str, why: str
) -> Decided:
    """Record an officer's decision on the hit of a name that has the pair named.

    Raises:
        UnknownNameError: no hit of that name has that pair.
    """
    hits = Screen.of(lists).find(name, limit=1000, least=0)
    hit = next((one for one in hits if pair_of(name, one.list_code, one.listed) == pair), None)
    if hit is None:
        raise UnknownNameError(
            f"no hit of `{name}` is the pair `{pair}`", hint="`servanda screen` prints pairs"
        )
    if hit.membership is Membership.NOT_LISTED:
        hit = replace(hit, blocks=False)
    return decide(node, name, hit, verdict, officer, why)
