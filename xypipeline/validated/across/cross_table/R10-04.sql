-- R10-04: who is admitted after observation has an admission, at most 48 hours after leaving observation and
-- not before it began. An observation without an end counts from its beginning.
select
    child.upload_date,
    child.org_code,
    child.path,
    child.line,
    'disposition_code' as column_name,
    child.disposition_code as value
from validated.emergency_observation as child
anti join validated.inpatient_admission as admission
    on
        child.org_code = admission.org_code
        and child.patient_id = admission.patient_id
        and child.observation_start_time <= admission.admission_time
        and admission.admission_time
        <= coalesce(child.observation_end_time, child.observation_start_time) + interval 48 hours
        and admission.upload_date <= child.upload_date + $review_days
        and admission.void_flag is distinct from '1'
        and admission.modify_flag is distinct from '3'
where
    child.upload_date between $first and $last
    and child.modify_flag is distinct from '3'
    and child.disposition_code = '2'
