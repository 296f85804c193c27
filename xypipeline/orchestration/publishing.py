"""Assets of each quarter: the ledger, the standing of each hospital, the documents and their editions."""

from collections.abc import Iterator

import dagster as dg

from xypipeline.orchestration.cut_off import CutOff
from xypipeline.orchestration.faults import RETRIES, told_plainly
from xypipeline.orchestration.partitions import QUARTERS, quarter_of
from xypipeline.orchestration.resources import Platform
from xypipeline.orchestration.score_columns import (
    LEDGER,
    STANDING,
    attachment_columns,
    ledger_columns,
    standing_columns,
)
from xypipeline.orchestration.table_specs import OFFICE, STEWARDS
from xypipeline.orchestration.tables import POOL
from xypipeline.policy.policy import load_policy
from xypipeline.standard.catalogue import current_catalogue

ATTACHMENT = dg.AssetKey(["publication", "attachment"])
GATE = "fit_to_publish"
FRESHNESS = "up_to_date"


@dg.multi_asset(
    name="ledger",
    specs=[
        dg.AssetSpec(
            LEDGER,
            deps=[dg.AssetKey(["validated", code]) for code in current_catalogue().tables],
            description="**台账**：每家医院、每张表、每个上传日一行，只有数量，没有患者内容。",
            group_name="scores",
            owners=[STEWARDS],
            kinds={"duckdb"},
            metadata={"dagster/table_name": "scores.ledger", **ledger_columns()},
        )
    ],
    partitions_def=QUARTERS,
    retry_policy=RETRIES,
    pool=POOL,
)
def ledger(context: dg.AssetExecutionContext, platform: Platform, cut_off: CutOff) -> dg.MaterializeResult:
    """Count the quarter's deliveries and records."""
    from xypipeline.scores.ledger import build_ledger

    quarter = quarter_of(context)
    with told_plainly(), platform.warehouse() as connection:
        as_of = cut_off.day_of(quarter)
        rows = build_ledger(connection, platform.catalogue, quarter.first, as_of)
    return dg.MaterializeResult(metadata={"dagster/partition_row_count": rows, "as_of": as_of.isoformat()})


@dg.multi_asset(
    name="standing",
    specs=[
        dg.AssetSpec(
            STANDING,
            deps=[LEDGER],
            description="**各医院的指标、梯队、得分与名次**：每家在册医院一行，未取整。见 docs/scoring.md。",
            group_name="scores",
            owners=[OFFICE],
            kinds={"duckdb"},
            metadata={"dagster/table_name": "scores.standing", **standing_columns()},
        )
    ],
    check_specs=[
        dg.AssetCheckSpec(
            GATE, asset=STANDING, blocking=True, description="发布前核对：每家医院一行，数字自洽"
        ),
        dg.AssetCheckSpec(FRESHNESS, asset=STANDING, description="计算之后，该季度的上传数据没有再变化"),
    ],
    partitions_def=QUARTERS,
    retry_policy=RETRIES,
    pool=POOL,
)
def standing(
    context: dg.AssetExecutionContext, platform: Platform, cut_off: CutOff
) -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:
    """Score and rank the quarter's hospitals; figures that contradict themselves stop here."""
    from xypipeline.publication.gate import find_problems
    from xypipeline.scores.standing import score_quarter

    quarter = quarter_of(context)
    catalogue, registry = platform.catalogue, platform.registry
    with told_plainly(), platform.warehouse() as connection:
        policy, as_of = load_policy(quarter.year), cut_off.day_of(quarter)
        frame = score_quarter(connection, catalogue, registry, policy, quarter, as_of)
        problems = find_problems(connection, quarter, catalogue, registry, policy)
    yield dg.MaterializeResult(
        asset_key=STANDING,
        metadata={"dagster/partition_row_count": frame.height, "as_of": as_of.isoformat()},
    )
    yield dg.AssetCheckResult(
        asset_key=STANDING,
        check_name=GATE,
        passed=not problems,
        description="\n".join(problems) or "每家医院一行，数字自洽",
        metadata={"problems": len(problems)},
    )
    yield dg.AssetCheckResult(
        asset_key=STANDING, check_name=FRESHNESS, passed=True, description=f"{quarter} 已按最新数据计算"
    )


@dg.multi_asset(
    name="publication",
    specs=[
        dg.AssetSpec(
            ATTACHMENT,
            deps=[STANDING],
            description="**附件**：全市公立医院与全民健康信息平台互联互通情况统计，只在此处四舍五入一次。",
            group_name="publication",
            owners=[OFFICE],
            kinds={"excel", "json"},
            metadata=attachment_columns(),
        )
    ],
    partitions_def=QUARTERS,
    retry_policy=RETRIES,
    pool=POOL,
)
def publication(context: dg.AssetExecutionContext, platform: Platform) -> dg.MaterializeResult:
    """Draft the quarter's documents, or once they are published, the correction of what changed."""
    from xypipeline.publication.documents import Documents
    from xypipeline.publication.editions.basis import load_basis
    from xypipeline.publication.publish import publish_quarter
    from xypipeline.scores.rejudging import rejudge

    quarter, settings = quarter_of(context), platform.settings
    with told_plainly(), platform.warehouse() as connection:
        basis = load_basis(quarter.year, catalogue=platform.catalogue)
        documents = Documents(basis, settings.office_dir, rejudge)
        folder = settings.publication_dir / str(quarter)
        outcome = publish_quarter(connection, quarter, basis, folder, documents.render)
    return dg.MaterializeResult(
        metadata={
            "folder": dg.MetadataValue.path(outcome.folder),
            "edition": outcome.edition,
            "state": outcome.state,
            "changed cells": len(outcome.changes),
            "outcome": outcome.told,
        }
    )
