-- The tables that were delivered with old data only.
-- Grain: one row per patrolled day from the first day to the last, hospital and such table.
select
    patrol_date,
    org_code,
    table_code,
    newest_event_date,
    delay_days
from scores.patrol_delay
where patrol_date between $first_day and $last_day
order by patrol_date, org_code, table_code
