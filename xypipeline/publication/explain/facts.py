"""Tables of facts that more than one figure rests on: deliveries, refused files, fatal rows."""

from collections import Counter
from collections.abc import Iterator

from xypipeline.publication.explain.case import Case
from xypipeline.publication.explain.causes import rules_text
from xypipeline.publication.explain.evidence import Evidence, Files
from xypipeline.publication.explain.model import FactTable
from xypipeline.publication.explain.numbers import grouped

_ROWS = ("rows_received", "rows_fatal", "rows_accepted", "records_new")


def delivered_tables(case: Case, title: str, parts: dict[str, Evidence]) -> FactTable:
    """Days, files and rows of some tables, by table code."""
    return FactTable(
        title,
        ("序号", "表", "上传日", "文件", "拒收文件", "收到行", "致命行", "有效行", "记录"),
        tuple((*case.table_name(code), *_counts(part)) for code, part in parts.items()),
    )


def refused_files(evidence: Evidence) -> FactTable:
    """The refused files by reason, with the days between which they came."""
    by_reason: dict[str, list[Files]] = {}
    for one in evidence.files:
        if one.status == "refused":
            by_reason.setdefault(one.reason or "原因未记录", []).append(one)
    rows = tuple(
        (reason, grouped(sum(one.files for one in found)), _span(found))
        for reason, found in sorted(by_reason.items())
    )
    files = sum(one.files for found in by_reason.values() for one in found)
    return FactTable(f"拒收的文件（{grouped(files)}个）", ("原因", "文件", "日期"), rows)


def fatal_rows(case: Case) -> FactTable:
    """The fatal rows by table and by the rules that they break; each row is counted once."""
    rows = tuple(
        (case.table_name(code)[1], rules_text(case, rule_ids), grouped(count))
        for code, part in case.by_table.items()
        for rule_ids, count in sorted(_by_rules(part).items())
    )
    total = grouped(case.evidence.total("rows_fatal"))
    return FactTable(f"致命行（不能识别或没有日期，不计入，{total}行）", ("表", "违反的规则", "行数"), rows)


def _by_rules(part: Evidence) -> Counter[tuple[str, ...]]:
    counts: Counter[tuple[str, ...]] = Counter()
    for one in part.fatal_rows:
        counts[one.rule_ids] += one.rows
    return counts


def _counts(part: Evidence) -> Iterator[str]:
    yield str(len(part.upload_days))
    yield grouped(sum(one.files for one in part.files))
    yield grouped(sum(one.files for one in part.files if one.status == "refused"))
    for column in _ROWS:
        yield grouped(part.total(column))


def _span(found: list[Files]) -> str:
    first, last = min(one.upload_date for one in found), max(one.upload_date for one in found)
    return str(first) if first == last else f"{first} 至 {last}"
