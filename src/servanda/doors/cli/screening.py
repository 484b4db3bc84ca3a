"""The commands of screening: names against lists, what is decided on hits, the lists that a node keeps."""

from __future__ import annotations

from contextlib import AbstractContextManager, closing, nullcontext
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import App, Parameter
from rich.text import Text as Styled

from servanda.decisions.screening import LEAST
from servanda.decisions.screening.remembered import Verdict
from servanda.doors.cli.asking import AsJson
from servanda.doors.cli.homes import Home, say
from servanda.doors.cli.printing import err, out, print_json, table, working
from servanda.doors.cli.screened import answer_of, print_answer, shown_safely
from servanda.errors import FormatError, StorageError
from servanda.formats.lists.reading import MOST_BYTES
from servanda.formats.when import parse_when
from servanda.model.when import Day
from servanda.node.house import Node
from servanda.node.screening.asking import Answered, Screened, decide_pair, known_by, moment, screen
from servanda.node.screening.deciding import countersign as countersign_pair
from servanda.node.screening.keeping import add as keep
from servanda.node.screening.keeping import copies
from servanda.node.screening.sources import lists_of, names_of

BAD_USE, HOLDS, CANNOT_TELL = 2, 3, 4
Lists = Annotated[
    list[Path] | None,
    Parameter(
        name="--list", negative="", help="a file of a list, or one that belongs to it; may be repeated"
    ),
]
MaybeHome = Annotated[
    Path | None,
    Parameter(name="--home", env_var="SERVANDA_HOME", help="a node that keeps lists and decisions"),
]
Officer = Annotated[str, Parameter(help="the name of the one person who does it")]
Pair = Annotated[str, Parameter(help="the pair, as `servanda screen` prints it")]


def add_to(app: App) -> None:
    """Give the app the commands of this file."""
    screening = App(name="screen", help="Ask names against published lists; remember what officers decide.")
    screening.default(ask)
    screening.command(decide)
    screening.command(countersign)
    app.command(screening)
    lists = App(name="lists", help="The copies of lists that a node keeps.")
    lists.command(add)
    lists.command(show)
    app.command(lists)


def ask(
    *names: Annotated[
        str, Parameter(help="a name, or a file of names: one a line as .txt, or a .csv with a column `name`")
    ],
    lists: Lists = None,
    at: Annotated[
        str | None, Parameter(help="a day or an instant: who stood on the lists then; now if left out")
    ] = None,
    known_at: Annotated[
        str | None,
        Parameter(
            help="count only copies and decisions recorded by then; a day counts whole; now if left out"
        ),
    ] = None,
    least: Annotated[float, Parameter(help="show hits of at least this score")] = LEAST,
    limit: Annotated[int, Parameter(help="show so many hits a name; all that hold are shown")] = 20,
    home: MaybeHome = None,
    json: AsJson = False,
) -> int:
    """Ask names against lists. Exit: 0 no match that holds, 3 one that does, 4 cannot tell, 2 bad use."""
    asked, problems = _names(names)
    with _node(home) as node:
        instant, where = moment(at, node)
        known = known_by(known_at, where)
        with working("reading lists"):
            found_lists = lists_of(_files(lists or ()), node, known)
            if node is not None and not found_lists and (first := _first_copy(node)):
                found, problems = _nothing_yet(asked), (*problems, first)
            else:
                found = screen(
                    found_lists,
                    asked,
                    instant,
                    where,
                    limit=limit,
                    least=least,
                    node=node,
                    known=known,
                    past=at is not None,
                )
    answer = answer_of(found, instant, where, problems)
    if json:
        print_json(answer)
    else:
        print_answer(answer)
    if found.holds:
        return HOLDS
    if found.lists and all(one.wrong for one in found.screened):
        return BAD_USE
    return CANNOT_TELL if found.cannot_tell or problems else 0


def decide(
    pair: Pair,
    name: Annotated[str, Parameter(help="the name that was asked about")],
    *,
    verdict: Annotated[Literal["false-positive", "true-match"], Parameter(help="what was found")],
    why: Annotated[str, Parameter(help="what shows it")],
    officer: Officer,
    home: Home,
    lists: Lists = None,
    json: AsJson = False,
) -> int:
    """Record what an officer found of a hit; a match that holds is set aside only with a countersign."""
    with closing(Node.open(home)) as node:
        found_lists = lists_of(_files(lists or ()), node, None)
        found = decide_pair(node, found_lists, name, pair, Verdict(verdict), officer, why)
    waits = found.blocked and found.verdict is Verdict.FALSE
    words = f"{pair}: {found.verdict.value} by {found.officer}" + (
        f"; it holds until another officer runs `servanda screen countersign {pair}`" if waits else ""
    )
    say(
        {"pair": pair, "verdict": found.verdict.value, "officer": found.officer, "waits": waits},
        words,
        json=json,
    )
    return 0


def countersign(pair: Pair, *, officer: Officer, home: Home, json: AsJson = False) -> int:
    """Stand by another officer's decision that a match is false."""
    with closing(Node.open(home)) as node:
        found = countersign_pair(node, pair, officer)
    answer = {
        "pair": pair,
        "verdict": found.verdict.value,
        "officer": found.officer,
        "why": found.why,
        "countersigned_by": found.countersigned_by,
    }
    words = f"{pair}: {found.verdict.value} by {found.officer} ({found.why})"
    words += f", countersigned by {found.countersigned_by}"
    say(answer, words, json=json)
    return 0


