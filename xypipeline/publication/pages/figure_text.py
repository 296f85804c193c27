"""The attachment's columns as pages head them, and a figure as a page writes it."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from xypipeline.publication.attachment import AttachmentRow
from xypipeline.publication.overview import TIERS

COLUMN_TITLES: Mapping[str, str] = {
    "seq": "序号",
    "district": "地区",
    "hospital": "医院名称",
    "tables_uploaded": "上传表数量",
    "completeness_pct": "数据完整率(%)",
    "rows_uploaded": "已上传数据量",
    "interruption_days": "上传中断天数",
    "last_upload_date": "最近上传日期",
    "tier": "梯队",
    "score": "综合得分",
    "rank": "名次",
    "remark": "备注",
}
TILE_TITLES: Mapping[str, str] = {
    column: COLUMN_TITLES[column]
    for column in (
        "rank",
        "score",
        "tier",
        "tables_uploaded",
        "completeness_pct",
        "rows_uploaded",
        "interruption_days",
        "last_upload_date",
    )
} | {"qualified_pct": "合格率(%)"}
NUMERIC = frozenset(
    {
        "seq",
        "tables_uploaded",
        "completeness_pct",
        "rows_uploaded",
        "interruption_days",
        "tier",
        "score",
        "rank",
        "qualified_pct",
    }
)


def figure_text(row: AttachmentRow, column: str) -> str:
    """One figure as people read it; empty where the bulletin leaves a blank."""
    value = getattr(row, column)
    if value is None:
        return ""
    if column == "tier":
        return TIERS[value]
    return f"{value:,}" if isinstance(value, int | Decimal) else _plain(value)


def _plain(value: str | date) -> str:
    return value.isoformat() if isinstance(value, date) else value
