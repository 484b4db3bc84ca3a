"""Screening of names against published lists: pure, offline, every hit with its evidence.

A hit is a question to an officer and no finding; that there is none says only what was compared with what.
"""

from __future__ import annotations

from servanda.decisions.screening.evidence import Evidence, Hit, How
from servanda.decisions.screening.names import Name, normalise
from servanda.decisions.screening.screen import BLOCKS, LEAST, Screen

__all__ = ["BLOCKS", "LEAST", "Evidence", "Hit", "How", "Name", "Screen", "normalise"]
