-- R41-01: the report's number is filled in, and the report is there, within 3 days of the examination.
-- Judged as long after the upload as counterparts have; any version of the index entry will do.
select
    child.upload_date,
    child.org_code,
    child.path,
    child.line,
    'report_id' as column_name,
    child.report_id as value
from validated.exam_image_index as child
where
    child.upload_date between $first and $last
    and child.modify_flag is distinct from '3'
    and not exists (
        select 1
        from validated.exam_image_index as filled
        inner join validated.exam_report as report
            on
                filled.org_code = report.org_code
                and filled.report_id = report.report_id
        where
            filled.org_code = child.org_code
            and filled.study_uid = child.study_uid
            and filled.upload_date <= child.upload_date + $review_days
            and filled.modify_flag is distinct from '3'
            and report.upload_date <= child.upload_date + $review_days
            and report.modify_flag is distinct from '3'
    )
