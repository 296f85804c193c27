"""Judges what a bulletin says of its rules: cut-offs, missing tables, required tables, points."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from xypipeline.audit.claims import Basis, Comparison
from xypipeline.audit.evidence import Evidence
from xypipeline.audit.statements import Group, Statement, Topic

_INDICATORS = ("联通", "数据完整性", "上传数据量")
# The tier whose lower bound is the upper bound of the next one.
_ABOVE = {Group.TIER_2: Group.TIER_1, Group.TIER_3: Group.TIER_2}
_WORDS = {"within": "{} 张以内", "over": "超过 {} 张", "least": "{} 张以上"}


def judge_cutoff(statement: Statement, evidence: Evidence) -> Iterator[Comparison]:
    """A completeness cut-off: against the policy, and the tier above."""
    pct, direction = statement.value
    group = statement.about
    above = evidence.stated(Topic.CUTOFF, _ABOVE.get(group))
    if above and direction == "below" and group in _ABOVE:
        yield Comparison(Basis.PROSE, above[0] == pct, f"{above[0]}%", f"上一梯队为{above[0]}%以上")
    elif above and group in _ABOVE and above[0] <= pct:
        yield Comparison(Basis.PROSE, agrees=False, found=f"{above[0]}%", note="不低于上一梯队的界限")
    ours = _policy_cutoff(group, direction, evidence)
    if ours is not None:
        yield from _by_policy(evidence, ours == Fraction(pct) / 100, f"{float(100 * ours):g}%")


def _by_policy(evidence: Evidence, agrees: bool, found: str) -> Iterator[Comparison]:
    """A rule may differ from our policy, unless the bulletin is to report our figures."""
    if agrees or evidence.published:
        yield Comparison(Basis.POLICY, agrees, found)


def _policy_cutoff(group: Group, direction: str, evidence: Evidence) -> Fraction | None:
    cutoffs = evidence.policy.tier_cutoffs
    known = {
        (Group.TIER_1, "least"): cutoffs.first,
        (Group.TIER_2, "least"): cutoffs.second,
        (Group.TIER_2, "below"): cutoffs.first,
        (Group.TIER_3, "below"): cutoffs.second,
        (Group.SEVERE, "below"): cutoffs.severely_missing,
    }
    return known.get((group, direction))


def judge_missing(statement: Statement, evidence: Evidence) -> Iterator[Comparison]:
    """A limit of missing tables: against the cut-off of the tier and the number of required tables."""
    stated, kind = statement.value
    cutoff = evidence.stated(Topic.CUTOFF, statement.about)
    if cutoff is None or evidence.tables_required is None:
        return
    criteria, required = evidence.criteria, evidence.tables_required
    most = required - (criteria.least_tables(Fraction(cutoff[0]) / 100) or 0)
    # On a cut-off a hospital may lack so many tables; below it, it lacks more.
    kinds = ("within",) if cutoff[1] == "least" else ("over", "least")
    right = most + 1 if kind == "least" else most
    note = f"{required} 张表的 {cutoff[0]}% 为 {required - most} 张，即缺 {most} 张"
    found = _WORDS[kind if kind in kinds else kinds[0]].format(right)
    yield Comparison(Basis.PROSE, kind in kinds and stated == right, found, note)


def judge_tables(statement: Statement, evidence: Evidence) -> Iterator[Comparison]:
    """The number of required tables: ours, the same throughout, and no fewer than a hospital uploaded."""
    stated = int(statement.value)
    if evidence.published:
        ours = evidence.published.tables_required
        yield Comparison(Basis.OURS, stated == ours, f"{ours} 张")
        return
    required = evidence.tables_required
    if len(list(evidence.about(Topic.TABLES, None))) > 1:
        note = "全文一致" if stated == required else "前后不一致"
        yield Comparison(Basis.PROSE, stated == required, f"{required} 张", note)


def judge_good_days(statement: Statement, evidence: Evidence) -> Iterator[Comparison]:
    """The most interruption days that are good: the policy's, the same throughout."""
    stated = evidence.stated(Topic.GOOD_DAYS, None)
    if stated != statement.value:
        yield Comparison(Basis.PROSE, agrees=False, found=f"{stated} 天", note="前后不一致")
    ours = evidence.policy.good_continuity_days
    yield from _by_policy(evidence, statement.value == ours, f"{ours} 天")


def judge_points(statement: Statement, evidence: Evidence) -> Iterator[Comparison]:
    """Points of the year-end assessment: the policy's, and their sum."""
    ours: Decimal = getattr(evidence.policy.weights, statement.about)
    yield from _by_policy(evidence, statement.value == ours, f"{ours:g} 分")
    parts = [evidence.stated(Topic.POINTS, name) for name in ("connection", "completeness", "volume")]
    if statement.about == "total" and all(part is not None for part in parts):
        total = sum(parts)
        yield Comparison(Basis.PROSE, total == statement.value, f"{total} 分", "各指标分值合计")


def judge_indicators(statement: Statement, evidence: Evidence) -> Iterator[Comparison]:
    """The number of indicators: against those listed before it."""
    listed = statement.about
    agrees = len(listed) == statement.value
    if not agrees or strange_indicators(statement) is None:
        yield Comparison(Basis.ITSELF, agrees, f"{len(listed)} 个", "、".join(listed))


def strange_indicators(statement: Statement) -> str | None:
    """What to say of indicators that go by other names than the policy's; None: there is nothing to say."""
    strange = (
        [name for name in statement.about if name not in _INDICATORS] if _lists_indicators(statement) else []
    )
    if not strange:
        return None
    return f"个数相符，但“{'、'.join(strange)}”与考核口径的“{'、'.join(_INDICATORS)}”用语不同，请核对"


def _lists_indicators(statement: Statement) -> bool:
    return statement.topic == Topic.INDICATORS
