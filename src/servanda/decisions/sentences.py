"""Every sentence that a decision says, with holes; other languages translate these by code."""

from __future__ import annotations

from servanda.model.cite import Template

ENDS = Template("turn.ends", "{0} ends")
RENEWS = Template("turn.renews", "the period of {0} ends and the next begins")
ENTERS = Template("turn.enters", "{0} enters into force")
NOTICE_CLOSES = Template("turn.notice-closes", "the last instant to give notice about {0} passes")
NOTICE_TAKES_EFFECT = Template("turn.notice-takes-effect", "a notice about {0} takes effect")
ACT_DONE = Template("turn.act", "the act {0} begins to count")
STATUS_CHANGES = Template("turn.status", "the status of {0} changes")
EXPIRES = Template("turn.expires", "what {0} granted runs out")
EMBARGO_ENDS = Template("turn.embargo", "the embargo ends")
INSPECTION_DUE = Template("turn.inspection", "the inspection of {0} is due again")
