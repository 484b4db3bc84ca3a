"""What the commands of a party's own node share: which node, and how an answer of one line is said."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from servanda.doors.cli.printing import out, print_json

Home = Annotated[Path, Parameter(name="--home", env_var="SERVANDA_HOME", help="the node's folder")]


def say(answer: Mapping[str, object], words: str, *, json: bool) -> None:
    """Print an answer as JSON, or as a sentence."""
    if json:
        print_json(answer)
    else:
        out().print(words, markup=False)
