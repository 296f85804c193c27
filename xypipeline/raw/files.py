"""Reads one delivered file of any kind: bytes in, rows as text and defects out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from xypipeline.archives import RefusedFileError
from xypipeline.limits import DEFAULT_LIMITS, Limits
from xypipeline.raw.content import read_content
from xypipeline.raw.delimited import read_delimited
from xypipeline.raw.jsonl import read_jsonl
from xypipeline.raw.parquet import read_parquet
from xypipeline.raw.plain import PlainText, find_plain_text, read_plain_texts
from xypipeline.raw.reading import Reading, read_rows, refused
from xypipeline.raw.workbook import read_workbook
from xypipeline.standard.model import Table

Reader = Callable[[bytes, Table, Limits], Reading]

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
# What Polars takes for each cell of text, also for an empty one.
BYTES_PER_CELL = 16
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
    limits: Limits = DEFAULT_LIMITS


@dataclass(frozen=True)
class Uploads:
    """The landing folder, and within which limits its files are read."""

    landing_dir: Path
    limits: Limits = DEFAULT_LIMITS

    def find(self, path: str, kind: str) -> Source:
        """Where the file of that path and kind is found."""
        return Source(self.landing_dir, path, kind, self.limits)


def read_files(sources: Sequence[Source], table: Table) -> list[Reading]:
    """Read files of a table, each to its reading; whatever is wrong with one is in that, never an exception.

    All of them are in memory at once; plain files with the same header are read together, which is faster.
    """
    readings: list[Reading] = []
    while len(readings) < len(sources):
        readings += read_some(sources[len(readings) :], table)
    return readings


def read_some(sources: Sequence[Source], table: Table) -> list[Reading]:
    """The readings of the first of these files: of as many as may be in memory together, and at least one.

    How much that is cannot be told before, as small files may be packed ever so tightly.
    """
    readings: dict[int, Reading] = {}
    plain: dict[bytes, dict[int, PlainText]] = {}
    held = 0
    for number, source in enumerate(sources):
        if held > source.limits.expanded_bytes:
            break
        found = _read_or_put_off(source, table)
        held += _bytes_of(found, table)
        if isinstance(found, Reading):
            readings[number] = found
        else:
            plain.setdefault(found.header_line, {})[number] = found
    for texts in plain.values():
        readings |= _read_together(texts, table, sources)
    return [readings[number] for number in range(len(readings))]


def _read_or_put_off(source: Source, table: Table) -> Reading | PlainText:
    try:
        content = read_content(source.landing_dir, source.path, source.limits)
        is_delimited = source.kind in DELIMITED_KINDS
        text = find_plain_text(content, table, source.limits) if is_delimited else None
        return text or read_bytes(content, source.kind, table, source.limits)
    except RefusedFileError as refusal:
        return refused(str(refusal))


def _bytes_of(found: Reading | PlainText, table: Table) -> int:
    if isinstance(found, PlainText):
        rows, text_bytes = found.rows, len(found.body)
    elif found.frame is None:
        return 0
    else:
        rows, text_bytes = found.frame.height, int(found.frame.estimated_size())
    return text_bytes + rows * len(table.fields) * BYTES_PER_CELL


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
        content = read_content(source.landing_dir, source.path, source.limits)
        return read_bytes(content, source.kind, table, source.limits)
    except RefusedFileError as refusal:
        return refused(str(refusal))


def read_bytes(content: bytes, kind: str, table: Table, limits: Limits = DEFAULT_LIMITS) -> Reading:
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
    return READERS[kind](content, table, limits)
