-- What the patrol says of each hospital.
-- Grain: one row per patrolled day from the first day to the last and hospital.
select
    patrol_date,
    org_code,
    state,
    last_upload_date,
    days_since_last_upload,
    silence,
    silent_since,
    silent_days,
    returned_after_days,
    is_first_upload
from scores.patrol_hospital
where patrol_date between $first_day and $last_day
order by patrol_date, org_code
