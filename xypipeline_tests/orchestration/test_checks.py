from datetime import date

import dagster as dg
import polars as pl
import pytest

from xypipeline.orchestration.checks import check_result, check_spec
from xypipeline.periods import Period
from xypipeline.registry.institutions import current_registry
from xypipeline.standard.catalogue import current_catalogue
from xypipeline.validated.conform import validate_texts
from xypipeline.validated.store import TableVerdict
from xypipeline.validated.verdict import add_up_files, give_verdict, outcome_of
from xypipeline_tests.validated.rows import HOSPITAL, TRANSFER, UPLOAD_DATE, raw_rows, table_named

TABLE = table_named("transfer_record")
DAY = Period(UPLOAD_DATE, UPLOAD_DATE)


def verdict_on(*rows: dict) -> TableVerdict:
    judged = validate_texts(
        raw_rows(TABLE.code, *(TRANSFER | row for row in rows)), TABLE, current_catalogue()
    )
    outcome = outcome_of(judged.accepted, judged.findings)
    files = pl.DataFrame(schema={"path": pl.String, "upload_date": pl.Date, "org_code": pl.String})
    return give_verdict(add_up_files([outcome.tally], files, TABLE), [outcome])


def result_of(*rows: dict, days: Period = DAY) -> dg.AssetCheckResult:
    return check_result(TABLE, verdict_on(*rows), days, current_catalogue(), current_registry())


def shown(result: dg.AssetCheckResult) -> dict[str, object]:
    return {
        label: [tuple(record.data.values()) for record in value.records]
        if isinstance(value, dg.TableMetadataValue)
        else value.value
        for label, value in result.metadata.items()
    }


def test_a_steward_reads_counts_columns_examples_and_hospitals() -> None:
    result = result_of({}, {"record_id": "TR2", "modify_flag": "9"}, {"record_id": None})

    assert result.description == "收到 3 行，接收 2 行，合格 1 行"
    assert shown(result) == {
        "1 上传日": "2023-04-10",
        "2 收到行数": 3,
        "3 接收行数": 2,
        "4 合格行数": 1,
        "5 合格率（%）": 50.0,
        "6 致命行数": 1,
        "7 问题最多的列": [
            ("G01", "必填项不为空", "record_id", "记录流水号", "致命", 1),
            ("G06", "值域合规", "modify_flag", "修改标志", "错误", 1),
        ],
        "8 脱敏示例": [
            (
                "2023-04-10",
                "信阳市中心医院",
                "transfer_record.csv",
                4,
                "record_id 记录流水号",
                "G01",
                "（空）",
            ),
            ("2023-04-10", "信阳市中心医院", "transfer_record.csv", 3, "modify_flag 修改标志", "G06", "9"),
        ],
        "9 各医院": [
            (HOSPITAL, "信阳市中心医院", "G01", "必填项不为空", "致命", 1),
            (HOSPITAL, "信阳市中心医院", "G06", "值域合规", "错误", 1),
        ],
    }


@pytest.mark.parametrize(
    ("row", "passed", "severity"),
    [
        ({}, True, dg.AssetCheckSeverity.WARN),
        ({"doctor_name": "测试"}, True, dg.AssetCheckSeverity.WARN),
        ({"modify_flag": "9"}, False, dg.AssetCheckSeverity.WARN),
        ({"record_id": None}, False, dg.AssetCheckSeverity.ERROR),
    ],
)
def test_the_gravest_severity_decides(row: dict, passed: bool, severity: dg.AssetCheckSeverity) -> None:
    result = result_of(row)

    assert (result.passed, result.severity) == (passed, severity)


def test_of_nothing_no_share_is_known() -> None:
    result = result_of(days=Period(date(2023, 4, 1), date(2023, 6, 30)))

    assert (result.passed, result.description) == (True, "没有收到数据")
    assert shown(result) == {
        "1 上传日": "2023-04-01 至 2023-06-30",
        "2 收到行数": 0,
        "3 接收行数": 0,
        "4 合格行数": 0,
        "6 致命行数": 0,
        "7 问题最多的列": [],
        "8 脱敏示例": [],
        "9 各医院": [],
    }


def test_the_name_of_an_unknown_column_is_not_shown() -> None:
    verdict = verdict_on({"modify_flag": "9"})
    unknown = pl.lit("13812345678").alias("column_name")
    findings, sample = (frame.with_columns(unknown) for frame in (verdict.findings, verdict.sample))
    strange = TableVerdict(
        **{**vars(verdict), "findings": findings, "sample": sample.with_columns(value_masked=None)}
    )

    result = check_result(TABLE, strange, DAY, current_catalogue(), current_registry())

    assert shown(result)["7 问题最多的列"] == [("G06", "值域合规", "", "（标准外的列）", "错误", 1)]
    assert shown(result)["8 脱敏示例"][0][4:] == ("（标准外的列）", "G06", "（不显示）")


def test_a_day_has_a_check_of_its_own() -> None:
    assert check_spec(dg.AssetKey(["validated", TABLE.code])).partitions_def is not None
