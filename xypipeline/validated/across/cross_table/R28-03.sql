-- R28-03: the last transfer of a stay leads to the department of its discharge.
-- Found on the day when both are known, at the row of that transfer.
with pair as (
    select
        child.org_code,
        child.visit_id,
        child.path,
        child.line,
        child.transfer_time,
        child.to_dept_code,
        greatest(child.upload_date, discharge.upload_date) as known_date
    from validated.transfer_record as child
    inner join validated.inpatient_discharge as discharge
        on
            child.org_code = discharge.org_code
            and child.visit_id = discharge.visit_id
    where
        greatest(child.upload_date, discharge.upload_date) between $first and $last
        and child.modify_flag is distinct from '3'
        and discharge.modify_flag is distinct from '3'
        and discharge.void_flag is distinct from '1'
)

select distinct
    pair.known_date as upload_date,
    pair.org_code,
    pair.path,
    pair.line,
    'to_dept_code' as column_name,
    pair.to_dept_code as value
from pair
anti join validated.transfer_record as later
    on
        pair.org_code = later.org_code
        and pair.visit_id = later.visit_id
        and pair.transfer_time < later.transfer_time
        and later.upload_date <= pair.known_date + $review_days
        and later.modify_flag is distinct from '3'
where
    not exists (
        select 1
        from validated.transfer_record as same_time
        inner join validated.inpatient_discharge as discharge
            on
                same_time.org_code = discharge.org_code
                and same_time.visit_id = discharge.visit_id
                and same_time.to_dept_code = discharge.dept_code
        where
            same_time.org_code = pair.org_code
            and same_time.visit_id = pair.visit_id
            and same_time.transfer_time = pair.transfer_time
            and same_time.upload_date <= pair.known_date + $review_days
            and same_time.modify_flag is distinct from '3'
            and discharge.upload_date <= pair.known_date + $review_days
            and discharge.modify_flag is distinct from '3'
    )
