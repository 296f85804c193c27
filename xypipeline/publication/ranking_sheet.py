"""The second sheet: the hospitals by rank, with tier, score and share of qualified rows."""

from xlsxwriter.workbook import Workbook

from xypipeline.publication.attachment import Attachment, AttachmentRow
from xypipeline.publication.overview import TIERS
from xypipeline.publication.wording import period_title, tables_title
from xypipeline.publication.workbook_styles import Styles, set_up_page, write_row

SHEET = "排名"
_HEADER_ROW = 1
_WIDTHS = (6, 26, 9, 10, 10, 12, 11, 13, 12, 10, 13, 26)
_SCORE_COLUMN, _COMPLETENESS_COLUMN, _QUALIFIED_COLUMN = 4, 6, 9


def add_ranking_sheet(workbook: Workbook, attachment: Attachment, styles: Styles) -> None:
    """Add one row per hospital, best first; those without a rank follow in the attachment's order."""
    sheet = workbook.add_worksheet(SHEET)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    set_up_page(sheet, header_rows=(_HEADER_ROW, _HEADER_ROW), frozen_columns=2)
    sheet.set_row(0, 34)
    sheet.merge_range(0, 0, 0, len(_WIDTHS) - 1, f"{period_title(attachment)}综合得分排名", styles.title)
    sheet.set_row(_HEADER_ROW, 36)
    for column, title in enumerate(_titles(attachment)):
        sheet.write_string(_HEADER_ROW, column, title, styles.header)
    decimals = {
        _SCORE_COLUMN: attachment.decimals["score"],
        _COMPLETENESS_COLUMN: attachment.decimals["completeness_pct"],
        _QUALIFIED_COLUMN: attachment.decimals["qualified_pct"],
    }
    for row, hospital in enumerate(sorted(attachment.rows, key=_place), start=_HEADER_ROW + 1):
        write_row(sheet, row, _cells(hospital), styles, decimals)
    sheet.autofilter(_HEADER_ROW, 0, _HEADER_ROW + len(attachment.rows), len(_WIDTHS) - 1)


def _titles(attachment: Attachment) -> tuple[str, ...]:
    return (
        "名次",
        "医院",
        "地区",
        "梯队",
        "综合得分",
        tables_title(attachment),
        "数据完整率(%)",
        "已上传数据量",
        "上传中断天数",
        "合格率(%)",
        "最近上传日期",
        "备注",
    )


def _place(row: AttachmentRow) -> tuple[bool, int, int]:
    return row.rank is None, row.rank or 0, row.seq


def _cells(row: AttachmentRow) -> tuple[object, ...]:
    return (
        row.rank,
        row.hospital,
        row.district,
        row.tier and TIERS[row.tier],
        row.score,
        row.tables_uploaded,
        row.completeness_pct,
        row.rows_uploaded,
        row.interruption_days,
        row.qualified_pct,
        row.last_upload_date,
        row.remark,
    )
