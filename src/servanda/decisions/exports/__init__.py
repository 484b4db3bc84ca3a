"""Export control, pure: may these goods go there, what changed, and did past shipments fit?

::

    acts --believed(known)--> --read(party)--> worlds(at) --judge--> Finding, compared over all of them
"""

from __future__ import annotations

from servanda.decisions.exports.decide import decide_export, finding
from servanda.decisions.exports.diff import export_diff
from servanda.decisions.exports.lookback import lookback
from servanda.decisions.exports.membership import Member, Stretch, memberships

__all__ = ["Member", "Stretch", "decide_export", "export_diff", "finding", "lookback", "memberships"]
