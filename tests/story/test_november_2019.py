"""The story that `make run` tells, word for word: three real nodes over real TLS, twice."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.slow
def test_the_demonstration_tells_the_story_of_november_2019() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "servanda", "demo"], check=False, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    # How messages of two nodes cross decides at which sizes a register is signed.
    told = re.sub(r"\d+ checkpoints(.*) root [0-9a-f]{16}", r"N checkpoints\1 root ROOT", done.stdout)
    told = re.sub(r"\(\d+ bytes\)", "(N bytes)", told)
    told = "\n".join(line.rstrip() for line in told.splitlines()) + "\n"
    assert told == Path(__file__).with_name("november-2019.txt").read_text(encoding="utf-8")
