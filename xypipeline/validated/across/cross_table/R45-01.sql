-- R45-01: by her admission, the mother is a woman (2) of 12 to 60 completed years on the day of delivery.
select
    child.upload_date,
    child.org_code,
    child.path,
    child.line,
    'visit_id' as column_name,
    child.visit_id as value
from validated.delivery_record as child
inner join validated.inpatient_admission as mother
    on
        child.org_code = mother.org_code
        and child.visit_id = mother.visit_id
        and child.upload_date + $review_days >= mother.upload_date
        and mother.modify_flag is distinct from '3'
where
    child.upload_date between $first and $last
    and child.modify_flag is distinct from '3'
group by all
having
    bool_or(
        mother.sex_code = '2'
        and date_sub('year', mother.birth_date, child.delivery_time::date) between 12 and 60
    ) is false
