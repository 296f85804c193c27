-- R24-01: written within 8 hours of the admission's registration.
select
    child.upload_date,
    child.org_code,
    child.path,
    child.line,
    'record_time' as column_name,
    child.record_time::varchar as value
from validated.first_progress_note as child
inner join validated.inpatient_admission as admission
    on
        child.org_code = admission.org_code
        and child.visit_id = admission.visit_id
        and child.upload_date + $review_days >= admission.upload_date
        and admission.modify_flag is distinct from '3'
where
    child.upload_date between $first and $last
    and child.modify_flag is distinct from '3'
group by all
having bool_or(child.record_time <= admission.admission_time + interval 8 hour) is false
