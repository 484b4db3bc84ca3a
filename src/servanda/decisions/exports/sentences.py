"""Every sentence that a regime's answer says, with holes; other languages translate these by code."""

from __future__ import annotations

from servanda.model.cite import Template

# The item.
IS_LISTED = Template("export.listed", "{0} is {1}, as the exporter has classified it")
ENTRY_ONLY = Template("export.entry-only", "{0} is taken as entry {1}, {2}: its own line was not read")
NOT_LISTED = Template("export.not-listed", "it is on no list, as the exporter has classified it")
THRESHOLDS = Template("export.thresholds", "the thresholds of {0} were not read: {1} may be {2}; classify it")
NO_SUCH_ITEM = Template("export.no-item", "no number of the list was read that answers to {0}")
LIST_UNREAD = Template("export.list-unread", "no list of {0} was read")

# The requirement.
EVERYWHERE = Template("export.everywhere", "what is listed needs a licence to every destination")
COLUMN_MARKED = Template("export.column", "{0} needs a licence to {1}: the chart marks {2}")
COLUMN_EMPTY = Template("export.no-mark", "no licence for {0}: the chart does not mark {2} for {1}")
COLUMN_PART = Template("export.part", "the chart marks {2} for {1}, and {0} applies to a part alone: {3}")
WORLDWIDE = Template("export.worldwide", "{0} needs a licence to every destination")
WORLDWIDE_PART = Template(
    "export.worldwide-part", "{0} needs a licence to every destination for a part alone: {1}"
)
GROUND_UNREAD = Template("export.ground", "whether {0} needs a licence the chart does not say: {1}")
POINTER = Template("export.pointer", "the chart has no marks for {0} and points elsewhere: {1}")
NO_ROW = Template("export.no-row", "the chart has no row for {0}")
STANDS_FOR = Template("export.stands-for", "{0} is governed by the row of {1}")
FOOTNOTE = Template("export.footnote", "a footnote to {0} may ask for a licence: {1}")
NO_GROUNDS = Template("export.no-grounds", "the entry names no column of the chart")
NOT_ON_LIST = Template("export.not-on-list", "no column of the chart applies to what is on no list")

# What is not known.
BEFORE_KNOWN = Template("export.before", "nothing is known of the time before {0}")
NO_DESTINATION = Template("export.destination", "`{0}` is no destination that ISO 3166-1 knows")
MEMBERSHIP_UNKNOWN = Template("export.membership", "whether {0} is in {1} is not known")
HOUR_OPEN = Template("export.hour-open", "whether {0} is in force yet is not known: its hour or day is open")
DISPUTED = Template("export.disputed", "what {0} is in law is disputed")
CATCH_ALL_UNREAD = Template("export.catch-all-unread", "control of what no list names was not read")
NOT_MODELLED = Template("export.not-modelled", "what follows from a concern or a notice is not modelled here")

# Catch-all control.
INFORMED = Template("export.informed", "the authority has informed the exporter, and that reaches {0}")
INFORM_SPARED = Template("export.inform-spared", "a notice of the authority does not reach {0} ({1})")
NOT_INFORMED = Template(
    "export.not-informed", "the authority has not informed the exporter, as the question says"
)
KNOWN = Template("export.known", "the exporter knows of a use for {0}")
KNOW_SPARED = Template("export.know-spared", "what the exporter knows does not count for {0} ({1})")
KNOW_ELSEWHERE = Template("export.know-elsewhere", "what the exporter knows counts only for {1}, not for {0}")
NO_CONCERN = Template("export.no-concern", "no concern about {0} was found, as the question says")
NOT_ASSESSED = Template(
    "export.not-assessed", "whether the end use or end user gives cause for concern about {0}"
)
WIDENED = Template("export.widened", "not read: {0}")
EXCLUDED = Template("export.excluded", "{0} is outside this control")

# Small value.
SMALL = Template("export.small", "exempt: worth {0} {2}, not above {1} {2}")
NOT_SMALL = Template("export.not-small", "worth {0} {2}, above {1} {2}")
SMALL_NOT_ENTRY = Template("export.small-entry", "the exemption by value does not cover entry {0}")
SMALL_NEVER = Template("export.small-never", "the exemption by value is never for {0} ({1})")
VALUE_MISSING = Template("export.value", "its value in {1}: up to {0} {1} it would need no licence")
VALUE_CURRENCY = Template("export.currency", "its value in {0}, not in {1}")
VALUE_SOME = Template(
    "export.value-some", "whether it is among the goods with the limit of {0} {1}, which were not read"
)
VALUE_CONCERN = Template(
    "export.value-concern", "whether the exemption by value stands where there is a concern or a notice"
)

# Licence types.
TYPE_OPEN = Template("export.type-open", "open for {0}")
TYPE_ANY = Template("export.type-any", "open for every destination")
TYPE_STATED = Template("export.type-stated", "said to be open for this")
TYPE_CONDITION = Template("export.type-condition", "open again {0}")
TYPE_GROUP = Template("export.type-group", "only for {1}, and {0} is not in it")
TYPE_LIMITED = Template("export.type-limited", "no longer for this item to {0}")
TYPE_MATRIX = Template("export.type-matrix", "turns on {0}, not read")
TYPE_UNCLASSIFIED = Template(
    "export.type-unclassified", "whether {0} closes it turns on how the item is classified"
)
TYPE_UNLISTED = Template("export.type-unlisted", "whether it covers what is on no list was not read")
TYPE_BEFORE = Template("export.type-before", "nothing is known of it before {0}")
TYPE_ITEM = Template("export.type-item", "the item says: {0}")
TYPE_BULK = Template("export.type-bulk", "bulk licences for {0}: {1}")

# Papers, groups, time.
PAPER = Template("export.paper", "{0}")
PAPER_UNREAD = Template("export.paper-unread", "{0}, if {1} asks for it (not read)")
REVIEWED = Template("export.review", "{0} days, {1} documents for {2}")
IN_GROUP = Template("export.in-group", "{0} is in {1}")
TURNS = Template("export.turns", "{0} comes into force")
TURNS_KNOWN = Template("export.turns-known", "from here on more is known")
TURNS_RULE = Template("export.turns-rule", "the rule applies from here on")
AHEAD = Template("export.ahead", "done, and in force only from {0}")
CHANGED = Template("export.changed", "in force since {0}")
TURNED = Template("export.turned", "{0} from {1}")

# Past shipments.
USED_OPEN = Template("export.used-open", "the licence type {0} was open")
USED_CLOSED = Template("export.used-closed", "the licence type {0} was not open")
USED_UNKNOWN = Template("export.used-unknown", "whether the licence type {0} was open is not known")
USED_LACKS = Template("export.used-lacks", "whether the exporter had {0} then")
USED_PROVIDED = Template("export.used-provided", "whether it went {0}, on which condition the type was open")
USED_NONE = Template("export.used-none", "a licence was needed, and none is named")
USED_NO_NUMBER = Template(
    "export.used-no-number", "a licence was needed, and no licence of type {0} is named"
)
