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

BACK = Template("marking.back", "{0} receives back what it originated, in its own marking")
PEER = Template("marking.peer", "{0} of {1} is {2}, which is {3} of {4}")
PROTECTED_AS = Template("marking.protected-as", "{0} of {1} is no peer level, and is protected as {2}")
NO_EQUIVALENT = Template("marking.none", "{0} of {1} has no equivalent of {2} here")
NO_EQUIVALENT_OUTSIDE = Template(
    "marking.outside", "{0} of {1} has no equivalent of {2} here; left outside: {3}"
)
NO_TABLE = Template("marking.no-table", "the text has no table of markings, so nothing answers {0}")
TABLE_UNREAD = Template("marking.unread", "which marking answers {0} is not known: the clause was not read")
HELD_AS_UNKNOWN = Template("marking.held-unknown", "nothing that was read tells as what {0} holds {1} of {2}")
HELD_AS_DIFFERS = Template(
    "marking.held-differs", "as what {0} holds {1} of {2} turns on what is not settled"
)
UNDER_CEILING = Template("ceiling.under", "{0} is not above the ceiling {1} of {2}")
ABOVE_CEILING = Template("ceiling.above", "{0} is above {1}, the highest that {2} may give")
CEILING_UNKNOWN = Template("ceiling.unknown", "the ceiling {0} is no marking of {1}'s policy on record")

COVERED = Template("scope.covered", "within its subject")
SCOPE_UNREAD = Template("scope.unread", "what it covers is not known: the clause was not read")
OUTSIDE_TOPICS = Template("scope.topics", "covers only {0}, not {1}")
NO_TOPIC = Template("scope.no-topic", "covers only {0}, and no topic is named")
OUTSIDE_FORMS = Template("scope.forms", "covers the forms {0}, not {1}")
FOR_PURPOSE = Template("purpose.allowed", "for {0}")
OUTSIDE_PURPOSE = Template("purpose.not-allowed", "allows {0}, not {1}")
NOT_GIVEN_FOR = Template("purpose.not-given", "its originator gave it for {0}, not for {1}")
NO_PURPOSE = Template("purpose.none", "its originator gave it for {0}, and no purpose is named")

IS_PHASE = Template("force.phase", "{0} is {1}")
IN_DOUBT = Template("force.in-doubt", "whether {0} is in force is not settled")
NOT_BOUND = Template("force.not-bound", "{0} is not bound by it at that instant")
CLAUSES_SUSPENDED = Template("force.suspended", "operation of art. {0} is suspended")
DISPUTED = Template("force.disputed", "the parties read it differently: {0}")

NO_FOREIGN = Template("caveat.no-foreign", "its originator {0} marked it for no foreign party")
NOT_RELEASABLE = Template("caveat.releasable-to", "its originator {0} marked it releasable to {1}, not {2}")
LIST_UNKNOWN = Template("caveat.unknown-party", "the release list names {0}, whom nobody knows")
EYES_ONLY = Template("caveat.eyes-only", "only nationals of {0} may see it, not {1}")
NATIONALITY_UNKNOWN = Template("caveat.nationality-unknown", "the nationality of {0} is not on record")
EMBARGOED = Template("caveat.embargo", "its originator {0} holds it back until {1}")
CONTRADICTION = Template(
    "caveat.contradiction", "its caveats contradict one another: for no foreign party, and for {0}"
)

