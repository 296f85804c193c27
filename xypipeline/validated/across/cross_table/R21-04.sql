-- R21-04: a patient's next stay does not begin before the day on which the one before it ended.
-- The same day is a transfer and passes. A stay whose end is not known overlaps with nothing. The finding is
-- about the later admission, on the day when both it and the end of the earlier stay were known.
with pair as (
    select
        later.org_code,
        later.visit_id,
        later.path,
        later.line,
        later.admission_time,
        earlier.visit_id as earlier_visit_id,
        earlier.discharge_time,
        greatest(later.upload_date, earlier.upload_date) as upload_date
    from validated.inpatient_admission as later
    inner join validated.inpatient_discharge as earlier
        on
            later.org_code = earlier.org_code
            and later.patient_id = earlier.patient_id
            and later.visit_id <> earlier.visit_id
            and later.admission_time >= earlier.admission_time
            and later.admission_time::date < earlier.discharge_time::date
    where
        greatest(later.upload_date, earlier.upload_date) between $first and $last
        and later.modify_flag is distinct from '3'
        and later.void_flag is distinct from '1'
        and earlier.modify_flag is distinct from '3'
        and earlier.void_flag is distinct from '1'
)

select distinct
    pair.upload_date,
    pair.org_code,
    pair.path,
    pair.line,
    'admission_time' as column_name,
    pair.admission_time::varchar as value
from pair
anti join validated.inpatient_discharge as corrected
    on
        pair.org_code = corrected.org_code
        and pair.earlier_visit_id = corrected.visit_id
        and pair.upload_date >= corrected.upload_date
        and (
            corrected.discharge_time::date <= pair.admission_time::date
            or corrected.void_flag = '1'
            or corrected.modify_flag = '3'
        )
anti join validated.inpatient_admission as readmitted
    on
        pair.org_code = readmitted.org_code
        and pair.visit_id = readmitted.visit_id
        and pair.upload_date >= readmitted.upload_date
        and (
            readmitted.admission_time::date >= pair.discharge_time::date
            or readmitted.void_flag = '1'
            or readmitted.modify_flag = '3'
        )
