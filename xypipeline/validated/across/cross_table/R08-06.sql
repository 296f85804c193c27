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
semi join validated.visit_diagnosis as diagnosis
    on
        child.org_code = diagnosis.org_code
        and child.visit_id = diagnosis.visit_id
        and diagnosis.primary_flag = '1'
        and diagnosis.diag_code is not null
        and diagnosis.upload_date <= child.upload_date + $review_days
        and diagnosis.modify_flag is distinct from '3'
anti join validated.visit_diagnosis as same
    on
        child.org_code = same.org_code
        and child.visit_id = same.visit_id
        and same.primary_flag = '1'
        and child.diag_code = same.diag_code
        and same.upload_date <= child.upload_date + $review_days
        and same.modify_flag is distinct from '3'
where
    child.upload_date between $first and $last
    and child.modify_flag is distinct from '3'
    and child.diag_code is not null
