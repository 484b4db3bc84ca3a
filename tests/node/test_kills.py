"""Kill any node at any moment and start it again: nothing acknowledged is lost or doubled.

Real processes, real TLS, SIGKILL. `SERVANDA_KILLS=200` kills more often than the suite does.
"""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import msgspec
import pytest

from node.federation import Federation
from servanda.exchange import make_authority, make_certificate
from servanda.node import views
from servanda.node.clock import SystemClock
from servanda.node.config import read_config, write_config
from servanda.node.house import Node
from servanda.node.sending import waiting

KILLS = int(os.environ.get("SERVANDA_KILLS", "12"))
PATIENCE_SECONDS = 60 + KILLS


class Process:
    """A process that is killed and started again."""

    def __init__(self, command: list[str], output: Path) -> None:
        self.command = command
        self.output = output
        self.running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self.output.open("ab") as output, self.output.with_suffix(".err").open("ab") as errors:
            self.running = subprocess.Popen(self.command, stdout=output, stderr=errors)

    def kill(self) -> None:
        assert self.running is not None
        self.running.send_signal(signal.SIGKILL)
        self.running.wait(timeout=10)

    def stop(self) -> None:
        if self.running is not None and self.running.poll() is None:
            self.running.terminate()
            self.running.wait(timeout=20)


def free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


def with_real_ports(small: Federation) -> dict[str, Path]:
    """Give the two nodes real ports, certificates of one authority and the machine's clock."""
    at = SystemClock().now()
    authority = small.folder / "authority"
    make_authority(authority, at)
    homes = {party: node.home for party, node in small.nodes.items()}
    ports = free_ports(4)
    where = dict(zip(homes, (ports[:2], ports[2:]), strict=True))
    for party, home in homes.items():
        small.nodes[party].close()
        keys = home / "keys"
        real = keys.resolve()
        keys.unlink()
        keys.mkdir()
        for name in ("identity.key", "kas.key"):
            (keys / name).write_bytes((real / name).read_bytes())
        make_certificate(authority, keys, party, at)
        (keys / "ca.pem").write_bytes((authority / "ca.pem").read_bytes())
        config = read_config(home)
        peers = tuple(
            msgspec.structs.replace(peer, url=f"https://127.0.0.1:{where[peer.party][0]}")
            for peer in config.peers
        )
        peer_port, local_port = where[party]
        write_config(
            msgspec.structs.replace(
                config, peer_port=peer_port, local_port=local_port, clock="system", peers=peers
            ),
            home,
        )
    return homes


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_or_doubled_however_often_a_node_is_killed(small: Federation) -> None:
    homes = with_real_ports(small)
    paper = small.folder / "paper"
    paper.write_bytes(b"a small document")
    run = [sys.executable, "-m", "servanda", "node", "run", "--home"]
    releaser = [sys.executable, str(Path(__file__).with_name("releaser.py")), str(homes["A"]), str(paper)]
    processes = {
        "A": Process([*run, str(homes["A"])], small.folder / "a.out"),
        "B": Process([*run, str(homes["B"])], small.folder / "b.out"),
        "releaser": Process(releaser, small.folder / "released"),
    }
    chance = random.Random(20191123)  # noqa: S311 - which process to kill is no secret
    try:
        for process in processes.values():
            process.start()
        for _ in range(KILLS):
            time.sleep(chance.uniform(0.3, 2.5))
            victim = processes[chance.choice(sorted(processes))]
            victim.kill()
            victim.start()
        time.sleep(3)
        processes["releaser"].kill()
        settled(homes, processes)
    finally:
        for process in processes.values():
            process.stop()
    acknowledged = (small.folder / "released").read_text().split()
    sys.stdout.write(f"{KILLS} kills, {len(acknowledged)} releases acknowledged\n")
    assert len(acknowledged) > KILLS
    nodes = {party: Node.open(home) for party, home in homes.items()}
    try:
        with nodes["A"].reading() as connection:
            sent = {row["release"]: row for row in views.releases(connection)}
        assert set(acknowledged) <= set(sent)
        assert all(row["received"] for row in sent.values())
        entries = views.entries(nodes["B"], 1_000_000)
        arrived = Counter(one["body"]["release"] for one in entries if one["kind"] == "receipt")
        assert set(arrived) == set(sent)
        assert set(arrived.values()) == {1}
        with nodes["B"].reading() as connection:
            assert len(views.items(connection, "received")) == len(sent)
        for node in nodes.values():
            assert views.verification(node).own.problems == ()
    finally:
        for node in nodes.values():
            node.close()


def settled(homes: dict[str, Path], processes: dict[str, Process]) -> None:
    """Wait until every envelope has its receipt."""
    nodes = [Node.open(home) for home in homes.values()]
    try:
        for _ in range(PATIENCE_SECONDS * 10):
            for name in ("A", "B"):
                running = processes[name].running
                assert running is not None
                assert running.poll() is None, f"node {name} ended by itself"
            if all(waiting(node) == 0 for node in nodes):
                return
            time.sleep(0.1)
        pytest.fail(f"not settled after {PATIENCE_SECONDS} seconds: {[waiting(node) for node in nodes]}")
    finally:
        for node in nodes:
            node.close()
