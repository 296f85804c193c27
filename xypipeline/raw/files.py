"""Reads one delivered file of any kind: bytes in, rows as text and defects out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from xypipeline.archives import RefusedFileError
from xypipeline.raw.content import read_content
from xypipeline.raw.delimited import read_delimited
from xypipeline.raw.jsonl import read_jsonl
from xypipeline.raw.parquet import read_parquet
from xypipeline.raw.plain import PlainText, find_plain_text, read_plain_texts
from xypipeline.raw.reading import Reading, read_rows, refused
from xypipeline.raw.workbook import read_workbook
from xypipeline.standard.model import Table

Reader = Callable[[bytes, Table], Reading]

READERS: Mapping[str, Reader] = {
    "csv": read_delimited,
    "txt": read_delimited,
    "tsv": read_delimited,
    "jsonl": read_jsonl,
    "xlsx": read_workbook,
    "parquet": read_parquet,
}
DELIMITED_KINDS = ("csv", "txt", "tsv")
_TEXT_KINDS = (*DELIMITED_KINDS, "jsonl")
# What other kinds of file begin with; a changed file name does not change the file.
_SIGNATURES = {
    b"PK\x03\x04": "Excel 工作簿（.xlsx）或 zip 压缩包",
    b"\xd0\xcf\x11\xe0": "旧版 Excel（.xls）或加密的工作簿",
    b"\x1f\x8b": "gz 压缩文件",
    b"PAR1": "Parquet 文件",
    b"%PDF": "PDF 文件",
}


@dataclass(frozen=True)
class Source:
    """Where one delivered file is found, and what its name says it is."""

    landing_dir: Path
    path: str
    """As in the ledger of arrivals: relative, of an archive's member `<archive path>/<member name>`."""
    kind: str


def read_files(sources: Sequence[Source], table: Table) -> list[Reading]:
    """Read files of a table, each to its reading; whatever is wrong with one is in that, never an exception.

    All of them are in memory at once; plain files with the same header are read together, which is faster.
    """
    readings: dict[int, Reading] = {}
    plain: dict[bytes, dict[int, PlainText]] = {}
    for number, source in enumerate(sources):
        try:
            content = read_content(source.landing_dir, source.path)
            text = find_plain_text(content, table) if source.kind in DELIMITED_KINDS else None
            if text is None:
                readings[number] = read_bytes(content, source.kind, table)
            else:
                plain.setdefault(text.header_line, {})[number] = text
        except RefusedFileError as refusal:
            readings[number] = refused(str(refusal))
    for texts in plain.values():
        readings |= _read_together(texts, table, sources)
    return [readings[number] for number in range(len(sources))]


def _read_together(
    texts: Mapping[int, PlainText], table: Table, sources: Sequence[Source]
) -> dict[int, Reading]:
    frames = read_plain_texts(list(texts.values()), table)
    if frames is None:
        return {number: read_file(sources[number], table) for number in texts}
    defects = next(iter(texts.values())).layout.header.defects
    return {number: read_rows(table, [frame], defects) for number, frame in zip(texts, frames, strict=True)}


def read_file(source: Source, table: Table) -> Reading:
    """Read one file of a table by itself; as `read_files` does."""
    try:
        content = read_content(source.landing_dir, source.path)
        return read_bytes(content, source.kind, table)
    except RefusedFileError as refusal:
        return refused(str(refusal))


def read_bytes(content: bytes, kind: str, table: Table) -> Reading:
    """Read an unpacked file's bytes.

    Raises:
        RefusedFileError: nothing of it can be used.
    """
    if kind in _TEXT_KINDS:
        for signature, name in _SIGNATURES.items():
            if content.startswith(signature):
                raise RefusedFileError(
                    f"文件内容是{name}，与扩展名 .{kind} 不符：请另存为文本或改正扩展名后重新上传"
                )
    return READERS[kind](content, table)
