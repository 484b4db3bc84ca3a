"""The demonstration: three nodes live through November 2019, twice, on the real agreements."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from rich.console import Console
from rich.rule import Rule
from rich.text import Text as Styled

from servanda.doors import answers
from servanda.doors.cli.printing import err, out, word
from servanda.errors import NodeError, RefusedError
from servanda.model.decision import ReleaseRequest
from servanda.model.status import Standpoint
from servanda.model.when import FOREVER, zone
from servanda.node import views
from servanda.node.acting import record_act
from servanda.node.first_run import Place, introduce, make_node
from servanda.node.house import Node
from servanda.node.keeping import copy_item, destroy_item, duties_of
from servanda.node.law import Law, act_of
from servanda.node.opening import open_item
from servanda.node.reaching import Reaching
from servanda.node.releasing import Released, release_file
from servanda.node.sending import waiting

PARTIES = ("JP", "KR", "US")
AGREEMENT = "jp-kr-2016"
MARKING = "極秘"
TOPIC = "dprk-missile"
PATIENCE_SECONDS = 30
SEOUL = zone("Asia/Seoul")


def demo(
    *,
    home: Annotated[Path | None, Parameter(help="folder to work in; a new temporary one if left out")] = None,
    document: Annotated[Path | None, Parameter(help="a document of yours to release")] = None,
    stay: Annotated[bool, Parameter(negative="", help="leave the nodes and their pages open")] = False,
) -> int:
    """Watch three nodes live through the crisis of November 2019, as it was and as it nearly was."""
    with _folder(home) as folder:
        paper = document or _paper(folder)
        console = out()
        _headline(console, "As it happened: the notice is suspended six hours before midnight")
        with _federation(folder / "as-it-happened") as one:
            _until_the_last_day(console, one, paper)
            _suspended(console, one, paper)
            _registers(console, one)
        _headline(console, "As it nearly happened: nobody suspends the notice")
        with _federation(folder / "had-nobody-acted") as other:
            held = _until_the_last_day(console, other, paper)
            _lapsed(console, other, paper, held)
            _registers(console, other)
            if stay:
                _stay(console, other)
    return 0


@dataclass(frozen=True, slots=True)
class Federation:
    """Three running nodes, and the clock that drives them."""

    folder: Path
    nodes: dict[str, Node]
    processes: tuple[subprocess.Popen[bytes], ...]

    def at(self, words: str) -> None:
        """Set the clock of all nodes."""
        _set_clock(self.folder, words)

    def settle(self) -> None:
        """Wait until every envelope has its receipt.

        Raises:
            NodeError: it takes too long, or a node has ended.
        """
        for _ in range(PATIENCE_SECONDS * 20):
            if all(waiting(node) == 0 for node in self.nodes.values()):
                return
            if any(process.poll() is not None for process in self.processes):
                raise NodeError("a node of the demonstration has ended by itself")
            time.sleep(0.05)
        errors = [str(line) for node in self.nodes.values() for line in _outbox(node)]
        raise NodeError("the nodes do not get through to each other", hint="; ".join(errors[:3]))


def _outbox(node: Node) -> list[dict[str, object]]:
    with node.reading() as connection:
        return views.outbox(connection)


@contextmanager
def _folder(home: Path | None) -> Iterator[Path]:
    if home is not None:
        home.mkdir(parents=True, exist_ok=True)
        yield home
        return
    with tempfile.TemporaryDirectory(prefix="servanda-demo-") as name:
        yield Path(name)


def _paper(folder: Path) -> Path:
    """Return a real document to release: the agreement itself, as the catalogue has it."""
    paper = folder / "agreement.toml"
    text = resources.files("servanda.catalogue").joinpath(AGREEMENT, "text-1.toml")
    paper.write_bytes(text.read_bytes())
    return paper


@contextmanager
def _federation(folder: Path) -> Iterator[Federation]:
    progress = err()
    progress.print("  making keys and certificates, opening three nodes ...", style="dim")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    _catalogue_of_2016(folder / "catalogue")
    _set_clock(folder, "2019-08-22T18:20:00+09:00")
    homes = {party: folder / party.lower() for party in PARTIES}
    ports = _free_ports(2 * len(PARTIES))
    for number, (party, home) in enumerate(homes.items()):
        place = Place(home, ports[2 * number], ports[2 * number + 1])
        make_node(folder / "authority", party, place, catalogue="../catalogue", clock="../clock")
    introduce(homes)
    processes = tuple(
        subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-m", "servanda", "node", "run", "--home", str(home)],
            stdout=subprocess.DEVNULL,
            stderr=(home / "node.log").open("wb"),
        )
        for home in homes.values()
    )
    nodes: dict[str, Node] = {}
    try:
        _listening(ports, processes, folder)
        nodes = {party: Node.open(home) for party, home in homes.items()}
        yield Federation(folder, nodes, processes)
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(timeout=20)
        for node in nodes.values():
            node.close()


def _catalogue_of_2016(folder: Path) -> None:
    """Copy the catalogue, without the later acts of this agreement: the nodes will do them."""
    with resources.as_file(resources.files("servanda.catalogue")) as whole:
        shutil.copytree(whole, folder, ignore=shutil.ignore_patterns("__*"))
    acts = folder / AGREEMENT / "acts.toml"
    lines = acts.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.lstrip().startswith("{ id =") or "-2016" in line[:40]]
    acts.write_text("\n".join(kept) + "\n", encoding="utf-8")


def _set_clock(folder: Path, words: str) -> None:
    temporary = folder / "clock.part"
    temporary.write_text(words + "\n")
    temporary.replace(folder / "clock")


def _free_ports(count: int) -> list[int]:
    """Return ports that are free now."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]
    finally:
        for one in sockets:
            one.close()


