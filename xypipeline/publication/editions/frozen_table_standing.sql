-- The quarter's standings table by table, as they are frozen.
-- Grain: one row per registered hospital and required table.
select
    period,
    as_of,
    org_code,
    table_code,
    rows_uploaded,
    upload_days,
    expected_days,
    interruption_days,
    longest_gap_days,
    last_upload_date,
    days_since_last_upload,
    rows_accepted,
    rows_qualified
from scores.table_standing
where period = $period
order by org_code, table_code
