from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xypipeline.errors import PublicationError
from xypipeline.publication.explain.evidence import read_evidence
from xypipeline.publication.explain.explain import explain_all, explain_figure
from xypipeline.publication.explain.model import Explanation, PolicyValue
from xypipeline.registry.model import Inapplicability, Validity
from xypipeline_tests.publication.explain.installation import (
    CATALOGUE,
    CHARGE,
    DEPARTMENT,
    FIRST,
    PROVINCIAL,
    REGISTRY,
    SECOND,
    STAFF,
    THIRD,
    UNCONNECTED,
    Scored,
    deliver,
    department_rows,
    score,
)
from xypipeline_tests.publication.explain.proof import must_be_proven, table

REFUSED = "第一行没有本表的列名：请以字段代码、旧代码或中文名作表头后重新上传"
UNKNOWN = "文件名不是标准中的表：请以表代码、旧代码或中文表名开头命名，例如 outpatient_visit.csv"


def explained(scored: Scored, org_code: str, column: str) -> Explanation:
    evidence = read_evidence(scored.connection, scored.figures, org_code)
    return explain_figure(scored.figures, evidence, CATALOGUE, REGISTRY, column)


def test_every_explanation_proves_the_published_figure(scored: Scored) -> None:
    must_be_proven(scored.connection, scored.figures, CATALOGUE, REGISTRY)


FILES = st.lists(
    st.tuples(
        st.sampled_from([FIRST, SECOND]),
        st.integers(1, 10),
        st.sampled_from(["department.csv", "科室信息.b.csv", "外科.csv", "department.pdf"]),
        st.lists(st.sampled_from(["K1", "K2", "K2-", "K3!", "!", "K1-"]), max_size=3),
    ),
    max_size=8,
)


@pytest.mark.slow
@settings(max_examples=10)
@given(files=FILES)
def test_whatever_was_delivered_the_explanations_prove_the_figures(files: list[tuple]) -> None:
    with TemporaryDirectory() as folder:
        for org_code, day, name, rows in files:
            deliver(Path(folder), org_code, day, name, department_rows(org_code, *rows))
        scored = score(Path(folder))
        must_be_proven(scored.connection, scored.figures, CATALOGUE, REGISTRY)


def test_each_missing_day_says_what_was_received(scored: Scored) -> None:
    missing = table(explained(scored, FIRST, "interruption_days"), "中断的日子")

    assert missing.title == "中断的日子（5天）"
    assert missing.rows == (
        ("2023-04-03", "一", "1", "0", "1", "致命行 1 行（G01 必填项不为空 1 行）"),
        ("2023-04-04", "二", "1", "1", "0", f"拒收 1 个文件（{REFUSED}）"),
        ("2023-04-05", "三", "1", "1", "0", f"拒收 1 个文件（{UNKNOWN}）"),
        ("2023-04-06", "四", "1", "0", "0", "1 个文件没有数据行"),
        ("2023-04-08", "六", "0", "0", "0", "未收到任何文件"),
    )


def test_exemptions_stand_beside_the_missing_days(scored: Scored) -> None:
    assert table(explained(scored, FIRST, "interruption_days"), "统计期内的免传登记").rows == (
        ("经批准的停传", "2023-04-09", "2023-04-09", "1", "1", "甲卫〔2023〕9号"),
        ("平台停机", "2023-04-10", "2023-04-10", "1", "1", "平台公告3"),
    )


def test_a_day_on_which_the_whole_city_was_silent_asks_for_a_second_look(scored: Scored) -> None:
    *_, last = table(explained(scored, SECOND, "interruption_days"), "中断的日子").rows

    assert last[0] == "2023-04-09"
    assert last[-1] == "未收到任何文件；当日全市都没有文件到达，请核实平台是否停机、当日是否已运行接收"


def test_tables_without_a_record_say_why(scored: Scored) -> None:
    first, second = (explained(scored, code, "tables_uploaded") for code in (FIRST, SECOND))

    assert table(first, "有文件但没有记录的表").rows == (("3", "医务人员信息", "1 个文件没有数据行"),)
    assert table(first, "未上传的表").rows == (("4", "收费项目目录", "charge_item"),)
    revoked = "有效行所属的记录，最新版本均已撤销（修改标志为3）"
    assert table(second, "有文件但没有记录的表").rows == (("2", "科室信息", revoked),)


def test_an_archive_is_counted_by_its_members(scored: Scored) -> None:
    evidence = read_evidence(scored.connection, scored.figures, FIRST)
    files = [(one.table_code, one.status, one.files) for one in evidence.files if one.upload_date.day == 7]

    assert files == [("department", "loaded", 1), (None, "refused", 1)]


def test_the_score_is_worked_out_from_its_parts(scored: Scored) -> None:
    explanation = explained(scored, SECOND, "score")

    assert explanation.arithmetic == (
        "联通：市平台，得 10",
        "数据完整性：20 × 1 ÷ 3 = 6.666666666666667",
        "数据量：10 × lg(1 + 2) ÷ lg(1 + 5) = 6.131471927654584",
        "合计：10 + 6.666666666666667 + 6.131471927654584 = 22.798138594321251",
        "综合得分（四舍五入） = 22.80",
    )
    assert table(explanation, "评分医院中数据量最大者").rows == (("甲县人民医院", "5"),)
    assert explanation.policy[0] == PolicyValue("weights.connection", "联通（分）", "10")


