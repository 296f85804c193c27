"""Judges counts, rates and sums: against lists, against the attachment, against our figures."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from xypipeline.audit.claims import Basis, Comparison
from xypipeline.audit.evidence import Evidence, Source
from xypipeline.audit.groups import is_on_province_platform, members, round_half_up
from xypipeline.audit.statements import GROUPS_ZH, TIERS, Group, Statement, Topic


def judge_count(statement: Statement, evidence: Evidence) -> Iterator[Comparison]:
    """A number of hospitals: against the list of the same group, and the rows."""
    group, value = statement.about, statement.value
    if group == Group.CONNECTED:
        yield from _judge_remainder(value, evidence)
    listed = evidence.list_of(group)
    if listed is not None:
        names = len(listed.names)
        note = None if names == value else f"写明 {value} 家，名单列出 {names} 家"
        yield Comparison(Basis.PROSE, names == value, f"{names} 家", note)
    for source in evidence.sources:
        found = members(group, source.rows, source.criteria)
        if found is not None:
            yield Comparison(
                source.basis, len(found) == value, f"{len(found)} 家", _province_note(group, source)
            )


def _province_note(group: Group, source: Source) -> str | None:
    province = sum(map(is_on_province_platform, source.rows))
    return f"含联通省平台 {province} 家" if group == Group.CONNECTED and province else None


def _judge_remainder(connected: object, evidence: Evidence) -> Iterator[Comparison]:
    total, unconnected = evidence.size_of(Group.ALL), evidence.list_of(Group.UNCONNECTED)
    if total is None or unconnected is None:
        return
    rest = total - len(unconnected.names)
    note = f"共 {total} 家，正文列未联通 {len(unconnected.names)} 家，应接入 {rest} 家"
    hints = [_province_note(Group.CONNECTED, source) for source in evidence.sources]
    yield Comparison(
        Basis.PROSE, rest == connected, f"{rest} 家", "，".join([note, *filter(None, hints[:1])])
    )


def judge_rate(statement: Statement, evidence: Evidence) -> Iterator[Comparison]:
    """The access rate: against the counts stated, and the rows; rounded to the decimals stated."""
    connected, total = evidence.size_of(Group.CONNECTED), evidence.size_of(Group.ALL)
    if connected is not None and total:
        yield _compare_rate(Basis.PROSE, statement.value, connected, total)
    for source in evidence.sources:
        found = members(Group.CONNECTED, source.rows, source.criteria)
        yield _compare_rate(source.basis, statement.value, len(found or ()), len(source.rows))


def _compare_rate(basis: Basis, stated: Decimal, part: int, whole: int) -> Comparison:
    share = Fraction(100 * part, whole)
    rate = round_half_up(share, max(0, -stated.as_tuple().exponent))
    note = f"按{basis} {part}/{whole}＝{round_half_up(share, 1)}%"
    return Comparison(basis, rate == stated, f"{rate}%", note)


def judge_tiers(statement: Statement, evidence: Evidence) -> Iterator[Comparison]:
    """How many tiers there are said to be: against those that follow."""
    named = len(evidence.tiers_named)
    if named:
        titles = "、".join(GROUPS_ZH[tier][:4] for tier in sorted(evidence.tiers_named))
        yield Comparison(Basis.PROSE, named == statement.value, f"{named} 个", f"文中列有{titles}")


def judge_tier(statement: Statement, evidence: Evidence) -> Iterator[Comparison]:
    """A tier that there is not, or one said to have uploaded nothing that is not the last."""
    stated = evidence.stated(Topic.TIERS, None)
    tiers = len(TIERS) if evidence.published or stated is None else int(stated)
    if statement.value > tiers:
        basis = Basis.OURS if evidence.published else Basis.PROSE
        yield Comparison(basis, agrees=False, found=f"共 {tiers} 个梯队")
    elif statement.value < len(TIERS):
        note = "第一至第三梯队均已上传数据"
        yield Comparison(Basis.PROSE, agrees=False, found="第四梯队未上传数据", note=note)


def judge_rows(statement: Statement, evidence: Evidence) -> Iterator[Comparison]:
    """All rows uploaded: against the sum of the rows, in the unit and with the decimals stated."""
    stated, decimals, unit = statement.value
    for source in evidence.sources:
        if any(row.rows_uploaded is not None for row in source.rows):
            total = sum(row.rows_uploaded or 0 for row in source.rows)
            found = round_half_up(Fraction(total, unit), decimals)
            yield Comparison(source.basis, found == stated, f"{total:,} 条", "各医院已上传数据量合计")


def judge_most(statement: Statement, evidence: Evidence) -> Iterator[Comparison]:
    """That most hospitals upload well: against the good list and the number connected."""
    good, connected = evidence.size_of(Group.GOOD), evidence.size_of(Group.CONNECTED)
    if good is not None and connected:
        yield _compare_most(Basis.PROSE, good, connected)
    for source in evidence.sources:
        good_names = members(Group.GOOD, source.rows, source.criteria)
        connected_names = members(Group.CONNECTED, source.rows, source.criteria)
        if good_names is not None and connected_names:
            yield _compare_most(source.basis, len(good_names), len(connected_names))


def _compare_most(basis: Basis, good: int, connected: int) -> Comparison:
    note = f"接入 {connected} 家，数据上传良好的只有 {good} 家，未过半"
    return Comparison(
        basis, 2 * good > connected, f"{good}/{connected} 家", None if 2 * good > connected else note
    )
