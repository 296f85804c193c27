"""The daily patrol as a short text for a work chat: names of hospitals and tables, never a row's content."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby

from xypipeline.harmless import without_markup
from xypipeline.publication.patrol import HospitalPatrol, Patrol, TablePatrol

MOST_NAMES = 6
"""In one line; the page lists all."""
MOST_HOSPITALS = 5
"""With a line of their own for their tables."""
_WEEKDAYS = "一二三四五六日"


def message_title(patrol: Patrol) -> str:
    """The day and its weekday."""
    return f"每日巡查 {patrol.day}（周{_WEEKDAYS[patrol.day.weekday()]}）"


def message_lines(patrol: Patrol) -> tuple[str, ...]:
    """What to act on: the totals first, then each kind of silence, who came back, what is delayed."""
    lines = (_totals(patrol), *_silences(patrol), *_tables(patrol), *_news(patrol), *_delays(patrol))
    return tuple(map(without_markup, lines))


def message_text(patrol: Patrol) -> str:
    """Title and lines as Markdown, which also reads as plain text."""
    return (
        "\n".join([f"**{message_title(patrol)}**", *(f"- {line}" for line in message_lines(patrol))]) + "\n"
    )


def month_day(day: date) -> str:
    """4月5日."""
    return f"{day.month}月{day.day}日"


def _totals(patrol: Patrol) -> str:
    uploaded, silent = len(patrol.in_state("uploaded")), len(patrol.in_state("silent"))
    never = len(patrol.in_state("never_uploaded"))
    text = f"应上传 {patrol.expected} 家：已上传 {uploaded} 家，中断 {silent} 家，从未上传 {never} 家"
    exempt = len(patrol.in_state("not_expected"))
    return f"{text}；停机或停传 {exempt} 家" if exempt else text


def _silences(patrol: Patrol) -> Iterator[str]:
    for since, group in groupby(patrol.silent("platform"), key=lambda one: one.silent_since):
        together = list(group)
        yield f"平台中断（{month_day(since)}起多家同时中断）{_count(together)}：{_names(_plain(together))}"
    own = patrol.silent("hospital")
    new = [one for one in own if one.silent_days == 1]
    if new:
        yield f"医院中断，今日新增 {_count(new)}：{_names(_plain(new))}"
    lasting = [one for one in own if one.silent_days != 1]
    if lasting:
        names = [f"{one.name} {one.silent_days} 天" for one in lasting]
        yield f"医院中断，持续 {_count(lasting)}：{_names(names)}"


def _tables(patrol: Patrol) -> Iterator[str]:
    by_hospital = [list(group) for _, group in groupby(patrol.silent_tables, key=lambda one: one.org_code)]
    for tables in by_hospital[:MOST_HOSPITALS]:
        titles = [f"{table.title}（{month_day(table.silent_since)}起）" for table in tables]
        yield f"单表中断，{tables[0].hospital} {len(tables)} 张：{_names(titles, '张')}"
    if len(by_hospital) > MOST_HOSPITALS:
        yield f"单表中断，另有 {len(by_hospital) - MOST_HOSPITALS} 家医院，见巡查页"


def _news(patrol: Patrol) -> Iterator[str]:
    if patrol.first_uploads:
        yield f"首次上传 {_count(patrol.first_uploads)}：{_names(_plain(patrol.first_uploads))}"
    if patrol.returned:
        names = [f"{one.name}（中断 {one.returned_after_days} 天）" for one in patrol.returned]
        yield f"恢复上传 {_count(patrol.returned)}：{_names(names)}"
    if patrol.returned_tables:
        names = [_returned_table(table) for table in patrol.returned_tables]
        yield f"单表恢复 {len(names)} 张：{_names(names, '张')}"


def _returned_table(table: TablePatrol) -> str:
    return f"{table.hospital}{table.title}（中断 {table.returned_after_days} 天）"


def _delays(patrol: Patrol) -> Iterator[str]:
    if patrol.delays:
        names = [f"{one.hospital}{one.title}（{one.delay_days} 天）" for one in patrol.delays]
        yield f"数据滞后 {len(names)} 张：{_names(names, '张')}"


def _plain(hospitals: Iterable[HospitalPatrol]) -> list[str]:
    return [one.name for one in hospitals]


def _count(hospitals: Sequence[HospitalPatrol]) -> str:
    return f"{len(hospitals)} 家"


def _names(names: Sequence[str], unit: str = "家") -> str:
    shown = "、".join(names[:MOST_NAMES])
    return shown if len(names) <= MOST_NAMES else f"{shown} 等共 {len(names)} {unit}"
