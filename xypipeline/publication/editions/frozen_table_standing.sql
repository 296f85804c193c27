-- The quarter's standings table by table, as they are frozen.
-- Grain: one row per registered hospital and required table.
with stored as (
    select *
    from scores.table_standing
    union all by name
    -- A warehouse scored before there was a register of applicability lacks the column.
    select null::boolean as is_applicable
    where false
)

select
    period,
    as_of,
    org_code,
    table_code,
    coalesce(is_applicable, true) as is_applicable,
    rows_uploaded,
    upload_days,
    expected_days,
    interruption_days,
    longest_gap_days,
    last_upload_date,
    days_since_last_upload,
    rows_accepted,
    rows_qualified
from stored
where period = $period
order by org_code, table_code
