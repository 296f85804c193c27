-- R36-04: the result is reported on the day of its report.
select
    child.upload_date,
    child.org_code,
    child.path,
    child.line,
    'report_time' as column_name,
    child.report_time::varchar as value
from validated.lab_result as child
inner join validated.lab_report as report
    on
        child.org_code = report.org_code
        and child.report_id = report.report_id
        and child.upload_date + $review_days >= report.upload_date
        and report.modify_flag is distinct from '3'
where
    child.upload_date between $first and $last
    and child.modify_flag is distinct from '3'
group by all
having bool_or(child.report_time::date = report.report_time::date) is false
