-- R08-04: a visit begins at most 30 minutes before its registration. Where there is none, G14 tells it.
with judged as (
    select
        child.upload_date,
        child.org_code,
        child.path,
        child.line,
        child.visit_time,
        (
            select min(registration.register_time)
            from validated.outpatient_registration as registration
            where
                registration.org_code = child.org_code
                and registration.registration_id = child.registration_id
                and registration.register_cancel_flag = '1'
                and registration.upload_date <= child.upload_date + $review_days
                and registration.modify_flag is distinct from '3'
        ) as registered_at
    from validated.outpatient_visit as child
    where child.upload_date between $first and $last and child.modify_flag is distinct from '3'
)

select
    upload_date,
    org_code,
    path,
    line,
    'visit_time' as column_name,
    visit_time::varchar as value
from judged
where visit_time < registered_at - interval 30 minutes
