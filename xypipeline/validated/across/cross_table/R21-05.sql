-- R21-05: 180 days after the admission there is a discharge.
-- Found once, on the 181st day, or on the day of the upload if that is later. Left out are psychiatry,
-- rehabilitation and nursing: by the department's standard code (15, 21) or name, or by the kind of hospital.
-- any of: inpatient_admission, department, org_info
with overdue as (
    select
        org_code,
        visit_id,
        path,
        line,
        dept_code,
        dept_name,
        admission_time,
        greatest(upload_date, admission_time::date + 181) as due_date
    from validated.inpatient_admission
    where
        due_date between $first and $last
        and modify_flag is distinct from '3'
        and void_flag is distinct from '1'
    qualify
        row_number() over (
            partition by org_code, visit_id, due_date order by upload_date desc, path desc, line desc
        ) = 1
)

select
    overdue.due_date as upload_date,
    overdue.org_code,
    overdue.path,
    overdue.line,
    'admission_time' as column_name,
    overdue.admission_time::varchar as value
from overdue
anti join validated.inpatient_discharge as discharge
    on
        overdue.org_code = discharge.org_code
        and overdue.visit_id = discharge.visit_id
        and discharge.upload_date <= overdue.due_date + $review_days
        and discharge.modify_flag is distinct from '3'
        and discharge.void_flag is distinct from '1'
anti join validated.inpatient_admission as withdrawn
    on
        overdue.org_code = withdrawn.org_code
        and overdue.visit_id = withdrawn.visit_id
        and withdrawn.upload_date <= overdue.due_date + $review_days
        and (withdrawn.void_flag = '1' or withdrawn.modify_flag = '3')
anti join validated.department as long_term
    on
        overdue.org_code = long_term.org_code
        and overdue.dept_code = long_term.dept_code
        and left(long_term.std_dept_code, 2) in ('15', '21')
anti join validated.org_info as hospital
    on
        overdue.org_code = hospital.org_code
        and (
            hospital.org_type_code in ('A520', 'A527')
            or regexp_matches(hospital.org_name, '精神|康复|护理')
        )
where
    not coalesce(regexp_matches(overdue.dept_name, '精神|康复|护理'), false)
