-- R12-06: who prescribes is in the hospital's register of staff as a physician (11) or assistant physician
-- (12).
select
    child.upload_date,
    child.org_code,
    child.path,
    child.line,
    'doctor_id' as column_name,
    child.doctor_id as value
from validated.prescription_detail as child
where
    child.upload_date between $first and $last
    and child.modify_flag is distinct from '3'
    and child.doctor_id is not null
    and not exists (
        select 1
        from validated.staff as doctor
        where
            doctor.org_code = child.org_code
            and doctor.staff_id = child.doctor_id
            and doctor.staff_type_code in ('11', '12')
            and doctor.upload_date <= child.upload_date + $review_days
            and doctor.modify_flag is distinct from '3'
    )
