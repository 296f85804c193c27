-- R11-04: each outpatient visit and each discharge (not void) has a diagnosis; path and line are those of
-- the visit or discharge.
-- any of: outpatient_visit, inpatient_discharge
with visit as (
    select
        upload_date,
        org_code,
        path,
        line,
        visit_id
    from validated.outpatient_visit
    where upload_date between $first and $last and modify_flag is distinct from '3'
    union all
    select
        upload_date,
        org_code,
        path,
        line,
        visit_id
    from validated.inpatient_discharge
    where
        upload_date between $first and $last
        and modify_flag is distinct from '3'
        and void_flag is distinct from '1'
)

select
    visit.upload_date,
    visit.org_code,
    visit.path,
    visit.line,
    'visit_id' as column_name,
    visit.visit_id as value
from visit
where
    not exists (
        select 1
        from validated.visit_diagnosis as diagnosis
        where
            diagnosis.org_code = visit.org_code
            and diagnosis.visit_id = visit.visit_id
            and diagnosis.upload_date <= visit.upload_date + $review_days
            and diagnosis.modify_flag is distinct from '3'
    )
