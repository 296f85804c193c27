-- R31-02: the front page comes at most 7 days after the day of the discharge.
-- A front page that came in time is not late for being sent again.
with discharged as (
    select
        upload_date,
        org_code,
        path,
        line,
        front_page_id,
        discharge_time,
        discharge_time::date + 7 as last_date_in_time
    from validated.front_page
    where
        upload_date between $first and $last
        and modify_flag is distinct from '3'
)

select
    child.upload_date,
    child.org_code,
    child.path,
    child.line,
    'discharge_time' as column_name,
    child.discharge_time::varchar as value
from discharged as child
anti join validated.front_page as earlier
    on
        child.org_code = earlier.org_code
        and child.front_page_id = earlier.front_page_id
        and child.last_date_in_time >= earlier.upload_date
where
    child.upload_date > child.last_date_in_time
