"""Judges the attachment: each cell against its row, the prose, the register and our figures."""

from collections.abc import Iterator
from fractions import Fraction

from xypipeline.audit.canonical import day_text
from xypipeline.audit.claims import Basis, Comparison
from xypipeline.audit.columns import COLUMNS_ZH, show_cell
from xypipeline.audit.evidence import Evidence
from xypipeline.audit.groups import (
    NOTHING_UPLOADED,
    is_on_province_platform,
    is_unconnected,
    round_half_up,
    tier_of,
)
from xypipeline.audit.published import HospitalFigures
from xypipeline.audit.statements import TIERS, Group

_FIGURES = ("tables_uploaded", "rows_uploaded", "last_upload_date")
_CONNECTION_LISTS = (Group.UNCONNECTED, Group.TIER_4, Group.PROVINCE)


def judge_cell(row: HospitalFigures, column: str, evidence: Evidence) -> Iterator[Comparison]:
    """One cell of a row that could be read."""
    yield from _judge_by_row(row, column, evidence)
    yield from _judge_by_lists(row, column, evidence)
    yield from _judge_by_register(row, column, evidence)
    yield from _judge_by_figures(row, column, evidence)


def _judge_by_row(row: HospitalFigures, column: str, evidence: Evidence) -> Iterator[Comparison]:
    problem = _PROBLEMS[column](row, evidence) if column in _PROBLEMS else None
    if problem:
        yield Comparison(Basis.ITSELF, agrees=False, found=problem)
    elif column == "completeness_pct" and _completeness(row, evidence) is not None:
        yield Comparison(Basis.ITSELF, agrees=True, found=f"{row.completeness_pct}%")


def _tables_problem(row: HospitalFigures, evidence: Evidence) -> str | None:
    required, tables = evidence.tables_required, row.tables_uploaded
    if tables is not None and required is not None and tables > required:
        return f"多于规定的 {required} 张"
    if not tables and (row.rows_uploaded or row.last_upload_date):
        return "有数据量或上传日期，却没有上传表数"
    is_blank = all(not getattr(row, name) for name in _FIGURES) and not row.remark
    has_column = "tables_uploaded" in evidence.table.columns and "remark" in evidence.table.columns
    return "既无数据，备注也未说明" if is_blank and has_column else None


def _rows_problem(row: HospitalFigures, evidence: Evidence) -> str | None:
    if row.rows_uploaded is not None and row.rows_uploaded < (row.tables_uploaded or 0):
        return f"少于上传表数 {row.tables_uploaded} 张，每表至少一条"
    return None


def _completeness(row: HospitalFigures, evidence: Evidence) -> str | None:
    if row.completeness_pct is None or row.tables_uploaded is None or not evidence.tables_required:
        return None
    decimals = max(0, -row.completeness_pct.as_tuple().exponent)
    return f"{round_half_up(Fraction(100 * row.tables_uploaded, evidence.tables_required), decimals)}"


def _completeness_problem(row: HospitalFigures, evidence: Evidence) -> str | None:
    right = _completeness(row, evidence)
    if right is None or right == f"{row.completeness_pct}":
        return None
    return f"{right}%，即 {row.tables_uploaded}/{evidence.tables_required}"


def _days_problem(row: HospitalFigures, evidence: Evidence) -> str | None:
    if row.interruption_days is None or not evidence.quarter or not evidence.as_of:
        return None
    days = (evidence.as_of - evidence.quarter.first).days + 1
    if row.interruption_days > days:
        return f"多于统计期的 {days} 天"
    silent = evidence.expected_silence(row)
    if silent is not None and silent > row.interruption_days:
        return f"最近上传至截止日已中断 {silent} 天"
    return None


def _date_problem(row: HospitalFigures, evidence: Evidence) -> str | None:
    day, quarter = row.last_upload_date, evidence.quarter
    if day is None or quarter is None or evidence.as_of is None:
        return None
    if quarter.first <= day <= evidence.as_of:
        return None
    return f"不在统计期 {day_text(quarter.first)}至{day_text(evidence.as_of)}内"


def _remark_problem(row: HospitalFigures, evidence: Evidence) -> str | None:
    has_figures = any(getattr(row, name) for name in _FIGURES)
    return "同行有上传数据" if NOTHING_UPLOADED in (row.remark or "") and has_figures else None


def _tier_problem(row: HospitalFigures, evidence: Evidence) -> str | None:
    if row.tier is None or row.tables_uploaded is None or evidence.tables_required is None:
        return None
    right = tier_of(HospitalFigures(row.hospital, tables_uploaded=row.tables_uploaded), evidence.criteria)
    if right == TIERS[row.tier - 1] or right is None:
        return None
    return f"{show_cell('tier', TIERS.index(right) + 1)}（上传表 {row.tables_uploaded} 张）"


_PROBLEMS = {
    "tables_uploaded": _tables_problem,
    "completeness_pct": _completeness_problem,
    "rows_uploaded": _rows_problem,
    "interruption_days": _days_problem,
    "last_upload_date": _date_problem,
    "remark": _remark_problem,
    "tier": _tier_problem,
}


def _judge_by_lists(row: HospitalFigures, column: str, evidence: Evidence) -> Iterator[Comparison]:
    """That a list bears a cell out; where it does not, it is told of the list."""
    tier = tier_of(row, evidence.criteria)
    listed = tier and evidence.list_of(tier)
    if (
        column == "tables_uploaded"
        and tier
        and listed
        and row.hospital in listed.names
        and row.tables_uploaded
    ):
        yield Comparison(Basis.PROSE, agrees=True, found=f"列入{show_cell('tier', TIERS.index(tier) + 1)}")
    if column == "remark" and row.remark:
        told = {
            Group.UNCONNECTED: is_unconnected(row),
            Group.PROVINCE: is_on_province_platform(row),
            Group.TIER_4: NOTHING_UPLOADED in row.remark,
        }
        for group in _CONNECTION_LISTS:
            names = evidence.list_of(group)
            if told[group] and names and row.hospital in names.names:
                yield Comparison(Basis.PROSE, agrees=True, found="与名单相符")


def _judge_by_register(row: HospitalFigures, column: str, evidence: Evidence) -> Iterator[Comparison]:
    if evidence.registry is None or column not in ("hospital", "district"):
        return
    found = evidence.registry.find_institution(row.hospital)
    if column == "hospital":
        yield Comparison(Basis.REGISTRY, found is not None, found.name if found else "无此医院")
    elif found and row.district:
        yield Comparison(Basis.REGISTRY, found.district == row.district, found.district)


def _judge_by_figures(row: HospitalFigures, column: str, evidence: Evidence) -> Iterator[Comparison]:
    source = evidence.source(Basis.OURS)
    if source is None:
        return
    ours = source.by_name.get(row.hospital)
    if ours is None:
        if column == "hospital":
            yield Comparison(Basis.OURS, agrees=False, found="没有这家医院")
        return
    mine = getattr(ours, column)
    note = f"{COLUMNS_ZH[column]}不符" if getattr(row, column) != mine else None
    yield Comparison(Basis.OURS, note is None, show_cell(column, mine), note)
