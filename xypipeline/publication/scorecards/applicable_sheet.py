"""The sheet of a scorecard that says what the register excuses a hospital from, and what came of it."""

from xypipeline.publication.attachment import AttachmentRow
from xypipeline.publication.details.wording import KINDS_ZH, open_text
from xypipeline.publication.scorecards.model import Scorecard
from xypipeline.publication.scorecards.sheet import Cell, Column, Sheet, text
from xypipeline.publication.standing import HospitalStanding

TITLE = "未开展登记"


def applicable_sheet(card: Scorecard, note: str) -> Sheet:
    """One row per entry of the register; the city's says of which hospital."""
    columns = (
        text("表", 20),
        text("医院", 26),
        text("原因", 16),
        text("起", 11),
        text("止", 11),
        text("须办理", 40),
        Column("登记期内收到行", 14),
        text("依据", 30),
        text("批准", 16),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            one.table.title_zh,
            one.hospital,
            KINDS_ZH[one.entry.kind],
            str(one.entry.days.first),
            str(one.entry.days.last),
            open_text(one),
            one.rows_received,
            one.entry.evidence,
            one.entry.approver,
        )
        for one in card.inapplicable
    )
    sheet = Sheet(TITLE, columns, rows, note)
    return sheet if card.org_code is None else sheet.without("医院")


def completeness_note(standing: HospitalStanding, row: AttachmentRow) -> str:
    """A hospital's completeness over applicable tables, beside the official one."""
    text_ = (
        f"应传 {standing.tables_required} 张，适用 {standing.tables_applicable} 张，"
        f"已上传 {standing.tables_uploaded} 张"
    )
    if row.completeness_pct is None:
        return f"{text_}。"
    return (
        f"{text_}：数据完整率 {row.completeness_pct}%，适用表完整率 {row.applicable_completeness_pct}%"
        "（并列，不代替前者）。"
    )


def city_note(card: Scorecard) -> str:
    """How many entries there are, and how many of them somebody has to look into."""
    return f"共 {len(card.inapplicable)} 项，须办理 {sum(one.is_open for one in card.inapplicable)} 项。"
