-- The days that have been patrolled, from the first day on.
-- Grain: one row per day.
-- Source: docs/scoring.md, clause 11.
select distinct patrol_date
from scores.patrol_calendar
where patrol_date >= $first_day
order by patrol_date