def add(
    *files: Annotated[Path, Parameter(help="the list first, then the files that belong to it")],
    officer: Officer,
    home: Home,
    code: Annotated[str, Parameter(name="--as", help="its code, where the format has none of its own")] = "",
    of: Annotated[str | None, Parameter(help="the day of a copy that names none itself")] = None,
    shrunk: Annotated[bool, Parameter(negative="", help="it really lost most of its parties")] = False,
    json: AsJson = False,
) -> int:
    """Keep a copy of a list: whole, by its digest, with an entry of the register."""
    day = None if of is None else parse_when(of)
    if day is not None and not isinstance(day, Day):
        raise FormatError(f"`{of}` is no day", hint="write 2026-07-31")
    with closing(Node.open(home)) as node:
        kept, read = keep(node, _files(files), officer, code, of=day, shrunk=shrunk)
    answer = {
        "list": kept.code,
        "digest": kept.digest,
        "latest": kept.latest,
        "parties": kept.parties,
        "problems": list(read.problems),
        "position": kept.position,
    }
    if not json:
        for line in read.problems:
            err().print(shown_safely(line), markup=False)
    issued = f"of {kept.latest}" if kept.latest else "of no day: say it with --of, or its age stays unknown"
    many = f"{kept.parties} parties, {len(read.problems)} records told"
    words = f"{kept.code} {issued}: {many}; entry {kept.position}"
    say(answer, words, json=json)
    return 0


def show(*, home: Home, json: AsJson = False) -> int:
    """Show the copies that are kept, in the order in which they came."""
    with closing(Node.open(home)) as node, node.reading() as connection:
        found = copies(connection)
    if json:
        print_json(
            [
                {
                    "list": one.code,
                    "sort": one.sort.value,
                    "latest": one.latest,
                    "parties": one.parties,
                    "added": one.added,
                    "officer": one.officer,
                    "digest": one.digest,
                    "files": one.files,
                    "position": one.position,
                }
                for one in found
            ]
        )
        return 0
    shown = table("list", "of", "parties", "taken in", "by", "digest", "entry")
    for one in found:
        shown.add_row(
            Styled(one.code),
            one.latest or "-",
            str(one.parties),
            one.added,
            Styled(one.officer),
            one.digest[:12],
            str(one.position),
        )
    out().print(shown if found else Styled("no list is kept"))
    return 0


def _node(home: Path | None) -> AbstractContextManager[Node | None]:
    return nullcontext(None) if home is None else closing(Node.open(home))


def _first_copy(node: Node) -> str:
    """Return a line about the first copy that a node kept; empty where it never kept one."""
    with node.reading() as connection:
        found = copies(connection)
    return f"no list was kept by then: the first, {found[0].code}, came at {found[0].added}" if found else ""


def _nothing_yet(names: tuple[str, ...]) -> Answered:
    return Answered(tuple(Screened(one, (), "no list was kept by then") for one in names), (), ())


def _files(paths: list[Path] | tuple[Path, ...]) -> dict[str, bytes]:
    """Read files; each is known by its name without its folder, as far as that tells them apart."""
    named = [path.name for path in paths]
    return {
        _told(path.name if named.count(path.name) == 1 else str(path)): _bytes(path, MOST_BYTES)
        for path in paths
    }


def _told(file: str) -> str:
    """Return a file's name as text: on some systems it is bytes of any kind."""
    return file.encode(errors="replace").decode()


def _bytes(path: Path, most: int) -> bytes:
    """Read at most so much of a file, and one more byte that tells that there is more."""
    try:
        with path.open("rb") as stream:
            return stream.read(most + 1)
    except OSError as wrong:
        raise StorageError(
            f"`{path}` cannot be read: {wrong.strerror}", hint="name a file that can"
        ) from wrong


def _names(words: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names that are asked about, a file's in its place; and lines about rows without one."""
    if not words:
        raise FormatError("no name is given", hint="write `servanda screen NAME --list FILE`")
    names: list[str] = []
    problems: list[str] = []
    for word in words:
        if not _is_file(word):
            if _told(word) != word:
                raise FormatError("a name is not UTF-8", hint="write it in the encoding of the terminal")
            names.append(word)
            continue
        data = _bytes(Path(word), MOST_BYTES)
        if len(data) > MOST_BYTES:
            raise FormatError(f"`{word}` is larger than {MOST_BYTES} bytes", hint="split it")
        found, odd = names_of(data, _told(word))
        names += found
        problems += odd
    return tuple(names), tuple(problems)


def _is_file(word: str) -> bool:
    """Say whether a word is a file of names: by its ending, so that a mistyped file is never a name.

    Raises:
        FormatError: it has the ending and is no file, or is a file of another ending.
    """
    ending = Path(word).suffix.lower() in (".csv", ".txt") and len(word) > len(".csv")
    try:
        there = Path(word).is_file()
    except (OSError, ValueError):
        there = False  # too long for a file, or with characters that none has
    if ending and not there:
        raise FormatError(
            f"`{shown_safely(word)[:80]}` is no file", hint="names of files end with .csv or .txt"
        )
    if there and not ending:
        raise FormatError(
            f"`{word}` is a file, and no .csv or .txt",
            hint="save the names one a line as .txt, or as a .csv with a column `name`",
        )
    return there
