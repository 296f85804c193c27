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
where
    child.upload_date between $first and $last
    and child.modify_flag is distinct from '3'
    and not exists (
        select 1
        from validated.lab_result as result
        where
            result.org_code = child.org_code
            and result.report_id = child.report_id
            and result.upload_date <= child.upload_date + $review_days
            and result.modify_flag is distinct from '3'
    )
    and not exists (
        select 1
        from validated.lab_bacteria_result as culture
        where
            culture.org_code = child.org_code
            and culture.report_id = child.report_id
            and culture.upload_date <= child.upload_date + $review_days
            and culture.modify_flag is distinct from '3'
    )
