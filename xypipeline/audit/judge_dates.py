"""Judges what a bulletin says of its period, its days and its document number."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta

from xypipeline.audit.canonical import day_text
from xypipeline.audit.claims import Basis, Comparison
from xypipeline.audit.evidence import Evidence
from xypipeline.audit.statements import Statement, Topic
from xypipeline.periods import Quarter

_NO_SUCH_DAY = "没有这一天"


def quarter_text(quarter: Quarter) -> str:
    """A quarter as bulletins name it."""
    return f"{quarter.year}年第{'一二三四'[quarter.number - 1]}季度（{quarter.months_zh}）"


def judge_quarter(statement: Statement, evidence: Evidence) -> Iterator[Comparison]:
    """A quarter, or the months of one: against our period, or what the rest of the bulletin says."""
    quarter = evidence.quarter
    if quarter is None:
        return
    year, number = statement.value
    agrees = number == quarter.number and year in (None, quarter.year)
    basis = Basis.OURS if evidence.published else Basis.PROSE
    if agrees and not evidence.published and not _is_said_elsewhere(statement, evidence):
        return
    note = None if agrees else f"与通报统计期不一致，应为{quarter_text(quarter)}"
    yield Comparison(basis, agrees, quarter_text(quarter), note)


def _is_said_elsewhere(statement: Statement, evidence: Evidence) -> bool:
    said = [one for one in evidence.statements if one.topic in (Topic.QUARTER, Topic.AS_OF)]
    return any(one is not statement and one.value != statement.value for one in said) or len(said) > 1


def judge_as_of(statement: Statement, evidence: Evidence) -> Iterator[Comparison]:
    """The cut-off day: in the quarter, the same throughout, and ours."""
    day = statement.value
    if not isinstance(day, date):
        yield Comparison(Basis.ITSELF, agrees=False, found=_NO_SUCH_DAY)
        return
    if evidence.published:
        ours = evidence.published.as_of
        yield Comparison(Basis.OURS, day == ours, day_text(ours))
        return
    quarter = evidence.quarter
    if quarter and Quarter.containing(day) != quarter:
        yield Comparison(Basis.PROSE, agrees=False, found=f"不在{quarter_text(quarter)}内")
    stated = evidence.stated(Topic.AS_OF, None)
    if len(list(evidence.about(Topic.AS_OF, None))) > 1 and isinstance(stated, date):
        yield Comparison(
            Basis.PROSE, stated == day, day_text(stated), "全文截止日期" if stated == day else "前后不一致"
        )


def judge_deadline(statement: Statement, evidence: Evidence) -> Iterator[Comparison]:
    """A day by which something is to be done: after the cut-off day; with our figures, the policy's."""
    day = _resolve(statement.value, evidence)
    if day is None:
        yield Comparison(Basis.ITSELF, agrees=False, found=_NO_SUCH_DAY)
    elif evidence.published and evidence.quarter:
        days = evidence.policy.deadlines["unconnected_report_days"]
        due = evidence.quarter.last + timedelta(days=days)
        yield Comparison(Basis.POLICY, day == due, day_text(due), f"季度结束后 {days} 天")
    elif evidence.as_of:
        agrees = day > evidence.as_of
        note = "期限在统计截止日之后" if agrees else "期限不晚于统计截止日"
        yield Comparison(Basis.PROSE, agrees, f"截至{day_text(evidence.as_of)}", note)


def judge_issued(statement: Statement, evidence: Evidence) -> Iterator[Comparison]:
    """The day of issue: after the cut-off day, and the office's."""
    day = _resolve(statement.value, evidence)
    if day is None:
        yield Comparison(Basis.ITSELF, agrees=False, found=_NO_SUCH_DAY)
        return
    if evidence.published and evidence.published.issued_on:
        ours = evidence.published.issued_on
        yield Comparison(Basis.OURS, day == ours, day_text(ours))
    elif evidence.as_of and day <= evidence.as_of:
        note = "成文日期不晚于统计截止日"
        yield Comparison(Basis.PROSE, agrees=False, found=f"截至{day_text(evidence.as_of)}", note=note)


