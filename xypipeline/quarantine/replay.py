"""What judging rows again did to the quarantine: compares the rows in it before and after."""

from dataclasses import dataclass

import polars as pl

_ROW = ["upload_date", "org_code", "table_code", "path", "line"]


@dataclass(frozen=True)
class Replayed:
    """Rows, each counted once."""

    left: pl.DataFrame
    """Rows that are in quarantine no more: org_code, table_code, held_rows; ordered by the first two."""
    entered: pl.DataFrame
    """Rows that were not in quarantine before; columns as `left`."""
    kept: int
    """Rows that were and are, less the unparsable."""
    unparsable: int
    """Rows that could not be judged again."""


def compare(before: pl.DataFrame, after: pl.DataFrame) -> Replayed:
    """Hold the rows in quarantine before and after against each other.

    Args:
        before: as `reading.read_findings` returns it.
        after: the same, once the days were judged again.
    """
    earlier, later = (_rows(frame) for frame in (before, after))
    stayed = later.join(earlier, on=_ROW, how="semi")
    return Replayed(
        left=_counts(earlier.join(later, on=_ROW, how="anti")),
        entered=_counts(later.join(earlier, on=_ROW, how="anti")),
        kept=stayed.filter(~pl.col("is_unparsable")).height,
        unparsable=later["is_unparsable"].sum(),
    )


def _rows(findings: pl.DataFrame) -> pl.DataFrame:
    return findings.group_by(_ROW).agg(pl.col("is_unparsable").any())


def _counts(rows: pl.DataFrame) -> pl.DataFrame:
    counted = rows.group_by("org_code", "table_code").agg(pl.len().cast(pl.Int64).alias("held_rows"))
    return counted.sort("org_code", "table_code")
