"""Ours: batches of whole deliveries through `validate_texts`; each breach a finding with file and line."""

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import polars as pl

from peers.checks import Work
from xypipeline.standard.catalogue import current_catalogue
from xypipeline.validated.batches import MOST_ROWS
from xypipeline.validated.conform import validate_texts

PACKAGES = ("xypipeline", "pandera", "polars")
_AT_ONCE = 2


def judge(rows: Path, work: Work, tell_first: Callable[[], None]) -> dict[str, int]:
    """Count the findings of all batches; typed rows are made, and dropped."""
    catalogue = current_catalogue()
    table = catalogue.tables[work.table_code]
    breaches: Counter[str] = Counter({check.id: 0 for check in work.checks})

    def judge_batch(batch: pl.DataFrame) -> pl.DataFrame:
        findings = validate_texts(batch, table, catalogue).findings
        return findings.group_by("rule_id", "column_name").len()

    for found in _side_by_side(judge_batch, _whole_deliveries(_blocks(rows))):
        if not found.is_empty():
            tell_first()
        for rule_id, column, count in found.iter_rows():
            breaches[f"{rule_id}:{column}"] += count
    return breaches


def _side_by_side(
    work: Callable[[pl.DataFrame], pl.DataFrame], batches: Iterable[pl.DataFrame]
) -> Iterator[pl.DataFrame]:
    waiting: deque[Future[pl.DataFrame]] = deque()
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for batch in batches:
            waiting.append(pool.submit(work, batch))
            if len(waiting) > _AT_ONCE:
                yield waiting.popleft().result()
        yield from (one.result() for one in waiting)


def _blocks(rows: Path) -> Iterator[pl.DataFrame]:
    """The file's rows in its order, never held whole."""
    texts = pl.scan_csv(rows, infer_schema=False)
    lineage = pl.col("upload_date").str.to_date("%Y-%m-%d"), pl.col("line").cast(pl.Int64)
    return texts.with_columns(lineage).collect_batches(chunk_size=MOST_ROWS, maintain_order=True)


def _whole_deliveries(blocks: Iterator[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    kept: pl.DataFrame | None = None
    for block in blocks:
        rows = block if kept is None else pl.concat([kept, block])
        # Deliveries come one after the other, each in a file of its own.
        begin = (rows["path"] == rows["path"][-1]).arg_max()
        kept = rows[begin:]
        if begin:
            yield rows[:begin].rechunk()
    if kept is not None:
        yield kept.rechunk()
