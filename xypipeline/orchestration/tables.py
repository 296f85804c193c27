"""Runs one piece of work for each selected table; a failing table does not take the others with it."""

import traceback
from collections.abc import Callable, Iterator

import dagster as dg

from xypipeline.errors import XyPipelineError
from xypipeline.orchestration.progress import Progress
from xypipeline.standard.model import Catalogue, Table

Result = dg.MaterializeResult | dg.AssetCheckResult
POOL = "warehouse"


def selected_tables(context: dg.AssetExecutionContext, catalogue: Catalogue) -> list[Table]:
    """The tables whose assets this run materializes, in the standard's order."""
    selected = {key.path[-1] for key in context.selected_asset_keys}
    return [table for table in catalogue.tables.values() if table.code in selected]


def each_table(
    context: dg.AssetExecutionContext,
    stage: str,
    tables: list[Table],
    work: Callable[[Table], list[Result]],
    progress: Progress,
) -> Iterator[Result]:
    """Yield the results of `work` for every table that succeeds; fail at the end if any did not.

    Raises:
        dagster.Failure: names the tables that failed. The step then counts as failed, so nothing is published
            from an incomplete load; a run of these tables alone mends it.
    """
    failures: dict[str, str] = {}
    progress.start_stage(stage, len(tables))
    for table in tables:
        progress.start_table(table.title_zh)
        try:
            results = work(table)
        except Exception as error:  # noqa: BLE001 - any fault of one table must not stop the others
            failures[table.code] = describe_error(error)
            context.log.error(f"{stage}.{table.code}: {failures[table.code]}")
        else:
            yield from results
        finally:
            progress.finish_table()
    if failures:
        raise dg.Failure(f"{stage}: {', '.join(failures)} failed", metadata=dict(failures))


def describe_error(error: Exception) -> str:
    """What went wrong and where in our code, without the error's own text: that may hold a patient's data."""
    if isinstance(error, XyPipelineError):
        return str(error)
    ours = [frame for frame in traceback.extract_tb(error.__traceback__) if "xypipeline" in frame.filename]
    place = f" at {ours[-1].filename}:{ours[-1].lineno}" if ours else ""
    return f"{type(error).__name__}{place}"


def row_counts(context: dg.AssetExecutionContext, rows: int) -> dict[str, int]:
    """The number of rows as Dagster's UI plots it: of the day, or of all days where a run covers a range.

    What each day of a range has is in `scores.ledger`: Dagster takes time that grows with the square of the
    number of partitions that are given metadata of their own.
    """
    return {"dagster/partition_row_count" if context.has_partition_key else "rows_of_range": rows}
