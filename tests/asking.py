"""What the tests of the law share: the real catalogue, and short ways to ask it."""

from __future__ import annotations

from functools import cache

from servanda.formats.acts import read_acts
from servanda.formats.documents import read_text
from servanda.formats.when import parse_instant
from servanda.model.act import Act
from servanda.model.instrument import Instrument, Registry
from servanda.model.party import Party, PartyKind
from servanda.model.status import Answer, Standpoint, Status
from servanda.model.text import Conventions
from servanda.model.when import FOREVER, Instant
from servanda.node.catalogue import load_catalogue
from servanda.status import ask


@cache
def catalogue() -> Registry:
    """The real agreements."""
    return load_catalogue(None)


def instant(words: str) -> Instant:
    """An instant; `2019-11-22 18:00` is Seoul time."""
    if len(words) == 16:
        words = words.replace(" ", "T") + ":00+09:00"
    elif " " in words:
        words = words.replace(" ", "T") + "+09:00"
    return parse_instant(words)


def answer(
    registry: Registry, name: str, at: str, known: str | None = None, reader: str | None = None
) -> Answer[Status]:
    """Ask a status."""
    return ask(
        registry,
        name,
        Standpoint(instant(at), FOREVER if known is None else instant(known), reader=reader),
    )


def one(
    registry: Registry, name: str, at: str, known: str | None = None, reader: str | None = None
) -> Status:
    """Ask a status that must be the only possible one."""
    values = answer(registry, name, at, known, reader).values
    assert len(values) == 1, values
    return values[0]


HEAD = """
format = "servanda/instrument@1"
id = "x-y"
kind = "protection-agreement"
version = 1
title.en = "An agreement between X and Y"
parties = {parties}
"""


def made(
    clauses: str, acts: str = "", parties: str = '["X", "Y"]', head: str = "", **conventions: str
) -> Registry:
    """A registry of one instrument `x-y`, from its clauses and acts as TOML."""
    text = read_text((HEAD.format(parties=parties) + head + clauses).encode(), "text-1.toml")
    found: tuple[Act, ...] = ()
    if acts:
        found = read_acts(f'format = "servanda/acts@1"\nact = [\n{acts}\n]'.encode(), "acts.toml")
    settings = {"zone": "UTC", **conventions}
    people = {
        code: Party(code=code, kind=PartyKind.COMPANY, name={"en": code}, seat="UTC")
        for code in (*text.parties, "Z")
    }
    instrument = Instrument((text,), found, Conventions(**settings))  # type: ignore[arg-type]
    return Registry(people, {"x-y": instrument})


def act(name: str, kind: str, by: str, done: str, more: str = "", seen: str = "") -> str:
    """One act as a line of TOML; seen when done, at the end of that day."""
    when = done if "T" in done or len(done) == 10 else f'"{done}"'
    seen = seen or (done if "T" in done else done + "T23:59:59Z")
    parties = ", ".join(f'"{party}"' for party in by.split())
    extra = f", {more}" if more else ""
    return f'{{ id = "{name}", kind = "{kind}", by = [{parties}], done = {when}, seen = {seen}{extra} }},\n'


SIGNED = act("sign", "sign", "X Y", "2020-01-10")
ON_SIGNATURE = '[clause."1"]\nkind = "entry-into-force"\nrule = { by = "signature" }\n'
EVER = '[clause."2"]\nkind = "term"\n'
YEARLY = """
[clause."2"]
kind = "term"
first = "P1Y"
renewal = { mode = "automatic", each = "P1Y" }
notice = { at_least = "P90D", before = "end-of-period" }
"""
ROLLING = """
[clause."3"]
kind = "termination"
way = { by = "rolling-notice", after = "P6M" }
"""
