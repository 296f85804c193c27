"""The attachment's table as texts: two header rows, one row per hospital, districts over their hospitals."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby

from xypipeline.publication.attachment import Attachment, AttachmentRow
from xypipeline.publication.bulletin.words import printable
from xypipeline.publication.overview import TIERS
from xypipeline.publication.wording import continuity_title, tables_title

DISTRICT_COLUMN = 1


@dataclass(frozen=True)
class Column:
    """A column with its titles and its share of the width."""

    title: str
    value: Callable[[AttachmentRow], object]
    width: int
    """Of all columns' widths; millimetres on the bulletin's landscape page."""
    group: str | None = None
    """The title above, shared with the neighbours of the same group."""
    is_text: bool = False
    """Set from the left; else centred."""


@dataclass(frozen=True)
class FormTable:
    """The cells as text, blank where the bulletin leaves a blank."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    """One per hospital; each with its district."""

    def district_spans(self) -> Iterator[tuple[int, int]]:
        """First row, from 0, and number of rows of each run of hospitals of one district."""
        first = 0
        for _, rows in groupby(row[DISTRICT_COLUMN] for row in self.rows):
            count = len(list(rows))
            yield first, count
            first += count

    def header_spans(self) -> Iterator[tuple[int, int]]:
        """First column, from 0, and number of columns of each title of the upper header row."""
        first = 0
        while first < len(self.columns):
            group = self.columns[first].group
            count = sum(column.group == group for column in self.columns) if group else 1
            yield first, count
            first += count


def official_table(attachment: Attachment) -> FormTable:
    """The columns that the commission signs."""
    return _table(attachment, _official_columns(attachment))


def full_table(attachment: Attachment) -> FormTable:
    """The same with tier, score and rank before the remark."""
    official = _official_columns(attachment)
    judged = (
        Column("梯队", lambda row: row.tier and TIERS[row.tier], 17),
        Column("综合得分", lambda row: row.score, 16),
        Column("名次", lambda row: row.rank, 10),
    )
    return _table(attachment, (*official[:-1], *judged, official[-1]))


def _official_columns(attachment: Attachment) -> tuple[Column, ...]:
    completeness, continuity = "数据完整性", continuity_title(attachment)
    return (
        Column("序号", lambda row: row.seq, 9),
        Column("地区", lambda row: row.district, 13),
        Column("医院名称", lambda row: row.hospital, 45, is_text=True),
        Column(tables_title(attachment), lambda row: row.tables_uploaded, 25, completeness),
        Column("数据完整率(%)", lambda row: row.completeness_pct, 17, completeness),
        Column("已上传数据量", lambda row: row.rows_uploaded, 23),
        Column("上传中断天数", lambda row: row.interruption_days, 24, continuity),
        Column("最近上传日期", lambda row: row.last_upload_date, 24, continuity),
        Column("备注", lambda row: row.remark, 45, is_text=True),
    )


def _table(attachment: Attachment, columns: tuple[Column, ...]) -> FormTable:
    rows = tuple(tuple(_text(column.value(row)) for column in columns) for row in attachment.rows)
    return FormTable(columns, rows)


def _text(value: object) -> str:
    return "" if value is None else printable(str(value))