@pytest.mark.parametrize(
    ("org_code", "column", "reason"),
    [
        (PROVINCIAL, "score", "综合得分：只联通省平台，不评分，留空"),
        (PROVINCIAL, "rank", "名次：未评分，不排名，留空"),
        (UNCONNECTED, "tier", "梯队：截止日没有联通市平台（未联通），不分梯队，留空"),
        (THIRD, "rows_uploaded", "已上传数据量：没有任何记录，按通报规则留空，备注“未上传数据”"),
        (FIRST, "remark", "备注：已联通市平台且有数据，无需说明，留空"),
    ],
    ids=["score", "rank", "tier", "rows", "remark"],
)
def test_a_blank_says_why_it_is_blank(scored: Scored, org_code: str, column: str, reason: str) -> None:
    explanation = explained(scored, org_code, column)

    assert (explanation.value, explanation.summary) == ("", reason)


def test_the_neighbours_say_what_decides(scored: Scored) -> None:
    rows = table(explained(scored, SECOND, "rank"), "本院与前后相邻的医院").rows

    assert [(row[0], row[2], row[-1]) for row in rows] == [
        ("前", "甲县人民医院", "由综合得分决定"),
        ("本院", "甲县中医院", ""),
        ("后", "乙县人民医院", "由综合得分决定"),
    ]


def test_the_next_tier_is_within_reach(scored: Scored) -> None:
    explanation = explained(scored, FIRST, "tier")

    assert explanation.notes == ("再上传 1 张表即可进入第二梯队。",)
    assert explanation.arithmetic[-1] == "梯队 = 3（第三梯队）"


def test_data_that_changed_since_the_scores_are_told(scored: Scored) -> None:
    standings = tuple(replace(one, rows_uploaded=99) for one in scored.figures.standings)
    evidence = read_evidence(scored.connection, scored.figures, FIRST)
    figures = replace(scored.figures, standings=standings)
    explanation = explain_figure(figures, evidence, CATALOGUE, REGISTRY, "tables_uploaded")

    assert explanation.notes == (
        "评分时 rows_uploaded 为 99，现有台账合计为 5：评分之后数据有变，请重新运行该季度。",
    )


def test_another_policy_than_that_of_the_scores_is_told(scored: Scored) -> None:
    policy = scored.figures.policy
    weights = replace(policy.weights, connection=Decimal(5))
    figures = replace(scored.figures, policy=replace(policy, version="2024.1", weights=weights))
    evidence = read_evidence(scored.connection, scored.figures, THIRD)

    assert explain_figure(figures, evidence, CATALOGUE, REGISTRY, "score").notes == (
        "按现行口径计算为 5，评分时为 10：评分之后口径有变，请重新运行该季度。",
        "评分时用的是考核口径 2023.1 版，此处按现行的 2024.1 版说明：请重新运行该季度后核对。",
    )


def test_a_column_that_is_no_figure_is_refused(scored: Scored) -> None:
    with pytest.raises(PublicationError, match="district cannot be explained"):
        explained(scored, FIRST, "district")


def test_no_explanation_shows_a_value_of_a_row(scored: Scored) -> None:
    evidence = read_evidence(scored.connection, scored.figures, FIRST)
    texts = repr(explain_all(scored.figures, evidence, CATALOGUE, REGISTRY))

    assert not any(value in texts for value in ("K1", "K3", "内科", "甲,乙"))


def excused(table_code: str, *, last: int = 10) -> Inapplicability:
    days = Validity(date(2023, 1, 1), date(2023, 4, last))
    return Inapplicability(FIRST, table_code, "not_provided", days, f"{table_code}批复", "李四")


def test_completeness_over_applicable_tables_says_what_counts_and_why(tmp_path: Path) -> None:
    entries = (excused(CHARGE, last=8), excused(STAFF, last=7), excused(DEPARTMENT))
    registry = replace(REGISTRY, inapplicabilities=entries)
    deliver(tmp_path, FIRST, 1, "department.csv", department_rows(FIRST, "K1"))
    scored = score(tmp_path, registry=registry)
    evidence = read_evidence(scored.connection, scored.figures, FIRST)
    column = "applicable_completeness_pct"
    found = explain_figure(scored.figures, evidence, CATALOGUE, registry, column)

    # April 9 and 10 are no expected days of it.
    assert table(found, "统计期内的未开展登记").rows == (
        ("收费项目目录", "2023-01-01", "2023-04-08", "0", "不适用", "charge_item批复", "李四"),
        ("医务人员信息", "2023-01-01", "2023-04-07", "0", "适用：没有覆盖全部应上传日", "staff批复", "李四"),
        ("科室信息", "2023-01-01", "2023-04-10", "1", "适用：收到了行", "department批复", "李四"),
    )
    assert found.arithmetic == (
        "适用表：应传 3 − 不适用 1 = 2",
        "100 × 1 ÷ 2 = 50",
        "适用表完整率（%，四舍五入） = 50.00",
    )
    assert explain_figure(scored.figures, evidence, CATALOGUE, registry, "completeness_pct").value == "33.33"
    must_be_proven(scored.connection, scored.figures, CATALOGUE, registry)


def test_without_an_applicable_table_there_is_no_share(tmp_path: Path) -> None:
    registry = replace(
        REGISTRY, inapplicabilities=tuple(excused(code) for code in (CHARGE, STAFF, DEPARTMENT))
    )
    scored = score(tmp_path, registry=registry)
    evidence = read_evidence(scored.connection, scored.figures, FIRST)
    column = "applicable_completeness_pct"
    found = explain_figure(scored.figures, evidence, CATALOGUE, registry, column)

    assert (found.value, found.summary) == (
        "",
        "适用表完整率（%，四舍五入）：登记后没有适用的表，没有分母，留空",
    )
    assert found.arithmetic[0] == "适用表：应传 3 − 不适用 3 = 0"
