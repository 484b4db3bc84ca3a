"""Who may open it."""

from __future__ import annotations

from collections.abc import Callable

from servanda.decisions.finding import Finding, gap
from servanda.decisions.index import Index
from servanda.model.decision import ReleaseRequest
from servanda.model.label import Portion
from servanda.model.text import Text


def access(
    index: Index,
    text: Text,
    request: ReleaseRequest,
    portion: Portion,
    words: tuple[str, ...],
    host_words: Callable[[str], tuple[str, ...]],
) -> Finding:
    return gap((), "persons")
