"""What the commands read about an object and who would open it: caveats, sources, purposes, persons."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from servanda.model.label import Caveat, Person, Portion
from servanda.node.spelled import person_of, read_caveat, read_portion

Caveats = Annotated[
    list[str] | None,
    Parameter(
        name="--caveat",
        negative="",
        help="no-foreign, originator-controlled, releasable-to:KR,US, eyes-only:JP,KR or embargo:INSTANT; "
        "may be repeated",
    ),
]
GivenFor = Annotated[
    list[str] | None,
    Parameter(name="--given-for", negative="", help="a purpose for which alone it is given; may be repeated"),
]
Portions = Annotated[
    list[str] | None,
    Parameter(
        name="--portion",
        negative="",
        help="what went into it, as ORIGINATOR:MARKING:topic,topic; may be repeated",
    ),
]
PersonName = Annotated[
    str, Parameter(name="--person", help="who would open it; the party as such if left out")
]
Nationalities = Annotated[
    list[str] | None, Parameter(name="--nationality", negative="", help="of the person; may be repeated")
]
Facility = Annotated[
    str, Parameter(name="--facility", help="the contractor's facility in which it would be opened")
]
Visiting = Annotated[
    str, Parameter(name="--visiting", help="the facility of the other side that the person visits")
]


def caveats_of(words: list[str] | None) -> tuple[Caveat, ...]:
    """Return what the options --caveat mean.

    Raises:
        FormatError: one is not a caveat.
    """
    return tuple(dict.fromkeys(read_caveat(one) for one in words or ()))


def portions_of(words: list[str] | None) -> tuple[Portion, ...]:
    """Return what the options --portion mean.

    Raises:
        FormatError: one is not a portion.
    """
    return tuple(read_portion(one) for one in words or ())


def asked_person(name: str, nationalities: list[str] | None, facility: str, visiting: str) -> Person | None:
    """Return the person that the options name, or None.

    Raises:
        FormatError: something is said of a person who is not named.
    """
    return person_of(name, tuple(nationalities or ()), facility, visiting)
