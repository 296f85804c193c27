"""What in the uploads names a person, read from the files themselves and without any of our readers."""

import csv
import gzip
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import polars as pl

from xypipeline.standard.catalogue import current_catalogue
from xypipeline.standard.model import Table

SHORTEST = 2
# Stand-ins for a value, and row numbers 1 to 8 side by side.
_PLACEHOLDERS = re.compile(r"测试|未知|不详|(\d)\1*|12345678")
_ENCODINGS = ("utf-8-sig", "gb18030")


def uploaded_secrets(landing_dir: Path) -> set[str]:
    """Every value of a field that the standard calls sensitive, of SHORTEST or more characters."""
    found: set[str] = set()
    for path in landing_dir.glob("*/*/*"):
        if not path.name.startswith(".") and path.suffix not in (".part", ".tmp"):
            for name, content in _unpacked(path.name, path.read_bytes()):
                found |= _sensitive_values(name, content)
    return {value for value in found if len(value) >= SHORTEST and not _PLACEHOLDERS.fullmatch(value)}


def _unpacked(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    if name.endswith(".zip"):
        with ZipFile(io.BytesIO(content)) as archive:
            for member in archive.namelist():
                yield member.rpartition("/")[2], archive.read(member)
    elif name.endswith(".gz"):
        yield name.removesuffix(".gz"), gzip.decompress(content)
    else:
        yield name, content


def _sensitive_values(name: str, content: bytes) -> set[str]:
    table = current_catalogue().find_table(name.partition(".")[0])
    if table is None:
        return set()
    header, *rows = _rows(name, content)
    columns = {column for column, title in enumerate(header) if _is_sensitive(table, str(title))}
    return {
        str(value).strip()
        for row in rows
        for column, value in enumerate(row)
        if column in columns and value is not None
    }


def _is_sensitive(table: Table, title: str) -> bool:
    named = title.strip().casefold()
    return any(
        field.is_sensitive
        and named in {text.casefold() for text in (field.code, field.legacy_code, field.title_zh) if text}
        for field in table.fields
    )


def _rows(name: str, content: bytes) -> list[list[object]]:
    match name.rpartition(".")[2].casefold():
        case "xlsx":
            sheet = openpyxl.load_workbook(io.BytesIO(content), read_only=True).worksheets[0]
            return [list(row) for row in sheet.iter_rows(values_only=True)]
        case "parquet":
            frame = pl.read_parquet(io.BytesIO(content))
            return [frame.columns, *map(list, frame.iter_rows())]
        case "jsonl":
            records = [json.loads(line) for line in content.decode().splitlines()]
            columns = list(dict.fromkeys(key for record in records for key in record))
            return [columns, *([record.get(key) for key in columns] for record in records)]
    text = _decoded(content)
    delimiter = max(",\t|;", key=text.partition("\n")[0].count)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)) or [[]]


def _decoded(content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16")
    for encoding in _ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("gb18030", errors="replace")
