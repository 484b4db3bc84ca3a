"""Every sentence that the law says of a status, an act or a deadline, known by its code in every language.

The English stands here. A value is a code of a party, instrument, act or article, a word of the model,
or a time as RFC 3339; `servanda.formats.languages` holds the same sentences in other languages.
"""

from __future__ import annotations

from servanda.model.cite import Template

SOMETIME = "at a time that is not known"
"""The value of a time that nobody knows."""

# Entry into force.
ENTRY_ON = Template("status.entry-on", "entry into force on {0}")
SIGNED = Template("status.signed", "signed on {0} by {1}")
SIGNED_SOMETIME = Template("status.signed-sometime", "signed at a time that is not known by {0}")
COMPLETED = Template("status.completed", "completion of domestic procedure notified on {0} by {1}")
COMPLETED_SOMETIME = Template(
    "status.completed-sometime",
    "completion of domestic procedure notified at a time that is not known by {0}",
)
DEPOSITED = Template("status.deposited", "instrument deposited on {0} by {1}")
DEPOSITED_SOMETIME = Template(
    "status.deposited-sometime", "instrument deposited at a time that is not known by {0}"
)
WHOLE_DAY = Template("status.whole-day", "in force on a day means the whole of that day")
PROVISIONAL = Template("status.provisional", "applied provisionally from {0}")
PROVISIONAL_SOMETIME = Template(
    "status.provisional-sometime", "applied provisionally from a time that is not known"
)
NOT_ENTERED = Template("status.not-entered", "not in force: what its entry into force needs has not happened")
NOT_SIGNED = Template("status.not-signed", "not in force: not yet signed")
ENTRY_UNREAD = Template(
    "status.entry-unread",
    "whether it has entered into force is not known: its clause or acts were not read",
)
ENTERS = Template("status.enters", "not yet in force: enters into force {0}")

# A term and its periods.
NO_FIXED_END = Template("status.no-fixed-end", "in force without a fixed end")
PERIOD = Template("status.period", "in force for the period from {0} until 0:00 on {1}")
EXTENDED_PERIOD = Template(
    "status.extended-period",
    "extended automatically, in force for the period from {0} until 0:00 on {1}",
)
RUNS_UNTIL = Template("status.runs-until", "runs until {0}")
EXTENDED_UNTIL = Template("status.extended-until", "extended by consent until {0}")
PRESUMED = Template("status.presumed", "taken to run on: {0}")
MAY_RUN_ON = Template("status.may-run-on", "it may run on: how long it runs was not read")
MAY_HAVE_RUN_OUT = Template("status.may-have-run-out", "it may have run out: how long it runs was not read")

# The end, and what outlives it.
ENDED = Template("status.ended", "ended {0}")
ENDED_BY_CONSENT = Template("status.ended-by-consent", "ended by consent of all parties")
SUPERSEDED = Template("status.superseded", "superseded by {0} {1}")
SURVIVES = Template("status.survives", "what was received while it was in force stays protected: {0}")
RESTS_ON = Template("status.rests-on", "works only while {0} does, which is {1}")
OPERATION_SUSPENDED = Template("status.operation-suspended", "operation suspended on {0}")
OPERATION_SUSPENDED_SOMETIME = Template(
    "status.operation-suspended-sometime", "operation suspended at a time that is not known"
)
ARTICLES_SUSPENDED = Template("status.articles-suspended", "operation of art. {0} suspended on {1}")
ARTICLES_SUSPENDED_SOMETIME = Template(
    "status.articles-suspended-sometime", "operation of art. {0} suspended at a time that is not known"
)

