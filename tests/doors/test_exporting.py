"""The commands about exports, as an officer types them: exit status, screen, JSON and languages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from servanda.doors.cli import run
from shared_data import data

HF = ["export", "decide", "--regime", "jp-export-control", "--item", "1-(3)(1)", "--to", "KR"]
AUGUST = ["--at", "2019-08-10T12:00:00+09:00"]
HEAD = "id,date,item,destination,end_user,value,currency,licence_type,licence\n"


def test_a_licence_required_is_exit_3_with_types_articles_and_what_is_ahead(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run([*HF, *AUGUST]) == 3
    shown = capsys.readouterr().out
    assert shown.startswith("licence required  hydrogen fluoride (1-(3)(1)) to KR")
    for words in ("Act art. 48", "Order art. 8", "jp-order-2019: done, and in force only from 2019-08-28"):
        assert words in shown


def test_not_required_is_exit_0_and_never_says_cleared(capsys: pytest.CaptureFixture[str]) -> None:
    small = ["--value", "900000", "--currency", "jpy", "--at", "2024-01-10T00:00:00+09:00"]
    other = ["export", "decide", "--regime", "jp-export-control", "--item", "1-(6)", "--to", "KR", *small]
    assert run(other) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("no licence required under the rules below")
    assert "Order art. 4" in shown
    assert "screens no end user" in shown
    assert run([*other, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["outcome"] == "not_required_under"
    assert all(one["article"] or one["act"] for one in answer["because"])
    assert "clear" not in (shown + json.dumps(answer)).lower()


def test_cannot_tell_is_exit_4_and_names_what_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["export", "decide", "--regime", "jp-export-control", "--item", "unlisted", "--to", "CN"]
    assert run([*asked, "--at", "2024-01-10T00:00:00+09:00"]) == 4
    assert "missing, and it decides" in capsys.readouterr().out
    assert run([*HF[:-1], "XX", *AUGUST]) == 4
    assert "`XX` is no destination" in capsys.readouterr().out


@pytest.mark.parametrize(
    "wrong",
    [
        [*HF, "--concern", "fear"],
        [*HF, "--value", "much"],
        [*HF, "--holds", "gold"],
        [*HF, "--at", "2019-08-10"],
        [*HF, "--language", "fr"],
        [*HF[:-1], "JP"],
        ["export", "decide", "--regime", "jp-kr-2016", "--item", "1", "--to", "KR"],
        ["export", "decide", "--regime", "us-ear", "--item", "3C002", "--to", "KR"],
        ["export", "decide", "--regime", "jp-export-control", "--item", " ", "--to", "KR"],
        ["export", "decide", "--regime", "jp-export-control", "--item", "x" * 10_001, "--to", "KR"],
        ["export", "diff", "--from", "2019-08-28", "--to", "2019-08-27"],
    ],
)
def test_bad_use_is_exit_2_with_a_sentence(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(wrong) == 2
    assert capsys.readouterr().err


@pytest.mark.parametrize(
    ("language", "says"), [("ja", "輸出貿易管理令別表第1"), ("ko", "수출무역관리령 별표 제1")]
)
def test_reasons_are_said_in_the_language_asked_for(
    language: str, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    run([*HF, *AUGUST, "--language", language, "--json"])
    assert says in json.loads(capsys.readouterr().out)["because"][0]["cite"]


def test_diff_shows_both_regimes_and_the_acts(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["export", "diff", "--from", "2019-08-27", "--to", "2019-09-19"]) == 0
    shown = capsys.readouterr().out
    assert "jp-order-2019" in shown
    assert "15 days, 5" in shown
    assert (
        run(["export", "diff", "--from", "2019-08-27", "--to", "2019-08-28", "--to-country", "KR", "--json"])
        == 0
    )
    (only,) = json.loads(capsys.readouterr().out)
    assert only["regime"] == "jp-export-control"
    assert {one["destination"] for one in only["changes"]} == {"KR"}


def test_lookback_reports_every_row_and_exits_3_where_one_did_not_fit(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "shipments.csv"
    fits = "s-1,2019-07-03,1-(3)(1),KR,A buyer,,,general-bulk,L-1\n"
    not_ = "s-2,2019-07-04,1-(3)(1),KR,A buyer,,,general-bulk,L-1\n"
    open_ = "s-3,2020-01-10,unlisted,KR,A buyer,,,,\n"
    broken = "s-4,yesterday,1-(3)(1),KR,A buyer,,,,\n"
    for rows, status in (
        ([fits], 0),
        ([fits, open_], 4),
        ([fits, broken], 4),
        ([fits, not_, open_, broken], 3),
    ):
        log.write_text(HEAD + "".join(rows))
        assert run(["export", "lookback", str(log)]) == status
    shown = capsys.readouterr().out
    assert "1 fits, 1 did not fit, 1 cannot tell, 1 broken row" in shown
    assert run(["export", "lookback", str(log), "--json"]) == 3
    rows = json.loads(capsys.readouterr().out)["shipments"]
    assert [(one["line"], one["fit"]) for one in rows] == [
        (2, "fits"),
        (3, "did_not_fit"),
        (4, "cannot_tell"),
        (5, "broken"),
    ]
    assert rows[1]["because"][1]["act"] == "jp-three-items-2019"
    assert run(["export", "lookback", str(tmp_path / "none.csv")]) == 1


def test_the_us_files_add_a_regime(capsys: pytest.CaptureFixture[str]) -> None:
    folder = data("us/ccl.json").parent
    asked = ["export", "decide", "--regime", "us-ear", "--us", str(folder), "--item", "3C002", "--to", "KR"]
    assert run([*asked, "--at", "2026-08-01T00:00:00Z"]) == 0
    assert "15 C.F.R. Part 738, Supplement No. 1" in capsys.readouterr().out
    assert run([*asked, "--at", "2026-07-01T00:00:00Z"]) == 4


def test_explain_says_of_every_act_whether_it_is_in_force_yet(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "jp-export-control", *AUGUST, "--json"]) == 0
    acts = {one["id"]: one for one in json.loads(capsys.readouterr().out)["acts"]}
    assert acts["jp-order-2019"]["effective"] is False
    assert "in force only from 2019-08-28T00:00:00+09:00" in acts["jp-order-2019"]["says"]
    assert acts["jp-three-items-2019"]["effective"] is True
    assert acts["jp-cabinet-2019-08"]["effective"] is False
