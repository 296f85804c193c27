-- R08-06: a visit's diagnosis is the one marked as primary among its diagnoses. Where none is, R11-03 and
-- R11-04 tell it; one by traditional medicine alone has no code to compare.
select
    child.upload_date,
    child.org_code,
    child.path,
    child.line,
    'diag_code' as column_name,
    child.diag_code as value
from validated.outpatient_visit as child
where
    child.upload_date between $first and $last
    and child.modify_flag is distinct from '3'
    and child.diag_code is not null
    and exists (
        select 1
        from validated.visit_diagnosis as diagnosis
        where
            diagnosis.org_code = child.org_code
            and diagnosis.visit_id = child.visit_id
            and diagnosis.primary_flag = '1'
            and diagnosis.diag_code is not null
            and diagnosis.upload_date <= child.upload_date + $review_days
            and diagnosis.modify_flag is distinct from '3'
    )
    and not exists (
        select 1
        from validated.visit_diagnosis as diagnosis
        where
            diagnosis.org_code = child.org_code
            and diagnosis.visit_id = child.visit_id
            and diagnosis.primary_flag = '1'
            and diagnosis.diag_code = child.diag_code
            and diagnosis.upload_date <= child.upload_date + $review_days
            and diagnosis.modify_flag is distinct from '3'
    )
