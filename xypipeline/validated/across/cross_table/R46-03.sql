-- R46-03: measured between admission and discharge, both moments included; until there is a discharge, at any
-- time after the admission.
-- any of: inpatient_admission, inpatient_discharge
select
    child.upload_date,
    child.org_code,
    child.path,
    child.line,
    'measure_time' as column_name,
    child.measure_time::varchar as value
from validated.vital_sign_record as child
left join validated.inpatient_admission as admission
    on
        child.org_code = admission.org_code
        and child.visit_id = admission.visit_id
        and child.upload_date + $review_days >= admission.upload_date
        and admission.modify_flag is distinct from '3'
left join validated.inpatient_discharge as discharge
    on
        child.org_code = discharge.org_code
        and child.visit_id = discharge.visit_id
        and child.upload_date + $review_days >= discharge.upload_date
        and discharge.modify_flag is distinct from '3'
        and discharge.void_flag is distinct from '1'
where
    child.upload_date between $first and $last
    and child.modify_flag is distinct from '3'
group by all
having
    bool_or(child.measure_time >= admission.admission_time) is false
    or bool_or(child.measure_time <= discharge.discharge_time) is false
