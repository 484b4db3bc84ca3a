"""Small made-up worlds, where every clause is known and one thing at a time is asked."""

from __future__ import annotations

from dataclasses import replace

from asking import instant
from servanda.formats.acts import read_acts
from servanda.formats.documents import read_text
from servanda.model.act import Act
from servanda.model.decision import ReleaseRequest
from servanda.model.instrument import Instrument, Registry
from servanda.model.party import Level, Party, PartyKind
from servanda.model.text import Conventions

AT = instant("2020-06-01 12:00")

TABLE = """
[clause."4"]
kind = "equivalence"
levels.TOP = { A = ["A-TOP"], B = ["B-TOP"], C = ["C-TOP"] }
levels.LOW = { A = ["A-LOW"], B = ["B-LOW"], C = ["C-LOW"] }
"""
ENTRY = """
[clause."1"]
kind = "entry-into-force"
rule = { by = "stated", on = 2010-01-01 }
[clause."2"]
kind = "term"
[clause."3"]
kind = "third-party"
"""


def party(code: str, **fields: object) -> Party:
    """A party with the levels `code-TOP`, `code-MID` and `code-LOW`."""
    levels = (Level(f"{code}-TOP", 3), Level(f"{code}-MID", 2), Level(f"{code}-LOW", 1))
    settings = {"kind": PartyKind.COMPANY, "name": {"en": code}, "seat": "UTC", "levels": levels, **fields}
    return Party(code=code, **settings)  # type: ignore[arg-type]  # fields of the party


def agreement(
    name: str, parties: tuple[str, ...], clauses: str = "", acts: str = "", kind: str = "protection-agreement"
) -> Instrument:
    """An agreement in force since 2010 with a table of two levels, and more clauses and acts as TOML."""
    listed = ", ".join(f'"{one}"' for one in parties)
    head = (
        f'format = "servanda/instrument@1"\nid = "{name}"\nkind = "{kind}"\nversion = 1\n'
        f'title.en = "{name}"\nparties = [{listed}]\n'
    )
    whole = ENTRY + ("" if "equivalence" in clauses else TABLE) + clauses
    text = read_text((head + whole).encode(), "text-1.toml")
    found: tuple[Act, ...] = ()
    if acts:
        found = read_acts(f'format = "servanda/acts@1"\nact = [\n{acts}\n]'.encode(), "acts.toml")
    return Instrument((text,), found, Conventions(zone="UTC"))


def registry(*instruments: Instrument, parties: tuple[Party, ...] = ()) -> Registry:
    """A registry of agreements between A, B, C and D."""
    people = {code: party(code) for code in "ABCD"} | {one.code: one for one in parties}
    return Registry(people, {one.id: one for one in instruments})


def act(name: str, kind: str, by: str, fields: str, done: str = "2015-01-01T00:00:00Z") -> str:
    """One line of acts, seen when it was done."""
    seen = done if "T" in done else f"{done}T23:59:59Z"
    return f'{{ id = "{name}", kind = "{kind}", by = ["{by}"], done = {done}, seen = {seen}, {fields} }},\n'


def asked(holder: str = "A", recipient: str = "B", **fields: object) -> ReleaseRequest:
    """May A give B something of its own marked A-TOP?"""
    request = ReleaseRequest(holder, recipient, (holder,), f"{holder}-TOP", AT)
    return replace(request, **fields)  # type: ignore[arg-type]  # fields of the request
