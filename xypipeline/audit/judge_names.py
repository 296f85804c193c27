"""Judges lists of hospitals: their size, their names, against other lists, the rows and our figures."""

from collections import Counter
from collections.abc import Iterator

from xypipeline.audit.canonical import day_text
from xypipeline.audit.claims import Basis, Comparison
from xypipeline.audit.evidence import Evidence, Source
from xypipeline.audit.groups import members, silent_days, tier_of
from xypipeline.audit.published import HospitalFigures
from xypipeline.audit.statements import GROUPS_ZH, TIERS, Group, NameList, Statement, Topic

# Of two lists that must not share a hospital, the first is the one that is told.
_EXCLUSIVE = (
    *((later, earlier) for place, later in enumerate(TIERS) for earlier in TIERS[:place]),
    *((tier, Group.UNCONNECTED) for tier in TIERS),
    *((tier, Group.PROVINCE) for tier in TIERS),
    *(
        (group, other)
        for group in (Group.GOOD, Group.PARTLY, Group.WHOLLY)
        for other in (Group.TIER_4, Group.UNCONNECTED)
    ),
    (Group.PARTLY, Group.GOOD),
    (Group.WHOLLY, Group.GOOD),
    (Group.WHOLLY, Group.PARTLY),
    (Group.PROVINCE, Group.UNCONNECTED),
)
_ZH = "{} 所"


def judge_names(statement: Statement, evidence: Evidence) -> Iterator[Comparison]:
    """A list of hospitals, with the size that it states of itself."""
    listed = statement.value
    yield from _judge_size(listed)
    if statement.about == Group.OTHER:
        return
    for source in evidence.sources:
        found = members(statement.about, source.rows, source.criteria)
        if found is not None:
            yield _compare(listed, found, source)
        elif statement.about == Group.GOOD:
            yield from _judge_good(listed, source, evidence)
        elif statement.about == Group.SEVERE:
            yield from _judge_severe(listed, source)
    yield from _judge_against_lists(statement, evidence)
    yield from _judge_repetition(statement, evidence)


def judge_spelling(statement: Statement, evidence: Evidence) -> Iterator[Comparison]:
    """The names of a list against the register, where the rows do not know them."""
    if evidence.registry is None:
        return
    known = {institution.name for institution in evidence.registry.institutions}
    rows = {row.hospital for source in evidence.sources for row in source.rows}
    for name in statement.value.names:
        if name not in known and name not in rows:
            yield Comparison(Basis.REGISTRY, agrees=False, found="无此医院", note=f"“{name}”不在医院名册中")


def _judge_size(listed: NameList) -> Iterator[Comparison]:
    # That the size fits bears out no name: told only where it does not.
    if listed.size not in (None, len(listed.names)):
        note = f"写明 {listed.size} 所，列出名称 {len(listed.names)} 所"
        yield Comparison(Basis.ITSELF, agrees=False, found=_ZH.format(len(listed.names)), note=note)
    for name, times in Counter(listed.names).items():
        if times > 1:
            yield Comparison(
                Basis.ITSELF, agrees=False, found=_ZH.format(len(set(listed.names))), note=f"{name}重复列出"
            )


def _compare(listed: NameList, found: tuple[str, ...], source: Source) -> Comparison:
    missing = [name for name in found if name not in listed.names]
    extra = [name for name in dict.fromkeys(listed.names) if name not in found]
    notes = [f"漏列{name}{_reason(source.by_name[name], source)}" for name in missing]
    notes += [f"多列{name}{_why_not(name, source)}" for name in extra]
    return Comparison(source.basis, not notes, _ZH.format(len(found)), "；".join(notes) or None)


def _why_not(name: str, source: Source) -> str:
    row = source.by_name.get(name)
    return f"（{source.basis}中没有这个名称）" if row is None else _reason(row, source)


def _reason(row: HospitalFigures, source: Source) -> str:
    tier = tier_of(row, source.criteria)
    facts = [row.remark] if row.remark else []
    facts += [f"上传表 {row.tables_uploaded} 张"] if row.tables_uploaded else []
    facts += [f"属{GROUPS_ZH[tier][:4]}"] if tier and source.criteria.tables_required else []
    facts += [f"中断 {row.interruption_days} 天"] if row.interruption_days is not None else []
    return f"（{source.basis}：{'，'.join(facts)}）" if facts else ""


