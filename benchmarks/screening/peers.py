"""The peers that are heavy: in an environment of their own, given the same names as JSON, timing themselves.

`python -m benchmarks.screening` makes the environment under the user's cache the first time. nomenklatura
compares pairs and finds nothing by itself: for each name it gets fifty from rapidfuzz, and the right one.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ENVIRONMENT = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "servanda-screening-peers"
LOCK = Path(__file__).with_name("peers.lock")
PROGRAM = Path(__file__).with_name("peers_inside.py")


def python() -> Path | None:
    """Return the interpreter of the peers, made if it is not there; None where they cannot be installed."""
    found = ENVIRONMENT / "bin" / "python"
    if (ENVIRONMENT / ".whole").exists():
        return found
    print(f"installing the peers into {ENVIRONMENT} (655 MB, first run only)", file=sys.stderr)
    try:
        subprocess.run([sys.executable, "-m", "venv", str(ENVIRONMENT)], check=True)
        subprocess.run(
            [str(found), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(LOCK)], check=True
        )
    except (OSError, subprocess.CalledProcessError) as wrong:
        print(f"the peers cannot be installed: {wrong}", file=sys.stderr)
        return None
    (ENVIRONMENT / ".whole").touch()
    return found


def run(task: dict[str, Any]) -> dict[str, Any] | None:
    """Give the peers a task and return what they say; None where they are not there."""
    interpreter = python()
    if interpreter is None:
        return None
    done = subprocess.run(
        [str(interpreter), str(PROGRAM)], input=json.dumps(task), capture_output=True, text=True, check=False
    )
    if done.returncode:
        print(f"the peers failed: {done.stderr[-2000:]}", file=sys.stderr)
        return None
    found: dict[str, Any] = json.loads(done.stdout)
    return found
