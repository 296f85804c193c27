"""Failed checks of one run as notices: one for each rule, whatever the number of tables it failed in.

One fault of a hospital's interface (a date format, a swapped code list) breaks the same rule in many tables
at once: it is one cause, and one call mends it. The hospitals to call stand in the notice, those with the
most breaches first.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from xypipeline.notices.notice import Notice

MOST_NOTICES = 10
"""Per run: robots of work chats take some 20 messages a minute."""
MOST_HOSPITALS = 10
MOST_TABLES = 5


@dataclass(frozen=True)
class Breach:
    """How often one hospital broke one rule in one table; names as people know them."""

    rule_id: str
    rule: str
    severity: str
    is_fatal: bool
    table: str
    hospital: str
    count: int
    link: str
    """The page of the table's check."""


def breach_notices(breaches: Iterable[Breach], days: str, run_link: str) -> list[Notice]:
    """The gravest causes first: fatal before others, then by the number of breaches.

    At most `MOST_NOTICES`; where there are more causes, the last notice lists the rest in a line each, and
    leads to the run.
    """
    by_rule = groupby(sorted(breaches, key=attrgetter("rule_id")), attrgetter("rule_id"))
    causes = sorted((list(group) for _, group in by_rule), key=_gravity)
    if len(causes) <= MOST_NOTICES:
        return [_notice(cause, days) for cause in causes]
    told, rest = causes[: MOST_NOTICES - 1], causes[MOST_NOTICES - 1 :]
    return [*(_notice(cause, days) for cause in told), _rest(rest, days, run_link)]


def _gravity(cause: list[Breach]) -> tuple[bool, int, str]:
    return (not any(breach.is_fatal for breach in cause), -_total(cause), cause[0].rule_id)


def _total(breaches: Iterable[Breach]) -> int:
    return sum(breach.count for breach in breaches)


def _notice(cause: list[Breach], days: str) -> Notice:
    rule = cause[0]
    by_severity = _ranked(cause, attrgetter("severity"))
    hospitals = _ranked(cause, attrgetter("hospital"))
    tables = {breach.table for breach in cause}
    lines = [
        f"上传日：{days}",
        f"合计：{_total(cause)} 处（{'，'.join(f'{name} {count}' for name, count in by_severity)}），"
        f"{len(tables)} 张表，{len(hospitals)} 家医院",
    ]
    for hospital, count in hospitals[:MOST_HOSPITALS]:
        theirs = [breach for breach in cause if breach.hospital == hospital]
        lines.append(f"- {hospital}：{count} 处（{_tables(theirs)}）")
    if len(hospitals) > MOST_HOSPITALS:
        lines.append(f"- 另有 {len(hospitals) - MOST_HOSPITALS} 家医院")
    return Notice(
        cause=rule.rule_id,
        title=f"检查未通过：{rule.rule_id} {rule.rule}",
        lines=tuple(lines),
        link=_ranked(cause, attrgetter("link"))[0][0],
    )


def _tables(breaches: list[Breach]) -> str:
    tables = _ranked(breaches, attrgetter("table"))
    named = "，".join(f"{table} {count}" for table, count in tables[:MOST_TABLES])
    return named if len(tables) <= MOST_TABLES else f"{named}，等 {len(tables)} 张表"


def _ranked(breaches: Iterable[Breach], name: attrgetter) -> list[tuple[str, int]]:
    counts: Counter[str] = Counter()
    for breach in breaches:
        counts[name(breach)] += breach.count
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _rest(causes: list[list[Breach]], days: str, link: str) -> Notice:
    lines = [f"- {cause[0].rule_id} {cause[0].rule}：{_total(cause)} 处" for cause in causes]
    return Notice(
        cause="rest",
        title=f"检查未通过：另有 {len(causes)} 条规则",
        lines=(f"上传日：{days}", *lines),
        link=link,
    )
