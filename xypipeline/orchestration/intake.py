"""Assets of each upload day: what arrived, the rows as text, the rows judged. No work is done here."""

from collections.abc import Iterator

import dagster as dg

from xypipeline.landing.inventory import store_arrivals
from xypipeline.orchestration.checks import CHECK_NAME, check_result
from xypipeline.orchestration.partitions import DAYS, period_of
from xypipeline.orchestration.progress import Progress
from xypipeline.orchestration.resources import Platform
from xypipeline.orchestration.tables import POOL, Result, each_table, row_counts, selected_tables
from xypipeline.raw.store import load_days
from xypipeline.standard.catalogue import current_catalogue
from xypipeline.standard.model import Table
from xypipeline.validated.store import validate_days

ARRIVAL = dg.AssetKey(["landing", "arrival"])
_QUARTER_IN_ONE_RUN = dg.BackfillPolicy.single_run()


def _specs(stage: str, upstream: dict[str, dg.AssetKey]) -> list[dg.AssetSpec]:
    return [
        dg.AssetSpec(
            [stage, table.code],
            deps=[upstream[table.code]],
            description=f"{table.title_zh}:{table.grain}",
            group_name=stage,
            kinds={"duckdb"},
            tags={"domain": table.domain},
            metadata={"dagster/table_name": f"{stage}.{table.code}"},
        )
        for table in current_catalogue().tables.values()
    ]


_RAW = _specs("raw", dict.fromkeys(current_catalogue().tables, ARRIVAL))
_VALIDATED = _specs("validated", {spec.key.path[-1]: spec.key for spec in _RAW})


@dg.multi_asset(
    name="landing",
    specs=[dg.AssetSpec(ARRIVAL, description="医院上传的每一个文件", group_name="landing", kinds={"file"})],
    partitions_def=DAYS,
    backfill_policy=_QUARTER_IN_ONE_RUN,
    pool=POOL,
)
def arrivals(context: dg.AssetExecutionContext, platform: Platform) -> dg.MaterializeResult:
    """Take note of every file of the days, also of those that cannot be used."""
    days = period_of(context)
    with platform.warehouse() as connection:
        counts = store_arrivals(
            connection,
            platform.settings.landing_dir,
            platform.registry.org_codes,
            platform.catalogue,
            days.first,
            days.last,
        )
    return dg.MaterializeResult(metadata={"files": counts.files, "refused": counts.refused})


@dg.multi_asset(
    name="raw",
    specs=_RAW,
    partitions_def=DAYS,
    can_subset=True,
    backfill_policy=_QUARTER_IN_ONE_RUN,
    pool=POOL,
)
def raw_tables(
    context: dg.AssetExecutionContext, platform: Platform, progress: dg.ResourceParam[Progress]
) -> Iterator[Result]:
    """Load the rows of each table as text."""
    days, catalogue = period_of(context), platform.catalogue
    with platform.warehouse() as connection:

        def load(table: Table) -> list[Result]:
            counts = load_days(
                connection, table, platform.settings.landing_dir, days.first, days.last, progress.add_rows
            )
            key = dg.AssetKey(["raw", table.code])
            metadata = {
                **row_counts(context, counts.rows),
                "files": counts.files,
                "files_refused": counts.files_refused,
            }
            return [dg.MaterializeResult(asset_key=key, metadata=metadata)]

        yield from each_table(context, "raw", selected_tables(context, catalogue), load, progress)


@dg.multi_asset(
    name="validated",
    specs=_VALIDATED,
    check_specs=[
        dg.AssetCheckSpec(CHECK_NAME, asset=spec.key, description="按数据标准逐行检查") for spec in _VALIDATED
    ],
    partitions_def=DAYS,
    can_subset=True,
    backfill_policy=_QUARTER_IN_ONE_RUN,
    pool=POOL,
)
def validated_tables(
    context: dg.AssetExecutionContext, platform: Platform, progress: dg.ResourceParam[Progress]
) -> Iterator[Result]:
    """Judge the rows of each table by its Pandera schema."""
    days, catalogue = period_of(context), platform.catalogue
    with platform.warehouse() as connection:

        def validate(table: Table) -> list[Result]:
            verdict = validate_days(connection, catalogue, table, days.first, days.last, progress.add_rows)
            key = dg.AssetKey(["validated", table.code])
            metadata = {
                **row_counts(context, verdict.rows_accepted),
                "qualified": verdict.rows_qualified,
                "fatal": verdict.rows_fatal,
            }
            return [
                dg.MaterializeResult(asset_key=key, metadata=metadata),
                check_result(key, verdict, catalogue),
            ]

        yield from each_table(context, "validated", selected_tables(context, catalogue), validate, progress)
