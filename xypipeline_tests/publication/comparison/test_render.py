import io
import json
from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from xypipeline.periods import Quarter
from xypipeline.policy.policy import load_policy
from xypipeline.publication.comparison.earlier import preceding, read_earlier
from xypipeline.publication.comparison.render import render_comparison
from xypipeline.scores.rejudging import rejudge
from xypipeline_tests.publication.city import warehouse_of
from xypipeline_tests.publication.comparison.quarters import FIRST, SECOND, hospital, judged

BEFORE = judged(FIRST, hospital("H1", 10, 100), hospital("H2", 20, 100), hospital("H3", 0, 0, "province"))
NOW = judged(SECOND, hospital("H1", 30, 100), hospital("H2", 5, 100), hospital("H3", 0, 0, "province"))


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return render_comparison(NOW, [BEFORE], rejudge)


def test_the_same_figures_give_the_same_bytes(files: dict[str, bytes]) -> None:
    assert files == render_comparison(NOW, [BEFORE], rejudge)
    assert list(files) == ["comparison.json", "comparison.md", "comparison.xlsx"]


def test_the_data_hold_figures_changes_and_parts(files: dict[str, bytes]) -> None:
    content = json.loads(files["comparison.json"])

    assert content["before"] == {"period": "2023Q1", "as_of": "2023-03-31"}
    assert content["reason"] is None
    assert content["changes"][0] == {
        "seq": 1,
        "district": "市直",
        "org_code": "H1",
        "hospital": "H1医院",
        "now": {
            "tables_uploaded": 30,
            "rows_uploaded": 100,
            "interruption_days": 5,
            "score": 31.76,
            "rank": 1,
        },
        "before": {
            "tables_uploaded": 10,
            "rows_uploaded": 100,
            "interruption_days": 5,
            "score": 23.92,
            "rank": 2,
        },
        "change": {"tables_uploaded": 20, "rows_uploaded": 0, "interruption_days": 0, "score": 7.84},
        "rank_movement": {
            "places": 1,
            "by_rules": 0,
            "by_others": 1,
            "by_own": 0,
            "by_own_first": 1,
            "own_points": 7.84,
        },
        "unmoved_because": None,
    }
    assert content["improved"] == [{"org_code": "H1", "hospital": "H1医院", "own_points": 7.84}]
    assert [one["mean"] for one in content["year"]["hospitals"]] == [27.84, 24.9, None]


def test_the_terminal_is_told_the_same(files: dict[str, bytes]) -> None:
    lines = files["comparison.md"].decode().splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]

    assert cells[2] == [
        "1",
        "H1医院",
        "10 → 30（+20）",
        "100 → 100（0）",
        "5 → 5（0）",
        "23.92 → 31.76（+7.84）",
        "2 → 1",
        "+1",
        "0",
        "+1",
        "0",
        "若先计本院：本院 +1，他院 0",
    ]
    assert cells[4][-1] == "上季度未评分"
    assert "1 家：H1医院（+7.84）" in lines


def test_the_workbook_has_a_sheet_for_each_part(files: dict[str, bytes]) -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(files["comparison.xlsx"]))

    assert workbook.sheetnames == ["与上季度比较", "进步名单", "年度台账"]
    changes = [cell.value for cell in workbook["与上季度比较"][3]]
    assert changes == [
        *(1, "市直", "H1医院", 10, 30, 20, 100, 100, 0, 5, 5, 0, 23.92, 31.76, 7.84, 2, 1, 1),
        *(0, 1, 0, "若先计本院：本院 +1，他院 0"),
    ]
    assert [cell.value for cell in workbook["进步名单"][3]] == [1, "市直", "H1医院", 7.84]
    assert [cell.value for cell in workbook["年度台账"][3]] == [
        1,
        "市直",
        "H1医院",
        23.92,
        31.76,
        55.69,
        27.84,
        None,
    ]


def test_a_quarter_without_one_before_says_so_and_has_its_year() -> None:
    files = render_comparison(NOW, [], rejudge)
    content = json.loads(files["comparison.json"])

    assert content["before"] is None
    assert content["changes"] == []
    assert content["reason"] == "2023年第二季度之前的一个季度没有统计，无从比较。"
    assert content["reason"] in files["comparison.md"].decode()
    assert content["year"]["hospitals"][0]["unscored"] == ["2023Q1：该季度未统计"]
    workbook = openpyxl.load_workbook(io.BytesIO(files["comparison.xlsx"]))
    assert workbook["与上季度比较"]["A3"].value == content["reason"]


def test_a_quarter_that_still_runs_is_told_not_to_be_comparable() -> None:
    running = tuple(replace(one, as_of=date(2023, 5, 31)) for one in NOW.standings)
    text = render_comparison(replace(NOW, standings=running), [BEFORE], rejudge)["comparison.md"].decode()

    assert "2023年第二季度只统计到2023年5月31日，天数不全" in text


def test_a_name_that_looks_like_a_formula_stays_a_name() -> None:
    named = tuple(replace(one, hospital="=1+1|") for one in NOW.standings)
    files = render_comparison(replace(NOW, standings=named), [BEFORE], rejudge)
    cell = openpyxl.load_workbook(io.BytesIO(files["comparison.xlsx"]))["与上季度比较"]["C3"]

    assert (cell.value, cell.data_type) == ("=1+1|", "s")
    assert "=1+1\\|" in files["comparison.md"].decode()


def test_the_quarter_before_and_those_of_the_year_are_read_as_far_as_they_are_scored() -> None:
    last_year = judged(Quarter(2022, 4), hospital("H1", 1, 1))
    connection = warehouse_of((*last_year.standings, *BEFORE.standings, *NOW.standings))

    def quarters(quarter: Quarter) -> list[Quarter]:
        return [one.quarter for one in read_earlier(connection, quarter, lambda year: load_policy(2023))]

    assert quarters(FIRST) == [Quarter(2022, 4)]
    assert quarters(SECOND) == [FIRST]
    assert quarters(Quarter(2023, 4)) == [FIRST, SECOND]
    assert preceding(FIRST) == Quarter(2022, 4)
