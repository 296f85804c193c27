-- G16: each member of staff named by number is in the hospital's register of staff.
select
    child.upload_date,
    child.org_code,
    child.path,
    child.line,
    '$column' as column_name,
    child.$column as value
from validated.$table as child
anti join validated.staff as known
    on
        child.org_code = known.org_code
        and child.$column = known.staff_id
        and known.upload_date <= child.upload_date + $review_days
where
    child.upload_date between $first and $last
    and child.modify_flag is distinct from '3'
    and child.$column is not null
