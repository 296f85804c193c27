"""Every text in what an installation has written, whatever it is packed in."""

import gzip
import html
import io
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from zipfile import ZipFile, is_zipfile

import duckdb
import pdfplumber

_ESCAPED = re.compile(r"\\+u([0-9a-fA-F]{4})")


def texts_of(path: Path) -> Iterator[str]:
    """All text in a file, also in what is packed inside it, and what JSON or markup has written otherwise."""
    if path.suffix == ".pdf":
        with pdfplumber.open(path) as document:
            yield from (page.extract_text() for page in document.pages)
    elif path.suffix == ".db":
        yield from map(_unescaped, _cells(path))
    else:
        yield from _packed(path.read_bytes())


def warehouse_texts(path: Path, *, without: set[tuple[str, str]]) -> Iterator[str]:
    """Each row of each table and view of a warehouse but those left out, as text."""
    with duckdb.connect(str(path), read_only=True) as connection:
        listed = "select table_schema, table_name from information_schema.tables order by all"
        for schema, name in connection.sql(listed).fetchall():
            if (schema, name) not in without:
                rows = connection.sql(f'select * from {schema}."{name}"').fetchall()
                yield f"{schema}.{name} " + "\n".join("\t".join(map(str, row)) for row in rows)


def _cells(path: Path) -> Iterator[str]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        names = [
            name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")
        ]
        for name in names:
            for row in connection.execute(f'select * from "{name}"'):
                yield " ".join(
                    cell.decode("utf-8", errors="ignore") if isinstance(cell, bytes) else str(cell)
                    for cell in row
                )


def _packed(content: bytes) -> Iterator[str]:
    if is_zipfile(io.BytesIO(content)):
        with ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield name
                yield from _packed(archive.read(name))
    elif content.startswith(b"\x1f\x8b"):
        yield from _packed(gzip.decompress(content))
    else:
        text = _unescaped(content.decode("utf-8", errors="ignore"))
        yield text
        # Word and Excel part a text by markup; without it, what was parted is whole again.
        yield re.sub(r"<[^>]+>", "", text)


def _unescaped(text: str) -> str:
    return html.unescape(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), text))
