-- G17: the patient is in the hospital's register of patients.
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
        from validated.patient_info as known
        where
            known.org_code = child.org_code
            and known.patient_id = child.$column
            and known.upload_date <= child.upload_date + $review_days
    )
