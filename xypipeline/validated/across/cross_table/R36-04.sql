-- R36-04: the result is reported on the day of its report.
select
    child.upload_date,
    child.org_code,
    child.path,
    child.line,
    'report_time' as column_name,
    child.report_time::varchar as value
from validated.lab_result as child
semi join validated.lab_report as report
    on
        child.org_code = report.org_code
        and child.report_id = report.report_id
        and child.upload_date + $review_days >= report.upload_date
        and child.report_time::date <> report.report_time::date
        and report.modify_flag is distinct from '3'
anti join validated.lab_report as same_day
    on
        child.org_code = same_day.org_code
        and child.report_id = same_day.report_id
        and child.upload_date + $review_days >= same_day.upload_date
        and child.report_time::date = same_day.report_time::date
        and same_day.modify_flag is distinct from '3'
where
    child.upload_date between $first and $last
    and child.modify_flag is distinct from '3'