def _listening(ports: list[int], processes: tuple[subprocess.Popen[bytes], ...], folder: Path) -> None:
    for port in ports:
        for _ in range(PATIENCE_SECONDS * 20):
            if any(process.poll() is not None for process in processes):
                raise NodeError("a node did not open", hint=f"see the node.log files in {folder}")
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        else:
            raise NodeError("a node did not open in time", hint=f"see the node.log files in {folder}")


def _headline(console: Console, says: str) -> None:
    console.print()
    console.print(Rule(Styled(says, style="bold")))


def _moment(console: Console, federation: Federation, at: str, says: str) -> None:
    federation.at(at)
    console.print()
    console.print(Styled(at.replace("T", " ").replace("+09:00", " Seoul"), style="bold cyan") + f"  {says}")


def _status(console: Console, federation: Federation) -> None:
    """Print how each party's own node sees the agreement."""
    for party in ("JP", "KR"):
        node = federation.nodes[party]
        at = node.now()
        with node.reading() as connection:
            law = Law(node.registry(connection))
        standpoint = Standpoint(at, at)
        one = law.registry.instrument(AGREEMENT)
        answer = answers.status(law.status(AGREEMENT, standpoint), one, standpoint)
        line = Styled(f"    node {party}: {AGREEMENT} ") + word(answer["phase"])
        if answer["notice"]:
            line += Styled(", notice ") + word(answer["notice"]["state"])
        if answer["ends"]:
            line += Styled(f", ends {answer['ends']}")
        elif answer["renews"]:
            line += Styled(f", extended {answer['renews']} if nobody acts")
        console.print(line)


def _act(
    federation: Federation,
    party: str,
    name: str,
    kind: str,
    *,
    instrument: str = AGREEMENT,
    more: str = "{}",
    **fields: str,
) -> None:
    """Record an act at a party's node, and wait until all whom it concerns have it."""
    node = federation.nodes[party]
    record_act(node, instrument, act_of(party, name, kind, None, node.now(), fields, more))
    federation.settle()


def _until_the_last_day(console: Console, one: Federation, paper: Path) -> Released:
    _moment(console, one, "2019-08-22T18:20:00+09:00", "the ROK announces that it will not extend")
    _act(one, "KR", "kr-announcement-2019", "announce")
    console.print("    an announcement is kept, and has no legal effect")
    _status(console, one)
    _moment(console, one, "2019-08-23T15:25:00+09:00", "the ROK hands over its notice of termination")
    _act(one, "KR", "kr-notice-2019", "give-notice")
    _status(console, one)
    _moment(console, one, "2019-11-22T12:00:00+09:00", "Japan releases a document to the ROK")
    released = _release(console, one, paper)
    assert released is not None
    _open(console, one, released)
    number = copy_item(one.nodes["KR"], released.object_id, "watch officer")
    console.print(f"    the ROK makes copy {number}, counted in its register")
    return released


def _release(console: Console, one: Federation, paper: Path) -> Released | None:
    node = one.nodes["JP"]
    try:
        released = release_file(node, paper, "KR", MARKING, topics=(TOPIC,))
    except RefusedError as refused:
        console.print(Styled("    refused: ", style="bold red") + refused.message)
        return None
    one.settle()
    decision = released.decision
    until = f"; may change {decision.until.within(SEOUL)}" if decision.until != FOREVER else ""
    console.print(
        Styled("    permit", style="bold green")
        + f" under {', '.join(decision.via)}: {MARKING} becomes {decision.equivalent}{until}"
    )
    with one.nodes["KR"].reading() as connection:
        found = views.items(connection, "received")[0]
    console.print(
        f"    received by the ROK with {len(found['duties'])} duties; receipt signed and in both registers"
    )
    return released


