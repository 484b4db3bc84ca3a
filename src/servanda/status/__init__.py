"""Legal time, pure: where an instrument stands at an instant, as known at another, as read by whom.

::

    acts --believed(known)--> acts --read(reader)--> acts --worlds(at)--> world --walk(at)--> Status
"""

from __future__ import annotations

from servanda.status.ask import alone, ask, changes
from servanda.status.believed import believed
from servanda.status.deadlines import Deadline, DeadlineKind, deadlines
from servanda.status.explain import Explained, Line, acts_explained, explain, lines
from servanda.status.package import Part, Story, story, tell
from servanda.status.timeline import Stretch, breakpoints, timeline

__all__ = [
    "Deadline",
    "DeadlineKind",
    "Explained",
    "Line",
    "Part",
    "Story",
    "Stretch",
    "acts_explained",
    "alone",
    "ask",
    "believed",
    "breakpoints",
    "changes",
    "deadlines",
    "explain",
    "lines",
    "story",
    "tell",
    "timeline",
]
