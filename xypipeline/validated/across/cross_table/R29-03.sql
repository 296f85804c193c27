-- R29-03: the times of admission and discharge are those of the discharge's registration, to the second.
with compared as (
    select
        child.upload_date,
        child.org_code,
        child.path,
        child.line,
        child.admission_time,
        child.discharge_time,
        bool_or(child.admission_time = discharge.admission_time) as is_same_admission_time,
        bool_or(child.discharge_time = discharge.discharge_time) as is_same_discharge_time
    from validated.discharge_summary as child
    inner join validated.inpatient_discharge as discharge
        on
            child.org_code = discharge.org_code
            and child.visit_id = discharge.visit_id
            and child.upload_date + $review_days >= discharge.upload_date
            and discharge.modify_flag is distinct from '3'
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
    'admission_time' as column_name,
    admission_time::varchar as value
from compared
where is_same_admission_time is false
union all
select
    upload_date,
    org_code,
    path,
    line,
    'discharge_time' as column_name,
    discharge_time::varchar as value
from compared
where is_same_discharge_time is false
