-- R26-02: the level of the round is the title that the register of staff gives the doctor: chief (1, 231),
-- deputy chief (2, 232), attending (3, 233). Without a title there, nothing is compared.
select
    child.upload_date,
    child.org_code,
    child.path,
    child.line,
    'round_level_code' as column_name,
    child.round_level_code as value
from validated.ward_round_note as child
inner join validated.staff as doctor
    on
        child.org_code = doctor.org_code
        and child.round_doctor_id = doctor.staff_id
        and child.upload_date + $review_days >= doctor.upload_date
        and doctor.modify_flag is distinct from '3'
where
    child.upload_date between $first and $last
    and child.modify_flag is distinct from '3'
group by all
having bool_or(doctor.title_code = '23' || child.round_level_code) is false