def _open(console: Console, one: Federation, released: Released) -> None:
    node = one.nodes["KR"]
    reaching = Reaching(node)
    opened = one.folder / "opened"
    try:
        open_item(node, released.object_id, opened, reaching("JP"))
    except RefusedError as refused:
        console.print(Styled("    key refused: ", style="bold red") + refused.message)
        return
    finally:
        reaching.close()
    console.print(
        f"    the ROK opens it ({opened.stat().st_size} bytes): Japan's node decided again and gave the key"
    )


def _suspended(console: Console, one: Federation, paper: Path) -> None:
    _moment(console, one, "2019-11-22T18:00:00+09:00", "the ROK suspends the effect of its notice")
    _act(one, "KR", "kr-suspension-2019", "suspend-notice", of="kr-notice-2019", mode="frozen")
    _status(console, one)
    _moment(console, one, "2019-11-23T00:00:00+09:00", "midnight: nothing lapses")
    _status(console, one)
    _release(console, one, paper)


def _lapsed(console: Console, one: Federation, paper: Path, held: Released) -> None:
    _moment(console, one, "2019-11-22T23:59:59.999999+09:00", "the last microsecond")
    _release(console, one, paper)
    _moment(console, one, "2019-11-23T00:00:00+09:00", "midnight: the agreement has ended")
    _status(console, one)
    _stopped(console, one)
    _release(console, one, paper)
    _open(console, one, held)
    _detours(console, one)
    console.print("    Japan consents in writing that the United States gives it to the ROK")
    more = '{ recipients = ["KR"], holders = ["US"], topics = ["dprk-missile"], rests_on = ["tisa-2014"] }'
    _act(one, "JP", "jp-consent-2019", "consent", instrument="jp-us-2007", more=more)
    _detours(console, one)
    _duties(console, one, held)
    position = destroy_item(one.nodes["KR"], held.object_id, "deletion of the container")
    one.settle()
    console.print(f"    the ROK destroys it and its copy: entry {position}, and Japan has the report")


def _stopped(console: Console, one: Federation) -> None:
    """Say what the nodes recorded by themselves at this instant, once both have."""
    changes = {}
    for _ in range(PATIENCE_SECONDS * 20):
        changes = {party: views.changes(one.nodes[party]) for party in ("JP", "KR")}
        if all(changes.values()):
            break
        time.sleep(0.05)
    for party, found in changes.items():
        for each in reversed(found):
            what = each["changed"].replace("-", " ")
            many = len(each["objects"])
            objects = "1 object" if many == 1 else f"{many} objects"
            console.print(f"    node {party} by itself: {what} ({each['of']}, {objects})")


def _detours(console: Console, one: Federation) -> None:
    node = one.nodes["JP"]
    with node.reading() as connection:
        law = Law(node.registry(connection))
    at = node.now()
    request = ReleaseRequest("JP", "KR", ("JP",), MARKING, at, topics=(TOPIC,), known=at)
    for route in law.decide(request).routes:
        under = f" under {', '.join(route.under)}" if route.under else ""
        console.print(Styled(f"    detour through {', '.join(route.through)}{under}", style="bold yellow"))
        for hop in route.hops:
            needs = "; ".join(need.what for need in hop.needs) or "nothing more"
            console.print(f"      {hop.holder} to {hop.recipient} needs: {needs}", markup=False)


def _duties(console: Console, one: Federation, held: Released) -> None:
    duties = duties_of(one.nodes["KR"], held.object_id)
    lasting = [duty for duty in duties if duty["survives"] == "unlimited"]
    console.print(f"    what the ROK already holds is still under {len(lasting)} duties, without end:")
    for duty in lasting[:4]:
        console.print(f"      {duty['duty'].replace('-', ' ')} [{duty['cite']}]", markup=False)
    console.print(f"      and {len(lasting) - 4} more")


def _registers(console: Console, one: Federation) -> None:
    console.print()
    for party, node in one.nodes.items():
        reaching = Reaching(node)
        try:
            found = views.verification(node, views.kept_by_peers(node, reaching))
        finally:
            reaching.close()
        state = "whole" if not found.own.problems else "ALTERED"
        console.print(
            f"  register {party}: {found.own.size} entries, {found.own.checkpoints} checkpoints, {state}, "
            f"root {found.own.root.hex()[:16]}"
        )


def _stay(console: Console, one: Federation) -> None:
    for party, node in one.nodes.items():
        console.print(f"  page of {party}: http://127.0.0.1:{node.config.local_port}/")
    console.print("  stop with Ctrl-C")
    try:
        while all(process.poll() is None for process in one.processes):
            time.sleep(0.2)
    except KeyboardInterrupt:
        console.print("  stopping")
