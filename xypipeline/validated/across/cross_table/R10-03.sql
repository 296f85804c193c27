-- R10-03: the visit under observation is an emergency (type 2). Where there is no visit, G14 tells it.
with judged as (
    select
        child.upload_date,
        child.org_code,
        child.path,
        child.line,
        child.visit_id,
        (
            select bool_or(visit.visit_type_code = '2')
            from validated.outpatient_visit as visit
            where
                visit.org_code = child.org_code
                and visit.visit_id = child.visit_id
                and visit.upload_date <= child.upload_date + $review_days
                and visit.modify_flag is distinct from '3'
        ) as is_emergency
    from validated.emergency_observation as child
    where child.upload_date between $first and $last and child.modify_flag is distinct from '3'
)

select
    upload_date,
    org_code,
    path,
    line,
    'visit_id' as column_name,
    visit_id as value
from judged
where not is_emergency
