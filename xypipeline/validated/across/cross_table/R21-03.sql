-- R21-03: of two stays of a patient, the later admission has the higher number.
-- The row that came last is judged against what was there; of one day's rows, the later admission. A single
-- version of the other stay that is in order, voided or revoked will do.
with pair as (
    select
        child.upload_date,
        child.org_code,
        child.path,
        child.line,
        child.admission_times,
        other.visit_id as other_visit_id,
        bool_or(
            (other.admission_time < child.admission_time and other.admission_times < child.admission_times)
            or (other.admission_time > child.admission_time and other.admission_times > child.admission_times)
            or other.void_flag is not distinct from '1'
            or other.modify_flag is not distinct from '3'
        ) as is_in_order
    from validated.inpatient_admission as child
    inner join validated.inpatient_admission as other
        on
            child.org_code = other.org_code
            and child.patient_id = other.patient_id
            and child.visit_id <> other.visit_id
            and child.admission_time <> other.admission_time
            and child.upload_date >= other.upload_date
            and (child.upload_date > other.upload_date or child.admission_time > other.admission_time)
    where
        child.upload_date between $first and $last
        and child.modify_flag is distinct from '3'
        and child.void_flag is distinct from '1'
    group by all
)

select distinct
    upload_date,
    org_code,
    path,
    line,
    'admission_times' as column_name,
    admission_times::varchar as value
from pair
where not is_in_order
