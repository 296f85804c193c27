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
where
    not coalesce(regexp_matches(overdue.dept_name, '精神|康复|护理'), false)
    and not exists (
        select 1
        from validated.inpatient_discharge as discharge
        where
            discharge.org_code = overdue.org_code
            and discharge.visit_id = overdue.visit_id
            and discharge.upload_date <= overdue.due_date + $review_days
            and discharge.modify_flag is distinct from '3'
            and discharge.void_flag is distinct from '1'
    )
    and not exists (
        select 1
        from validated.inpatient_admission as withdrawn
        where
            withdrawn.org_code = overdue.org_code
            and withdrawn.visit_id = overdue.visit_id
            and withdrawn.upload_date <= overdue.due_date + $review_days
            and (withdrawn.void_flag = '1' or withdrawn.modify_flag = '3')
    )
    and not exists (
        select 1
        from validated.department as long_term
        where
            long_term.org_code = overdue.org_code
            and long_term.dept_code = overdue.dept_code
            and left(long_term.std_dept_code, 2) in ('15', '21')
    )
    and not exists (
        select 1
        from validated.org_info as hospital
        where
            hospital.org_code = overdue.org_code
            and (
                hospital.org_type_code in ('A520', 'A527')
                or regexp_matches(hospital.org_name, '精神|康复|护理')
            )
    )
