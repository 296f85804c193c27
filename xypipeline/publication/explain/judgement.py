"""Explains tier and remark: which cut-off is reached, and what the register says of the cut-off day."""

from collections.abc import Iterator
from fractions import Fraction

from xypipeline.policy.policy import TierCutoffs
from xypipeline.publication.explain.case import Case, Working
from xypipeline.publication.explain.model import FactTable, PolicyValue
from xypipeline.publication.explain.numbers import result
from xypipeline.publication.overview import TIERS
from xypipeline.publication.wording import percent_text

PLATFORMS = {"city": "市平台", "province": "省平台", None: "未联通"}


def explain_tier(case: Case) -> Working:
    """Each cut-off decided on whole numbers, and how many tables the next tier up asks for."""
    standing, cutoffs = case.standing, case.figures.policy.tier_cutoffs
    if standing.platform != "city":
        blank = f"截止日没有联通市平台（{PLATFORMS[standing.platform]}），不分梯队，留空"
        return Working((platform_table(case),), (result("梯队", None, blank),), _cutoffs(cutoffs))
    tables, required = standing.tables_uploaded, standing.tables_required
    rows = tuple(
        (TIERS[tier], f"≥ {percent_text(cutoff)}", f"{_least(cutoff, required)} 张")
        for tier, cutoff in _bounds(cutoffs)
    )
    return Working(
        inputs=(
            platform_table(case),
            FactTable(f"各梯队要求（共{required}张表）", ("梯队", "数据完整率", "至少上传"), rows),
        ),
        policy=_cutoffs(cutoffs),
        arithmetic=(
            *_comparisons(tables, required, cutoffs),
            f"梯队 = {standing.tier}（{TIERS[standing.tier]}）",
        ),
        notes=tuple(_outlook(case)),
    )


def explain_remark(case: Case) -> Working:
    """The platform of the cut-off day, and whether anything was uploaded."""
    standing = case.standing
    return Working(
        inputs=(platform_table(case),),
        arithmetic=(
            f"{standing.as_of} 联通情况：{PLATFORMS[standing.platform]}；"
            f"上传表数量 {standing.tables_uploaded}",
            result("备注", standing.remark, "已联通市平台且有数据，无需说明，留空"),
        ),
    )


def platform_table(case: Case) -> FactTable:
    """What the register says of the hospital's connections on the cut-off day."""
    as_of = case.standing.as_of
    rows = tuple(
        (PLATFORMS[one.platform], str(one.valid.first), str(one.valid.last or "至今"), one.note or "")
        for one in case.registry.connections
        if one.org_code == case.standing.org_code and one.valid.covers(as_of)
    )
    title = f"截止日 {as_of} 的联通登记（医院名册 {case.standing.registry_version} 版）"
    return FactTable(title, ("平台", "起", "止", "说明"), rows)


def _bounds(cutoffs: TierCutoffs) -> tuple[tuple[int, Fraction], ...]:
    return ((1, cutoffs.first), (2, cutoffs.second))


def _least(cutoff: Fraction, required: int) -> int:
    """The fewest tables that reach a cut-off."""
    return -(-cutoff.numerator * required // cutoff.denominator)


def _comparisons(tables: int, required: int, cutoffs: TierCutoffs) -> Iterator[str]:
    for tier, cutoff in _bounds(cutoffs):
        left, right = cutoff.denominator * tables, cutoff.numerator * required
        sides = f"{cutoff.denominator} × {tables} = {left}", f"{cutoff.numerator} × {required} = {right}"
        if left >= right:
            yield f"{sides[0]}，不小于 {sides[1]}：达到{TIERS[tier]}（{percent_text(cutoff)}）"
            return
        yield f"{sides[0]}，小于 {sides[1]}：未达到{TIERS[tier]}（{percent_text(cutoff)}）"
    yield f"上传表数量 {tables}：{'有数据' if tables else '没有任何记录'}"


def _outlook(case: Case) -> Iterator[str]:
    standing, cutoffs = case.standing, case.figures.policy.tier_cutoffs
    if standing.is_severely_missing:
        share = percent_text(cutoffs.severely_missing)
        yield f"数据完整率不足 {share}，列为上传表数量严重缺失。"
    above = {tier + 1: (TIERS[tier], cutoff) for tier, cutoff in _bounds(cutoffs)}
    if standing.tier in above:
        title, cutoff = above[standing.tier]
        wanting = _least(cutoff, standing.tables_required) - standing.tables_uploaded
        yield f"再上传 {wanting} 张表即可进入{title}。"


def _cutoffs(cutoffs: TierCutoffs) -> tuple[PolicyValue, ...]:
    return (
        PolicyValue("tiers.first_at_least_pct", "第一梯队：达到", percent_text(cutoffs.first)),
        PolicyValue("tiers.second_at_least_pct", "第二梯队：达到", percent_text(cutoffs.second)),
        PolicyValue(
            "tiers.severely_missing_below_pct", "严重缺失：不足", percent_text(cutoffs.severely_missing)
        ),
    )
