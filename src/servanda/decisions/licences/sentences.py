"""Every sentence about licences, with holes; other languages translate these by code."""

from __future__ import annotations

from servanda.model.cite import Template

NOT_DRAFTED = Template("licence.not-drafted", "no draft of it was on record")
DRAFTED = Template("licence.drafted", "drafted on {0} by {1}")
ISSUED = Template("licence.issued", "issued on {0} by {1}")
SUSPENDED = Template("licence.suspended", "suspended on {0}: {1}")
REINSTATED = Template("licence.reinstated", "reinstated on {0}")
REVOKED = Template("licence.revoked", "revoked on {0}: {1}")
SURRENDERED = Template("licence.surrendered", "surrendered on {0}")
BEGINS = Template("licence.begins", "its validity begins at {0}")
ENDS = Template("licence.ends", "its validity ends at {0}")
ENDED = Template("licence.ended", "its validity ended at {0}")
SIX_MONTHS = Template(
    "licence.six-months", "an individual licence is valid for six months unless set otherwise"
)
COUNTED = Template(
    "licence.counted", "the first day counts: six months from 10 July end at 0:00 of 10 January"
)
END_UNKNOWN = Template("licence.end-unknown", "until when it is valid is not known: nothing sets it")
USED_UP = Template("licence.used-up", "item {0} is used up since {1}")

# What a record did.
DREW = Template("licence.drew", "drew {0} {1} of item {2}")
NOT_THEN = Template("licence.not-then", "its state then was {0}")
DRAFTED_ALREADY = Template("licence.drafted-already", "it was drafted already")
SAME_OFFICER = Template(
    "licence.same-officer", "{0} had a hand in the draft, and another officer has to issue"
)
NOT_VALID_THEN = Template("licence.not-valid-then", "it was valid only from {0} until {1}")
NOT_ALL_DAY = Template(
    "licence.not-all-day",
    "its hour is not known, and nothing could be shipped all through that day",
)
TOO_MUCH = Template("licence.too-much", "{0} {1} of item {2} are more than the {3} that remain")
WORTH_TOO_MUCH = Template(
    "licence.worth-too-much",
    "a value of {0} {1} of item {2} is more than the {3} that remain",
)
NO_ITEM = Template("licence.no-item", "the licence has no item {0}")
OTHER_UNIT = Template("licence.other-unit", "item {0} is licensed in {1}, not in {2}")
VALUE_NEEDED = Template("licence.value-needed", "item {0} is limited by value, and none is said")
STRUCK = Template("licence.struck", "struck from the record by {0}")
TERMS_STAND = Template("licence.terms-stand", "the terms of an issued licence are not corrected")
OF_NOTHING = Template("licence.of-nothing", "it speaks of {0}, which is not on record")
NOTED = Template("licence.noted", "on record; it does not change where the licence stands")
CORRECTS = Template("licence.corrects", "corrects the record of {0}")
STRIKES = Template("licence.strikes", "strikes the record of {0}")

# Undertakings.
CONSENT_FIRST = Template("undertaking.consent-first", "consent is needed before: {0}")
CONSENTED = Template("undertaking.consented", "{0} of item {1} on {2}: consent was given before")
NO_CONSENT = Template("undertaking.no-consent", "{0} of item {1} on {2}: no consent on record covers {3} {4}")
CONSENT_GIVEN = Template("undertaking.consent-given", "consent to {0} of item {1}, given on {2}")
DUE_BEFORE = Template("undertaking.due-before", "due before {0}")
FELL_DUE = Template("undertaking.fell-due", "fell due at {0}, and nothing is on record")
DONE = Template("undertaking.done", "done on {0}")
DONE_LATE = Template("undertaking.done-late", "done on {0}, after it fell due at {1}")
FROM_SHIPMENT = Template("undertaking.from-shipment", "for shipment {0} of {1}")
NO_SHIPMENT = Template("undertaking.no-shipment", "counted from each shipment, and none is on record")
