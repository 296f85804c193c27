"""The details of a small city's hospitals, put together by hand; codes as long as real ones."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from xypipeline.periods import Period
from xypipeline.policy.policy import load_policy
from xypipeline.publication.details.model import (
    DayUpload,
    FindingExample,
    HospitalDetail,
    RefusedFile,
    RuleFindings,
    TableUpload,
)
from xypipeline.publication.explain.model import Explanation, FactTable, PolicyValue
from xypipeline.publication.figures import QuarterFigures
from xypipeline.registry.model import Institution, Registry
from xypipeline.standard.catalogue import current_catalogue
from xypipeline_tests.publication.city import PROVINCE, QUARTER, SILENT, SINCE, UNCONNECTED, UPLOADING

CATALOGUE = current_catalogue()
CODES = ("411500001", "411500002", "411523003", "411523004")
STANDINGS = tuple(
    replace(standing, org_code=code)
    for standing, code in zip((UPLOADING, SILENT, PROVINCE, UNCONNECTED), CODES, strict=True)
)
FIGURES = QuarterFigures(QUARTER, STANDINGS, load_policy(2023))
SPAN = Period(QUARTER.first, QUARTER.last)
MISSED = frozenset({date(2023, 4, 25), date(2023, 6, 29), date(2023, 6, 30)})
REGISTRY = Registry(
    version="9.9",
    institutions=tuple(
        Institution(one.seq, one.org_code, one.hospital, one.district, "4115", "general", None, SINCE)
        for one in STANDINGS
    ),
    connections=(),
    exemptions=(),
)


def day(upload_date: date, rows: int = 0, *, is_expected: bool = True, files: int | None = None) -> DayUpload:
    """A day with so many accepted rows, nine in ten of them new records; by default one file if any."""
    return DayUpload(
        upload_date,
        is_expected,
        files=(rows > 0) if files is None else files,
        files_refused=0,
        rows_received=rows,
        rows_accepted=rows,
        records_new=rows * 9 // 10,
    )


def tables(present: int) -> tuple[TableUpload, ...]:
    """The required tables, the first so many of them uploaded."""
    return tuple(
        TableUpload(table, 100, 80, 91, 11, date(2023, 6, 28), 200, 199)
        if number < present
        else TableUpload(table, 0, 0, 91, None, None, 0, 0)
        for number, table in enumerate(CATALOGUE.tables.values())
    )


def findings(rule_id: str, severity: str, table_code: str, count: int, *values: str | None) -> RuleFindings:
    """Findings in the first column of a table, with these masked values as examples."""
    table = CATALOGUE.tables[table_code]
    field = table.fields[1]
    examples = tuple(
        FindingExample(f"2023-06-28/411500001/{table_code}.csv", line, value)
        for line, value in enumerate(values, start=2)
    )
    return RuleFindings(
        CATALOGUE.rules[rule_id], severity, table, field.code, field.title_zh, count, examples
    )


UPLOADING_DETAIL = HospitalDetail(
    org_code=CODES[0],
    days=tuple(day(one, 0 if one in MISSED else 100 + one.day) for one in SPAN.days()),
    tables=tables(31),
    findings=(
        findings("G01", "fatal", "patient_info", 12, None),
        findings("G06", "error", "staff", 1234, "<b>9</b>", "转往丙医院 411523003", "=1+1"),
        findings("G02", "warn", "staff", 5, "1900-01-01"),
    ),
    refused=(
        RefusedFile(date(2023, 6, 1), "2023-06-01/411500001/病历.doc", "文件类型不受支持"),
        RefusedFile(date(2023, 5, 1), "2023-05-01/411500001/411523003.csv", "文件名不是标准中的表"),
    ),
    refused_count=3,
)


def empty_detail(org_code: str, *, is_expected: bool) -> HospitalDetail:
    """A hospital that uploaded nothing."""
    days = tuple(day(one, is_expected=is_expected) for one in SPAN.days())
    return HospitalDetail(org_code, days, tables(0), (), (), 0)


DETAILS: Mapping[str, HospitalDetail] = {
    CODES[0]: UPLOADING_DETAIL,
    CODES[1]: empty_detail(CODES[1], is_expected=True),
    CODES[2]: empty_detail(CODES[2], is_expected=False),
    CODES[3]: empty_detail(CODES[3], is_expected=False),
}
RANK = Explanation(
    column="rank",
    title="名次",
    org_code=CODES[0],
    hospital="甲医院",
    value="1",
    definition="按综合得分从高到低",
    clause="docs/scoring.md 第8条",
    inputs=(
        FactTable("相邻的医院", ("医院", "综合得分"), (("甲医院", "32.16"), ("乙医院", "10"))),
        FactTable("并列的医院", ("医院",), ()),
    ),
    policy=(PolicyValue("weights.total", "满分", "40"),),
    arithmetic=("排在本院之前的 0 家，其后是乙医院", "名次 = 1"),
    versions="数据标准 2023.1 版",
    notes=(),
)
TABLES_UPLOADED = replace(
    RANK,
    column="tables_uploaded",
    title="上传表数量",
    value="31",
    inputs=(),
    arithmetic=("上传表数量 = 31",),
)
EXPLANATIONS: Mapping[str, tuple[Explanation, ...]] = {CODES[0]: (TABLES_UPLOADED, RANK)}


def quarter_before() -> QuarterFigures:
    """The first quarter: the uploading hospital had fewer tables, a lower score and rank."""
    earlier = {"period": "2023Q1", "as_of": QUARTER.first - timedelta(days=1)}
    standings = [replace(one, **earlier) for one in STANDINGS]
    standings[0] = replace(standings[0], tables_uploaded=20, rows_uploaded=1000, rank=2, tier=3)
    return QuarterFigures(type(QUARTER)(2023, 1), tuple(standings), FIGURES.policy)
