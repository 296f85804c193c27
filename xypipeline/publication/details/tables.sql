-- How each hospital's required tables stand.
-- Grain: one row per registered hospital and required table.
select
    org_code,
    table_code,
    rows_uploaded,
    upload_days,
    expected_days,
    interruption_days,
    last_upload_date,
    rows_accepted,
    rows_qualified
from scores.table_standing
where period = $period
order by org_code, table_code
