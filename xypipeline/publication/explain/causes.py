"""Why a day or a table brought nothing: what was received, and what became of it, in words."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from xypipeline.publication.explain.case import Case
from xypipeline.publication.explain.evidence import Evidence
from xypipeline.publication.explain.numbers import grouped

REVOKED = "有效行所属的记录，最新版本均已撤销（修改标志为3）"
NOTHING = "未收到任何文件"
NOTHING_IN_THE_CITY = "未收到任何文件；当日全市都没有文件到达，请核实平台是否停机、当日是否已运行接收"


def why_silent(case: Case, day: date) -> str:
    """Why an expected day was no upload day."""
    if losses := describe_losses(case, case.evidence.on(day)):
        return losses
    return NOTHING if day in case.evidence.days_with_files else NOTHING_IN_THE_CITY


def why_no_record(case: Case, part: Evidence) -> str:
    """Why the files of one table brought no record."""
    revoked = (REVOKED,) if part.total("rows_accepted") else ()
    return "；".join(filter(None, (describe_losses(case, part), *revoked)))


def describe_losses(case: Case, part: Evidence) -> str:
    """What of a part of the evidence did not count: refused, waiting or empty files, fatal rows."""
    return "；".join((*_lost_files(part), *_lost_rows(case, part)))


def describe_fatal_rows(case: Case, part: Evidence) -> str:
    """The fatal rows by the rules that they break, each row once."""
    by_rules: Counter[tuple[str, ...]] = Counter()
    for one in part.fatal_rows:
        by_rules[one.rule_ids] += one.rows
    return "，".join(
        f"{rules_text(case, rule_ids)} {grouped(rows)} 行" for rule_ids, rows in sorted(by_rules.items())
    )


def rules_text(case: Case, rule_ids: tuple[str, ...]) -> str:
    """The rules that a row breaks, with their titles."""
    return "＋".join(map(case.rule_title, rule_ids))


def _lost_files(part: Evidence) -> Iterator[str]:
    refused: Counter[str] = Counter()
    for one in part.files:
        if one.status == "refused":
            refused[one.reason or "原因未记录"] += one.files
    for reason, files in sorted(refused.items()):
        yield f"拒收 {grouped(files)} 个文件（{reason}）"
    if waiting := sum(one.files for one in part.files if one.status is None):
        yield f"{grouped(waiting)} 个文件已到达，尚未处理"


def _lost_rows(case: Case, part: Evidence) -> Iterator[str]:
    if rows_fatal := part.total("rows_fatal"):
        yield f"致命行 {grouped(rows_fatal)} 行（{describe_fatal_rows(case, part)}）"
    read = sum(one.files for one in part.files if one.status in ("loaded", "partly_loaded"))
    if read and part.total("rows_received") == 0:
        yield f"{grouped(read)} 个文件没有数据行"
