"""Runs one piece of work for each selected table; a failing table does not take the others with it."""

from collections.abc import Callable, Iterator

import dagster as dg

from xypipeline.orchestration.faults import describe_error, is_passing
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
            from an incomplete load; a run of these tables alone mends it. The step is tried again if that may
            help one of them.
    """
    failures: dict[str, str] = {}
    may_pass = False
    progress.start_stage(stage, len(tables))
    for table in tables:
        progress.start_table(table.title_zh)
        try:
            results = work(table)
        except Exception as error:  # noqa: BLE001 - any fault of one table must not stop the others
            failures[table.code] = describe_error(error)
            may_pass = may_pass or is_passing(error)
            context.log.error(f"{stage}.{table.code}: {failures[table.code]}")
        else:
            yield from results
        finally:
            progress.finish_table()
    if failures:
        raise dg.Failure(
            f"{stage}: {', '.join(failures)} failed", metadata=dict(failures), allow_retries=may_pass
        )


def row_counts(context: dg.AssetExecutionContext, rows: int) -> dict[str, int]:
    """The number of rows as Dagster's UI plots it: of the day, or of all days where a run covers a range.

    What each day of a range has is in `scores.ledger`: Dagster takes time that grows with the square of the
    number of partitions that are given metadata of their own.
    """
    return {"dagster/partition_row_count" if context.has_partition_key else "rows_of_range": rows}
