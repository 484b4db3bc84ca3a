"""Caveats, portions and persons as officers write them on one line, and how they are printed back."""

from __future__ import annotations

from servanda.errors import FormatError
from servanda.formats.when import parse_instant
from servanda.model.label import (
    Caveat,
    Embargo,
    EyesOnly,
    NoForeign,
    OriginatorControlled,
    Person,
    Portion,
    ReleasableTo,
)

_CAVEATS = "no-foreign, originator-controlled, releasable-to:KR,US, eyes-only:JP,KR or embargo:INSTANT"


def read_caveat(words: str) -> Caveat:
    """Read a caveat: `no-foreign`, `releasable-to:KR,US`, `embargo:2026-11-01T00:00:00Z`, ...

    Raises:
        FormatError: it is none, or its names or instant are missing.
    """
    kind, colon, rest = words.strip().partition(":")
    hint = f"write {_CAVEATS}"
    match kind:
        case "no-foreign" | "originator-controlled":
            if colon:
                raise FormatError(f"`{words}`: nothing follows `{kind}`", hint=f"write {kind}")
            return NoForeign() if kind == "no-foreign" else OriginatorControlled()
        case "releasable-to" | "eyes-only":
            named = _listed(rest)
            if not named:
                raise FormatError(f"`{words}` names nobody", hint=f"write {kind}:KR,US")
            return ReleasableTo(named) if kind == "releasable-to" else EyesOnly(named)
        case "embargo":
            try:
                return Embargo(parse_instant(rest.strip()))
            except FormatError as wrong:
                raise FormatError(
                    f"`{words}` is no embargo: {wrong.message}",
                    hint="write embargo:2026-11-01T00:00:00+09:00",
                ) from wrong
    raise FormatError(f"`{words}` is not a caveat", hint=hint)


def print_caveat(caveat: Caveat) -> str:
    """Print a caveat as it is written; the inverse of `read_caveat`."""
    match caveat:
        case NoForeign():
            return "no-foreign"
        case OriginatorControlled():
            return "originator-controlled"
        case ReleasableTo():
            return f"releasable-to:{','.join(caveat.parties)}"
        case EyesOnly():
            return f"eyes-only:{','.join(caveat.nationalities)}"
        case Embargo():
            return f"embargo:{caveat.until}"


def read_portion(words: str) -> Portion:
    """Read what went into an object: `ORIGINATOR:MARKING`, or `ORIGINATOR:MARKING:topic,topic`.

    Raises:
        FormatError: it is not of this form.
    """
    originator, _, rest = words.partition(":")
    marking, _, topics = rest.partition(":")
    if not originator.strip() or not marking.strip():
        raise FormatError(
            f"`{words}` is not a portion", hint="write ORIGINATOR:MARKING:topic,topic; the topics may be left"
        )
    return Portion((originator.strip(),), marking.strip(), _listed(topics))


def print_portion(portion: Portion) -> str:
    """Print a portion with all that binds it."""
    topics = f" about {', '.join(portion.topics)}" if portion.topics else ""
    caveats = "".join(f", {print_caveat(one)}" for one in portion.caveats)
    return f"{portion.marking} of {', '.join(portion.originators)}{topics}{caveats}"


def person_of(name: str, nationalities: tuple[str, ...], facility: str, visiting: str) -> Person | None:
    """Return the person who would open something; None where nobody is named.

    Raises:
        FormatError: something is said of a person who is not named.
    """
    if name:
        return Person(name, nationalities, facility, visiting)
    if nationalities or facility or visiting:
        raise FormatError("a nationality, facility or visit of nobody", hint="name the person with --person")
    return None


def _listed(words: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in words.split(",") if part.strip()))
