"""One hospital's delivery of one table on one day: its rows in their files, and what is wrong in them."""

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from random import Random

import polars as pl

from xypipeline.simulator.dialect import Dialect
from xypipeline.simulator.faults import Breach
from xypipeline.simulator.file_content import content_of, line_numbers
from xypipeline.standard.model import Field, Table

_LONG_TEXT_CHARACTERS = 1_000
_ZIP_TIME = (2023, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Delivery:
    """The rows of one table that one hospital sends on one day."""

    upload_date: date
    org_code: str
    table: Table
    rows: pl.DataFrame
    """The table's fields in the standard's order."""
    breaches: Mapping[int, tuple[Breach, ...]]
    """By row number from 0: what is wrong with the row."""
    ragged: Mapping[int, int]
    """By row number: cells too many (negative: too few)."""


@dataclass(frozen=True)
class DeliveredFile:
    """A file as it is to lie in the landing folder."""

    path: str
    """Relative to the landing folder."""
    content: bytes


@dataclass(frozen=True)
class ExpectedFinding:
    """A finding that the platform must report."""

    upload_date: date
    org_code: str
    table_code: str
    path: str
    line: int
    column_name: str | None
    rule_id: str
    severity: str


def write_out(delivery: Delivery, dialect: Dialect) -> tuple[list[DeliveredFile], list[ExpectedFinding]]:
    """Put a delivery into its form: the files, and the findings expected in them."""
    rows = _dressed(delivery, dialect)
    bounds = [delivery.rows.height * part // dialect.parts for part in range(dialect.parts + 1)]
    files, findings = [], []
    for part, (start, stop) in enumerate(pairwise(bounds), start=1):
        number = f".{part:02d}" if dialect.parts > 1 else ""
        name = _table_name(delivery.table, dialect) + dialect.name_suffix + number + "." + dialect.kind
        ragged = {row - start: cells for row, cells in delivery.ragged.items() if start <= row < stop}
        content = content_of(rows[start:stop], dialect, ragged)
        files.append(DeliveredFile(name + (".gz" if dialect.packing == "gz" else ""), content))
        path = _landing_path(delivery, dialect, files[-1].path)
        findings += _findings(delivery, dialect, path, rows, (start, stop))
    packed = list(_packed(delivery, dialect, files))
    if dialect.has_unfinished:
        packed.append(_unfinished(packed[0]))
    return packed, findings


def _dressed(delivery: Delivery, dialect: Dialect) -> pl.DataFrame:
    rows, table = delivery.rows, delivery.table
    if dialect.has_line_breaks:
        long = [field.code for field in table.fields if _is_long_text(field)]
        is_whole = ~pl.int_range(pl.len()).is_in(list(delivery.ragged))
        broken = (pl.col(code).str.replace("，", "，\n", literal=True) for code in long)
        rows = rows.with_columns(
            pl.when(is_whole).then(text).otherwise(pl.col(code)).alias(code)
            for code, text in zip(long, broken, strict=True)
        )
    names = [_column_name(field, dialect) for field in table.fields]
    rows = rows.rename(dict(zip(rows.columns, names, strict=True)))
    if dialect.unknown_column:
        rows = rows.with_columns(pl.lit("0").alias(dialect.unknown_column))
    if dialect.column_order is None:
        return rows
    return rows.select(Random(dialect.column_order).sample(rows.columns, rows.width))


def _is_long_text(field: Field) -> bool:
    return field.type == "string" and (field.length or 0) >= _LONG_TEXT_CHARACTERS


def _column_name(field: Field, dialect: Dialect) -> str:
    name = getattr(field, dialect.header) or field.code
    return name.upper() if dialect.is_upper_case else name


def _table_name(table: Table, dialect: Dialect) -> str:
    name = getattr(table, dialect.name) or table.code
    return name.upper() if dialect.is_upper_case else name


def _landing_path(delivery: Delivery, dialect: Dialect, name: str) -> str:
    folder = f"{delivery.upload_date}/{delivery.org_code}"
    return (
        f"{folder}/{_archive_name(delivery, dialect)}/{name}"
        if dialect.packing == "zip"
        else f"{folder}/{name}"
    )


def _archive_name(delivery: Delivery, dialect: Dialect) -> str:
    return f"{_table_name(delivery.table, dialect)}{dialect.name_suffix}.zip"


def _packed(delivery: Delivery, dialect: Dialect, files: list[DeliveredFile]) -> Iterator[DeliveredFile]:
    folder = f"{delivery.upload_date}/{delivery.org_code}"
    if dialect.packing != "zip":
        yield from (DeliveredFile(f"{folder}/{file.path}", file.content) for file in files)
        return
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
        for file in files:
            archive.writestr(zipfile.ZipInfo(file.path, _ZIP_TIME), file.content, zipfile.ZIP_DEFLATED)
    yield DeliveredFile(f"{folder}/{_archive_name(delivery, dialect)}", buffer.getvalue())


def _unfinished(file: DeliveredFile) -> DeliveredFile:
    folder, _, name = file.path.rpartition("/")
    half = file.content[: len(file.content) // 2]
    return DeliveredFile(f"{folder}/{name}.part" if len(half) % 2 else f"{folder}/.{name}", half)


def _findings(
    delivery: Delivery, dialect: Dialect, path: str, rows: pl.DataFrame, span: tuple[int, int]
) -> Iterator[ExpectedFinding]:
    where = (delivery.upload_date, delivery.org_code, delivery.table.code, path)
    if dialect.unknown_column:
        yield ExpectedFinding(*where, 1, dialect.unknown_column, "I02", "warn")
    broken = [row for row in delivery.breaches if span[0] <= row < span[1]]
    lines = line_numbers(rows[slice(*span)], dialect) if broken else None
    for row in broken:
        for breach in delivery.breaches[row]:
            line = lines[row - span[0]]
            yield ExpectedFinding(*where, line, breach.column_name, breach.rule_id, breach.severity)
