"""What the tests of exports share: the two regimes of the catalogue, and short ways to ask them."""

from __future__ import annotations

from asking import catalogue, instant
from servanda.decisions.exports import decide_export
from servanda.model.export import ExportAnswer, ExportOutcome, ExportRequest, Openness
from servanda.model.instrument import Instrument
from servanda.model.when import FOREVER

HF, POLYIMIDE, RESIST, OTHER = "1-(3)(1)", "1-(5)(17)", "1-(7)(19)", "1-(6)"
REQUIRED, NOT, CANNOT = (
    ExportOutcome.LICENCE_REQUIRED,
    ExportOutcome.NOT_REQUIRED,
    ExportOutcome.CANNOT_TELL,
)


def regime(name: str = "jp-export-control") -> Instrument:
    """A regime of the catalogue."""
    return catalogue().instrument(name)


def asked(
    item: str,
    at: str,
    to: str = "KR",
    name: str = "jp-export-control",
    known: str | None = None,
    **more: object,
) -> ExportAnswer:
    """Ask a regime; `2019-08-28 00:00` is Tokyo and Seoul time."""
    request = ExportRequest(
        name,
        item,
        to,
        instant(at),
        FOREVER if known is None else instant(known),
        **more,  # type: ignore[arg-type]
    )
    return decide_export(regime(name), request)


def types(answer: ExportAnswer) -> dict[str, Openness]:
    """Whether each type of licence was open, by its name."""
    return {one.name: one.standing for one in answer.finding.types}


def says(answer: ExportAnswer) -> str:
    """Every reason of an answer and everything missing, in one text."""
    every = (*answer.finding.because, *answer.finding.missing)
    return "; ".join(f"{one.says} [{one.cite()}]" for one in every)
