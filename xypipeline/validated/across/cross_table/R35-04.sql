-- R35-04: sex and name are those of the visit (outpatient 1, emergency 2) or of the stay (3).
-- The name is not shown.
-- any of: outpatient_visit, inpatient_admission
with compared as (
    select
        child.upload_date,
        child.org_code,
        child.path,
        child.line,
        child.sex_code,
        child.patient_name,
        bool_or(child.sex_code = coalesce(visit.sex_code, stay.sex_code)) as is_same_sex,
        bool_or(child.patient_name = coalesce(visit.patient_name, stay.patient_name)) as is_same_name
    from validated.lab_report as child
    left join validated.outpatient_visit as visit
        on
            child.org_code = visit.org_code
            and child.visit_id = visit.visit_id
            and child.visit_type_code in ('1', '2')
            and child.upload_date + $review_days >= visit.upload_date
            and visit.modify_flag is distinct from '3'
    left join validated.inpatient_admission as stay
        on
            child.org_code = stay.org_code
            and child.visit_id = stay.visit_id
            and child.visit_type_code = '3'
            and child.upload_date + $review_days >= stay.upload_date
            and stay.modify_flag is distinct from '3'
    where
        child.upload_date between $first and $last
        and child.modify_flag is distinct from '3'
    group by all
)

select
    upload_date,
    org_code,
    path,
    line,
    'sex_code' as column_name,
    sex_code as value
from compared
where is_same_sex is false
union all
select
    upload_date,
    org_code,
    path,
    line,
    'patient_name' as column_name,
    null as value
from compared
where is_same_name is false
