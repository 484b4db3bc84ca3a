"""Every sentence that is said of persons, visits and contractors' facilities."""

from __future__ import annotations

from servanda.model.cite import Template

COUNTS = Template("grant.counts", "the act {0} begins to count")
GRANTED = Template("grant.granted", "{0} is on record")
HOUR_OPEN = Template("grant.hour-open", "the hour of {0} is not known")
LATER = Template("grant.later", "{0} is of a later time")
RUNS_OUT = Template("grant.runs-out", "what {0} granted runs out")
RAN_OUT = Template("grant.ran-out", "what {0} granted ran out on {1}")
RUNNING_OUT = Template("grant.running-out", "whether what {0} granted has run out is not known")
REVOKED = Template("grant.revoked", "{0} was revoked on {1}")

NOT_LISTED = Template(
    "person.not-listed", "{0} is on no list of those who need to know; rank alone opens nothing"
)
LISTED = Template("person.listed", "{0} is on the list of those who need to know")
NOT_CLEARED = Template("person.not-cleared", "{0} has no clearance of {1} up to {2}")
CLEARED = Template("person.cleared", "{0} is cleared up to {1}")
NO_CLEARANCE_ASKED = Template(
    "person.no-clearance-asked", "{0} is below {1}, from which a clearance is asked"
)
NOT_ASSURED = Template("person.not-assured", "{0} has given {1} no assurance about {2}")
ASSURED = Template("person.assured", "{0} has given an assurance about {1}")
LEVEL_UNKNOWN = Template("person.level-unknown", "`{0}` is no marking of {1}'s policy on record")
NO_VISIT = Template("visit.none", "no permit lets {0} visit {1} at that instant up to {2}")
VISIT = Template("visit.permitted", "{0} may visit {1} up to {2}")
VISIT_TOO_LOW = Template("visit.too-low", "the permit {0} goes no higher than {1}")
NO_FACILITY = Template("facility.not-cleared", "the facility {0} is not cleared by {1} up to {2}")
FACILITY = Template("facility.cleared", "the facility {0} is cleared up to {1}")
NOT_INSPECTED = Template("facility.not-inspected", "no inspection of {0} by {1} is on record")
INSPECTION_FAILED = Template("facility.failed", "the last inspection of {0} was not passed")
INSPECTION_LAPSED = Template("facility.lapsed", "the inspection of {0} was due again on {1}")
INSPECTION_OPEN = Template("facility.open", "whether the inspection of {0} is due is not known")
INSPECTED = Template("facility.inspected", "the facility {0} passed its last inspection")
INSPECTION_DUE = Template("facility.due", "the inspection of {0} is due again")

LIST = Template("change.list", "{0} puts {1} on the list of those who need to know")
CLEAR = Template("change.clear", "{0} clears {1} up to {2}")
ASSURE = Template("change.assure", "{0} assures {1} that {2} is cleared, needs to know and will protect it")
PERMIT_VISIT = Template("change.visit", "{0} permits {1} to visit {2} up to {3}")
CLEAR_FACILITY = Template("change.clear-facility", "{0} clears the facility {1} up to {2}")
INSPECT = Template("change.inspect", "{0} inspects the facility {1}, and it passes")
