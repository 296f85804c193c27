-- R02-02: the open beds of the inpatient departments (type 2, in use) differ from the hospital's beds by at
-- most 30 % of the latter. Judged on each day that brought departments, of the register as it was sent in
-- the 31 days before (a dictionary is sent whole at least monthly) and the review days after. A register
-- without an inpatient department has nothing to compare. Value: open/planned.
with judged as (
    select distinct
        upload_date,
        org_code
    from validated.department
    where upload_date between $first and $last and modify_flag is distinct from '3'
),

register as (
    select
        judged.upload_date,
        judged.org_code,
        department.dept_type_code,
        department.record_status,
        department.open_bed_count,
        department.modify_flag
    from judged
    inner join validated.department as department
        on
            judged.org_code = department.org_code
            and department.upload_date between judged.upload_date - 31 and judged.upload_date + $review_days
    qualify
        row_number() over (
            partition by judged.upload_date, judged.org_code, department.dept_code
            order by
                department.update_time desc nulls last,
                department.upload_date desc,
                department.path desc,
                department.line desc
        ) = 1
),

opened as (
    select
        upload_date,
        org_code,
        sum(open_bed_count) as beds
    from register
    where dept_type_code = '2' and modify_flag is distinct from '3' and record_status is distinct from '1'
    group by upload_date, org_code
),

planned as (
    select
        judged.upload_date,
        judged.org_code,
        hospital.bed_count as beds
    from judged
    inner join validated.org_info as hospital
        on
            judged.org_code = hospital.org_code
            and hospital.upload_date <= judged.upload_date + $review_days
            and hospital.modify_flag is distinct from '3'
    qualify
        row_number() over (
            partition by judged.upload_date, judged.org_code
            order by
                hospital.update_time desc nulls last,
                hospital.upload_date desc,
                hospital.path desc,
                hospital.line desc
        ) = 1
)

select
    opened.upload_date,
    opened.org_code,
    null::varchar as path,
    null::bigint as line,
    'open_bed_count' as column_name,
    opened.beds || '/' || planned.beds as value
from opened
inner join planned on opened.upload_date = planned.upload_date and opened.org_code = planned.org_code
where planned.beds > 0 and abs(opened.beds - planned.beds) * 100 > planned.beds * 30
