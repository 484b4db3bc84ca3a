"""Registers of every kind that we keep, and a private PostgreSQL to keep them in."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection

from register.naive import KEY, ORIGIN, entry_of
from servanda.register import Log, MemoryLog, Register, register_tables

Fill = Callable[[int], Register]


def _postgres_bin() -> Path:
    for path in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        if (path / "initdb").exists():
            return path
    found = shutil.which("initdb")
    if found is None:
        pytest.fail("PostgreSQL is not installed; install postgresql-15 or newer")
    return Path(found).resolve().parent


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, timeout=60, cwd="/")


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Start a server of our own on loopback, as the user `postgres` when we are root."""
    binaries = _postgres_bin()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    # Unix socket paths are short, so not under pytest's own folder.
    home = Path(tempfile.mkdtemp(prefix="sv-pg-"))
    as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
    prefix = as_user if os.getuid() == 0 else []
    if prefix:
        shutil.chown(home, "postgres", "postgres")
    data = str(home / "data")
    initdb = [*prefix, str(binaries / "initdb"), "-D", data, "-U", "sv", "-A", "trust", "-E", "UTF8", "-N"]
    control = [*prefix, str(binaries / "pg_ctl"), "-D", data, "-w", "-t", "50"]
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c fsync=off -k {home}"
    try:
        _run(initdb)
        _run([*control, "-l", str(home / "log"), "-o", options, "start"])
        try:
            yield f"postgresql+psycopg://sv@127.0.0.1:{port}/postgres"
        finally:
            _run([*control, "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _begin_immediate(engine: Engine) -> None:
    def quiet(connection: DBAPIConnection, _record: object) -> None:
        connection.isolation_level = None

    event.listen(engine, "connect", quiet)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))


def _database(kind: str, request: pytest.FixtureRequest, folder: Path) -> Engine:
    if kind == "sqlite":
        made = create_engine(f"sqlite:///{folder / 'register.db'}")
        _begin_immediate(made)
    else:
        made = create_engine(request.getfixturevalue("postgres"))
    register_tables.create_all(made)
    return made


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An empty database with the register's tables."""
    made = _database(request.param, request, tmp_path)
    yield made
    register_tables.drop_all(made)
    made.dispose()


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def register(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Register]:
    """An empty register of each kind; what a test writes is rolled back."""
    if request.param == "memory":
        yield MemoryLog(ORIGIN)
        return
    made = _database(request.param, request, tmp_path)
    with made.connect() as connection:
        yield Log(connection, ORIGIN)
        connection.rollback()
    register_tables.drop_all(made)
    made.dispose()


@pytest.fixture
def filled() -> Fill:
    """A register in memory with n entries and a checkpoint after each third."""

    def fill(size: int) -> Register:
        made = MemoryLog(ORIGIN)
        for position in range(size):
            made.append(entry_of(position))
            if position % 3 == 2:
                made.publish(ORIGIN, KEY)
        return made

    return fill
