-- R50-01: the result is of the day of the health examination that its report gives.
select
    child.upload_date,
    child.org_code,
    child.path,
    child.line,
    'health_exam_time' as column_name,
    child.health_exam_time::varchar as value
from validated.health_exam_result as child
inner join validated.health_exam_report as report
    on
        child.org_code = report.org_code
        and child.health_exam_id = report.health_exam_id
        and child.upload_date + $review_days >= report.upload_date
        and report.modify_flag is distinct from '3'
where
    child.upload_date between $first and $last
    and child.modify_flag is distinct from '3'
group by all
having bool_or(child.health_exam_time::date = report.health_exam_time::date) is false
