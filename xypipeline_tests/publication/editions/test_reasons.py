from collections.abc import Callable
from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from xypipeline.policy.policy import POLICY_DIR
from xypipeline.publication.editions.changes import find_changes
from xypipeline.publication.editions.input_changes import (
    InputChange,
    describe_input_changes,
    find_input_changes,
)
from xypipeline_tests.publication.editions.one_figure import FACTS, snapshot_of
from xypipeline_tests.publication.editions.small_quarter import REGISTRY, TABLE, SmallQuarter

POLICY = (POLICY_DIR / "2023.toml").read_text(encoding="utf-8")
FILE = f"2023-06-30/A1/{TABLE}.more.csv"


def more_rows_of_the_largest(quarter: SmallQuarter) -> None:
    quarter.deliver("A1", date(2023, 6, 30), 500, part="more")


def other_weights(quarter: SmallQuarter) -> None:
    text = POLICY.replace("volume = 10", "volume = 12").replace("completeness = 20", "completeness = 18")
    quarter.write_rule("2023.toml", text.replace('"2023.1"', '"2023.2"'))


def more_days_are_good(quarter: SmallQuarter) -> None:
    quarter.write_rule("2023.toml", POLICY.replace("good_at_most_days = 10", "good_at_most_days = 89"))


def an_outage(quarter: SmallQuarter) -> None:
    quarter.write_rule("registry.toml", 'version = "9.2"\n')
    outage = "B2,closure,2023-05-01,2023-05-02,批复\n"
    quarter.write_rule("exemptions.csv", REGISTRY["exemptions.csv"] + outage)


def a_hospital_left(quarter: SmallQuarter) -> None:
    text = REGISTRY["institutions.csv"].replace("2023-01-01,\n4", "2023-01-01,2023-05-31\n4")
    quarter.write_rule("institutions.csv", text)


@pytest.mark.parametrize(
    ("happens", "expected"),
    [
        (
            more_rows_of_the_largest,
            [
                ("甲医院", "rows_uploaded", "2000", "2500", f"新到文件 1 个（上传日 2023-06-30；如 {FILE}）"),
                (
                    "乙医院",
                    "score",
                    "17.37",
                    "17.17",
                    "本院数据未变：全市最大数据量由 2000 条变为 2500 条，各院得分随之折算",
                ),
            ],
        ),
        (
            other_weights,
            [
                ("甲医院", "score", "20.39", "22.35", "考核口径由 2023.1 版改为 2023.2 版"),
                ("乙医院", "score", "17.37", "18.73", "考核口径由 2023.1 版改为 2023.2 版"),
            ],
        ),
        (
            more_days_are_good,
            [
                ("甲医院", "is_good_continuity", "否", "是", "考核口径（2023.1 版）内容有改动"),
                ("乙医院", "is_good_continuity", "否", "是", "考核口径（2023.1 版）内容有改动"),
            ],
        ),
        (an_outage, [("乙医院", "interruption_days", "89", "87", "医院名册由 9.1 版改为 9.2 版")]),
        (
            a_hospital_left,
            [
                ("丙医院", column, old, "", "医院名册（9.1 版）内容有改动")
                for column, old in {
                    "seq": "3",
                    "district": "新县",
                    "hospital": "丙医院",
                    "remark": "已联通省全民健康信息平台",
                }.items()
            ],
        ),
    ],
    ids=["own file and the largest volume", "weights", "cut-off", "register", "hospital left"],
)
def test_each_changed_cell_says_why(
    published: SmallQuarter, happens: Callable, expected: list[tuple[str, ...]]
) -> None:
    happens(published)

    changes = published.run().changes

    assert [(one.hospital, one.column, one.old, one.new, one.reason) for one in changes] == expected


def test_who_is_overtaken_learns_by_whom(quarter: SmallQuarter) -> None:
    quarter.deliver("B2", date(2023, 4, 5), 1700, part="before")
    quarter.run()
    quarter.publish()
    late = quarter.deliver("B2", date(2023, 4, 5), 200, part="late")

    changes = {(one.hospital, one.column): one.reason for one in quarter.run().changes}

    assert changes["乙医院", "rank"] == f"新到文件 1 个（上传日 2023-04-05；如 2023-04-05/B2/{late.name}）"
    assert changes["甲医院", "rank"] == "本院数据未变：因乙医院的数据变化而移动"


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        (replace(FACTS, code={"version": "1.1", "commit": None}), "程序由 1.0 改为 1.1"),
        (
            replace(FACTS, code={"version": "1.0", "commit": f"{'ab' * 20}-dirty"}),
            "程序由 1.0 改为 1.0（abababababab，有改动）",
        ),
        (replace(FACTS, as_of="2023-06-29"), "统计截止日由 2023-06-30 改为 2023-06-29"),
        (FACTS, "未查明：上传文件、数据标准、考核口径、医院名册与程序均无变化，请核查后再公布"),
    ],
    ids=["version", "commit", "cut-off day", "nothing"],
)
def test_where_no_file_and_no_rule_changed(facts: object, reason: str) -> None:
    assert [one.reason for one in find_changes(snapshot_of(1), snapshot_of(2, facts))] == [reason]


def inputs(**files: tuple[str | None, str]) -> pl.DataFrame:
    """Files by name: content and status."""
    columns = ("path", "sha256", "status", "upload_date", "org_code")
    rows = [
        (f"2023-04-0{name[-1]}/A1/{name}", *known, f"2023-04-0{name[-1]}", "A1")
        for name, known in files.items()
    ]
    return pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row")


def test_files_that_came_changed_and_went() -> None:
    frozen = inputs(same1=("s", "loaded"), other1=("a", "loaded"), judged2=("j", None), gone3=("g", "loaded"))
    current = inputs(same1=("s", "loaded"), other1=("b", "loaded"), judged2=("j", "loaded"), new4=("n", None))

    changes = find_input_changes(frozen, current)

    assert changes == [
        InputChange("A1", "2023-04-01", "2023-04-01/A1/other1", "changed"),
        InputChange("A1", "2023-04-02", "2023-04-02/A1/judged2", "changed"),
        InputChange("A1", "2023-04-03", "2023-04-03/A1/gone3", "gone"),
        InputChange("A1", "2023-04-04", "2023-04-04/A1/new4", "added"),
    ]
    assert describe_input_changes(changes) == (
        "新到文件 1 个、变更文件 2 个、不再在案文件 1 个（上传日 2023-04-01、2023-04-02、2023-04-03 等 4 天；"
        "如 2023-04-01/A1/other1、2023-04-02/A1/judged2）"
    )
    assert describe_input_changes([]) == ""


def test_an_archive_counts_once() -> None:
    members = {
        "path": ["2023-04-01/A1/all.zip", "2023-04-01/A1/all.zip/a.csv", "2023-04-01/A1/all.zip/b.csv"]
    }
    known = {"sha256": ["1", "2", "3"], "status": None, "upload_date": "2023-04-01", "org_code": "A1"}
    current = pl.DataFrame({**members, "sha256": known.pop("sha256")}).with_columns(
        pl.lit(value, dtype=pl.String).alias(name) for name, value in known.items()
    )

    assert find_input_changes(current.clear(), current) == [
        InputChange("A1", "2023-04-01", "2023-04-01/A1/all.zip", "added")
    ]
