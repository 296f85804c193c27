"""Ours: batches of whole deliveries through `validate_rows`; each breach a finding with file and line."""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl

from peers.checks import Work
from xypipeline.ahead import Ahead
from xypipeline.standard.catalogue import current_catalogue
from xypipeline.validated.conform import validate_rows

PACKAGES = ("xypipeline", "pandera", "polars")
# Some 125,000 rows, as in a run; the file is read once and never held whole.
_BLOCK_BYTES = 32 * 2**20


def judge(rows: Path, work: Work, tell_first: Callable[[], None]) -> dict[str, int]:
    """Count the findings of all batches; typed rows are made, and dropped."""
    catalogue = current_catalogue()
    table = catalogue.tables[work.table_code]
    breaches: Counter[str] = Counter({check.id: 0 for check in work.checks})

    # The next batch is read while one is judged, as in a run.
    with Ahead([rows], _batches, lambda batch: batch) as ahead:
        for batch, _ in ahead.take(rows):
            findings = validate_rows(batch, table, catalogue).findings
            if not findings.is_empty():
                tell_first()
            for rule_id, column, count in findings.group_by("rule_id", "column_name").len().iter_rows():
                breaches[f"{rule_id}:{column}"] += count
    return breaches


def _batches(rows: Path) -> Iterator[pl.DataFrame]:
    return _whole_deliveries(_blocks(rows))


def _blocks(rows: Path) -> Iterator[pl.DataFrame]:
    # The rows that were made have no line breaks within a cell.
    with rows.open("rb") as file:
        head, begun = file.readline(), b""
        while block := file.read(_BLOCK_BYTES):
            end = block.rfind(b"\n") + 1
            yield pl.read_csv(head + begun + block[:end], infer_schema=False)
            begun = block[end:]


def _whole_deliveries(blocks: Iterator[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    kept: pl.DataFrame | None = None
    for block in blocks:
        rows = block.with_columns(
            pl.col("upload_date").str.to_date("%Y-%m-%d"), pl.col("line").cast(pl.Int64)
        )
        rows = rows if kept is None else pl.concat([kept, rows])
        # Deliveries come one after the other, each in a file of its own.
        begin = (rows["path"] == rows["path"][-1]).arg_max()
        kept = rows[begin:]
        if begin:
            yield rows[:begin]
    if kept is not None:
        yield kept
