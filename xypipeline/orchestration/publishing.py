"""Assets of each quarter: the ledger, the standing of each hospital, the published attachment."""

from collections.abc import Iterator

import dagster as dg

from xypipeline.orchestration.partitions import QUARTERS, quarter_of
from xypipeline.orchestration.resources import Platform
from xypipeline.orchestration.tables import POOL
from xypipeline.periods import yesterday
from xypipeline.policy.policy import load_policy
from xypipeline.publication.gate import find_problems
from xypipeline.publication.publish import publish_attachment
from xypipeline.scores.ledger import build_ledger
from xypipeline.scores.standing import score_quarter
from xypipeline.standard.catalogue import current_catalogue

LEDGER = dg.AssetKey(["scores", "ledger"])
STANDING = dg.AssetKey(["scores", "standing"])
ATTACHMENT = dg.AssetKey(["publication", "attachment"])


_LEDGER_DEPS = [dg.AssetKey(["validated", code]) for code in current_catalogue().tables]


@dg.multi_asset(
    name="ledger",
    specs=[
        dg.AssetSpec(
            LEDGER,
            deps=_LEDGER_DEPS,
            description="台账:每家医院、每张表、每个上传日一行",
            group_name="scores",
            kinds={"duckdb"},
            metadata={"dagster/table_name": "scores.ledger"},
        )
    ],
    partitions_def=QUARTERS,
    pool=POOL,
)
def ledger(context: dg.AssetExecutionContext, platform: Platform) -> dg.MaterializeResult:
    """Count the quarter's deliveries and records."""
    quarter = quarter_of(context)
    with platform.warehouse() as connection:
        rows = build_ledger(connection, platform.catalogue, quarter.first, quarter.as_of(yesterday()))
    return dg.MaterializeResult(metadata={"dagster/partition_row_count": rows})


@dg.multi_asset(
    name="standing",
    specs=[
        dg.AssetSpec(
            STANDING,
            deps=[LEDGER],
            description="各医院的指标、梯队、得分与名次",
            group_name="scores",
            kinds={"duckdb"},
            metadata={"dagster/table_name": "scores.standing"},
        )
    ],
    check_specs=[
        dg.AssetCheckSpec(
            "fit_to_publish", asset=STANDING, blocking=True, description="发布前核对:每家医院一行,数字自洽"
        )
    ],
    partitions_def=QUARTERS,
    pool=POOL,
)
def standing(
    context: dg.AssetExecutionContext, platform: Platform
) -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:
    """Score and rank the quarter's hospitals; figures that contradict themselves stop here."""
    quarter = quarter_of(context)
    policy = load_policy(quarter.year)
    with platform.warehouse() as connection:
        frame = score_quarter(
            connection,
            platform.catalogue,
            platform.registry,
            policy,
            quarter,
            quarter.as_of(yesterday()),
        )
        problems = find_problems(connection, quarter, platform.catalogue, platform.registry, policy)
    yield dg.MaterializeResult(asset_key=STANDING, metadata={"dagster/partition_row_count": frame.height})
    yield dg.AssetCheckResult(
        asset_key=STANDING,
        check_name="fit_to_publish",
        passed=not problems,
        description="\n".join(problems) or "每家医院一行,数字自洽",
        metadata={"problems": len(problems)},
    )


@dg.multi_asset(
    name="publication",
    specs=[
        dg.AssetSpec(
            ATTACHMENT,
            deps=[STANDING],
            description="附件:全市公立医院与全民健康信息平台互联互通情况统计",
            group_name="publication",
            kinds={"excel", "json"},
        )
    ],
    partitions_def=QUARTERS,
    pool=POOL,
)
def publication(context: dg.AssetExecutionContext, platform: Platform) -> dg.MaterializeResult:
    """Write the ranked attachment and its twins."""
    quarter = quarter_of(context)
    folder = platform.settings.publication_dir / str(quarter)
    with platform.warehouse() as connection:
        published = publish_attachment(
            connection, quarter, platform.catalogue, platform.registry, load_policy(quarter.year), folder
        )
    return dg.MaterializeResult(
        metadata={"folder": dg.MetadataValue.path(folder), "files": len(published.paths)}
    )
