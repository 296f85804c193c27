-- R12-04: a prescription is written at most 3 calendar days before or after its visit. Where there is no
-- visit, G14 tells it.
with judged as (
    select
        child.upload_date,
        child.org_code,
        child.path,
        child.line,
        child.prescribe_time,
        (
            select min(abs(date_diff('day', visit.visit_time, child.prescribe_time)))
            from validated.outpatient_visit as visit
            where
                visit.org_code = child.org_code
                and visit.visit_id = child.visit_id
                and visit.upload_date <= child.upload_date + $review_days
                and visit.modify_flag is distinct from '3'
        ) as days_apart
    from validated.prescription_detail as child
    where child.upload_date between $first and $last and child.modify_flag is distinct from '3'
)

select
    upload_date,
    org_code,
    path,
    line,
    'prescribe_time' as column_name,
    prescribe_time::varchar as value
from judged
where days_apart > 3
