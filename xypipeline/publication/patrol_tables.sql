-- The tables that are silent or came back while their hospital uploads others.
-- Grain: one row per patrolled day from the first day to the last, hospital and such table.
select
    patrol_date,
    org_code,
    table_code,
    last_delivery_date,
    silent_since,
    silent_days,
    returned_after_days
from scores.patrol_table
where patrol_date between $first_day and $last_day
order by patrol_date, org_code, table_code
