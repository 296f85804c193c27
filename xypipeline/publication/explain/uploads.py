"""Explains what was uploaded: tables, their share of those required, and records."""

from collections.abc import Iterator
from fractions import Fraction

from xypipeline.publication.explain.case import Case, Working
from xypipeline.publication.explain.causes import why_no_record
from xypipeline.publication.explain.facts import delivered_tables, fatal_rows, refused_files
from xypipeline.publication.explain.model import FactTable, PolicyValue
from xypipeline.publication.explain.numbers import decimal_text, grouped, result
from xypipeline.registry.model import Validity


def explain_tables(case: Case) -> Working:
    """The tables with a record, those without, and those that brought files but no record."""
    parts = case.by_table
    present = {code: part for code, part in parts.items() if part.total("records_new")}
    futile = [code for code, part in parts.items() if (part.files or part.deliveries) and code not in present]
    missing = [code for code in parts if code not in present and code not in futile]
    return Working(
        inputs=(
            delivered_tables(case, f"有记录的表（{len(present)}张）", present),
            FactTable(
                f"有文件但没有记录的表（{len(futile)}张）",
                ("序号", "表", "原因"),
                tuple((*case.table_name(code), why_no_record(case, parts[code])) for code in futile),
            ),
            FactTable(
                f"未上传的表（{len(missing)}张）",
                ("序号", "表", "代码"),
                tuple((*case.table_name(code), code) for code in missing),
            ),
            *_nameless_files(case),
        ),
        arithmetic=(
            f"应传 {len(parts)} − 有文件但没有记录 {len(futile)} − 未上传 {len(missing)} = {len(present)}",
            result("上传表数量", case.row.tables_uploaded, case.blank),
        ),
    )


def explain_completeness(case: Case) -> Working:
    """Tables uploaded, over those of the standard."""
    standing, decimals = case.standing, case.figures.policy.decimals["completeness_pct"]
    exact = Fraction(100 * standing.tables_uploaded, standing.tables_required)
    rows = (
        ("上传表数量", str(standing.tables_uploaded)),
        (f"数据标准 {standing.standard_version} 版规定的应传表", str(standing.tables_required)),
    )
    return Working(
        inputs=(FactTable("分子与分母", ("项目", "张数"), rows),),
        policy=(PolicyValue("decimals.completeness_pct", "公布的小数位数", str(decimals)),),
        arithmetic=(
            f"100 × {standing.tables_uploaded} ÷ {standing.tables_required} = {decimal_text(exact)}",
            result("数据完整率（%，四舍五入）", case.row.completeness_pct, case.blank),
        ),
    )


def explain_applicable_completeness(case: Case) -> Working:
    """Tables uploaded, over those that are applicable; what the register says beside it."""
    standing, decimals = case.standing, case.figures.policy.decimals["completeness_pct"]
    entries = tuple(_entries(case))
    uploaded, applicable = standing.tables_uploaded, standing.tables_applicable
    blank = case.blank if applicable else "登记后没有适用的表，没有分母，留空"
    share = f"100 × {uploaded} ÷ {applicable}"
    exact = f" = {decimal_text(Fraction(100 * uploaded, applicable))}" if applicable else "，没有分母"
    return Working(
        inputs=(
            FactTable(
                "统计期内的未开展登记",
                ("表", "起", "止", "收到行", "是否适用", "依据", "批准"),
                entries,
            ),
        ),
        policy=(PolicyValue("decimals.completeness_pct", "公布的小数位数", str(decimals)),),
        arithmetic=(
            f"适用表：应传 {standing.tables_required} − 不适用 {standing.tables_required - applicable}"
            f" = {applicable}",
            f"{share}{exact}",
            result("适用表完整率（%，四舍五入）", case.row.applicable_completeness_pct, blank),
        ),
    )


def explain_rows(case: Case) -> Working:
    """From the rows received to the records that count, in all and table by table."""
    evidence = case.evidence
    received, fatal = evidence.total("rows_received"), evidence.total("rows_fatal")
    accepted, records = evidence.total("rows_accepted"), evidence.total("records_new")
    parts = {code: part for code, part in case.by_table.items() if part.files or part.deliveries}
    return Working(
        inputs=(
            delivered_tables(case, f"收到文件的表（{len(parts)}张）", parts),
            refused_files(evidence),
            fatal_rows(case),
        ),
        arithmetic=(
            f"有效行：收到行 {grouped(received)} − 致命行 {grouped(fatal)} = {grouped(accepted)}",
            f"记录：有效行 {grouped(accepted)} − 重复、更新或已撤销的行 {grouped(accepted - records)}"
            f" = {grouped(records)}",
            result("已上传数据量", case.row.rows_uploaded, case.blank),
        ),
    )


def _entries(case: Case) -> Iterator[tuple[str, ...]]:
    evidence = case.evidence
    excused = case.registry.inapplicable_tables(evidence.first, evidence.as_of)
    for one in case.registry.inapplicabilities:
        if one.org_code != evidence.org_code or not one.days.overlaps(
            Validity(evidence.first, evidence.as_of)
        ):
            continue
        rows = evidence.of_table(one.table_code).total("rows_received")
        verdict = "不适用" if one.key in excused else "适用：没有覆盖全部应上传日"
        yield (
            case.table_name(one.table_code)[1],
            str(one.days.first),
            str(one.days.last),
            grouped(rows),
            "适用：收到了行" if rows else verdict,
            one.evidence,
            one.approver,
        )


def _nameless_files(case: Case) -> Iterator[FactTable]:
    files = [one for one in case.evidence.files if one.table_code is None]
    if files:
        rows = tuple((str(one.upload_date), one.reason or "", grouped(one.files)) for one in files)
        yield FactTable("看不出是哪张表的文件", ("日期", "原因", "文件"), rows)
