"""Explains the score: its three parts in exact numbers, and whose volume is the measure."""

from dataclasses import dataclass
from decimal import Context, Decimal

from xypipeline.policy.policy import Weights
from xypipeline.publication.explain.case import Case, Working
from xypipeline.publication.explain.judgement import PLATFORMS, platform_table
from xypipeline.publication.explain.model import FactTable, PolicyValue
from xypipeline.publication.explain.numbers import decimal_text, grouped, result
from xypipeline.publication.standing import HospitalStanding

# As the scores are computed: docs/scoring.md, clause 7. Worked out anew here, so that it proves the score.
_ARITHMETIC = Context(prec=40)
_STORED_STEP = Decimal(1).scaleb(-15)


@dataclass(frozen=True)
class ScoreParts:
    """The three parts of a score, to 40 digits."""

    connection: Decimal
    completeness: Decimal
    volume: Decimal

    @property
    def total(self) -> Decimal:
        """Their sum, to the 15 decimals that are stored."""
        total = _ARITHMETIC.add(_ARITHMETIC.add(self.connection, self.completeness), self.volume)
        return _ARITHMETIC.quantize(total, _STORED_STEP)


def score_parts(case: Case) -> ScoreParts:
    """The parts of a hospital that has a score."""
    return weigh(case.standing, _largest_rows(case), case.figures.policy.weights)


def weigh(standing: HospitalStanding, largest_rows: int, weights: Weights) -> ScoreParts:
    """The parts that a hospital's counts are due, by the most rows of a scored hospital, above 0."""
    magnitude = _ARITHMETIC.log10(Decimal(1 + standing.rows_uploaded))
    completeness = _ARITHMETIC.multiply(weights.completeness, Decimal(standing.tables_uploaded))
    return ScoreParts(
        connection=weights.connection if standing.platform == "city" else Decimal(0),
        completeness=_ARITHMETIC.divide(completeness, Decimal(standing.tables_required)),
        volume=_ARITHMETIC.divide(
            _ARITHMETIC.multiply(weights.volume, magnitude), _ARITHMETIC.log10(Decimal(1 + largest_rows))
        ),
    )


def explain_score(case: Case) -> Working:
    """The parts and their sum; the hospitals with the most records, who set the measure of volume."""
    inputs = (platform_table(case), _largest(case))
    if case.standing.score is None:
        return Working(inputs, (result("综合得分", None, _unscored(case)),), _weights(case))
    parts = score_parts(case)
    notes = () if parts.total == case.standing.score else (_disagreement(case, parts),)
    lines = (*_lines(case, parts), result("综合得分（四舍五入）", case.row.score, ""))
    return Working(inputs, lines, _weights(case), notes)


def _lines(case: Case, parts: ScoreParts) -> tuple[str, ...]:
    standing, weights = case.standing, case.figures.policy.weights
    connection, completeness, volume = map(decimal_text, (parts.connection, parts.completeness, parts.volume))
    rows, largest = standing.rows_uploaded, _largest_rows(case)
    return (
        f"联通：{PLATFORMS[standing.platform]}，得 {connection}",
        f"数据完整性：{decimal_text(weights.completeness)} × {standing.tables_uploaded}"
        f" ÷ {standing.tables_required} = {completeness}",
        f"数据量：{decimal_text(weights.volume)} × lg(1 + {rows}) ÷ lg(1 + {largest}) = {volume}",
        f"合计：{connection} + {completeness} + {volume} = {decimal_text(parts.total)}",
    )


def _scored(case: Case) -> list[HospitalStanding]:
    return [one for one in case.figures.standings if one.platform != "province"]


def _largest_rows(case: Case) -> int:
    return max((one.rows_uploaded for one in _scored(case)), default=0)


def _largest(case: Case) -> FactTable:
    largest = _largest_rows(case)
    rows = tuple(
        (one.hospital, grouped(one.rows_uploaded))
        for one in _scored(case)
        if one.rows_uploaded == largest and largest
    )
    return FactTable("评分医院中数据量最大者（数据量得分的基准）", ("医院", "已上传数据量"), rows)


def _weights(case: Case) -> tuple[PolicyValue, ...]:
    policy = case.figures.policy
    titles = {"connection": "联通", "completeness": "数据完整性", "volume": "上传数据量", "total": "合计"}
    weights = tuple(
        PolicyValue(f"weights.{name}", f"{title}（分）", decimal_text(getattr(policy.weights, name)))
        for name, title in titles.items()
    )
    return (*weights, PolicyValue("decimals.score", "公布的小数位数", str(policy.decimals["score"])))


def _unscored(case: Case) -> str:
    if case.standing.platform == "province":
        return "只联通省平台，不评分，留空"
    return "全市评分医院都没有数据，数据量没有基准，不评分，留空"


def _disagreement(case: Case, parts: ScoreParts) -> str:
    return (
        f"按现行口径计算为 {decimal_text(parts.total)}，评分时为 {decimal_text(case.standing.score)}："
        "评分之后口径有变，请重新运行该季度。"
    )
