-- R22-03: the time of admission is that of the admission's registration, to the second.
-- A recalled (voided) discharge is not judged.
select
    child.upload_date,
    child.org_code,
    child.path,
    child.line,
    'admission_time' as column_name,
    child.admission_time::varchar as value
from validated.inpatient_discharge as child
inner join validated.inpatient_admission as admission
    on
        child.org_code = admission.org_code
        and child.visit_id = admission.visit_id
        and child.upload_date + $review_days >= admission.upload_date
        and admission.modify_flag is distinct from '3'
where
    child.upload_date between $first and $last
    and child.modify_flag is distinct from '3'
    and child.void_flag is distinct from '1'
group by all
having bool_or(child.admission_time = admission.admission_time) is false
