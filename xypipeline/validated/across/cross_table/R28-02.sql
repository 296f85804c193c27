-- R28-02: a transfer is recorded once out (2) and once in (1), between the same departments within 24 hours.
-- A row is wrong if there are fewer of the other kind than of its own: none, or its own is there twice.
with near as (
    select
        child.upload_date,
        child.org_code,
        child.path,
        child.line,
        child.transfer_type_code,
        other.record_id,
        other.transfer_type_code as other_type_code,
        bool_or(other.modify_flag = '3') as is_revoked
    from validated.transfer_record as child
    inner join validated.transfer_record as other
        on
            child.org_code = other.org_code
            and child.visit_id = other.visit_id
            and child.from_dept_code = other.from_dept_code
            and child.to_dept_code = other.to_dept_code
            and child.upload_date + $review_days >= other.upload_date
            and other.transfer_time >= child.transfer_time - interval 24 hour
            and other.transfer_time <= child.transfer_time + interval 24 hour
    where
        child.upload_date between $first and $last
        and child.modify_flag is distinct from '3'
    group by all
)

select
    upload_date,
    org_code,
    path,
    line,
    'transfer_type_code' as column_name,
    transfer_type_code as value
from near
where is_revoked is not true
group by all
having
    count(*) filter (where other_type_code <> transfer_type_code)
    < count(*) filter (where other_type_code = transfer_type_code)
