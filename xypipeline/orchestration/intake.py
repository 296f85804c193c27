"""Assets of each upload day: what arrived, the rows as text, the rows judged. No work is done here."""

from collections.abc import Iterator

import dagster as dg

from xypipeline.landing.lateness import list_day, remember_days
from xypipeline.orchestration.checks import check_result, check_spec
from xypipeline.orchestration.faults import RETRIES, told_plainly
from xypipeline.orchestration.partitions import DAYS, period_of
from xypipeline.orchestration.progress import Progress
from xypipeline.orchestration.resources import Platform
from xypipeline.orchestration.table_specs import arrival_spec, raw_specs, validated_specs
from xypipeline.orchestration.tables import POOL, Result, each_table, row_counts, selected_tables
from xypipeline.periods import today
from xypipeline.policy.policy import load_policy
from xypipeline.standard.model import Table

_QUARTER_IN_ONE_RUN = dg.BackfillPolicy.single_run()
_VALIDATED = validated_specs()


@dg.multi_asset(
    name="landing",
    specs=[arrival_spec()],
    partitions_def=DAYS,
    backfill_policy=_QUARTER_IN_ONE_RUN,
    retry_policy=RETRIES,
    pool=POOL,
)
def arrivals(context: dg.AssetExecutionContext, platform: Platform) -> dg.MaterializeResult:
    """Take note of every file of the days, also of those that cannot be used."""
    from xypipeline.landing.inventory import store_arrivals
    from xypipeline.landing.walk import Door

    days, landing_dir = period_of(context), platform.settings.landing_dir
    limits = load_policy(days.last.year).limits
    door = Door(landing_dir, platform.registry.org_codes, platform.catalogue, limits, today())
    listings = {day: list_day(landing_dir, day) for day in days.days()}
    with told_plainly(), platform.warehouse() as connection:
        counts = store_arrivals(connection, door, days.first, days.last)
        remember_days(platform.arrivals_dir, listings)
    metadata = {"files": counts.files, "refused": counts.refused, "changed": counts.changed}
    if not any(listings.values()):
        metadata["no uploads"] = f"{days.first} 至 {days.last} 没有收到任何上传文件"
    return dg.MaterializeResult(metadata=metadata)


@dg.multi_asset(
    name="raw",
    specs=raw_specs(),
    partitions_def=DAYS,
    can_subset=True,
    backfill_policy=_QUARTER_IN_ONE_RUN,
    retry_policy=RETRIES,
    pool=POOL,
)
def raw_tables(
    context: dg.AssetExecutionContext, platform: Platform, progress: dg.ResourceParam[Progress]
) -> Iterator[Result]:
    """Load the rows of each table as text."""
    from xypipeline.raw.files import Uploads
    from xypipeline.raw.store import loading

    days, tables = period_of(context), selected_tables(context, platform.catalogue)
    uploads = Uploads(platform.settings.landing_dir, load_policy(days.last.year).limits)
    with (
        told_plainly(),
        platform.warehouse() as connection,
        loading(connection, tables, uploads, days.first, days.last) as load_table,
    ):

        def load(table: Table) -> list[Result]:
            counts = load_table(table, progress.add_rows)
            key = dg.AssetKey(["raw", table.code])
            metadata = {
                **row_counts(context, counts.rows),
                "files": counts.files,
                "files_refused": counts.files_refused,
            }
            return [dg.MaterializeResult(asset_key=key, metadata=metadata)]

        yield from each_table(context, "raw", tables, load, progress)


@dg.multi_asset(
    name="validated",
    specs=_VALIDATED,
    check_specs=[check_spec(spec.key) for spec in _VALIDATED],
    partitions_def=DAYS,
    can_subset=True,
    backfill_policy=_QUARTER_IN_ONE_RUN,
    retry_policy=RETRIES,
    pool=POOL,
)
def validated_tables(
    context: dg.AssetExecutionContext, platform: Platform, progress: dg.ResourceParam[Progress]
) -> Iterator[Result]:
    """Judge the rows of each table by its Pandera schema."""
    from xypipeline.raw.retention import requiring_rows
    from xypipeline.validated.store import validating

    days, catalogue = period_of(context), platform.catalogue
    tables = selected_tables(context, catalogue)
    with (
        told_plainly(),
        platform.warehouse() as connection,
        validating(connection, catalogue, tables, days.first, days.last) as validate_table,
    ):
        require_rows = requiring_rows(connection, days.first, days.last)

        def validate(table: Table) -> list[Result]:
            require_rows(table)
            verdict = validate_table(table, progress.add_rows)
            key = dg.AssetKey(["validated", table.code])
            metadata = {
                **row_counts(context, verdict.rows_accepted),
                "qualified": verdict.rows_qualified,
                "fatal": verdict.rows_fatal,
            }
            return [
                dg.MaterializeResult(asset_key=key, metadata=metadata),
                check_result(table, verdict, days, catalogue, platform.registry),
            ]

        yield from each_table(context, "validated", tables, validate, progress)
