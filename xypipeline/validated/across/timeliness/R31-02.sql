-- R31-02: the front page comes at most 7 days after the day of the discharge.
-- A front page that came in time is not late for being sent again.
select
    child.upload_date,
    child.org_code,
    child.path,
    child.line,
    'discharge_time' as column_name,
    child.discharge_time::varchar as value
from validated.front_page as child
where
    child.upload_date between $first and $last
    and child.modify_flag is distinct from '3'
    and child.upload_date > child.discharge_time::date + 7
    and not exists (
        select 1
        from validated.front_page as earlier
        where
            earlier.org_code = child.org_code
            and earlier.front_page_id = child.front_page_id
            and earlier.upload_date <= child.discharge_time::date + 7
    )
