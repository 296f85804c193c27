"""The attachment for the terminal: attachment.md, its columns aligned, its findings first."""

from collections.abc import Iterator, Sequence

from xypipeline.harmless import escape_markdown
from xypipeline.policy.policy import Policy
from xypipeline.publication.attachment import Attachment, AttachmentRow
from xypipeline.publication.markdown_table import markdown_table
from xypipeline.publication.overview import TIERS, Overview
from xypipeline.publication.wording import (
    TITLE,
    footnotes,
    percent_text,
    period_title,
    tables_title,
    versions,
)

_IS_NUMBER = (True, False, False, True, True, True, True, False, False, True, True, False)


def markdown_bytes(attachment: Attachment, overview: Overview, policy: Policy) -> bytes:
    """The city's figures as a list, then one row per hospital, then the footnotes."""
    parts = [
        f"# {TITLE}",
        period_title(attachment),
        "\n".join(f"- {line}" for line in _findings(attachment, overview, policy)),
        markdown_table([_header(attachment), *map(_cells, attachment.rows)], _IS_NUMBER),
        *footnotes(attachment),
        versions(attachment),
    ]
    return ("\n\n".join(parts) + "\n").encode()


def _findings(attachment: Attachment, overview: Overview, policy: Policy) -> Iterator[str]:
    totals = overview.totals
    yield (
        f"接入率 {overview.access_rate_pct}%：{totals.hospitals} 家医院中 {totals.connected} 家已联通"
        f"（市平台 {totals.on_city_platform} 家，省平台 {totals.on_province_platform} 家）"
    )
    yield f"未联通 {_count_and_names(overview.unconnected)}"
    for tier, criterion in _criteria(policy).items():
        yield f"{TIERS[tier]}（{criterion}）{_count_and_names(overview.tiers[tier])}"
    cutoff = percent_text(policy.tier_cutoffs.severely_missing)
    yield f"上传表数量严重缺失（完整率不足 {cutoff}）{_count_and_names(overview.severely_missing)}"
    days = policy.good_continuity_days
    months = attachment.quarter.months_zh
    yield f"{months}数据连续性良好（中断不超过 {days} 天）{_count_and_names(overview.good_continuity)}"
    qualified = "" if totals.qualified_pct is None else f"，合格率 {totals.qualified_pct}%"
    yield f"已上传数据量合计 {totals.rows_uploaded:,} 条{qualified}"


def _criteria(policy: Policy) -> dict[int, str]:
    first, second = percent_text(policy.tier_cutoffs.first), percent_text(policy.tier_cutoffs.second)
    return {
        1: f"完整率达到 {first} 以上",
        2: f"完整率达到 {second} 以上",
        3: f"完整率在 {second} 以下",
        4: "未上传数据",
    }


def _count_and_names(names: Sequence[str]) -> str:
    return f"{len(names)} 家：{'、'.join(map(escape_markdown, names))}" if names else "0 家"


def _header(attachment: Attachment) -> tuple[str, ...]:
    return (
        "序号",
        "地区",
        "医院名称",
        tables_title(attachment),
        "数据完整率(%)",
        "已上传数据量",
        "上传中断天数",
        "最近上传日期",
        "梯队",
        "得分",
        "名次",
        "备注",
    )


def _cells(row: AttachmentRow) -> tuple[str, ...]:
    values = (
        row.seq,
        row.district,
        row.hospital,
        row.tables_uploaded,
        row.completeness_pct,
        row.rows_uploaded,
        row.interruption_days,
        row.last_upload_date,
        row.tier and TIERS[row.tier],
        row.score,
        row.rank,
        row.remark,
    )
    return tuple("" if value is None else str(value) for value in values)
