-- R06-05: of the people (id type and number) whose records came on a day, at most 5 % have several patient
-- numbers in the hospital. A patient counts for the number of his latest version. Value: several/all.
with person as (
    select distinct
        upload_date,
        org_code,
        id_type_code,
        id_no
    from validated.patient_info
    where
        upload_date between $first and $last
        and modify_flag is distinct from '3'
        and id_type_code is not null
        and id_no is not null
),

candidate as (
    select distinct
        person.upload_date,
        person.org_code,
        known.patient_id
    from person
    inner join validated.patient_info as known
        on
            person.org_code = known.org_code
            and person.id_type_code = known.id_type_code
            and person.id_no = known.id_no
            and known.upload_date <= person.upload_date + $review_days
),

patient as (
    select
        candidate.upload_date,
        candidate.org_code,
        known.id_type_code,
        known.id_no,
        known.modify_flag
    from candidate
    inner join validated.patient_info as known
        on
            candidate.org_code = known.org_code
            and candidate.patient_id = known.patient_id
            and known.upload_date <= candidate.upload_date + $review_days
    qualify
        row_number() over (
            partition by candidate.upload_date, candidate.org_code, candidate.patient_id
            order by
                known.update_time desc nulls last,
                known.upload_date desc,
                known.path desc,
                known.line desc
        ) = 1
),

counted as (
    select
        person.upload_date,
        person.org_code,
        count(*) as patients
    from person
    inner join patient
        on
            person.upload_date = patient.upload_date
            and person.org_code = patient.org_code
            and person.id_type_code = patient.id_type_code
            and person.id_no = patient.id_no
    where patient.modify_flag is distinct from '3'
    group by person.upload_date, person.org_code, person.id_type_code, person.id_no
)

select
    upload_date,
    org_code,
    null::varchar as path,
    null::bigint as line,
    'patient_id' as column_name,
    count(*) filter (where patients > 1) || '/' || count(*) as value
from counted
group by upload_date, org_code
having count(*) filter (where patients > 1) * 100 > count(*) * 5