# Notices.
NOTICE_RECEIVED = Template("status.notice-received", "notice by {0} received {1}")
TAKES_EFFECT = Template("status.takes-effect", "takes effect {0}")
WAS_TO_TAKE_EFFECT = Template("status.was-to-take-effect", "was to take effect {0}")
"""Said instead, once the notice is suspended or withdrawn."""
NOTICE_TOO_LATE = Template(
    "status.notice-too-late",
    "received too late for the period then running, so it works for the next: {0}",
)
NOTICE_BY_STRANGER = Template("status.notice-by-stranger", "{0} is not a party: the notice has no effect")
NOTICE_OF_ANOTHER = Template("status.notice-of-another", "not done by the party whose notice it is")
NOTHING_REVIVES = Template(
    "status.nothing-revives",
    "done after the notice had taken effect at {0}: nothing revives (VCLT 68)",
)
NOTICE_WITHDRAWN = Template("status.notice-withdrawn", "notice withdrawn {0}")
NOTICE_REVOKED = Template("status.notice-revoked", "notice revoked {0}")
MAY_BE_REVOKED = Template(
    "status.may-be-revoked", "a notice may be revoked at any time before it takes effect"
)
NOTICE_SUSPENDED = Template("status.notice-suspended", "effect of the notice suspended {0}")
CLOCK_STOPPED = Template("status.clock-stopped", "clock of the notice stopped {0} with {1} days left")
SUSPENDED_ALREADY = Template("status.suspended-already", "the notice is suspended already")
NOT_SUSPENDED = Template("status.not-suspended", "the notice is not suspended")
NOTICE_RESUMED = Template("status.notice-resumed", "notice resumed {0}")
NOTICE_RESUMED_EFFECT = Template("status.notice-resumed-effect", "notice resumed {0}, takes effect {1}")

# Deadlines.
NOTICE_BY = Template(
    "status.notice-by", "a notice received from this instant on no longer ends the current period"
)
RENEWS = Template("status.renews", "extended by itself")
ENDS = Template("status.ends", "ends unless something is done before")
ENDS_BY_NOTICE = Template("status.ends-by-notice", "ends by the notice {0} unless it is withdrawn before")
ENTERS_INTO_FORCE = Template("status.enters-into-force", "enters into force")

# What became in law of an act.
ACT_AHEAD = Template("status.act-ahead", "not yet done at that instant")
ACT_BY_STRANGER = Template("status.act-by-stranger", "{0} is not a party: kept on record, without effect")
ANNOUNCED = Template("status.announced", "an announcement has no legal effect")
READ_SO = Template("status.read-so", "read so by {0} ({1})")
SPEAKS_OF = Template("status.speaks-of", "speaks of {0}")
READS_AS = Template("status.reads-as", "{0} reads {1} as {2}")
CORRECTS = Template("status.corrects", "corrects the record of {0}")
NOT_THE_AUTHOR = Template("status.not-the-author", "not the author of {0}: kept on record, changes nothing")
ACT_OF_KIND = Template("status.act-of-kind", "{0}")
REGIME_IN_FORCE = Template("status.regime-in-force", "{0}: in force since {1}")
REGIME_AHEAD = Template("status.regime-ahead", "{0}: done, and in force only from {1}")
ACT_RECORDED = Template("status.act-recorded", "{0} recorded")

# An answer as a whole, line by line.
SETTLED = Template("status.settled", "{0} ({1}) at {2}. The answer is settled.")
OPEN = Template("status.open", "{0} ({1}) at {2}. The answer is open: something that it needs is not known.")
DISPUTED = Template(
    "status.disputed", "{0} ({1}) at {2}. The answer is disputed: the parties read the acts differently."
)
AS_READ = Template("status.as-read", "As {0} reads it:")
AS_READ_SEVERAL = Template("status.as-read-several", "As {0} reads it, who has {1} possible answers:")
IT_IS = Template("status.it-is", "It is {0}.")
NOTICE_IS = Template("status.notice-is", "A notice ({0}) is {1}.")
NOTICE_IS_EFFECT = Template("status.notice-is-effect", "A notice ({0}) is {1}, to take effect {2}.")
IT_ENDS = Template("status.it-ends", "It ends {0} if nothing is done before.")
IT_RENEWS = Template("status.it-renews", "It is extended by itself {0}.")
EARLIEST = Template("status.earliest", "{0}, acting now, could end it at the earliest {1}.")
AT_WILL = Template("status.at-will", "{0}, acting now, could end it at will.")
BY_CONSENT = Template("status.by-consent", "{0}, acting now, could end it only with the consent of all.")
EARLIEST_UNKNOWN = Template(
    "status.earliest-unknown",
    "{0}, acting now, could end it at a time that is not known: the clause was not read.",
)
REASON = Template("status.reason", "Because: {0} [{1}].")
REASON_UNCONFIRMED = Template("status.reason-unconfirmed", "Because: {0} [{1}] (not confirmed).")
NOT_KNOWN = Template("status.not-known", "Not known: {0}.")
