-- R38-01: the bacterium is that of the culture that was tested.
select
    child.upload_date,
    child.org_code,
    child.path,
    child.line,
    'bacteria_code' as column_name,
    child.bacteria_code as value
from validated.lab_susceptibility_result as child
inner join validated.lab_bacteria_result as culture
    on
        child.org_code = culture.org_code
        and child.report_id = culture.report_id
        and child.bacteria_result_id = culture.bacteria_result_id
        and child.upload_date + $review_days >= culture.upload_date
        and culture.modify_flag is distinct from '3'
where
    child.upload_date between $first and $last
    and child.modify_flag is distinct from '3'
group by all
having bool_or(child.bacteria_code is not distinct from culture.bacteria_code) is false
