"""What the law says of a proceeding and of acts that hang on a condition, known by code in every language.

A value is a code of a party, a step, stage or limit of the procedure, an id of an act, or a time.
"""

from __future__ import annotations

from servanda.model.cite import Template

# Where it stands.
PATTERN = Template(
    "proceeding.pattern", "a pattern of steps that proceedings follow; it binds nobody by itself"
)
NOT_BEGUN = Template("proceeding.not-begun", "not begun: no step that begins it was taken")
STAGE_SINCE = Template("proceeding.stage-since", "at the stage {0} since {1}")
STUCK = Template("proceeding.stuck", "no step leaves this stage in practice: {0}")
FOLLOWED = Template("proceeding.followed", "the limit {0} passed at {1}: {2} follows by itself")

# What a step did.
TAKEN = Template("proceeding.taken", "{0} by {1}")
TAKEN_TO = Template("proceeding.taken-to", "{0} by {1}: leads to {2}")
NO_SUCH_STEP = Template("proceeding.no-such-step", "the procedure knows no step {0}: kept on record")
NOT_THEIRS = Template("proceeding.not-theirs", "{0} is not for {1} to take: kept on record, without effect")
NOT_AT = Template("proceeding.not-at", "{0} cannot be taken at the stage {1}: kept on record, without effect")
NOT_BEFORE_BEGUN = Template(
    "proceeding.not-before-begun", "{0} does not begin a proceeding: kept on record, without effect"
)
TOO_EARLY = Template(
    "proceeding.too-early", "{0} may be taken from {1}: kept on record, without effect at that time"
)
BARRED = Template("proceeding.barred", "nothing has opened {0} yet: kept on record, without effect")
WAITS_FOR = Template("proceeding.waits-for", "{0} takes effect once {1} takes it too")

# Conduct, undertakings.
HALTED = Template(
    "proceeding.halted",
    "{0} lets it rest by conduct since {1}: no article provides for it, and no limit runs from it",
)
RESUMED = Template("proceeding.resumed", "{0} takes it up again")
NOTHING_TO_RESUME = Template("proceeding.nothing-to-resume", "{0} is no halt that lasts: kept on record")
UNDERTAKEN = Template("proceeding.undertaken", "{0} undertakes: {1}")
FULFILLED = Template("proceeding.fulfilled", "fulfils {0}")

# Limits.
LIMIT_RUNS = Template("proceeding.limit-runs", "{0} is due before {1}")
LIMIT_PASSED = Template("proceeding.limit-passed", "{0} passed at {1}, and nothing on record meets it")
LIMIT_MET = Template("proceeding.limit-met", "{0} is met")
LIMIT_WAITS = Template("proceeding.limit-waits", "{0} does not run at this stage; {1} days are left")
LIMIT_UNDATED = Template("proceeding.limit-undated", "{0} is due on a day that is not known")
TARGET_RUNS = Template("proceeding.target-runs", "{0} is aimed at before {1}")
OPENS = Template("proceeding.opens", "{0} may be taken from {1}")
OPEN_NOW = Template("proceeding.open-now", "{0} may be taken")
LAST_DAY_RESTS = Template(
    "proceeding.last-day-rests", "the last day counted, {0}, is no working day, so the next one is taken"
)

# Deadlines.
DUE_BY = Template("proceeding.due-by", "{0}: in time before this instant")
DUE_FROM = Template("proceeding.due-from", "{0} by {1}: in time before this instant")
DUE_FOLLOW_UP = Template("proceeding.due-follow-up", "what {0} undertook ({1}) is due before this instant")
DUE_TARGET = Template("proceeding.due-target", "{0}: the text aims at a day before this instant")
DUE_LEADS = Template("proceeding.due-leads", "{0}: unless it is met before, {1} follows by itself")
DUE_OPENS = Template("proceeding.due-opens", "from this instant on: {0}")

# Conditions.
HOLDS = Template("condition.holds", "on the condition: {0}; {1} is {2}, so it holds")
BROKEN = Template(
    "condition.broken",
    "on the condition: {0}; {1} is {2}, so it holds no more: {3} may be brought back by its author, and "
    "nothing follows by itself",
)
BROKEN_HALT = Template(
    "condition.broken-halt",
    "on the condition: {0}; {1} is {2}, so it holds no more: its author may take the proceeding up again, "
    "and nothing follows by itself",
)
MAY_HOLD = Template("condition.may-hold", "on the condition: {0}; whether {1} still goes on is not settled")

# Lines of an answer.
IT_STANDS = Template("proceeding.it-stands", "It stands at the stage {0}.")
IT_RESTS = Template("proceeding.it-rests", "It rests by conduct ({0}).")
IS_DUE = Template("proceeding.is-due", "{0}: {1} ({2}), before {3}.")
IS_DUE_UNDATED = Template("proceeding.is-due-undated", "{0}: {1} ({2}).")
MAY = Template("proceeding.may", "{0} may now: {1}.")
MAY_FROM = Template("proceeding.may-from", "{0} may from {1}: {2}.")
"""Several steps that open for one party at once are said together."""

# A package.
PACKAGE = Template("package.head", "{0} ({1}), {2}.")
ANSWERS = Template("package.answers", "It answers {0} of {1}, {2}.")
MEMBER = Template("package.member", "{0} on {1}, {2}: {3}.")
NOT_YET = Template("package.not-yet", "{0} on {1}: not done or not known at that instant.")
AFTERWARDS = Template("package.afterwards", "Afterwards {0} of {1}, {2}: {3}.")
