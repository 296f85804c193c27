"""Explains the rank: how many stand before, who stands next, and which figure decides between them."""

from collections.abc import Callable, Iterator, Mapping

from xypipeline.publication.explain.case import Case, Working
from xypipeline.publication.explain.model import FactTable
from xypipeline.publication.explain.numbers import decimal_text, grouped, result
from xypipeline.publication.standing import HospitalStanding

# In the order in which they decide; source: docs/scoring.md, clause 8.
_KEYS: Mapping[str, Callable[[HospitalStanding], object]] = {
    "综合得分": lambda one: one.score,
    "上传表数量": lambda one: one.tables_uploaded,
    "已上传数据量": lambda one: one.rows_uploaded,
    "中断天数": lambda one: one.interruption_days,
    "最近上传日期": lambda one: one.last_upload_date,
}
_HEADER = ("位置", "名次", "医院", "综合得分（未取整）", "表", "数据量", "中断天数", "最近上传", "与本院相比")


def explain_rank(case: Case) -> Working:
    """The neighbours above and below with the figure that decides, and those who share the rank."""
    standing = case.standing
    if standing.rank is None:
        return Working((), (result("名次", None, "未评分，不排名，留空"),))
    ranked = [one for one in case.figures.standings if one.rank is not None]
    before = sum(one.rank < standing.rank for one in ranked)
    return Working(
        inputs=(FactTable("本院与前后相邻的医院", _HEADER, tuple(_neighbours(standing, ranked))),),
        arithmetic=(
            f"参加排名的医院 {len(ranked)} 家，排在本院之前的 {before} 家",
            f"名次：{before} + 1 = {before + 1}",
            f"名次 = {standing.rank}",
        ),
    )


def _neighbours(standing: HospitalStanding, ranked: list[HospitalStanding]) -> Iterator[tuple[str, ...]]:
    above = max((one.rank for one in ranked if one.rank < standing.rank), default=None)
    below = min((one.rank for one in ranked if one.rank > standing.rank), default=None)
    for one in sorted(ranked, key=lambda one: (one.rank, one.seq)):
        if one.rank == above:
            yield _line("前", one, _deciding(standing, one))
        elif one.org_code == standing.org_code:
            yield _line("本院", one, "")
        elif one.rank == standing.rank:
            yield _line("并列", one, "各项全部相同")
        elif one.rank == below:
            yield _line("后", one, _deciding(standing, one))


def _deciding(standing: HospitalStanding, other: HospitalStanding) -> str:
    """The first figure in which two hospitals differ."""
    name = next((name for name, value in _KEYS.items() if value(standing) != value(other)), None)
    return "各项全部相同" if name is None else f"由{name}决定"


def _line(place: str, one: HospitalStanding, remark: str) -> tuple[str, ...]:
    return (
        place,
        str(one.rank),
        one.hospital,
        decimal_text(one.score),
        str(one.tables_uploaded),
        grouped(one.rows_uploaded),
        "" if one.interruption_days is None else str(one.interruption_days),
        str(one.last_upload_date or ""),
        remark,
    )
