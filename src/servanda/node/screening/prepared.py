"""What the copies of a list make, kept ready: reading a year of daily copies takes minutes, this a moment.

It is never the record: it is known by the copies and by the code that read them, and made again from the
copies where it is missing, cut or of other code. Losing it loses nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

import servanda.decisions.screening.copies as making
import servanda.formats.lists as reading
import servanda.model.listed as words
from servanda.errors import VaultError
from servanda.model.listed import PartyList
from servanda.model.when import Day, Instant
from servanda.vault.durable import appearing

_MOST = 3
"""So many are left of each list: the newest, and some for questions about what was known before."""
_SEAL = 32


class Prepared:
    """What is prepared of one list in the folder of a node's lists."""

    def __init__(self, folder: Path, code: str) -> None:
        self._folder = folder / "prepared"
        self._list = hashlib.sha256(code.encode()).hexdigest()[:16]

    def longest(self, seals: Sequence[str]) -> tuple[PartyList | None, int]:
        """Return what is made of as many of the first copies as there is, and how many these are."""
        there = {path.name for path in self._folder.glob(f"{self._list}-*")}
        for many in range(len(seals), 0, -1):
            path = self._path(seals[:many])
            if path.name in there and (found := _decoded(path)) is not None:
                return found, many
        return None, 0

    def keep(self, seals: Sequence[str], made: PartyList) -> None:
        """Keep what copies made; where the disk does not take it, it is made again the next time."""
        path = self._path(seals)
        data = msgspec.msgpack.encode(made, enc_hook=_plain)
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with appearing(path) as stream:
                stream.write(hashlib.sha256(data).digest() + data)
            old = sorted(self._folder.glob(f"{self._list}-*"), key=lambda one: one.stat().st_mtime_ns)
            for one in old[:-_MOST]:
                one.unlink(missing_ok=True)
        except (OSError, VaultError):
            # A home that cannot be written can still be asked.
            return

    def _path(self, seals: Sequence[str]) -> Path:
        whole = hashlib.sha256("\n".join((_reader(), *seals)).encode()).hexdigest()
        return self._folder / f"{self._list}-{whole[:32]}"


def _decoded(path: Path) -> PartyList | None:
    try:
        data = path.read_bytes()
    except OSError:
        return None
    if hashlib.sha256(data[_SEAL:]).digest() != data[:_SEAL]:
        return None
    try:
        return msgspec.msgpack.decode(data[_SEAL:], type=PartyList, dec_hook=_value)
    except msgspec.MsgspecError:
        return None


@cache
def _reader() -> str:
    """Return the digest of the code on which it depends what a copy says."""
    modules = (making, words, reading)
    files = {Path(one.__file__) for one in modules if one.__file__}
    files |= {path for one in reading.__path__ for path in Path(one).glob("*.py")}
    sums = sorted(hashlib.sha256(path.read_bytes()).hexdigest() for path in files)
    return hashlib.sha256("\n".join(sums).encode()).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, Day):
        return value.date.isoformat()
    if isinstance(value, Instant):
        return value.utc.isoformat()
    raise NotImplementedError(type(value))


def _value(kind: type, value: Any) -> object:  # noqa: ANN401 - what msgpack holds
    if kind is Day:
        return Day(date.fromisoformat(value))
    if kind is Instant:
        return Instant(datetime.fromisoformat(value))
    raise NotImplementedError(kind)
