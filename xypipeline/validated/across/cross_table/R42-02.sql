-- R42-02: the operation of an inpatient (type 3) begins and ends between admission and discharge, both
-- moments included; until there is a discharge, at any time after the admission. Without an end, the
-- beginning counts.
-- any of: inpatient_admission, inpatient_discharge
select
    child.upload_date,
    child.org_code,
    child.path,
    child.line,
    'operation_start_time' as column_name,
    child.operation_start_time::varchar as value
from validated.operation_record as child
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
    and child.visit_type_code = '3'
group by all
having
    bool_or(child.operation_start_time >= admission.admission_time) is false
    or bool_or(
        coalesce(child.operation_end_time, child.operation_start_time) <= discharge.discharge_time
    ) is false
