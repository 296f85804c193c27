"""The asset of the rules across rows: other tables, volume and time; judged when all tables are."""

from collections.abc import Iterator

import dagster as dg

from xypipeline.orchestration.across_checks import across_check_specs, across_results
from xypipeline.orchestration.faults import RETRIES, told_plainly
from xypipeline.orchestration.partitions import DAYS, period_of
from xypipeline.orchestration.resources import Platform
from xypipeline.orchestration.table_specs import STEWARDS
from xypipeline.orchestration.tables import POOL
from xypipeline.policy.policy import load_policy
from xypipeline.standard.catalogue import current_catalogue

ACROSS = dg.AssetKey(["validated", "across"])


@dg.multi_asset(
    name="across",
    specs=[
        dg.AssetSpec(
            ACROSS,
            deps=[dg.AssetKey(["validated", code]) for code in current_catalogue().tables],
            description=(
                "**跨表、数量与时效规则**：单行之外的规则，看其他表、数量和到达时间。"
                "对应的记录可以晚到 3 天，所以每次连同此前 3 天一起判定。"
                "问题明细在 validated.finding，不影响行是否合格。"
            ),
            group_name="validated",
            owners=[STEWARDS],
            kinds={"duckdb"},
            metadata={"dagster/table_name": "validated.finding"},
        )
    ],
    check_specs=across_check_specs(ACROSS),
    partitions_def=DAYS,
    backfill_policy=dg.BackfillPolicy.single_run(),
    retry_policy=RETRIES,
    pool=POOL,
)
def across(
    context: dg.AssetExecutionContext, platform: Platform
) -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:
    """Judge the rules across rows of the days, and of those that they can have changed.

    What hospitals declare of their deliveries is taken in first: nothing else looks at it.
    """
    from xypipeline.raw.files import Uploads
    from xypipeline.raw.store import load_days
    from xypipeline.validated.across.judge import judge_across
    from xypipeline.validated.store import validate_days

    days, catalogue = period_of(context), platform.catalogue
    with told_plainly(), platform.warehouse() as connection:
        uploads = Uploads(platform.settings.landing_dir, load_policy(days.last.year).limits)
        for table in catalogue.control_tables.values():
            load_days(connection, table, uploads, days.first, days.last)
            validate_days(connection, catalogue, table, days.first, days.last)
        verdicts = judge_across(connection, catalogue, platform.registry, (days.first, days.last))
    breaches = sum(verdict.findings["breaches"].sum() for verdict in verdicts.values())
    yield dg.MaterializeResult(asset_key=ACROSS, metadata={"breaches": breaches})
    yield from across_results(ACROSS, verdicts, days, catalogue, platform.registry)
