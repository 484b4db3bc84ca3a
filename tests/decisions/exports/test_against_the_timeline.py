"""A slow second answer written straight from the published timeline, compared with ours for 2,192 days.

It reads the rows as a person would, day by day from the first, and knows nothing of instruments or acts.
"""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from asking import instant
from exports import HF, OTHER, POLYIMIDE, RESIST, regime
from servanda.decisions.exports import finding
from servanda.model.export import ExportRequest
from shared_data import data

TIMELINE = "procedures/timeline_export_controls_jp_rok.json"
ITEMS = {"hydrogen fluoride": HF, "polyimide": POLYIMIDE, "resist": RESIST, "other": OTHER}
DAYS = [date(2019, 1, 1) + timedelta(days=number) for number in range(2192)]


def oracle(rows: list[dict[str, str]], day: date, item: str) -> dict[str, str]:
    """What a reader of the timeline would say of a day and an item."""
    past = [row for row in rows if row["date"] <= day.isoformat() and row["actor"] == "JP"]
    group, individual_only, special_general, special = "white", False, "cannot_tell", "cannot_tell"
    for row in past:
        what = row["what"]
        if row["kind"] != "effective":
            continue
        if "becomes Group B" in what:
            group = "B"
        elif "back in Group A" in what:
            group = "A"
        elif "Individual licence required" in what and item != "other":
            individual_only, special_general, special = True, "closed", "closed"
        elif what.startswith("Resist: licence up to 3 years") and item == "resist":
            special = "open"
        elif "individual-licence requirement lifted" in what and item != "other":
            individual_only, special_general = False, "open"
            special = special if special == "open" else "cannot_tell"
    general = "open" if group in ("white", "A") and not individual_only else "closed"
    return {
        "group": group,
        "individual": "open",
        "general-bulk": general,
        "special-general-bulk": special_general,
        "special-bulk": special,
    }


def ours(day: date, hour: str, item: str) -> dict[str, str]:
    request = ExportRequest("jp-export-control", ITEMS[item], "KR", instant(f"{day} {hour}"))
    found_now, _ = finding(regime(), regime().acts, request)
    named = {"white countries, Appended Table 3": "white", "Group A, Appended Table 3": "A", "Group B": "B"}
    # Before July 2019 Tables 3-2 and 4 were not read, which says nothing of this group.
    groups = [one for one in found_now.groups if not one.startswith("not known: Appended Table")]
    found = {one.name: one.standing for one in found_now.types}
    kinds = ("individual", "general-bulk", "special-general-bulk", "special-bulk")
    return {"group": named["".join(groups)], **{name: found[name].value for name in kinds}}


@pytest.mark.parametrize("item", list(ITEMS))
def test_every_day_from_2019_to_2024_is_as_the_timeline_has_it(item: str) -> None:
    rows = json.loads(data(TIMELINE).read_text())["events"]
    rows.sort(key=lambda row: row["date"])
    wrong = [
        (day.isoformat(), hour)
        for day in DAYS
        for hour in ("00:00", "23:59")
        if ours(day, hour, item) != oracle(rows, day, item)
    ]
    assert wrong == []


def test_every_row_of_the_timeline_about_a_measure_is_an_act_of_a_regime() -> None:
    rows = json.loads(data(TIMELINE).read_text())["events"]
    acts = [act for name in ("jp-export-control", "kr-export-control") for act in regime(name).acts]
    days = {str(getattr(act, "effect", None) or act.done)[:10] for act in acts} | {
        str(act.done) for act in acts
    }
    days |= {"2019-08-28"}  # written there as an instant
    measures = [
        row for row in rows if row["kind"] in ("effective", "decision", "promulgated", "comment_open")
    ]
    assert [row["date"] for row in measures if row["date"] not in days] == []


def test_the_oracle_is_no_copy_of_ours() -> None:
    """A reader who takes promulgation for effect is told apart by the comparison."""
    rows = json.loads(data(TIMELINE).read_text())["events"]
    early = [{**row, "date": "2019-08-07"} if row["date"] == "2019-08-28" else row for row in rows]
    assert oracle(early, date(2019, 8, 10), "other") != ours(date(2019, 8, 10), "12:00", "other")
