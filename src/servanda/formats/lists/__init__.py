"""Published lists of parties, in the formats in which they are published; every odd record is told.

`read_list` recognises the format by what the bytes say and not by the file's name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from servanda.errors import FormatError
from servanda.formats.lists import consolidated, end_user, history, plain, sdn
from servanda.formats.lists.reading import bounded, json_of, text_of
from servanda.model.listed import PartyList


def read_list(data: bytes, name: str, companions: Mapping[str, bytes] | None = None) -> PartyList:
    """Read a list: Consolidated Screening List, OFAC SDN or its history, METI End User List, or a plain CSV.

    `companions` are the files that belong to it, by their names: aliases, addresses and comments of the SDN
    list; events and days of the copies of a history. Which is which their columns say.

    Raises:
        FormatError: none of these formats, not UTF-8, broken, larger than is read, or without a single party.
    """
    beside = dict(companions or {})
    for file, content in ((name, data), *beside.items()):
        bounded(content, file)
    text = text_of(data, name)
    if not text.strip():
        raise FormatError(f"`{name}` is empty", hint="name a file with a list of parties")
    found = _read(text, name, {key: text_of(one, key) for key, one in beside.items()})
    if not found.parties:
        # Nothing would ever match it, and that would look like an answer.
        raise FormatError(
            f"`{name}` holds no party",
            hint=found.problems[0] if found.problems else "it may have been cut in transfer: fetch it again",
        )
    return found


def _read(text: str, name: str, beside: dict[str, str]) -> PartyList:
    if text.lstrip()[:1] in "[{":
        found = _read_json(json_of(text, name), name)
    elif history.recognises(text):
        return history.read(text, name, beside)
    elif consolidated.recognises_csv(text):
        found = consolidated.read_csv(text, name)
    elif plain.recognises(text):
        found = plain.read(text, name)
    elif sdn.recognises(text):
        return sdn.read(text, name, beside)
    else:
        raise FormatError(
            f"`{name}` is no list of parties that is known here",
            hint="a plain list is a CSV whose first line names its columns, `name` among them",
        )
    unread = tuple(f"{file}: nothing is read beside such a list, and it was not read" for file in beside)
    return replace(found, problems=(*found.problems, *unread))


def _read_json(plainly: Any, name: str) -> PartyList:  # noqa: ANN401 - any JSON value
    if consolidated.recognises(plainly):
        return consolidated.read(plainly, name)
    if end_user.recognises(plainly):
        return end_user.read(plainly, name)
    raise FormatError(
        f"`{name}` is JSON, and no list of parties that is known here",
        hint="known are the U.S. Consolidated Screening List and METI's End User List",
    )


__all__ = ["read_list"]
