"""Releases one small document after another, and says each that was acknowledged; to be killed."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from servanda.node.house import Node
from servanda.node.releasing import release_file

MOST = 400
PAUSE_SECONDS = 0.05


def main(home: Path, paper: Path) -> None:
    node = Node.open(home)
    for _ in range(MOST):
        released = release_file(node, paper, "B", "A-secret")
        sys.stdout.write(released.release_id + "\n")
        sys.stdout.flush()
        time.sleep(PAUSE_SECONDS)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
