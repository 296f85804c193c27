"""The two clocks of the pipeline: upload days and quarters. Hospital and table are data, never partitions."""

import dagster as dg

from xypipeline.periods import FIRST_DAY, TIMEZONE, Period, Quarter

DAYS = dg.DailyPartitionsDefinition(start_date=FIRST_DAY.isoformat(), timezone=TIMEZONE)

# Keyed by the quarter's first day; the running quarter is there too, as a draft.
QUARTERS = dg.TimeWindowPartitionsDefinition(
    start=FIRST_DAY.isoformat(),
    cron_schedule="0 0 1 1,4,7,10 *",
    fmt="%Y-%m-%d",
    timezone=TIMEZONE,
    end_offset=1,
)


def period_of(context: dg.AssetExecutionContext) -> Period:
    """The upload days that a run covers: one partition, or a range of them."""
    keys = context.partition_key_range
    first = DAYS.time_window_for_partition_key(keys.start).start.date()
    return Period(first, DAYS.time_window_for_partition_key(keys.end).start.date())


def quarter_of(context: dg.AssetExecutionContext) -> Quarter:
    """The quarter that a run publishes."""
    return Quarter.containing(context.partition_time_window.start.date())


def quarter_key(quarter: Quarter) -> str:
    """The partition key of a quarter."""
    return quarter.first.isoformat()
