-- How each hospital's required tables stand.
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
    org_code,
    table_code,
    rows_uploaded,
    upload_days,
    expected_days,
    interruption_days,
    last_upload_date,
    rows_accepted,
    rows_qualified,
    coalesce(is_applicable, true) as is_applicable
from stored
where period = $period
order by org_code, table_code
