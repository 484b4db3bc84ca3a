"""What the tests of the database share: how to fill one, count in it, and kill who writes into it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from sqlalchemy import func, select

from servanda.node.database import Database
from servanda.node.tables import META

KILLED = """
import os, signal, sys
from servanda.node.database import Database
from servanda.node.tables import META
database = Database.open(sys.argv[1])
with database.writing() as connection:
    connection.execute(META.insert(), [dict(key=str(n), value="x" * 1000) for n in range({rows})])
    {where}
{after}
"""
KILL = "os.kill(os.getpid(), signal.SIGKILL)"


def put(database: Database, *keys: str) -> None:
    with database.writing() as connection:
        for key in keys:
            connection.execute(META.insert().values(key=key, value="x"))


def count(database: Database) -> int:
    with database.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(META)).scalar() or 0)


def reopened(url: str) -> int:
    database = Database.open(url)
    try:
        return count(database)
    finally:
        database.close()


def filled(path: Path, rows: int = 60) -> str:
    """Make a closed database of a few pages."""
    url = f"sqlite:///{path}"
    database = Database.open(url)
    put(database, *(f"{number:1000}" for number in range(rows)))
    database.close()
    assert not path.with_name(path.name + "-wal").exists()
    return url


def run(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", program, *arguments]
    return subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)
