"""Every figure of a quarter as it is published, cell by cell, as text: what a correction compares."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, fields
from datetime import date

from xypipeline.publication.attachment import Attachment
from xypipeline.publication.figures import QuarterFigures
from xypipeline.publication.overview import TIERS
from xypipeline.publication.wording import tables_title

CITY = "全市"


@dataclass(frozen=True)
class Cell:
    """One published cell; the city's own have no org_code."""

    org_code: str
    hospital: str
    column: str
    title: str
    """The column's title, as the documents print it."""
    value: str
    """As published; empty where the bulletin leaves a blank."""

    @property
    def place(self) -> tuple[str, str]:
        """What a cell is found by in another edition."""
        return self.org_code, self.column


def published_cells(figures: QuarterFigures) -> tuple[Cell, ...]:
    """The city's cells, then each hospital's, in the attachment's order.

    The attachment's columns, 合格率 of its ranking sheet, and the two verdicts by which the bulletin names
    hospitals.
    """
    attachment = figures.attachment
    return (*_city_cells(attachment), *_hospital_cells(figures, _titles(attachment)))


def cells_bytes(cells: Iterable[Cell]) -> bytes:
    """The cells as CSV, UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([field.name for field in fields(Cell)])
    writer.writerows(astuple(cell) for cell in cells)
    return text.getvalue().encode()


def read_cells(content: bytes) -> tuple[Cell, ...]:
    """What `cells_bytes` wrote."""
    return tuple(Cell(**row) for row in csv.DictReader(io.StringIO(content.decode(), newline="")))


def _city_cells(attachment: Attachment) -> Iterator[Cell]:
    yield Cell("", CITY, "as_of", "统计截止日", attachment.as_of.isoformat())
    yield Cell("", CITY, "tables_required", "应上传表数量", str(attachment.tables_required))


def _hospital_cells(figures: QuarterFigures, titles: dict[str, str]) -> Iterator[Cell]:
    for row, standing in zip(figures.attachment.rows, figures.standings, strict=True):
        verdicts = {
            "is_severely_missing": standing.is_severely_missing,
            "is_good_continuity": standing.is_good_continuity,
            "tier": standing.tier and TIERS[standing.tier],
        }
        for column, title in titles.items():
            value = verdicts[column] if column in verdicts else getattr(row, column)
            yield Cell(row.org_code, row.hospital, column, title, _text(value))


def _titles(attachment: Attachment) -> dict[str, str]:
    return {
        "seq": "序号",
        "district": "地区",
        "hospital": "医院名称",
        "tables_uploaded": tables_title(attachment),
        "completeness_pct": "数据完整率(%)",
        "rows_uploaded": "已上传数据量",
        "interruption_days": "上传中断天数",
        "last_upload_date": "最近上传日期",
        "remark": "备注",
        "tier": "梯队",
        "is_severely_missing": "上传表数量严重缺失",
        "is_good_continuity": "数据连续性良好",
        "qualified_pct": "合格率(%)",
        "score": "得分",
        "rank": "名次",
    }


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    return value.isoformat() if isinstance(value, date) else str(value)
