"""Commands that prove something of all agreements at once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from cyclopts import App, Parameter

from servanda.doors.cli.asking import AsJson, Assume, At, Catalogue, KnownAt, asked
from servanda.doors.cli.printing import out, print_json, table
from servanda.node.law import instant_of

Json = dict[str, Any]
Until = Annotated[str | None, Parameter(help="look no further ahead; ten years if left out")]
Strictly = Annotated[
    bool,
    Parameter(
        name="--undetermined",
        negative="",
        help="count what cannot be determined as permitted: what holds then, holds however it is settled",
    ),
]
Folder = Annotated[
    Path | None, Parameter(name="--out", help="write proof.json and world.json there, for the checker")
]
HOLDS, REFUTED = 0, 3


def add_to(app: App) -> None:
    """Give the app the commands of this file."""
    prove = App(name="prove", help="Proofs over all agreements, and over all of time up to an instant.")
    prove.command(consent)
    prove.command(never_reaches)
    prove.command(only_through)
    prove.command(redundant)
    prove.command(conflicts)
    app.command(prove)


def consent(
    *,
    until: Until = None,
    undetermined: Strictly = False,
    folder: Folder = None,
    at: At = None,
    known_at: KnownAt = None,
    assume: Assume = None,
    catalogue: Catalogue = None,
    json: AsJson = False,
) -> int:
    """Prove that no chain of releases passes anything on without each originator's consent."""
    from servanda.decisions.proofs import NoReachWithoutConsent  # noqa: PLC0415 - other commands need none

    return _prove(NoReachWithoutConsent(), until, undetermined, folder, at, known_at, assume, catalogue, json)


def never_reaches(
    party: Annotated[str, Parameter(help="the party that must never have it")],
    *,
    topic: Annotated[
        list[str] | None, Parameter(negative="", help="about any of these; anything if none")
    ] = None,
    originator: Annotated[str, Parameter(help="whose information; anybody's if left out")] = "",
    marking: Annotated[
        list[str] | None, Parameter(negative="", help="of these markings; of any if none")
    ] = None,
    until: Until = None,
    undetermined: Strictly = False,
    folder: Folder = None,
    at: At = None,
    known_at: KnownAt = None,
    assume: Assume = None,
    catalogue: Catalogue = None,
    json: AsJson = False,
) -> int:
    """Prove that nothing of a kind ever reaches a party, or show how it does."""
    from servanda.decisions.proofs import NeverReaches  # noqa: PLC0415 - other commands need none

    policy = NeverReaches(tuple(topic or ()), party, originator, tuple(marking) if marking else None)
    return _prove(policy, until, undetermined, folder, at, known_at, assume, catalogue, json)


def only_through(
    linchpin: Annotated[str, Parameter(help="the party that everything passes")],
    *,
    holder: Annotated[str, Parameter(help="whose information")],
    recipient: Annotated[str, Parameter(help="the party that gets it")],
    until: Until = None,
    undetermined: Strictly = False,
    folder: Folder = None,
    at: At = None,
    known_at: KnownAt = None,
    assume: Assume = None,
    catalogue: Catalogue = None,
    json: AsJson = False,
) -> int:
    """Prove that what one party originates reaches another only through a third."""
    from servanda.decisions.proofs import OnlyThrough  # noqa: PLC0415 - other commands need none

    policy = OnlyThrough(holder, recipient, linchpin)
    return _prove(policy, until, undetermined, folder, at, known_at, assume, catalogue, json)


def redundant(
    *,
    until: Until = None,
    at: At = None,
    known_at: KnownAt = None,
    assume: Assume = None,
    catalogue: Catalogue = None,
    json: AsJson = False,
) -> int:
    """Say which agreements could be taken away without any answer changing."""
    from servanda.node.proving import ahead, find_redundant  # noqa: PLC0415 - other commands need none

    question = asked(catalogue, assume, at, known_at)
    end = ahead(question.standpoint.at) if until is None else instant_of(until)
    found = find_redundant(question.law.registry, end, question.standpoint.known)
    if json:
        print_json([one.to_plain() for one in found])
        return 0
    console = out()
    rows = table("agreement", "taken away")
    for one in found:
        if one.witness is not None:
            first = one.witness
            rows.add_row(one.instrument, f"{first.holder} to {first.recipient}: {first.information} changes")
        else:
            why = "covered for by others" if one.carries else "carries nothing that is known"
            rows.add_row(one.instrument, why)
    console.print(rows)
    return 0


def conflicts(
    *,
    until: Until = None,
    at: At = None,
    known_at: KnownAt = None,
    assume: Assume = None,
    catalogue: Catalogue = None,
    json: AsJson = False,
) -> int:
    """Show where one agreement permits what another forbids."""
    from servanda.node.proving import ahead, find_conflicts  # noqa: PLC0415 - other commands need none

    question = asked(catalogue, assume, at, known_at)
    end = ahead(question.standpoint.at) if until is None else instant_of(until)
    found = find_conflicts(question.law.registry, end, question.standpoint.known)
    if json:
        print_json([one.to_plain() for one in found])
        return 0
    console = out()
    if not found:
        console.print("no agreement forbids what another permits")
    for one in found:
        console.print(str(one), markup=False)
    return 0


def _prove(
    policy: Any,  # noqa: ANN401 - any policy
    until: str | None,
    undetermined: bool,  # noqa: FBT001 - as the option gives it
    folder: Path | None,
    at: str | None,
    known_at: str | None,
    assume: list[str] | None,
    catalogue: Path | None,
    json: bool,  # noqa: FBT001 - as the option gives it
) -> int:
    from servanda.node.proving import ahead, prove_policy, write_proof  # noqa: PLC0415 - as above

    question = asked(catalogue, assume, at, known_at)
    for name in ("party", "originator", "holder", "recipient", "linchpin"):
        code = getattr(policy, name, "")
        if code:
            question.law.registry.party(code)
    end = ahead(question.standpoint.at) if until is None else instant_of(until)
    proved = prove_policy(
        question.law.registry, policy, end, question.standpoint.known, undetermined=undetermined
    )
    proof = proved.proof
    against = proof.counterexample
    told: Json = {
        "policy": policy.to_plain(),
        "holds": proof.holds,
        "until": str(end),
        "cases": len(proof.cases),
        "releases": sum(len(arcs) for arcs in proved.world.values()),
        "counterexample": None if against is None else against.to_plain(),
    }
    if folder is not None:
        told["written"] = [str(path) for path in write_proof(folder, proved)]
    if json:
        print_json(told)
        return HOLDS if proof.holds else REFUTED
    console = out()
    console.print("holds" if proof.holds else "does not hold")
    console.print(
        f"{told['cases']} kinds of information, {told['releases']} stretches in which a release may be made, "
        f"up to {end}"
    )
    if against is not None:
        console.print(f"against it: {against.information}", markup=False)
        for line in against.lines():
            console.print(f"  {line}", markup=False)
    for path in told.get("written", ()):
        console.print(f"written: {path}", markup=False)
    return HOLDS if proof.holds else REFUTED
