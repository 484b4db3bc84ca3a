"""The whole tree of errors. Each says what was wrong and where; its ``hint`` says what to do.

::

    ServandaError
    ├── FormatError            bytes that do not say what they should
    │   └── CatalogueError     one or more problems in the files of a catalogue, all of them listed
    ├── UnknownNameError       an instrument, act, party, marking or object that is not known here
    ├── QuestionError          a question that cannot be asked (too many worlds, unknown reader)
    ├── RefusedError           a decision that is not a permit stood in the way
    ├── RegisterError          the register cannot be read, or cannot be appended to
    │   └── ProofError         a proof, checkpoint or signature of a register does not hold
    ├── VaultError             a protected object cannot be sealed or opened
    │   ├── ContainerError     the container is malformed, cut short or altered
    │   └── KeyAccessError     a key is missing, wrong or bound to another policy
    ├── ExchangeError          a message could not be carried
    │   ├── UnreachableError   the peer did not answer; the outbox tries again
    │   ├── SignatureError     a message is not signed by the party that it names
    │   └── SequenceError      a message is replayed, reordered or contradicts an earlier one
    └── NodeError              this party's house cannot do it
        ├── ClockError         the clock went backwards, or is not to be trusted
        └── StorageError       disk full, database damaged, or a file is gone
"""

from __future__ import annotations

__all__ = [
    "CatalogueError",
    "ClockError",
    "ContainerError",
    "ExchangeError",
    "FormatError",
    "KeyAccessError",
    "NodeError",
    "ProofError",
    "QuestionError",
    "RefusedError",
    "RegisterError",
    "SequenceError",
    "ServandaError",
    "SignatureError",
    "StorageError",
    "UnknownNameError",
    "UnreachableError",
    "VaultError",
]


class ServandaError(Exception):
    """Anything that Servanda refuses or cannot do.

    Messages follow one rule: lower case, no full stop, the user's own input in backticks.
    """

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}; {self.hint}" if self.hint else self.message


class FormatError(ServandaError):
    """Bytes that do not say what they should."""


class CatalogueError(FormatError):
    """The files of a catalogue have problems; ``problems`` lists every one as a line of text."""

    def __init__(self, message: str, problems: tuple[str, ...], *, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join((super().__str__(), *(f"  {line}" for line in self.problems)))


class UnknownNameError(ServandaError):
    """An instrument, act, party, marking or object that is not known here."""


class QuestionError(ServandaError):
    """A question that cannot be asked."""


class RefusedError(ServandaError):
    """A decision that is not a permit stood in the way."""


class RegisterError(ServandaError):
    """The register cannot be read, or cannot be appended to."""


class ProofError(RegisterError):
    """A proof, checkpoint or signature of a register does not hold."""


class VaultError(ServandaError):
    """A protected object cannot be sealed or opened."""


class ContainerError(VaultError):
    """The container is malformed, cut short or altered."""


class KeyAccessError(VaultError):
    """A key is missing, wrong or bound to another policy."""


class ExchangeError(ServandaError):
    """A message could not be carried."""


class UnreachableError(ExchangeError):
    """The peer did not answer; the outbox tries again."""


class SignatureError(ExchangeError):
    """A message is not signed by the party that it names."""


class SequenceError(ExchangeError):
    """A message is replayed, reordered or contradicts an earlier one."""


class NodeError(ServandaError):
    """This party's house cannot do it."""


class ClockError(NodeError):
    """The clock went backwards, or is not to be trusted."""


class StorageError(NodeError):
    """The disk is full, the database is damaged, or a file is gone."""
