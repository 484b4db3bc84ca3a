"""A private PostgreSQL server for the tests: on a free port of this machine, gone when they end."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

MISSING = "PostgreSQL is needed to run the tests: apt-get install postgresql (15 or newer)"


def binaries() -> Path:
    """The newest installed server's programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    elsewhere = shutil.which("initdb")
    if elsewhere is None:
        raise RuntimeError(MISSING)
    return Path(elsewhere).parent


def _as_server_user(command: list[str]) -> list[str]:
    """PostgreSQL refuses to run as root; run as the user that its package made."""
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *command]


@contextmanager
def server() -> Iterator[str]:
    """Start a server; yields the URL of its administrative database."""
    programs = binaries()
    root = os.geteuid() == 0
    wrap = _as_server_user if root else list
    folder = Path(tempfile.mkdtemp(prefix="servanda-pg-"))
    if root:
        user = pwd.getpwnam("postgres")
        os.chown(folder, user.pw_uid, user.pw_gid)
    try:
        data = folder / "data"
        init = [str(programs / "initdb"), "-D", str(data), "-A", "trust", "-U", "postgres", "--no-sync"]
        subprocess.run(wrap([*init, "-E", "UTF8", "--locale=C"]), check=True, capture_output=True)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"
        control = [str(programs / "pg_ctl"), "-D", str(data), "-w", "-l", str(folder / "log")]
        subprocess.run(wrap([*control, "-o", options, "start"]), check=True, capture_output=True)
        try:
            yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
        finally:
            subprocess.run(wrap([*control, "-m", "immediate", "stop"]), check=True, capture_output=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def fresh_database(admin: str, name: str) -> str:
    """Make an empty database on the server; returns its URL."""
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')  # type: ignore[call-overload]  # our own name
    return admin.rpartition("/")[0] + "/" + name
