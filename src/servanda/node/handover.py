"""Handovers: what each holder signed when it passed an object on, from its originator to whoever has it now.

Their chain travels with the object. Who asks the originator for a key shows it, and the originator judges
every link of it at that instant, however long it is.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import msgspec

from servanda.errors import FormatError, NodeError, QuestionError, RefusedError
from servanda.exchange import PublicIdentity, Signed, parse_signed, sign_document
from servanda.node.house import Node

FORMAT = "servanda/handover@1"
MOST_LINKS = 32


class Handover(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One release as its holder signed it: which object, in which container, from whom to whom, and when."""

    format: str = FORMAT
    object: str
    container: str
    by: str
    to: str
    release: str
    at: str


Path = list[dict[str, Any]]
"""Signed handovers as they came, oldest first; each in its wire form as JSON."""


def longer(node: Node, path: Path, handover: Handover) -> Path:
    """Return a path with one link more, signed by this party.

    Raises:
        QuestionError: it has gone through too many hands.
    """
    if len(path) >= MOST_LINKS:
        raise QuestionError(
            f"object `{handover.object}` has gone through {len(path)} hands, and no chain is longer",
            hint="its originator can release it anew",
        )
    signed = sign_document(msgspec.to_builtins(handover), node.identity)
    return [*path, json.loads(signed.wire())]


def read_path(plain: object, object_id: str, originator: str, holder: str) -> tuple[Handover, ...]:
    """Return the links of a path that leads from the originator of an object to its holder.

    No signature is checked here: see `verify_path`.

    Raises:
        FormatError: malformed, or no path from the one to the other.
    """
    if not isinstance(plain, list) or not 1 <= len(plain) <= MOST_LINKS:
        raise FormatError(f"a path has 1 to {MOST_LINKS} handovers")
    links = tuple(_signed(one).read(FORMAT, Handover) for one in plain)
    if any(one.object != object_id for one in links):
        raise FormatError(f"the path is not one of object `{object_id}`")
    ends = [originator, *(one.to for one in links)]
    if [one.by for one in links] != ends[:-1] or ends[-1] != holder:
        shown = " to ".join((links[0].by, *(one.to for one in links)))
        raise FormatError(f"the path goes {shown}, not unbroken from {originator} to {holder}")
    return links


def verify_path(plain: Path, identity: Callable[[str], PublicIdentity]) -> None:
    """Check that every link is signed by the party that it names.

    Raises:
        SignatureError: one is not.
        RefusedError: the identity of a party of the path is not known here.
    """
    for one in plain:
        signed = _signed(one)
        by = signed.read(FORMAT, Handover).by
        try:
            known = identity(by)
        except NodeError as wrong:
            raise RefusedError(
                f"the path goes through {by}, whose signature nobody here knows", hint=wrong.hint
            ) from wrong
        signed.verify(FORMAT, known)


def _signed(plain: object) -> Signed:
    return parse_signed(json.dumps(plain).encode())
