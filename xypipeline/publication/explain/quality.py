"""Explains the share of qualified rows: which rules the other rows break, table by table."""

from fractions import Fraction

from xypipeline.publication.explain.case import Case, Working
from xypipeline.publication.explain.facts import fatal_rows
from xypipeline.publication.explain.model import FactTable, PolicyValue
from xypipeline.publication.explain.numbers import decimal_text, grouped, result


def explain_qualified(case: Case) -> Working:
    """Accepted rows less those that break a rule of severity error."""
    evidence, decimals = case.evidence, case.figures.policy.decimals["qualified_pct"]
    accepted, qualified = evidence.total("rows_accepted"), evidence.total("rows_qualified")
    share = (
        (f"100 × {qualified} ÷ {accepted} = {decimal_text(Fraction(100 * qualified, accepted))}",)
        if accepted
        else ()
    )
    return Working(
        inputs=(_tables(case), _rules(case), fatal_rows(case)),
        policy=(PolicyValue("decimals.qualified_pct", "公布的小数位数", str(decimals)),),
        arithmetic=(
            f"合格行：有效行 {grouped(accepted)} − 不合格行 {grouped(accepted - qualified)}"
            f" = {grouped(qualified)}",
            *share,
            result("合格率（%，四舍五入）", case.row.qualified_pct, case.blank),
        ),
    )


def _tables(case: Case) -> FactTable:
    rows = []
    for code, part in case.by_table.items():
        accepted, qualified = part.total("rows_accepted"), part.total("rows_qualified")
        if accepted > qualified:
            share = decimal_text(Fraction(100 * qualified, accepted), decimals=2)
            counts = map(grouped, (accepted, accepted - qualified))
            rows.append((*case.table_name(code), *counts, share))
    return FactTable("有不合格行的表", ("序号", "表", "有效行", "不合格行", "合格率(%)"), tuple(rows))


def _rules(case: Case) -> FactTable:
    rows = tuple(
        (case.table_name(code)[1], case.rule_title(one.rule_id), grouped(one.rows))
        for code, part in case.by_table.items()
        for one in part.unqualified_rows
    )
    title = "不合格行违反的规则（一行违反几条，计入几条）"
    return FactTable(title, ("表", "规则", "行数"), rows)
