"""The commands of screening: names against lists, what is decided on hits, the lists that a node keeps."""

from __future__ import annotations

from contextlib import closing, nullcontext
from pathlib import Path
from typing import Annotated, Any

from cyclopts import App, Parameter
from rich.text import Text as Styled

from servanda.decisions.screening import LEAST
from servanda.decisions.screening.remembered import Verdict
from servanda.doors.cli.asking import AsJson
from servanda.doors.cli.homes import Home, say
from servanda.doors.cli.printing import err, out, print_json, table, working
from servanda.doors.cli.screened import answer_of, print_answer
from servanda.errors import FormatError, StorageError
from servanda.node.house import Node
from servanda.node.screening.asking import decide_pair, lists_of, moment, names_of, screen
from servanda.node.screening.deciding import countersign as countersign_pair
from servanda.node.screening.keeping import add as keep
from servanda.node.screening.keeping import copies

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
Officer = Annotated[str, Parameter(help="who does it")]


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
        str, Parameter(help="a name, or a file of names: one a line, or a CSV with a column `name`")
    ],
    lists: Lists = None,
    at: Annotated[
        str | None, Parameter(help="a day or an instant: as the lists were then; now if left out")
    ] = None,
    least: Annotated[float, Parameter(help="hits of at least this score")] = LEAST,
    limit: Annotated[int, Parameter(help="at most so many hits a name")] = 20,
    home: MaybeHome = None,
    json: AsJson = False,
) -> int:
    """Ask names against lists. Exit: 0 no match that holds, 3 one that does, 4 cannot tell, 2 bad use."""
    asked, problems = _names(names)
    with _node(home) as node:
        instant, where = moment(at, node)
        with working("reading lists"):
            found = screen(
                lists_of(_files(lists or []), node, instant),
                asked,
                instant,
                where,
                limit=limit,
                least=least,
                node=node,
            )
    answer = answer_of(found, instant, where, problems)
    if json:
        print_json(answer)
    else:
        print_answer(answer)
    if found.holds:
        return HOLDS
    if all(one.wrong for one in found.screened):
        return BAD_USE
    return CANNOT_TELL if found.cannot_tell or problems else 0


def decide(
    pair: Annotated[str, Parameter(help="the pair, as `servanda screen` prints it")],
    name: Annotated[str, Parameter(help="the name that was asked about")],
    *,
    verdict: Annotated[Verdict, Parameter(help="what was found")],
    why: Annotated[str, Parameter(help="what shows it")],
    officer: Officer,
    home: Home,
    lists: Lists = None,
    json: AsJson = False,
) -> int:
    """Record what an officer found of a hit; a match that holds is set aside only with a countersign."""
    with closing(Node.open(home)) as node:
        found = decide_pair(
            node, lists_of(_files(lists or []), node, node.now()), name, pair, verdict, officer, why
        )
    waits = found.blocked and found.verdict is Verdict.FALSE
    words = f"{pair}: {found.verdict.value} by {officer}" + (
        "; it holds until a second officer countersigns" if waits else ""
    )
    say({"pair": pair, "verdict": found.verdict.value, "officer": officer, "waits": waits}, words, json=json)
    return 0


def countersign(
    pair: Annotated[str, Parameter(help="the pair, as `servanda screen` prints it")],
    *,
    officer: Officer,
    home: Home,
    json: AsJson = False,
) -> int:
    """Stand by another officer's decision that a match is false."""
    with closing(Node.open(home)) as node:
        found = countersign_pair(node, pair, officer)
    words = f"{pair}: {found.verdict.value} by {found.officer}, countersigned by {officer}"
    say({"pair": pair, "officer": found.officer, "countersigned_by": officer}, words, json=json)
    return 0


def add(
    *files: Annotated[Path, Parameter(help="the list first, then the files that belong to it")],
    officer: Officer,
    home: Home,
    code: Annotated[str, Parameter(name="--as", help="its code, where the format has none of its own")] = "",
    json: AsJson = False,
) -> int:
    """Keep a copy of a list: whole, by its digest, with an entry of the register."""
    with closing(Node.open(home)) as node:
        kept, read = keep(node, _files(files), officer, code)
    answer = {
        "list": kept.code,
        "digest": kept.digest,
        "latest": kept.latest,
        "parties": len(read.parties),
        "problems": list(read.problems),
        "position": kept.position,
    }
    if not json:
        for line in read.problems:
            err().print(line, markup=False)
    issued = f"of {kept.latest}" if kept.latest else "of unknown age"
    many = f"{len(read.parties)} parties, {len(read.problems)} records told"
    words = f"{kept.code} {issued}: {many}; entry {kept.position}"
    say(answer, words, json=json)
    return 0


def show(*, home: Home, json: AsJson = False) -> int:
    """Show the copies that are kept, in the order in which they came."""
    with closing(Node.open(home)) as node, node.reading() as connection:
        found = copies(connection)
    rows: list[dict[str, Any]] = [
        {
            "list": one.code,
            "latest": one.latest,
            "added": one.added,
            "officer": one.officer,
            "digest": one.digest,
            "files": one.files,
            "position": one.position,
        }
        for one in found
    ]
    if json:
        print_json(rows)
        return 0
    shown = table("list", "of", "taken in", "by", "digest", "entry")
    for one in rows:
        shown.add_row(
            one["list"],
            one["latest"] or "-",
            one["added"],
            one["officer"],
            one["digest"][:12],
            str(one["position"]),
        )
    out().print(shown if rows else Styled("no list is kept"))
    return 0


def _node(home: Path | None) -> Any:  # noqa: ANN401 - a node that closes, or none
    return nullcontext(None) if home is None else closing(Node.open(home))


def _files(paths: list[Path] | tuple[Path, ...]) -> dict[str, bytes]:
    found = {}
    for path in paths:
        try:
            found[str(path)] = path.read_bytes()
        except OSError as wrong:
            raise StorageError(
                f"`{path}` cannot be read: {wrong.strerror}", hint="name a file of a list"
            ) from wrong
    return found


def _names(words: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names that are asked about, a file's in its place; and lines about rows without one."""
    if not words:
        raise FormatError("no name is given", hint="write `servanda screen NAME --list FILE`")
    names: list[str] = []
    problems: list[str] = []
    for word in words:
        path = Path(word)
        if path.suffix.lower() in (".csv", ".txt") and len(word) < 1000 and path.is_file():  # noqa: PLR2004 - a path
            found, odd = names_of(path.read_bytes(), word)
            names += found
            problems += odd
        else:
            names.append(word)
    return tuple(names), tuple(problems)
