-- R37-02: a culture belongs to a report of microbiology (category 4).
select
    child.upload_date,
    child.org_code,
    child.path,
    child.line,
    'report_id' as column_name,
    child.report_id as value
from validated.lab_bacteria_result as child
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
having bool_or(report.lab_category_code = '4') is false
