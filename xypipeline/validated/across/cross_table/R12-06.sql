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
anti join validated.staff as doctor
    on
        child.org_code = doctor.org_code
        and child.doctor_id = doctor.staff_id
        and doctor.staff_type_code in ('11', '12')
        and doctor.upload_date <= child.upload_date + $review_days
        and doctor.modify_flag is distinct from '3'
where
    child.upload_date between $first and $last
    and child.modify_flag is distinct from '3'
    and child.doctor_id is not null
