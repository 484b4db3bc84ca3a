"""The command that supposes: whatif."""

from __future__ import annotations

from typing import Annotated

from cyclopts import App, Parameter

from servanda.doors.cli.asking import AsJson, Assume, At, Catalogue, KnownAt, asked
from servanda.doors.cli.printing import out, print_json
from servanda.doors.cli.supposed import print_difference
from servanda.doors.differences import difference

Subject = Annotated[
    list[str] | None,
    Parameter(
        name="--topic",
        negative="",
        help="only information about this, and about all that are named; every subject if left out",
    ),
]


def add_to(app: App) -> None:
    """Give the app the commands of this file."""
    app.command(whatif)


def whatif(
    *,
    assume: Assume = None,
    at: At = None,
    topic: Subject = None,
    known_at: KnownAt = None,
    catalogue: Catalogue = None,
    json: AsJson = False,
) -> int:
    """Compare the world as it is with the one supposed, over the whole network.

    What stands differently, which flows stop, begin or change, which detours are left and what they need,
    what is still owed, who holds what, and who becomes a linchpin. An end or a departure without an instant
    is at the instant asked about. The folder of a new agreement holds text-1.toml, and if needed acts.toml,
    conventions.toml and parties.toml.
    """
    question = asked(catalogue, None, at, known_at)
    found = question.law.whatif(
        tuple(assume or ()), question.standpoint.at, tuple(topic or ()), question.standpoint.known
    )
    answer = difference(found, question.law.registry)
    if json:
        print_json(answer)
    else:
        print_difference(out(), answer)
    return 0
