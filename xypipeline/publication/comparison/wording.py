"""The fixed wording of the comparison: titles, and what its figures mean."""

from decimal import Decimal

from xypipeline.policy.policy import Policy
from xypipeline.publication.comparison.compare import Comparison
from xypipeline.publication.comparison.movement import Movement
from xypipeline.publication.comparison.year import YearLedger
from xypipeline.publication.figures import QuarterFigures
from xypipeline.publication.rounding import round_half_up
from xypipeline.publication.wording import day_text, period_title

CHANGES, IMPROVED, YEAR = "与上季度比较", "进步名单", "年度台账"
MOVEMENT_NOTES = (
    "名次升降：上季度名次减本季度名次，正数为上升。分三步依次更换数据后重新排名，三部分之和等于升降："
    "口径——上季度数据改按本季度口径排名；他院——其他医院换成本季度数据，本院仍用上季度数据；"
    "本院——本院也换成本季度数据。",
    "更换次序不同时，本院与他院两部分可能不同（其和不变），凡不同的在“说明”中另行写明。",
    "得分变化按未取整的得分计算，可能与两个公布得分之差相差末位。",
)


def no_comparison(now: QuarterFigures) -> str:
    """What is said where there is no quarter to compare with."""
    return f"{period_title(now.attachment)}之前的一个季度没有统计，无从比较。"


def quarters_compared(comparison: Comparison) -> str:
    """Both quarters with their cut-off days."""
    now, before = comparison.now, comparison.before
    return (
        f"本季度：{period_title(now.attachment)}（截至{day_text(now.as_of)}）；"
        f"上季度：{period_title(before.attachment)}（截至{day_text(before.as_of)}）。"
    )


def unfinished(figures: QuarterFigures) -> str | None:
    """A warning where a quarter does not count all of its days; None where it does."""
    if figures.as_of == figures.quarter.last:
        return None
    title = period_title(figures.attachment)
    return f"{title}只统计到{day_text(figures.as_of)}，天数不全，数据量和中断天数不宜直接比较。"


def improvement_rule(policy: Policy) -> str:
    """Who is named as improved."""
    return (
        f"进步：因本院自身变化，综合得分比上季度增加不少于 {policy.improved_at_least_points} 分"
        "（其他医院数据均取本季度，按本季度口径计算），按增加多少排列。"
    )


def year_rule(ledger: YearLedger) -> str:
    """How the year's figure comes about, and that it is provisional."""
    return (
        f"年度得分：本年度各已评分季度得分的平均（满分 {ledger.most} 分），按未取整的得分计算后取整一次；"
        "未评分的季度不计入平均，逐一列出。此算法在市卫生健康委员会确定年终考核办法之前暂用。"
    )


def signed(number: int | Decimal) -> str:
    """A change with its sign; no change is 0."""
    return f"{number:+}" if number else str(number)


def rounded(number: Decimal | None, policy: Policy) -> Decimal | None:
    """Points as they are published."""
    # Plus nothing: a loss too small to show is 0.00, not -0.00.
    return None if number is None else round_half_up(number, policy.decimals["score"]) + 0


def order_note(movement: Movement) -> str:
    """What own share and others' share would be in the other order; empty where it makes no difference."""
    if not movement.depends_on_order:
        return ""
    others = movement.places - movement.by_rules - movement.by_own_first
    return f"若先计本院：本院 {signed(movement.by_own_first)}，他院 {signed(others)}"
