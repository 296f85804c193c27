"""The third sheet: the districts' sums, for the county commissions."""

from xlsxwriter.workbook import Workbook

from xypipeline.publication.attachment import Attachment
from xypipeline.publication.overview import TIERS, Overview, Totals
from xypipeline.publication.wording import period_title
from xypipeline.publication.workbook_styles import Styles, set_up_page, write_row

SHEET = "地区汇总"
_HEADER_ROW = 1
_TITLES = (
    "地区",
    "医院数",
    "已联通市平台",
    "已联通省平台",
    "未联通",
    "已上传数据医院",
    *TIERS.values(),
    "连续性良好医院",
    "已上传数据量",
    "合格率(%)",
)
_QUALIFIED_COLUMN = len(_TITLES) - 1


def add_district_sheet(
    workbook: Workbook, attachment: Attachment, overview: Overview, styles: Styles
) -> None:
    """Add one row per district, in the attachment's order, and the city's sum below."""
    sheet = workbook.add_worksheet(SHEET)
    sheet.set_column(0, len(_TITLES) - 1, 11)
    set_up_page(sheet, header_rows=(_HEADER_ROW, _HEADER_ROW), frozen_columns=1)
    sheet.set_row(0, 34)
    sheet.merge_range(0, 0, 0, len(_TITLES) - 1, f"{period_title(attachment)}各地区汇总", styles.title)
    sheet.set_row(_HEADER_ROW, 36)
    for column, title in enumerate(_TITLES):
        sheet.write_string(_HEADER_ROW, column, title, styles.header)
    decimals = {_QUALIFIED_COLUMN: attachment.decimals["qualified_pct"]}
    for row, totals in enumerate((*overview.districts, overview.totals), start=_HEADER_ROW + 1):
        write_row(sheet, row, _cells(totals), styles, decimals)


def _cells(totals: Totals) -> tuple[object, ...]:
    return (
        totals.name,
        totals.hospitals,
        totals.on_city_platform,
        totals.on_province_platform,
        totals.hospitals - totals.connected,
        totals.uploading,
        *(totals.by_tier[tier] for tier in TIERS),
        totals.good_continuity,
        totals.rows_uploaded,
        totals.qualified_pct,
    )
