"""What reading one file gives: rows as text, the lines set aside, or the reason why it is refused."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache

import polars as pl

from xypipeline.archives import RefusedFileError
from xypipeline.limits import Limits
from xypipeline.standard.model import Table
from xypipeline.standard.schemas import raw_columns

UNPARSABLE = "I01"
UNKNOWN_COLUMN = "I02"
MAX_CONTENT_CHARACTERS = 2_000
TOO_MANY_ROWS = "文件有 {} 行，超过一次可读入的 {} 行：请拆分为几个文件后重新上传"
LONG_FIELD = "该行有值超过 {} 个字符"
NO_ROWS = "文件没有数据行"
NO_KNOWN_COLUMN = "第一行没有本表的列名：请以字段代码、旧代码或中文名作表头后重新上传"

LINE = "line"
_OF_THE_FILE = ("upload_date", "org_code", "path")
_DEFECT_SCHEMA = {
    LINE: pl.Int64,
    "rule_id": pl.String,
    "column_name": pl.String,
    "detail": pl.String,
    "content": pl.String,
}


@dataclass(frozen=True)
class Defect:
    """A line that could not be parsed, or a column that is kept out."""

    line: int
    rule_id: str
    column_name: str | None
    """The column as the file calls it; None for a line."""
    detail: str
    """In Chinese, without anything of the line's content."""
    content: str | None
    """The beginning of the line's text; None for a column."""


@dataclass(frozen=True)
class Reading:
    """One file read.

    `frame`: one row per parsed row, in the file's order: line, declared_org_code, then the table's other
    fields, all text, null where empty; None when the file is refused. `defects`: one row per `Defect`.
    `rows_received` counts parsed and unparsable rows.
    """

    frame: pl.DataFrame | None
    defects: pl.DataFrame
    rows_received: int
    reason: str | None
    """In Chinese; None when there is nothing to say."""
    is_refused: bool

    @property
    def rows_parsed(self) -> int:
        """Rows of the file that were read."""
        if self.defects.is_empty():
            return self.rows_received
        return self.rows_received - self.defects.filter(rule_id=UNPARSABLE).height


def refused(reason: str) -> Reading:
    """The reading of a file that cannot be used."""
    return Reading(None, _defect_frame([]), 0, reason, is_refused=True)


def read_rows(table: Table, frames: Sequence[pl.DataFrame], defects: Sequence[Defect]) -> Reading:
    """The reading of a file that could be used, at least in part; `frames` are its rows in order."""
    frame = pl.concat(frames) if frames else pl.DataFrame(schema=text_schema(table))
    unparsable = sum(defect.rule_id == UNPARSABLE for defect in defects)
    received = frame.height + unparsable
    return Reading(
        frame=frame,
        defects=_defect_frame(defects),
        rows_received=received,
        reason=remark(received, unparsable, len(defects) - unparsable),
        is_refused=False,
    )


def text_frame(
    table: Table, lines: Sequence[int], columns: Mapping[str, Sequence[str | None]]
) -> pl.DataFrame:
    """Rows from columns of text, by column name; a column of the table that is missing becomes null."""
    absent = [None] * len(lines)
    values = {name: columns.get(name, absent) for name in text_schema(table)}
    return pl.DataFrame(values | {LINE: lines}, schema=text_schema(table))


def text_schema(table: Table) -> dict[str, pl.DataType]:
    """Names and types of a reading's frame: `raw.<table>` less what is known of the whole file."""
    return {
        name: pl.Int64() if name == LINE else pl.String()
        for name in raw_columns(table)
        if name not in _OF_THE_FILE
    }


def unparsable(line: int, detail: str, content: str) -> Defect:
    """A line set aside; its content is kept for those who may see it, cut to a bearable length."""
    return Defect(line, UNPARSABLE, None, detail, content.rstrip("\r\n")[:MAX_CONTENT_CHARACTERS])


def set_aside_long(frame: pl.DataFrame, limits: Limits) -> tuple[pl.DataFrame, list[Defect]]:
    """The rows without those that have too long a value, and these as defects."""
    is_long = pl.any_horizontal(pl.col(pl.String).str.len_chars() > limits.field_characters)
    long = frame.filter(is_long)[LINE]
    if long.is_empty():
        return frame, []
    problem = LONG_FIELD.format(limits.field_characters)
    return frame.filter(~pl.col(LINE).is_in(long.implode())), [unparsable(line, problem, "") for line in long]


def check_rows(rows: int, limits: Limits) -> None:
    """Make sure that a file has not too many lines or rows to be read at once.

    Raises:
        RefusedFileError: it has.
    """
    if rows > limits.rows:
        raise RefusedFileError(TOO_MANY_ROWS.format(rows, limits.rows))


def _defect_frame(defects: Sequence[Defect]) -> pl.DataFrame:
    return (
        pl.DataFrame([asdict(defect) for defect in defects], schema=_DEFECT_SCHEMA)
        if defects
        else _no_defects()
    )


@cache
def _no_defects() -> pl.DataFrame:
    return pl.DataFrame(schema=_DEFECT_SCHEMA)


def remark(received: int, unparsable: int, unknown_columns: int) -> str | None:
    """What is said of a file that could be read, in Chinese; None when there is nothing to say."""
    remarks = []
    if received == 0:
        remarks.append(NO_ROWS)
    if unparsable:
        remarks.append(f"{received} 行中有 {unparsable} 行无法解析（规则 {UNPARSABLE}），未入库")
    if unknown_columns:
        remarks.append(f"{unknown_columns} 列不在标准中或重复（规则 {UNKNOWN_COLUMN}），未入库")
    return "；".join(remarks) or None
