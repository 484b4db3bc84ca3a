"""A whole catalogue from its files: parties, and a folder for each instrument."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import groupby
from typing import TypeVar

from servanda.errors import CatalogueError
from servanda.formats.acts import read_acts
from servanda.formats.crosscheck import check
from servanda.formats.documents import read_conventions, read_parties, read_text
from servanda.formats.packages import read_packages
from servanda.formats.words import text_digest
from servanda.model.act import Act
from servanda.model.instrument import Instrument, Registry
from servanda.model.package import Package
from servanda.model.party import Party
from servanda.model.text import Conventions, Text

T = TypeVar("T")

_TEXT = re.compile(r"text-([1-9]\d?)\.toml")


def read_catalogue(files: Mapping[str, bytes]) -> Registry:
    """Read `parties/*.toml`, `packages/*.toml`, and for each instrument its texts, acts and conventions.

    Raises:
        CatalogueError: any file has problems, or they contradict each other; all are listed.
    """
    problems: list[str] = []
    parties: dict[str, Party] = {}
    instruments: dict[str, Instrument] = {}
    packages: dict[str, Package] = {}
    folders = groupby(sorted(files), key=lambda path: path.rpartition("/")[0])
    for folder, paths in folders:
        inside = {path.rpartition("/")[2]: path for path in paths}
        if folder == "packages":
            for path in inside.values():
                for package in _take(read_packages, files, path, problems) or ():
                    if package.id in packages:
                        problems.append(f"{path}: package {package.id}: stands in two files")
                    packages[package.id] = package
        elif folder == "parties":
            for path in inside.values():
                for party in _take(read_parties, files, path, problems) or ():
                    if party.code in parties:
                        problems.append(f"{path}: party {party.code}: stands in two files")
                    parties[party.code] = party
        elif folder == "":
            problems += [f"{path}: lies outside the folders" for path in inside.values()]
        else:
            instrument = _instrument(folder, inside, files, problems)
            if instrument is not None:
                instruments[instrument.id] = instrument
    instruments = {name: _seated(one, parties) for name, one in instruments.items()}
    instruments = {name: one.following(instruments) for name, one in instruments.items()}
    registry = Registry(parties, instruments, packages)
    problems += check(registry)
    if problems:
        raise CatalogueError(
            f"the catalogue has {len(problems)} problems", tuple(problems), hint="mend the files"
        )
    return registry


def _instrument(
    folder: str, inside: dict[str, str], files: Mapping[str, bytes], problems: list[str]
) -> Instrument | None:
    texts: dict[int, Text] = {}
    acts: tuple[Act, ...] = ()
    conventions = Conventions()
    for name, path in inside.items():
        if found := _TEXT.fullmatch(name):
            text = _take(read_text, files, path, problems)
            if text is not None:
                texts[int(found.group(1))] = text
                if text.id != folder.rpartition("/")[2]:
                    problems.append(f"{path}: id: `{text.id}` is not the name of its folder")
                if text.version != int(found.group(1)):
                    problems.append(f"{path}: version: `{text.version}` is not that of the file")
        elif name == "acts.toml":
            acts = _take(read_acts, files, path, problems) or ()
        elif name == "conventions.toml":
            found_conventions = _take(read_conventions, files, path, problems)
            conventions = found_conventions or conventions
        else:
            problems.append(f"{path}: not a file of an instrument: text-1.toml, acts.toml, ...")
    if sorted(texts) != list(range(1, len(texts) + 1)) or not texts:
        if not any(line.startswith(f"{folder}/text-") for line in problems):
            problems.append(f"{folder}: needs text-1.toml, then text-2.toml and so on")
        return None
    ordered = tuple(texts[version] for version in sorted(texts))
    digests = {text.version: text_digest(text) for text in ordered}
    return Instrument(ordered, acts, conventions, digests)


def _take(
    read: Callable[[bytes, str], T], files: Mapping[str, bytes], path: str, problems: list[str]
) -> T | None:
    """Return what a reader reads, or None after adding its problems, each with its file."""
    try:
        return read(files[path], path)
    except CatalogueError as wrong:
        lines = wrong.problems or (wrong.message,)
        problems += [f"{path}: {line}" for line in lines]
        return None


def _seated(instrument: Instrument, parties: dict[str, Party]) -> Instrument:
    """Return the instrument with the seats of its parties, from which days are drawn."""
    seats = {code: parties[code].seat for code in instrument.parties if code in parties}
    return replace(instrument, seats=seats)
