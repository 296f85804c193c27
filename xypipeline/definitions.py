"""What Dagster loads: the five stages in order, their jobs, and one process to run them in."""

import dagster as dg

from xypipeline.loaded import spare_loaded
from xypipeline.orchestration.abandoned_runs import abandoned_runs
from xypipeline.orchestration.across import across
from xypipeline.orchestration.cut_off import CutOff
from xypipeline.orchestration.housekeeping import housekeeping, housekeeping_schedule
from xypipeline.orchestration.intake import arrivals, raw_tables, validated_tables
from xypipeline.orchestration.jobs import intake, publish, score, update_scorecards
from xypipeline.orchestration.late_files import late_files
from xypipeline.orchestration.notify import notices
from xypipeline.orchestration.patrol import patrol
from xypipeline.orchestration.progress import Progress, SilentProgress
from xypipeline.orchestration.publishing import ledger, publication, standing
from xypipeline.orchestration.resources import Platform
from xypipeline.orchestration.schedules import daily_intake, quarterly_draft
from xypipeline.orchestration.scorecards import scorecards
from xypipeline.orchestration.stale_scores import stale_scores


def build_definitions(progress: Progress, attempt: str = "") -> dg.Definitions:
    """All that there is to run, reporting to `progress`; for the token of an `attempt`, see `up_to_date`."""
    return dg.Definitions(
        assets=[
            arrivals,
            raw_tables,
            validated_tables,
            across,
            patrol,
            ledger,
            standing,
            publication,
            scorecards,
        ],
        jobs=[intake, score, publish, update_scorecards, housekeeping],
        schedules=[daily_intake, quarterly_draft, housekeeping_schedule],
        sensors=[late_files, stale_scores, abandoned_runs, notices],
        resources={"platform": Platform(attempt=attempt), "cut_off": CutOff(), "progress": progress},
        # DuckDB has one writer, and a process for each step would take longer to start than to work.
        executor=dg.in_process_executor,
    )


defs = build_definitions(SilentProgress())

spare_loaded()
