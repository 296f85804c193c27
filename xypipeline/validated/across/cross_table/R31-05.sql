-- R31-05: time, way and department of the discharge are those of its registration.
with compared as (
    select
        child.upload_date,
        child.org_code,
        child.path,
        child.line,
        child.discharge_time,
        child.discharge_way_code,
        child.dept_code,
        bool_or(child.discharge_time = discharge.discharge_time) as is_same_discharge_time,
        bool_or(child.discharge_way_code = discharge.discharge_way_code) as is_same_discharge_way_code,
        bool_or(child.dept_code = discharge.dept_code) as is_same_dept_code
    from validated.front_page as child
    inner join validated.inpatient_discharge as discharge
        on
            child.org_code = discharge.org_code
            and child.visit_id = discharge.visit_id
            and child.upload_date + $review_days >= discharge.upload_date
            and discharge.modify_flag is distinct from '3'
            and discharge.void_flag is distinct from '1'
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
    'discharge_time' as column_name,
    discharge_time::varchar as value
from compared
where is_same_discharge_time is false
union all
select
    upload_date,
    org_code,
    path,
    line,
    'discharge_way_code' as column_name,
    discharge_way_code as value
from compared
where is_same_discharge_way_code is false
union all
select
    upload_date,
    org_code,
    path,
    line,
    'dept_code' as column_name,
    dept_code as value
from compared
where is_same_dept_code is false
