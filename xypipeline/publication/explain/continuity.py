"""Explains interruptions and the last upload: day by day what was expected, and what was received."""

from collections.abc import Iterator
from datetime import date

from xypipeline.publication.explain.case import Case, Working
from xypipeline.publication.explain.causes import describe_losses, why_silent
from xypipeline.publication.explain.facts import delivered_tables
from xypipeline.publication.explain.model import FactTable, PolicyValue
from xypipeline.publication.explain.numbers import grouped, result
from xypipeline.registry.model import Validity

_DAY_HEADER = ("日期", "星期", "文件", "拒收文件", "收到行", "当日情况")
_WEEKDAYS = "一二三四五六日"
_PLATFORMS = {"city": "市平台", "province": "省平台"}
_KINDS = {"outage": "平台停机", "closure": "经批准的停传"}
_NEVER_EXPECTED = "统计期内没有应上传日，留空"


def explain_interruptions(case: Case) -> Working:
    """Each missing day with what was received on it; connections and exemptions beside."""
    evidence = case.evidence
    expected, missing = set(evidence.expected_days), evidence.missing_days
    not_expected = [day for day in evidence.days if day not in expected]
    register = (_connections(case), _exemptions(case))
    limit = case.figures.policy.good_continuity_days
    if case.row.interruption_days is None:
        blank = _NEVER_EXPECTED if case.standing.has_uploaded else case.blank
        inputs = (_futile_days(case, evidence.days), *register)
        return Working(inputs, (result("上传中断天数", None, blank),))
    return Working(
        inputs=(_missing_days(case, missing), *register),
        policy=(PolicyValue("continuity.good_at_most_days", "连续性良好：中断不超过（天）", str(limit)),),
        arithmetic=(
            f"应上传日：统计期 {len(evidence.days)} − 不需上传的日子 {len(not_expected)} = {len(expected)}",
            f"中断：应上传日 {len(expected)} − 其中的上传日 {len(expected) - len(missing)} = {len(missing)}",
            f"上传中断天数 = {case.row.interruption_days}",
        ),
        notes=tuple(_extra_uploads(case, not_expected)),
    )


def explain_last_upload(case: Case) -> Working:
    """What came on the last upload day, and what came since without counting."""
    evidence, last = case.evidence, case.standing.last_upload_date
    if last is None:
        return Working(
            inputs=(_futile_days(case, evidence.days),),
            arithmetic=(result("最近上传日期", None, case.blank),),
        )
    last_day = evidence.on(last)
    parts = {code: last_day.of_table(code) for code in case.by_table}
    later = tuple(day for day in evidence.days if day > last)
    return Working(
        inputs=(
            delivered_tables(
                case, f"{last} 收到的数据", {code: part for code, part in parts.items() if part.files}
            ),
            _futile_days(case, later),
        ),
        arithmetic=(
            f"统计期内的上传日 {len(evidence.upload_days)} 天；此后至截止日 {evidence.as_of} 共"
            f" {len(later)} 天，没有收到任何有效行",
            result("最近上传日期", case.row.last_upload_date, case.blank),
        ),
    )


def _missing_days(case: Case, missing: tuple[date, ...]) -> FactTable:
    rows = tuple((*_received(case, day), why_silent(case, day)) for day in missing)
    return FactTable(f"中断的日子（{len(missing)}天）", _DAY_HEADER, rows)


def _futile_days(case: Case, days: tuple[date, ...]) -> FactTable:
    """Days on which files came, but no accepted row."""
    rows = tuple(
        (*_received(case, day), describe_losses(case, part))
        for day in days
        if (part := case.evidence.on(day)).files and day not in case.evidence.upload_days
    )
    return FactTable(
        f"有文件但没有有效行的日子（{len(rows)}天）",
        _DAY_HEADER,
        rows,
    )


def _received(case: Case, day: date) -> Iterator[str]:
    part = case.evidence.on(day)
    yield str(day)
    yield _WEEKDAYS[day.weekday()]
    yield grouped(sum(one.files for one in part.files))
    yield grouped(sum(one.files for one in part.files if one.status == "refused"))
    yield grouped(part.total("rows_received"))


def _connections(case: Case) -> FactTable:
    rows = tuple(
        (_PLATFORMS[one.platform], str(one.valid.first), str(one.valid.last or "至今"), one.note or "")
        for one in case.registry.connections
        if one.org_code == case.standing.org_code and one.valid.overlaps(_period(case))
    )
    return FactTable("统计期内的联通登记", ("平台", "起", "止", "说明"), rows)


def _exemptions(case: Case) -> FactTable:
    rows = []
    for one in case.registry.exemptions:
        days = [day for day in case.evidence.days if one.days.covers(day)]
        if days and one.org_code in (None, case.standing.org_code):
            silent = [day for day in days if day not in case.evidence.upload_days]
            span = (str(days[0]), str(days[-1]), str(len(days)), str(len(silent)))
            rows.append((_KINDS[one.kind], *span, one.evidence))
    return FactTable(
        "统计期内的免传登记（平台停机、经批准的停传）",
        ("类别", "起", "止", "天数", "其中未上传", "依据"),
        tuple(rows),
    )


def _period(case: Case) -> Validity:
    return Validity(case.evidence.first, case.evidence.as_of)


def _extra_uploads(case: Case, not_expected: list[date]) -> Iterator[str]:
    if extra := [day for day in not_expected if day in case.evidence.upload_days]:
        yield f"不需上传的日子中有 {len(extra)} 天收到了有效行，不影响中断天数。"