def judge_day(statement: Statement, evidence: Evidence) -> Iterator[Comparison]:
    """Any other day: only the first and the last of the period can be told to be right."""
    day = _resolve(statement.value, evidence)
    if day is None:
        yield Comparison(Basis.ITSELF, agrees=False, found=_NO_SUCH_DAY)
    elif evidence.quarter and day in (evidence.quarter.first, evidence.as_of):
        yield Comparison(Basis.PROSE, agrees=True, found="统计期起止日")


def judge_year(statement: Statement, evidence: Evidence) -> Iterator[Comparison]:
    """The bulletin's year."""
    if evidence.quarter:
        basis = Basis.OURS if evidence.published else Basis.PROSE
        agrees = statement.value == evidence.quarter.year
        yield Comparison(basis, agrees, f"{evidence.quarter.year}年", None if agrees else "与通报年度不一致")


def judge_year_end(statement: Statement, evidence: Evidence) -> Iterator[Comparison]:
    """The year-end by which all are to be connected: that of the day after the quarter."""
    if evidence.quarter is None:
        return
    ours = evidence.quarter.following.year
    if evidence.published:
        yield Comparison(Basis.OURS, statement.value == ours, f"{ours}年底")
    elif statement.value in (ours, evidence.quarter.year):
        yield Comparison(Basis.PROSE, agrees=True, found=f"通报年度{evidence.quarter.year}年")
    elif statement.value < evidence.quarter.year:
        yield Comparison(
            Basis.PROSE, agrees=False, found=f"通报年度{evidence.quarter.year}年", note="期限已过"
        )


def judge_number(statement: Statement, evidence: Evidence) -> Iterator[Comparison]:
    """The document number: the same throughout, and the office's."""
    stated = evidence.stated(Topic.NUMBER, None)
    if stated != statement.value:
        yield Comparison(Basis.PROSE, agrees=False, found=str(stated), note="前后文号不一致")
    if evidence.published and evidence.published.number:
        ours = evidence.published.number
        yield Comparison(Basis.OURS, statement.value == ours, ours)
        return
    year = int(statement.value.partition("〔")[2][:4])
    yield from (one for one in _judge_number_year(year, evidence) if not one.agrees)


def judge_number_year(statement: Statement, evidence: Evidence) -> Iterator[Comparison]:
    """The year of the number or of the day of issue, where these are still blank."""
    return _judge_number_year(statement.value, evidence)


def _judge_number_year(year: int, evidence: Evidence) -> Iterator[Comparison]:
    if evidence.quarter is None:
        return
    issued = (evidence.published and evidence.published.issued_on) or evidence.quarter.following.first
    allowed = {issued.year} if evidence.published else {issued.year, evidence.quarter.year}
    basis = Basis.OURS if evidence.published else Basis.PROSE
    yield Comparison(basis, year in allowed, f"{issued.year}年", None if year in allowed else "年份不符")


def _resolve(value: object, evidence: Evidence) -> date | None:
    """A day; without a year, the next such day after the quarter began."""
    if isinstance(value, date):
        return value
    year, month, day = value
    if evidence.quarter and not year:
        year = evidence.quarter.year + (month < evidence.quarter.first.month)
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


DATE_JUDGES: Mapping[Topic, Callable[[Statement, Evidence], Iterator[Comparison]]] = {
    Topic.QUARTER: judge_quarter,
    Topic.AS_OF: judge_as_of,
    Topic.DEADLINE: judge_deadline,
    Topic.ISSUED: judge_issued,
    Topic.DAY: judge_day,
    Topic.YEAR: judge_year,
    Topic.YEAR_END: judge_year_end,
    Topic.NUMBER: judge_number,
    Topic.NUMBER_YEAR: judge_number_year,
}
