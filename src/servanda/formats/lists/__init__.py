"""Published lists of parties, in the formats in which they are published; every odd record is told.

`read_list` recognises the format by what the bytes say and not by the file's name.
"""

from __future__ import annotations

from collections.abc import Mapping

from servanda.errors import FormatError
from servanda.formats.lists import consolidated, end_user, history, plain, sdn
from servanda.formats.lists.reading import bounded, json_of, text_of
from servanda.model.listed import PartyList


def read_list(data: bytes, name: str, companions: Mapping[str, bytes] | None = None) -> PartyList:
    """Read a list: Consolidated Screening List, OFAC SDN or its history, METI End User List, or a plain CSV.

    `companions` are the files that belong to it, by their names: `alt.csv` and `add.csv` of the SDN list;
    events and dates of copies of a history.

    Raises:
        FormatError: none of these formats, not UTF-8, broken, or larger than is read.
    """
    beside = dict(companions or {})
    for file, content in ((name, data), *beside.items()):
        bounded(content, file)
    text = text_of(data, name)
    if not text.strip():
        raise FormatError(f"`{name}` is empty", hint="name a file with a list of parties")
    if text.lstrip()[:1] in "[{":
        plainly = json_of(text, name)
        for reader in (consolidated, end_user):
            if reader.recognises(plainly):
                found: PartyList = reader.read(plainly, name)
                return found
        raise FormatError(
            f"`{name}` is JSON, and no list of parties that is known here",
            hint="known are the U.S. Consolidated Screening List and METI's End User List",
        )
    if history.recognises(text):
        return history.read(text, name, {key: text_of(one, key) for key, one in beside.items()})
    if plain.recognises(text):
        return plain.read(text, name)
    if sdn.recognises(text):
        return sdn.read(text, name, {key: text_of(one, key) for key, one in beside.items()})
    raise FormatError(
        f"`{name}` is no list of parties that is known here",
        hint="a plain list is a CSV whose first line names its columns, `name` among them",
    )


__all__ = ["read_list"]
