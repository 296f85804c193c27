-- G16: each member of staff named by number is in the hospital's register of staff.
select
    child.upload_date,
    child.org_code,
    child.path,
    child.line,
    '$column' as column_name,
    child.$column as value
from validated.$table as child
where
    child.upload_date between $first and $last
    and child.modify_flag is distinct from '3'
    and child.$column is not null
    and not exists (
        select 1
        from validated.staff as known
        where
            known.org_code = child.org_code
            and known.staff_id = child.$column
            and known.upload_date <= child.upload_date + $review_days
    )