def _judge_good(listed: NameList, source: Source, evidence: Evidence) -> Iterator[Comparison]:
    """Where interruption days are blank, a hospital without data or silent for long still cannot be good."""
    for name in listed.names:
        row = source.by_name.get(name)
        if row is None:
            yield Comparison(
                source.basis, agrees=False, found="没有这个名称", note=f"多列{_why_not(name, source)}"
            )
        elif not row.tables_uploaded:
            note = f"{name}{_reason(row, source)}，不应列入数据上传良好"
            yield Comparison(source.basis, agrees=False, found=row.remark or "无数据", note=note)
        elif (days := _silence(row, source, evidence)) > source.criteria.good_days:
            note = f"{name}最近上传日期为{day_text(row.last_upload_date)}，至截止日已 {days} 天未上传"
            yield Comparison(source.basis, agrees=False, found=f"{days} 天未上传", note=note)


def _silence(row: HospitalFigures, source: Source, evidence: Evidence) -> int:
    expected = evidence.expected_silence(row)
    return (silent_days(row, source.criteria) or 0) if expected is None else expected


def _judge_severe(listed: NameList, source: Source) -> Iterator[Comparison]:
    """Without a stated cut-off: no hospital of the third tier with as few tables may be left out."""
    third = members(Group.TIER_3, source.rows, source.criteria)
    if third is None:
        return
    strangers = [name for name in listed.names if name not in third]
    tables = {name: source.by_name[name].tables_uploaded or 0 for name in third}
    most = max((tables[name] for name in listed.names if name in third), default=0)
    left_out = [name for name in third if name not in listed.names and tables[name] <= most]
    notes = [f"{name}不在第三梯队{_why_not(name, source)}" for name in strangers]
    notes += [f"漏列{name}（上传表 {tables[name]} 张，而列入者最多 {most} 张）" for name in left_out]
    size = len(listed.names) - len(strangers) + len(left_out)
    yield Comparison(source.basis, not notes, _ZH.format(size), "；".join(notes) or None)


def _judge_against_lists(statement: Statement, evidence: Evidence) -> Iterator[Comparison]:
    names, group = statement.value.names, statement.about
    for one, other in _EXCLUSIVE:
        others = evidence.list_of(other)
        shared = [name for name in names if others and name in others.names]
        if one == group and shared and not _is_told_by_rows(group, shared, evidence):
            note = f"{'、'.join(shared)}同时列入{GROUPS_ZH[other]}"
            yield Comparison(Basis.PROSE, agrees=False, found=f"列入{GROUPS_ZH[other]}", note=note)
    yield from _judge_subset(statement, evidence)


def _judge_subset(statement: Statement, evidence: Evidence) -> Iterator[Comparison]:
    """Severely missing hospitals are of the third tier; good ones of a tier that uploaded."""
    wanted = {Group.SEVERE: (Group.TIER_3,), Group.GOOD: TIERS}.get(statement.about, ())
    lists = [evidence.list_of(tier) for tier in wanted]
    if not lists or any(found is None for found in lists):
        return
    known = {name for found in lists if found for name in found.names}
    outside = [name for name in statement.value.names if name not in known]
    if outside and not _is_told_by_rows(statement.about, outside, evidence):
        where = "第三梯队" if statement.about == Group.SEVERE else "任何梯队"
        yield Comparison(
            Basis.PROSE, agrees=False, found=f"未列入{where}", note=f"{'、'.join(outside)}未列入{where}"
        )


def _is_told_by_rows(group: Group, names: list[str], evidence: Evidence) -> bool:
    """Whether rows know all of them: then the rows say which of two lists is wrong."""
    return (
        any(all(name in source.by_name for name in names) for source in evidence.sources)
        and group != Group.OTHER
    )


def _judge_repetition(statement: Statement, evidence: Evidence) -> Iterator[Comparison]:
    first = next(evidence.about(Topic.NAMES, statement.about)).value
    differing = sorted(set(first.names) ^ set(statement.value.names))
    if differing and not evidence.sources:
        note = f"与前文名单不一致：{'、'.join(differing)}"
        yield Comparison(Basis.PROSE, agrees=False, found=_ZH.format(len(first.names)), note=note)
