"""What Dagster loads: the five stages in order, their jobs, and one process to run them in."""

import dagster as dg

from xypipeline.orchestration.intake import arrivals, raw_tables, validated_tables
from xypipeline.orchestration.jobs import intake, publish
from xypipeline.orchestration.progress import Progress, SilentProgress
from xypipeline.orchestration.publishing import ledger, publication, standing
from xypipeline.orchestration.resources import Platform


def build_definitions(progress: Progress) -> dg.Definitions:
    """All that there is to run, reporting to `progress`."""
    return dg.Definitions(
        assets=[arrivals, raw_tables, validated_tables, ledger, standing, publication],
        jobs=[intake, publish],
        resources={"platform": Platform(), "progress": progress},
        # DuckDB has one writer, and a process for each step would take longer to start than to work.
        executor=dg.in_process_executor,
    )


defs = build_definitions(SilentProgress())
