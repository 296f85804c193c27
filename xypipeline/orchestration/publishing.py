"""Assets of each quarter: the ledger, the standing of each hospital, the documents and their editions."""

from collections.abc import Iterator

import dagster as dg

from xypipeline.orchestration.applicability_check import applicability_check_spec, check_applicability
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
from xypipeline.periods import Period
from xypipeline.publication.acceptance.verdict import SUITES, Verdict
from xypipeline.publication.processes import ACCEPT, begin_all
from xypipeline.standard.catalogue import current_catalogue

ATTACHMENT = dg.AssetKey(["publication", "attachment"])
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
    # For the standing, which as a rule follows.
    ACCEPT.begin()
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
        *(
            dg.AssetCheckSpec(name, asset=STANDING, blocking=True, description=f"发布前核对，{title}")
            for name, title in SUITES.items()
        ),
        dg.AssetCheckSpec(FRESHNESS, asset=STANDING, description="计算之后，该季度的上传数据没有再变化"),
        applicability_check_spec(),
    ],
    partitions_def=QUARTERS,
    retry_policy=RETRIES,
    pool=POOL,
)
def standing(
    context: dg.AssetExecutionContext, platform: Platform, cut_off: CutOff
) -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:
    """Score and rank the quarter's hospitals; figures that contradict themselves stop here."""
    ACCEPT.begin()
    from xypipeline.publication.acceptance.gate import accept_quarter
    from xypipeline.publication.acceptance.page import keep_page
    from xypipeline.publication.editions.basis import load_basis
    from xypipeline.scores.standing import score_quarter

    quarter, settings = quarter_of(context), platform.settings
    with told_plainly(), platform.warehouse() as connection:
        as_of, basis = cut_off.day_of(quarter), load_basis(quarter.year, catalogue=platform.catalogue)
        frame = score_quarter(connection, basis.catalogue, basis.registry, basis.policy, quarter, as_of)
        if ATTACHMENT in context.job_def.asset_layer.executable_asset_keys:
            # For the publication, while the gate is waited for.
            begin_all()
        acceptance = accept_quarter(connection, quarter, basis, settings.publication_dir / str(quarter))
        page = keep_page(acceptance, settings.data_docs_dir, basis.policy.acceptance_pages)
        applicability = check_applicability(connection, basis, Period(quarter.first, as_of))
    yield dg.MaterializeResult(
        asset_key=STANDING,
        metadata={
            "dagster/partition_row_count": frame.height,
            "as_of": as_of.isoformat(),
            "page": dg.MetadataValue.path(page),
        },
    )
    yield from map(_check_result, acceptance.verdicts)
    yield dg.AssetCheckResult(
        asset_key=STANDING, check_name=FRESHNESS, passed=True, description=f"{quarter} 已按最新数据计算"
    )
    yield applicability


def _check_result(verdict: Verdict) -> dg.AssetCheckResult:
    return dg.AssetCheckResult(
        asset_key=STANDING,
        check_name=verdict.name,
        passed=not verdict.problems,
        severity=dg.AssetCheckSeverity.ERROR,
        description="\n".join(verdict.problems) or verdict.title,
        metadata={
            "problems": len(verdict.problems),
            "expectations": len(verdict.findings),
            "rows": verdict.rows,
        },
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
    begin_all()
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
