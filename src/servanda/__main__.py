"""`python -m servanda` is the command `servanda`."""

from servanda.doors.cli import main

main()
