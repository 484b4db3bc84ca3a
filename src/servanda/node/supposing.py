"""Suppositions as officers write them on one line, and a new agreement from a folder."""

from __future__ import annotations

from pathlib import Path

from servanda.decisions import Add, Conclude, Lapse, Leave, Omit, Supposition, Takes
from servanda.errors import CatalogueError, FormatError
from servanda.formats.acts import read_act, read_acts
from servanda.formats.documents import read_conventions, read_parties, read_text
from servanda.formats.toml import MOST_BYTES
from servanda.formats.when import parse_instant
from servanda.formats.words import text_digest
from servanda.model.act import Act
from servanda.model.instrument import Instrument
from servanda.model.party import Party
from servanda.model.text import Conventions
from servanda.model.when import BEGINNING, Instant

_STEP_WORDS = (3, 4)
HINT = (
    "write `omit ACT`, `omit INSTRUMENT/ACT`, `add INSTRUMENT { id = ..., kind = ..., ... }`, "
    "`lapse INSTRUMENT [INSTANT]`, `leave PARTY [INSTANT]`, `step PROCEEDING STEP PARTY [INSTANT]` "
    "or `conclude FOLDER`"
)


def supposition(words: str, at: Instant = BEGINNING) -> Supposition:
    """Read a supposition; an end or a departure that names no instant is at `at`.

    Raises:
        FormatError: it is none, or an instant in it is none.
        CatalogueError: the folder of a new agreement cannot be read, or its files have problems.
    """
    verb, _, rest = words.strip().partition(" ")
    rest = rest.strip()
    match verb:
        case "omit" if rest:
            instrument, slash, act = rest.rpartition("/")
            return Omit(act, instrument if slash else None)
        case "add" if "{" in rest:
            instrument, _, table = rest.partition("{")
            return Add(instrument.strip(), read_act("{" + table, where=f"`{words}`"))
        case "lapse" | "leave" if rest and len(rest.split()) <= 2:  # noqa: PLR2004 - a name and an instant
            name, _, when = rest.partition(" ")
            instant = parse_instant(when.strip()) if when else at
            return Lapse(name, instant) if verb == "lapse" else Leave(name, instant)
        case "step" if len(rest.split()) in _STEP_WORDS:
            name, step, party, *instants = rest.split()
            return Takes(name, step, party, parse_instant(instants[0]) if instants else at)
        case "conclude" if rest:
            return read_agreement(Path(rest))
    raise FormatError(f"`{words}` is not a supposition", hint=HINT)


def read_agreement(folder: Path) -> Conclude:
    """Read a new agreement: `text-1.toml`, and where there are any its acts, conventions and parties.

    Raises:
        CatalogueError: there is no text in the folder, or a file in it has problems.
    """
    try:
        files = {file.name: _bytes(file) for file in sorted(folder.iterdir()) if file.suffix == ".toml"}
    except OSError as wrong:
        raise CatalogueError(f"`{folder}` cannot be read: {wrong.strerror}", ()) from wrong
    texts = tuple(
        read_text(files[name], name)
        for name in sorted(files, key=lambda one: (len(one), one))
        if name.startswith("text-")
    )
    if not texts:
        raise CatalogueError(f"`{folder}` holds no agreement", (), hint="it needs text-1.toml")
    acts: tuple[Act, ...] = read_acts(files["acts.toml"], "acts.toml") if "acts.toml" in files else ()
    conventions = Conventions()
    if "conventions.toml" in files:
        conventions = read_conventions(files["conventions.toml"], "conventions.toml")
    parties: tuple[Party, ...] = ()
    if "parties.toml" in files:
        parties = tuple(read_parties(files["parties.toml"], "parties.toml"))
    digests = {text.version: text_digest(text) for text in texts}
    return Conclude(Instrument(texts, acts, conventions, digests), parties)


def _bytes(file: Path) -> bytes:
    """Read one byte more than is allowed, so that a longer file is refused and not cut."""
    with file.open("rb") as stream:
        return stream.read(MOST_BYTES + 1)
