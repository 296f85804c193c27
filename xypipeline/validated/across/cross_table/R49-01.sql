-- R49-01: a health examination's report has at least one result.
select
    child.upload_date,
    child.org_code,
    child.path,
    child.line,
    'health_exam_id' as column_name,
    child.health_exam_id as value
from validated.health_exam_report as child
anti join validated.health_exam_result as result
    on
        child.org_code = result.org_code
        and child.health_exam_id = result.health_exam_id
        and result.upload_date <= child.upload_date + $review_days
        and result.modify_flag is distinct from '3'
where
    child.upload_date between $first and $last
    and child.modify_flag is distinct from '3'
