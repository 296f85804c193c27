-- R42-06: operations of chapters 60 to 64 of ICD-9-CM-3 are for men, those of 65 to 75 for women. The sex is
-- that of the patient or of the admission; one that is neither 1 nor 2 says nothing.
-- any of: patient_info, inpatient_admission
with sexed as (
    select
        upload_date,
        org_code,
        path,
        line,
        visit_id,
        patient_id,
        operation_code,
        case when left(operation_code, 2) between '60' and '64' then '1' else '2' end as expected_sex
    from validated.operation_record
    where
        upload_date between $first and $last
        and modify_flag is distinct from '3'
        and left(operation_code, 2) between '60' and '75'
),

known as (
    select
        sexed.*,
        patient.sex_code
    from sexed
    inner join validated.patient_info as patient
        on
            sexed.org_code = patient.org_code
            and sexed.patient_id = patient.patient_id
            and sexed.upload_date + $review_days >= patient.upload_date
            and patient.modify_flag is distinct from '3'
    union all
    select
        sexed.*,
        admission.sex_code
    from sexed
    inner join validated.inpatient_admission as admission
        on
            sexed.org_code = admission.org_code
            and sexed.visit_id = admission.visit_id
            and sexed.upload_date + $review_days >= admission.upload_date
            and admission.modify_flag is distinct from '3'
)

select
    upload_date,
    org_code,
    path,
    line,
    'operation_code' as column_name,
    operation_code as value
from known
where sex_code in ('1', '2')
group by upload_date, org_code, path, line, operation_code
having bool_or(sex_code = expected_sex) is false
