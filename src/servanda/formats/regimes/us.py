"""The U.S. regime (EAR) from public JSON of the control list, country chart, groups and exceptions.

The files are those that github.com/seelpeed-debug/export-controls-agent-mcp makes of the eCFR (15 C.F.R.
parts 738, 740, 774): `ccl.json`, `country-chart.json`, `country-groups.json`,
`license-exception-catalog.json`. They are read when asked and shipped by nobody. What they do not say stays
unknown, and nothing is known of the time before their issue date.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from servanda.errors import FormatError
from servanda.formats.regimes.us_places import members_of, places
from servanda.formats.regimes.us_reasons import grounds
from servanda.model.clauses import ControlList, CountryChart, CountryGroup, LicenceType, Requirement
from servanda.model.clauses.exports import Covers, Footnote, Ground, Listed
from servanda.model.instrument import Instrument
from servanda.model.text import Conventions, InstrumentKind, Text
from servanda.model.when import Day

US_FILES = ("ccl.json", "country-chart.json", "country-groups.json", "license-exception-catalog.json")
LIST, CHART = "15 C.F.R. Part 774, Supplement No. 1", "15 C.F.R. Part 738, Supplement No. 1"
GROUPS = "15 C.F.R. Part 740, Supplement No. 1"
UNMODELLED = (
    "Part 736: General Prohibitions Four through Ten",
    "Part 744: end users and end uses, with the Entity List",
    "Part 746: embargoes and special controls",
    "Part 734: what is subject to the EAR at all",
)
_ECCN = re.compile(r"\b\d[A-E]\d{3}\b")
_THERMAL = ("6",)
"""Thermal imaging cameras stand in category 6, so that a footnote on them says nothing of other items."""


def read_us(files: Mapping[str, bytes]) -> Instrument:
    """Return the U.S. regime as an instrument `us-ear` of one party, from the four files.

    Raises:
        FormatError: a file is missing, is no JSON, or is not of one issue date with the others.
    """
    ccl, chart, groups, exceptions = (_read(files, name) for name in US_FILES)
    issued = {str(one.get("ecfrIssueDate")) for one in (ccl, chart, groups, exceptions)}
    try:
        (day,) = [Day(date.fromisoformat(one)) for one in issued]
    except ValueError as wrong:
        said = ", ".join(sorted(issued))
        raise FormatError(
            f"the files are not of one issue date: {said}", hint="fetch them together"
        ) from wrong
    try:
        text = _text(ccl, chart, groups, exceptions, day)
    except (KeyError, TypeError, AttributeError) as wrong:
        raise FormatError(f"the files are not of the form that is read here: {wrong}") from wrong
    return Instrument((text,), (), Conventions(zone="America/New_York"), {}, {"US": "America/New_York"})


def _read(files: Mapping[str, bytes], name: str) -> dict[str, Any]:
    if name not in files:
        raise FormatError(f"`{name}` is missing", hint=f"the folder needs {', '.join(US_FILES)}")
    try:
        found = json.loads(files[name])
    except (ValueError, RecursionError) as wrong:
        raise FormatError(f"`{name}` is no JSON: {wrong}") from wrong
    if not isinstance(found, dict):
        raise FormatError(f"`{name}` holds no object")
    return found


def _text(
    ccl: dict[str, Any], chart: dict[str, Any], groups: dict[str, Any], exceptions: dict[str, Any], day: Day
) -> Text:
    known = places(chart)
    source = str(ccl["source"]["url"])
    clauses: dict[str, Any] = {
        "15 C.F.R. 738.4": Requirement(
            covers=(Covers.GOODS, Covers.TECHNOLOGY),
            lists=(LIST,),
            chart=CHART,
            known_from=day,
            checked=day,
            elsewhere=UNMODELLED,
            gist="a licence is needed where the chart marks a column that the entry names",
            source=source,
        ),
        LIST: _list(ccl, chart, source),
        CHART: _chart(chart, known),
    }
    for name, members in groups["groups"].items():
        # A place whose code is not known stays out, and then the list is not the whole of the group.
        codes = members_of(members, groups["aliases"], known)
        clauses[f"{GROUPS} ({name})"] = CountryGroup(
            members=tuple(sorted(code for code in codes if code)),
            complete=all(codes),
            name=name,
            known_from=day,
            checked=day,
            gist=str(groups["labels"].get(name, "")),
            source=str(groups["source"]["url"]),
        )
    for row in exceptions["exceptions"]:
        for symbol in row["symbols"]:
            address = f"15 C.F.R. {row['sectionNumber']} ({symbol})"
            only = (f"{GROUPS} (B)",) if "Country Group B" in row["title"] else ()
            clauses[address] = LicenceType(
                name=symbol,
                title=f"License Exception {symbol}",
                destinations=only,
                by_item=True,
                gist=str(row["title"]),
                source=str(exceptions["source"]["url"]),
            )
    return Text(
        format="servanda/instrument@1",
        id="us-ear",
        kind=InstrumentKind.EXPORT_CONTROL,
        version=1,
        title={"en": f"United States: Export Administration Regulations, 15 C.F.R., as of {day}"},
        parties=("US",),
        clause=clauses,
        unread=("entry-into-force", "term", "termination", "amendment"),
        source=source,
    )


def _list(ccl: dict[str, Any], chart: dict[str, Any], source: str) -> ControlList:
    everywhere = chart["allDestinationsEntries"]
    named = (*everywhere["noLicenceExceptions"], *everywhere["govOnly"]["entries"])
    found = []
    for row in ccl["entries"]:
        number = str(row["eccn"])
        own = grounds(row)
        for entry in named:
            if entry == number:
                own = (Ground(control=number, everywhere=True), *own)
            elif entry.startswith(number):
                own = (*own, Ground(control=number, everywhere=True, part=entry))
        found.append(
            Listed(
                number=number,
                words=_brief(str(row["heading"])),
                entry=number[0],
                grounds=own,
                exceptions={name: str(words) for name, words in row["licenceExceptionFlags"].items()},
            )
        )
    return ControlList(
        covers=Covers.GOODS,
        items=tuple(found),
        thresholds="the items paragraph of each entry",
        unlisted=("EAR99", "unlisted", "not listed"),
        gist="the Commerce Control List",
        source=source,
    )


def _brief(heading: str) -> str:
    longest = 160
    words = " ".join(heading.split()).rstrip(".")
    return words if len(words) <= longest else words[: words.rfind(" ", 0, longest)] + " ..."


def _chart(chart: dict[str, Any], known: Mapping[str, str]) -> CountryChart:
    notes = {str(number): _footnote(str(words)) for number, words in chart["footnotes"].items()}
    marks, footnotes, pointers = {}, {}, {}
    for name, row in chart["countries"].items():
        if name in known:
            marks[known[name]] = tuple(row["marks"])
            footnotes[known[name]] = tuple(notes[str(one)] for one in row["footnotes"])
    for name, row in chart["embargoed"].items():
        pointers[known[name]] = str(row["pointer"])
    stands = {
        code: known[row["row"]]
        for name, row in chart["territoryInheritance"].items()
        if (code := known.get(name)) and row["row"] in known
    }
    return CountryChart(
        marks=marks,
        pointers=pointers,
        stands_for=stands,
        footnotes={code: found for code, found in footnotes.items() if found},
        gist=str(chart["procedure"]["noMarkCaveat"]),
        source=str(chart["source"]["url"]),
    )


def _footnote(words: str) -> Footnote:
    named = tuple(sorted(set(_ECCN.findall(words))))
    if "any ECCN" in words or "all items" in words:
        named = ()
    elif "thermal imaging" in words and not named:
        named = _THERMAL
    return Footnote(says=words, items=named)
