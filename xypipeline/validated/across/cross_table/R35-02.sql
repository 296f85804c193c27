-- R35-02: each report has at least one result, of the laboratory or of a culture.
-- any of: lab_result, lab_bacteria_result
select
    child.upload_date,
    child.org_code,
    child.path,
    child.line,
    'report_id' as column_name,
    child.report_id as value
from validated.lab_report as child
anti join validated.lab_result as result
    on
        child.org_code = result.org_code
        and child.report_id = result.report_id
        and result.upload_date <= child.upload_date + $review_days
        and result.modify_flag is distinct from '3'
anti join validated.lab_bacteria_result as culture
    on
        child.org_code = culture.org_code
        and child.report_id = culture.report_id
        and culture.upload_date <= child.upload_date + $review_days
        and culture.modify_flag is distinct from '3'
where
    child.upload_date between $first and $last
    and child.modify_flag is distinct from '3'
