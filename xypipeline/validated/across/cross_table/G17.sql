-- G17: the patient is in the hospital's register of patients.
-- Nearly always he came into it the week before or later, and all that came before need not be looked at.
with not_lately as (
    select child.*
    from validated.$table as child
    anti join validated.patient_info as known
        on
            child.org_code = known.org_code
            and child.$column = known.patient_id
            and known.upload_date >= $first::date - 7
            and known.upload_date <= child.upload_date + $review_days
    where
        child.upload_date between $first and $last
        and child.modify_flag is distinct from '3'
        and child.$column is not null
)

select
    child.upload_date,
    child.org_code,
    child.path,
    child.line,
    '$column' as column_name,
    child.$column as value
from not_lately as child
anti join validated.patient_info as known
    on
        child.org_code = known.org_code
        and child.$column = known.patient_id
        and known.upload_date <= child.upload_date + $review_days
