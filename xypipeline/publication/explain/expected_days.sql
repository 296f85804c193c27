-- The days on which uploads were expected when the quarter was scored.
-- Grain: one row per hospital and expected day.
select
    org_code,
    expected_date
from scores.expected_day
where
    org_code in (select unnest($org_codes))
    and expected_date between $first_day and $as_of
order by org_code, expected_date