RECALLED = Template("third.recalled", "recalled by its originator {0} on {1}")
RECALL_OPEN = Template("third.recall-open", "its originator {0} recalls it on {1}, at an hour not known")
RULE = Template("third.rule", "no release to a third party without the originator's prior approval")
NO_CONSENT = Template("third.none", "no working consent of {0} that {1} may pass it to {2}")
NO_NAMED_CONSENT = Template(
    "third.controlled", "{0} controls it: no working consent that names it lets {1} pass it to {2}"
)
CONSENTED = Template("third.consented", "{0} consented on {1} to release to {2}")
CONSENT_LATER = Template("third.later", "the consent {0} is of a later time")
CONSENT_OPEN = Template("third.open", "the hour of the consent {0} is not known")
CONSENT_EXPIRED = Template("third.expired", "the consent {0} expired on {1}")
CONSENT_EXPIRY_OPEN = Template("third.expiry-open", "whether the consent {0} has expired is not known")
CONSENT_WITHDRAWN = Template("third.withdrawn", "the consent {0} was withdrawn on {1}")
RESTS_ON = Template("third.rests-on", "the consent rests on {0}")
RESTS_ON_NOTHING = Template("third.fallen", "the consent rests on {0}, which is not in force")
CONDITION = Template("third.condition", "the originator's consent is on condition: {0}")

FREED = Template("lineage.freed", "nothing of {0} is left in it")
REGRADED = Template("lineage.regraded", "{0} marked it anew on {1}")

NO_GROUND = Template("ground.none", "no instrument is known that binds {0} and {1}")
GOVERNS = Template("several.governs", "{0} governs as the more specific, before {1}")
SUPPLEMENTED = Template("several.supplemented", "{0} supplements it, and adds its duties")
FORBIDDEN = Template("several.forbidden", "{0} forbids it")
FORBIDDEN_OUTRANKED = Template("several.outranked", "{0} forbids it, but {1} governs before it")
CONFLICT = Template("several.conflict", "{0} permits what {1} forbids, and neither goes before the other")
MAY_FORBID = Template("several.may-forbid", "whether {0} forbids it is not settled")
NEVER_OWED = Template(
    "permit.never-owed", "in force permits it and obliges nobody: the releasing officer decides"
)

GET_CONSENT = Template("change.consent", "{0} consents in writing that {1} gives it to {2}")
GET_NAMED_CONSENT = Template(
    "change.named-consent", "{0} consents in writing, naming it, that {1} gives it to {2}"
)
LOWER = Template("change.lower", "{0} lowers the marking to {1}")
NARROW_TOPICS = Template("change.topics", "release only what is about {0}")
NARROW_FORM = Template("change.form", "release it in the form {0}")
NARROW_PURPOSE = Template("change.purpose", "release it for {0}")
LIFT = Template("change.lift", "{0} lifts the caveat {1}")
ADD_TO_LIST = Template("change.add-to-list", "{0} adds {1} to those it is releasable to")
WAIT_UNTIL = Template("change.wait", "wait until {0}")
READ_CLAUSE = Template("change.read", "read {0} of {1}")
SETTLE_READING = Template("change.settle", "the parties settle how {0} is read")
SETTLE_CONFLICT = Template("change.settle-conflict", "the parties settle whether {0} or {1} goes before")
ENTER = Template("change.enter", "what {0} needs to enter into force is done")
RESUME = Template("change.resume", "operation of {0} is resumed")
RESUME_CLAUSES = Template("change.resume-clauses", "operation of art. {0} of {1} is resumed")
SUCCESSOR = Template("change.successor", "the release is made under the instrument that superseded {0}")
CONCLUDE_ANEW = Template(
    "change.conclude-anew", "{0} conclude a new agreement: {1} has ended, and nothing revives it"
)
CONCLUDE = Template("change.conclude", "{0} and {1} conclude an agreement")
ACCEDE = Template("change.accede", "{0} becomes bound by {1}")
AMEND_TEXT = Template("change.amend", "the parties amend {0}, art. {1}")
RECORD_HOUR = Template("change.hour", "record the hour of {0} in {1}")
RECORD_POLICY = Template("change.policy", "record the marking {0} in the policy of {1}")
REVOKE_RECALL = Template("change.recall", "{0} gives up its recall")
CORRECT_LIST = Template("change.correct-list", "{0} corrects the release list")
MARKING_UNKNOWN = Template("marking.unknown", "`{0}` is no marking of {1}'s policy on record")
NOTHING_LEFT = Template("lineage.nothing-left", "nothing in it is anybody's any more")
