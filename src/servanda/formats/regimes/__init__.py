"""Export-control regimes from the public files of others, as the same instrument that a catalogue holds."""

from __future__ import annotations

from servanda.formats.regimes.us import US_FILES, read_us

__all__ = ["US_FILES", "read_us"]
