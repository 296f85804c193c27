"""The asset of the daily patrol: the last step of a day's intake, since only then its silence is known."""

from pathlib import Path
from typing import TYPE_CHECKING

import dagster as dg
from dagster import DagsterEventType
from dagster._core.storage.tags import PARTITION_NAME_TAG

from xypipeline.notices.notice import Notice
from xypipeline.orchestration.faults import RETRIES, told_plainly
from xypipeline.orchestration.partitions import DAYS, period_of
from xypipeline.orchestration.resources import Platform
from xypipeline.orchestration.table_specs import STEWARDS
from xypipeline.orchestration.tables import POOL
from xypipeline.policy.policy import load_policy
from xypipeline.standard.catalogue import current_catalogue

if TYPE_CHECKING:
    from xypipeline.publication.patrol import Patrol

PATROL = dg.AssetKey(["publication", "patrol"])


@dg.multi_asset(
    name="patrol",
    specs=[
        dg.AssetSpec(
            PATROL,
            deps=[dg.AssetKey(["validated", code]) for code in current_catalogue().tables],
            description=(
                "**每日巡查**：哪些医院、哪些表从哪天起中断，属平台、医院还是单表；谁恢复了，谁的数据滞后；"
                "各医院距最近上传的天数。每天一页，也存于 scores.patrol_hospital 等表。"
            ),
            group_name="publication",
            owners=[STEWARDS],
            kinds={"html", "duckdb"},
        )
    ],
    partitions_def=DAYS,
    backfill_policy=dg.BackfillPolicy.single_run(),
    retry_policy=RETRIES,
    pool=POOL,
)
def patrol(context: dg.AssetExecutionContext, platform: Platform) -> dg.MaterializeResult:
    """Patrol the days taken in, and write the pages of all days that this changes."""
    from xypipeline.publication.patrol import read_patrols
    from xypipeline.publication.patrol_page import write_patrols
    from xypipeline.scores.patrol import patrol_days

    catalogue, registry = platform.catalogue, platform.registry
    folder = platform.settings.publication_dir / "patrol"
    with told_plainly(), platform.warehouse() as connection:
        days = period_of(context)
        changed = patrol_days(connection, catalogue, registry, lambda year: load_policy(year).patrol, days)
        patrols = read_patrols(connection, catalogue, registry, changed)
        write_patrols(patrols, folder)
    # A range gives each of its days the same metadata: one day's message would be wrong on all others.
    figures = _figures(patrols[0], folder) if context.has_partition_key else {}
    return dg.MaterializeResult(
        metadata={"folder": dg.MetadataValue.path(folder), "days_changed": len(changed), **figures}
    )


def patrol_notices(instance: dg.DagsterInstance, run: dg.DagsterRun, ui_address: str) -> list[Notice]:
    """The message of a run that patrolled one day, the newest; a mended older day is no news to anybody."""
    if PARTITION_NAME_TAG not in run.tags:
        return []
    events = instance.all_logs(run.run_id, of_type=DagsterEventType.ASSET_MATERIALIZATION)
    found = [entry.asset_materialization for entry in events]
    metadata = [one.metadata for one in found if one.asset_key == PATROL and "message" in one.metadata]
    return [
        Notice(
            cause="patrol",
            title=str(one["title"].value),
            lines=tuple(str(one["message"].value).splitlines()),
            link=f"{ui_address}/assets/{'/'.join(PATROL.path)}",
        )
        for one in metadata[-1:]
        if one["days_changed"].value == 1
    ]


def _figures(found: "Patrol", folder: Path) -> dict[str, object]:
    """Numbers for the UI to plot, and the message as it can be sent."""
    from xypipeline.publication.patrol_message import message_lines, message_title

    return {
        "uploaded": len(found.in_state("uploaded")),
        "silent": len(found.in_state("silent")),
        "silent_tables": len(found.silent_tables),
        "page": dg.MetadataValue.path(folder / f"{found.day}.html"),
        "title": message_title(found),
        "message": dg.MetadataValue.md("\n".join(f"- {line}" for line in message_lines(found))),
    }
