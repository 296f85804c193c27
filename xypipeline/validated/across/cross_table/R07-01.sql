-- R07-01: a cancelled registration was registered before, and not later than it was cancelled.
with judged as (
    select
        child.upload_date,
        child.org_code,
        child.path,
        child.line,
        child.registration_id,
        child.register_time,
        (
            select min(original.register_time)
            from validated.outpatient_registration as original
            where
                original.org_code = child.org_code
                and original.registration_id = child.registration_id
                and original.register_cancel_flag = '1'
                and original.upload_date <= child.upload_date + $review_days
                and original.modify_flag is distinct from '3'
        ) as registered_at
    from validated.outpatient_registration as child
    where
        child.upload_date between $first and $last
        and child.modify_flag is distinct from '3'
        and child.register_cancel_flag = '2'
)

select
    upload_date,
    org_code,
    path,
    line,
    case when registered_at is null then 'registration_id' else 'register_time' end as column_name,
    case when registered_at is null then registration_id else register_time::varchar end as value
from judged
where registered_at is null or register_time < registered_at
