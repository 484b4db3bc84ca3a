"""The command `servanda`: exit 0 done or permit, 1 failed, 2 bad use, 3 deny, 4 undetermined."""

from __future__ import annotations

import sys

from cyclopts import App, CycloptsError

from servanda.doors.cli import (
    archives,
    deciding,
    exporting,
    law,
    licensing,
    party,
    proving,
    reversing,
    screening,
    supposing,
)
from servanda.doors.cli.printing import err, print_error
from servanda.errors import (
    FormatError,
    QuestionError,
    RefusedError,
    ServandaError,
    UnknownNameError,
)

BAD_USE = 2
REFUSED = 3
_BAD_USE = (FormatError, UnknownNameError, QuestionError)


def application() -> App:
    """Return the whole command line."""
    app = App(
        name="servanda",
        help="Agreements kept, and information shared exactly as far as they allow.",
        version_flags=["--version"],
    )
    law.add_to(app)
    deciding.add_to(app)
    exporting.add_to(app)
    supposing.add_to(app)
    reversing.add_to(app)
    archives.add_to(app)
    proving.add_to(app)
    screening.add_to(app)
    party.add_to(app)
    licensing.add_to(app)
    app.register_install_completion_command()
    return app


def main(arguments: list[str] | None = None) -> None:
    """Run a command and leave with its exit status."""
    sys.exit(run(arguments))


def run(arguments: list[str] | None = None) -> int:
    """Run a command and return its exit status."""
    try:
        result = application()(arguments, exit_on_error=False, result_action="return_value")
    except CycloptsError:
        return BAD_USE
    except RefusedError as refused:
        print_error(refused)
        return REFUSED
    except ServandaError as wrong:
        print_error(wrong)
        return BAD_USE if isinstance(wrong, _BAD_USE) else 1
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        err().print("stopped")
        return 130
    return result if isinstance(result, int) else 0
