-- R30-02: death and discharge are at most 24 hours apart.
select
    child.upload_date,
    child.org_code,
    child.path,
    child.line,
    'death_time' as column_name,
    child.death_time::varchar as value
from validated.death_record as child
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
having
    bool_or(
        child.death_time between discharge.discharge_time - interval 24 hour
        and discharge.discharge_time + interval 24 hour
    ) is false
