-- R22-05: the diagnosis is none that the other sex alone can have (ICD-10 categories as in R08-05); the sex
-- is that of the admission's registration.
-- A recalled (voided) discharge is not judged.
select
    child.upload_date,
    child.org_code,
    child.path,
    child.line,
    'diag_code' as column_name,
    child.diag_code as value
from validated.inpatient_discharge as child
inner join validated.inpatient_admission as admission
    on
        child.org_code = admission.org_code
        and child.visit_id = admission.visit_id
        and child.upload_date + $review_days >= admission.upload_date
        and admission.modify_flag is distinct from '3'
where
    child.upload_date between $first and $last
    and child.modify_flag is distinct from '3'
    and child.void_flag is distinct from '1'
group by all
having
    bool_and(
        (
            admission.sex_code = '1'
            and (
                upper(left(child.diag_code, 3)) between 'O00' and 'O99'
                or upper(left(child.diag_code, 3)) between 'N70' and 'N98'
                or upper(left(child.diag_code, 3)) between 'C51' and 'C58'
            )
        )
        or (
            admission.sex_code = '2'
            and (
                upper(left(child.diag_code, 3)) between 'N40' and 'N51'
                or upper(left(child.diag_code, 3)) between 'C60' and 'C63'
            )
        )
    )
