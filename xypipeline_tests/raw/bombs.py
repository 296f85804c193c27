"""Reads small files that would become large ones, in a process that must not take much memory for it.

Prints a line per file: its name, and the reason for which it is refused, or how many rows were read.
"""

import gzip
import io
import resource
import sys
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from xypipeline.limits import MB
from xypipeline.raw.files import Source, read_files
from xypipeline_tests.raw.tables import visit_table
from xypipeline_tests.raw.workbooks import SHEET, TEXTS, sheet_of, texts_of, workbook_with

ROOM_BYTES = 2_000 * MB
FOLDER = "2023-04-01/411500001"


def bombs() -> Iterator[tuple[str, str, bytes]]:
    """Name, kind and content of each."""
    header = b"org_code,visit_id,note\n"
    shared = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(2, 3_000))
    corner = sheet_of('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    dictionary = pa.DictionaryArray.from_arrays(pa.array([0] * 3_000, pa.int32()), ["x" * MB])
    yield "zeros.csv.gz", "csv", _gzip_of(b"\0" * MB, 100)
    yield "lines.csv.gz", "csv", _gzip_of(b"\n" * MB, 20, header)
    yield "lines.jsonl.gz", "jsonl", _gzip_of(b"\n" * MB, 20)
    yield "columns.csv", "csv", b"org_code" + b",a" * 3 * MB + b"\n1\n"
    yield "quotes.csv", "csv", header + b'A1,1,"a\n' * 100_000
    yield "line.csv", "csv", header + b"A1,1," + b"x" * 30 * MB
    yield (
        "members.jsonl",
        "jsonl",
        b'{"org_code":1' + b"".join(b',"a%d":1' % n for n in range(300_000)) + b"}",
    )
    yield "corner.xlsx", "xlsx", workbook_with({SHEET: corner})
    yield "texts.xlsx", "xlsx", workbook_with({SHEET: sheet_of(shared), TEXTS: texts_of("x" * MB)})
    yield "lying.xlsx", "xlsx", workbook_with({SHEET: corner + b" " * 30 * MB}, stated_sizes={SHEET: 100})
    yield "rows.parquet", "parquet", _parquet_of(pa.nulls(20_000_000, pa.string()))
    yield "texts.parquet", "parquet", _parquet_of(dictionary)


def main(landing: Path) -> None:
    """Write the files, then read one after the other."""
    sources = []
    (landing / FOLDER).mkdir(parents=True)
    for name, kind, content in bombs():
        (landing / FOLDER / name).write_bytes(content)
        sources.append(Source(landing, f"{FOLDER}/{name}", kind))
    limit = _virtual_bytes() + ROOM_BYTES
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    for source in sources:
        (reading,) = read_files([source], visit_table())
        outcome = reading.reason if reading.is_refused else reading.rows_received
        sys.stdout.write(f"{source.path.rpartition('/')[2]} {outcome}\n")
        sys.stdout.flush()


def _gzip_of(block: bytes, times: int, before: bytes = b"") -> bytes:
    content = io.BytesIO()
    with gzip.GzipFile(fileobj=content, mode="wb", compresslevel=1) as file:
        file.write(before)
        for _ in range(times):
            file.write(block)
    return content.getvalue()


def _parquet_of(values: pa.Array) -> bytes:
    content = io.BytesIO()
    pq.write_table(pa.table({"note": values}), content)
    return content.getvalue()


def _virtual_bytes() -> int:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    return pages * resource.getpagesize()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
