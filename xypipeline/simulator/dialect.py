"""How one delivery's file looks: its kind, encoding, header, name; and how hospitals differ in that."""

from dataclasses import dataclass, replace
from datetime import date
from random import Random
from typing import Literal

Kind = Literal["csv", "txt", "tsv", "xlsx", "parquet", "jsonl"]
DELIMITED = ("csv", "txt", "tsv")

# Files of hospitals' spreadsheet users are small.
MAX_XLSX_ROWS = 2_000
_ODD_KINDS_PCT = 12
_SPLIT_PCT = 6
_UNKNOWN_COLUMN_PCT = 2
_UNFINISHED_PCT = 2
_UNKNOWN_COLUMNS = ("备注", "打印次数", "ROWGUID", "操作员")


@dataclass(frozen=True)
class Dialect:
    """Everything about a file that is not its rows. The defaults are the plain form."""

    kind: Kind = "csv"
    encoding: Literal["utf-8", "utf-8-sig", "gb18030", "utf-16"] = "utf-8"
    delimiter: str = ","
    line_end: str = "\n"
    quotes_all: bool = False
    has_line_breaks: bool = False
    """Whether long texts hold line breaks."""
    header: Literal["code", "legacy_code", "title_zh"] = "code"
    is_upper_case: bool = False
    column_order: int | None = None
    """Seed of a shuffle of the columns; None: the standard's order."""
    unknown_column: str | None = None
    name: Literal["code", "legacy_code", "title_zh"] = "code"
    name_suffix: str = ""
    """Between table name and extension, with its leading dot."""
    packing: Literal["none", "gz", "zip"] = "none"
    parts: int = 1
    """Into how many files, or members of one zip, the delivery is split."""
    has_unfinished: bool = False
    """Whether a file that is still being written lies beside it."""

    @property
    def is_delimited(self) -> bool:
        """Whether it is text of lines, in which a line can be ragged."""
        return self.kind in DELIMITED


def choose_dialect(seed: int, table_code: str, day: date, rows: int, *, needs_lines: bool) -> Dialect:
    """The dialect of one delivery: mostly the hospital's own, with what changes by table and by day.

    Args:
        seed: the hospital's.
        table_code: the table.
        day: the upload date.
        rows: how many rows the delivery has.
        needs_lines: whether it must be delimited text.
    """
    dialect = _by_table(_of_hospital(Random(f"{seed}")), Random(f"{seed}/{table_code}"))
    random = Random(f"{seed}/{table_code}/{day}")
    dialect = _by_day(dialect, random, day, rows)
    if needs_lines and not dialect.is_delimited or dialect.kind == "xlsx" and rows > MAX_XLSX_ROWS:
        dialect = replace(dialect, kind="csv")
    return _consistent(dialect)


def _of_hospital(random: Random) -> Dialect:
    kind = random.choice(("csv", "csv", "csv", "txt", "tsv"))
    return Dialect(
        kind=kind,
        encoding=random.choice(("utf-8", "utf-8-sig", "gb18030", "gb18030", "utf-16")),
        delimiter="\t" if kind == "tsv" else random.choice((",", ",", "|", ";", "\t")),
        line_end=random.choice(("\n", "\r\n")),
        quotes_all=random.random() < 0.3,
        header=random.choice(("code", "legacy_code", "title_zh")),
        is_upper_case=random.random() < 0.3,
        name=random.choice(("code", "legacy_code", "title_zh")),
    )


def _by_table(dialect: Dialect, random: Random) -> Dialect:
    if _happens(random, _ODD_KINDS_PCT):
        dialect = replace(dialect, kind=random.choice(("xlsx", "parquet", "jsonl")))
    return replace(
        dialect,
        packing=random.choice(("none", "none", "none", "none", "gz", "zip")),
        column_order=random.choice((None, None, random.randrange(1000))),
        has_line_breaks=random.random() < 0.5,
    )


def _by_day(dialect: Dialect, random: Random, day: date, rows: int) -> Dialect:
    return replace(
        dialect,
        name_suffix=random.choice(("", "", f".{day:%Y%m%d}", f".{day:%Y%m%d}.v1")),
        parts=random.choice((2, 3)) if rows > 3 and _happens(random, _SPLIT_PCT) else 1,
        unknown_column=random.choice(_UNKNOWN_COLUMNS) if _happens(random, _UNKNOWN_COLUMN_PCT) else None,
        has_unfinished=_happens(random, _UNFINISHED_PCT),
    )


def _consistent(dialect: Dialect) -> Dialect:
    if not dialect.is_delimited:
        packing = "none" if dialect.kind in ("xlsx", "parquet") else dialect.packing
        return replace(dialect, packing=packing, encoding="utf-8", line_end="\n", has_line_breaks=False)
    return dialect


def _happens(random: Random, pct: int) -> bool:
    return random.random() * 100 < pct
